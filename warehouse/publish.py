"""Build beside, then swap: readers never wait for the writer and never see half a run.

The database that people name (`w.duckdb`) is a symbolic link to a version in `w.duckdb.versions/`. A run works on a
copy (`building.duckdb`), commits whole batches into it, and at the end becomes a new version to which the link is
moved in one step (`os.replace`). A run that is killed leaves the link where it was; the next run goes on from the
batches that were committed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path

import duckdb

from warehouse.create import create
from warehouse.load import transaction
from warehouse.served import live, serve

_KEPT_VERSIONS = 2
_GRACE = 60.0
"""Seconds within which a reader has opened what the link led to when it looked."""
_STORAGE = "v1.0.0"
_LOG = "256MB"
"""What the log of the copy may hold before it is worked into the file: at the usual 16 MB every batch of reports would
rewrite the ends of all tables."""


class BusyError(Exception):
    """Another run holds the warehouse."""


class Building:
    """A run's own copy of the warehouse: open for writing, unseen by readers."""

    def __init__(self, target: Path, con: duckdb.DuckDBPyConnection, path: Path) -> None:
        """Keep the connection and where the result goes."""
        self.target, self.con, self._path = target, con, path

    def publish(self) -> Path:
        """Close the copy and move the link to it. Returns the path of the new version."""
        serve(self.con)
        self.con.execute("CHECKPOINT warehouse")
        self.con.close()
        folder = self._path.parent
        version = folder / f"{_last_version(folder) + 1:06d}.duckdb"
        os.replace(self._path, version)
        link = folder / "link.new"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(folder.name) / version.name)
        # a plain file that stands under the name (an older copy, a download) gives way to the link
        os.replace(link, self.target)
        _prune(folder)
        return version

    def discard(self) -> None:
        """Close the copy and remove it: the run changed nothing."""
        self.con.close()
        _remove(self._path)


@contextmanager
def building(target: Path) -> Iterator[Building]:
    """Open a run on the warehouse at `target`, creating it where it does not exist.

    Raises `BusyError` where another run holds it. Without `publish` or `discard` the copy stays for the next run.
    """
    with _locked(target) as folder:
        path = folder / "building.duckdb"
        yield from _open(target, _resume(path, target) or _copy(path, target), path)


@contextmanager
def rebuilding(target: Path) -> Iterator[Building]:
    """Open a run that begins with nothing; `before` is the published version, attached for reading.

    Raises `BusyError` where another run holds the warehouse. Without `publish` nothing stays.
    """
    with _locked(target) as folder:
        path = folder / "rebuilding.duckdb"
        _remove(path)
        con = _attach(path)
        con.execute(f"ATTACH {_quoted(target.resolve(strict=True))} AS before (READ_ONLY)")
        try:
            yield from _open(target, con, path)
        finally:
            _remove(path)


@contextmanager
def _locked(target: Path) -> Iterator[Path]:
    """The folder of the versions, held against other writers; there is a warehouse at `target` then."""
    folder = target.with_name(target.name + ".versions")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"{target}: another run is writing to this warehouse; wait for it to end") from None
        if not target.exists():
            _publish_empty(target, folder)
        yield folder


def _open(target: Path, con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Building]:
    try:
        yield Building(target, con, path)
    finally:
        with suppress(duckdb.Error):
            con.close()


def open_read_only(target: Path, memory_limit: str = "4GB") -> duckdb.DuckDBPyConnection:
    """Open the published version read-only: no network, no files, no setting that could be changed, bounded memory."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": memory_limit,
        "max_temp_directory_size": "16GB",
        # a name in a query is a view, never a variable of the program that asks
        "python_enable_replacements": "false",
        "lock_configuration": "true",
    }
    return duckdb.connect(str(target.resolve(strict=True)), read_only=True, config=config)


def _attach(path: Path) -> duckdb.DuckDBPyConnection:
    # what does not fit in memory goes beside the warehouse, not into the folder where the command was called
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "temp_directory": str(path.with_name("spill")),
        "checkpoint_threshold": _LOG,
    }
    con = duckdb.connect(config=config)
    try:
        con.execute(f"ATTACH {_quoted(path)} AS warehouse (STORAGE_VERSION '{_STORAGE}')")
        con.execute("USE warehouse")
        with transaction(con):  # a thousand comments, each written through to the disk, take seconds
            create(con)
            live(con)
    except BaseException:
        con.close()
        raise
    return con


def _publish_empty(target: Path, folder: Path) -> None:
    for old in folder.glob("*.duckdb*"):
        old.unlink()  # versions of a warehouse that was removed by hand must not come back
    con = _attach(folder / "building.duckdb")
    Building(target, con, folder / "building.duckdb").publish()


def _resume(path: Path, target: Path) -> duckdb.DuckDBPyConnection | None:
    """Go on with the copy that a killed run left, if it was made from the version that is published now."""
    base = path.with_name("building.base")
    if not path.exists() or not base.exists() or base.read_text() != target.resolve().name:
        return None
    try:
        return _attach(path)
    except duckdb.Error:
        return None


def _copy(path: Path, target: Path) -> duckdb.DuckDBPyConnection:
    _remove(path)
    source = target.resolve(strict=True)
    partial = path.with_name("copying.duckdb")
    shutil.copyfile(source, partial)
    path.with_name("building.base").write_text(source.name)
    os.replace(partial, path)
    return _attach(path)


def _last_version(folder: Path) -> int:
    return max((int(file.stem) for file in folder.glob("*.duckdb") if file.stem.isdigit()), default=0)


def _prune(folder: Path) -> None:
    """Remove old versions that nobody can hold: no reader has them open, and none can be on its way to open them.

    A reader that looked up the link a moment ago opens the version that it then led to: a version stays for a while
    after the next one took its place.
    """
    versions = sorted(file for file in folder.glob("*.duckdb") if file.stem.isdigit())
    for old, following in pairwise(versions[: 1 - _KEPT_VERSIONS]):
        if time.time() - following.stat().st_ctime > _GRACE and not _is_open(old):
            old.unlink(missing_ok=True)


def _is_open(version: Path) -> bool:
    """Whether another process has the version open: DuckDB holds a lock on what it reads."""
    with version.open("rb+") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        fcntl.lockf(file, fcntl.LOCK_UN)
    return False


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _remove(path: Path) -> None:
    for file in (path, path.with_name(path.name + ".wal")):
        file.unlink(missing_ok=True)
