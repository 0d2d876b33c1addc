"""What must hold when the soak is over."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from pipeline.archive import Archive, now, reading
from pipeline.ingest.work import file_id
from pipeline.running.building import take_in
from pipeline.running.settings import RunSettings
from pipeline.running.summary import RunSummary
from tests.pipeline.test_lifecycle import everything
from tests.soak.world import World
from warehouse.publish import building, open_read_only

UNLIKE = {"seconds"}
"""How long parsing took is the one column that no second run repeats."""


def rows(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but the log of runs, ids, orders and times with them."""
    return everything(db, UNLIKE)


def rebuilt(given: RunSettings, archive: Archive) -> Path:
    """A warehouse made anew from the archive, in one go."""
    db = given.config.parent / "clean.duckdb"
    summary = RunSummary("clean", str(db), now())
    with building(db) as built:
        take_in(built.con, archive.offers(), given, summary, lambda done, of: None)
        built.publish()
    return db


def verdict(given: RunSettings, world: World, base: str) -> list[str]:
    """Everything that is wrong."""
    archive = reading(given.archive)
    here, clean = rows(given.db), rows(rebuilt(given, archive))
    problems = []
    for table in sorted(here):
        if here[table] != clean[table]:
            more = [row for row in here[table] if row not in clean[table]][:2]
            less = [row for row in clean[table] if row not in here[table]][:2]
            problems.append(
                f"{table}: {len(here[table])} rows, rebuilt {len(clean[table])}; only here {more}, only there {less}"
            )
    with open_read_only(given.db) as con:
        files = con.execute("SELECT file_id, source_uri, sha256, status FROM document").fetchall()
        twice = con.execute(
            "SELECT content_sha256 FROM raw.file WHERE status = 'loaded' GROUP BY ALL HAVING count(*) > 1"
        ).fetchall()
    ids = [row[0] for row in files]
    if len(ids) != len(set(ids)) or twice:
        problems.append(f"rows that are there twice: {len(ids) - len(set(ids))} files, {len(twice)} contents")
    logged = {file_id(held.address, held.sha256) for held in archive.state.in_order()}
    if logged != set(ids):
        problems.append(
            f"{len(logged - set(ids))} fetched files without a row, {len(set(ids) - logged)} rows without a file"
        )
    known = {(uri, sha) for _, uri, sha, _ in files}
    there = {(base + path, hashlib.sha256(file.body).hexdigest()) for path, file in world.site.files.items()}
    there |= {(p.absolute().as_uri(), hashlib.sha256(p.read_bytes()).hexdigest()) for p in world.folder.glob("*.txt")}
    problems += [f"published and not in the warehouse: {uri}" for uri, _ in sorted(there - known)]
    damaged = [sha for sha in archive.blobs.everything() if not archive.blobs.is_whole(sha)]
    if damaged:
        problems.append(f"{len(damaged)} damaged files in the archive")
    lost = list(archive.blobs.growing.iterdir())
    if lost:
        problems.append(f"{len(lost)} half written files were left")
    states = {
        status: sum(row[3] == status for row in files) for status in ("loaded", "duplicate", "rejected", "quarantined")
    }
    print(
        f"{len(files)} files: {states}; {len(list(archive.blobs.everything()))} contents kept, {len(archive.state.runs)} passes"
    )
    return problems
