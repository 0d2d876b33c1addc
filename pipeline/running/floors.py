"""Floors: a source that yields far less than the year before is broken more often than it has nothing to say.

Two things are held against what was there before. What a look finds, against the best look of the last year: a site
that was rebuilt, a folder that is not mounted. And what the warehouse holds of the newest year whose season is over,
against the year before it: reports that were published elsewhere, a layout that is not read any more. A run that would
be the first to publish such a drop fails; one that goes on with `--accept SOURCE` makes it the new measure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb

from pipeline.archive.state import Look
from pipeline.running.looking import Looked
from pipeline.running.settings import RunSettings

_YEAR = timedelta(days=366)
_YIELD = """
SELECT f.source, r.fiscal_year, count(DISTINCT f.document_id) AS files, count(x.fact_id) AS facts
FROM raw.file AS f
JOIN core.report AS r USING (document_id)
JOIN core.form AS m ON m.report_id = r.report_id AND m.is_current
LEFT JOIN core.fact AS x ON x.form_id = m.form_id
WHERE f.status = 'loaded' AND f.source IS NOT NULL AND r.fiscal_year IS NOT NULL
GROUP BY ALL
"""
_LAST_RUN = "SELECT max(started) FROM core.run WHERE kind = 'run' AND state = 'ended'"


@dataclass(frozen=True, slots=True)
class Drop:
    """A source that yields too little."""

    source: str
    words: str
    year: int | None = None


def share(settings: RunSettings, source: str) -> float:
    """The floor of a source: its own, else that of all."""
    own = next((one.floor for one in settings.sources if one.name == source), None)
    return settings.floor if own is None else own


def look_drop(settings: RunSettings, looked: Looked, before: Sequence[Look], at: datetime) -> Drop | None:
    """Whether a look found far less than the best one since the last that a person accepted."""
    if not looked.complete:
        return None
    since = [look for look in before if look.complete and look.good and look.at > at - _YEAR]
    accepted = max((n for n, look in enumerate(since) if look.accepted), default=0)
    best = max((look.found for look in since[accepted:]), default=0)
    if best < settings.floor_files or looked.found > share(settings, looked.source) * best:
        return None
    return Drop(looked.source, f"{looked.source}: {looked.found} files found, {best} were there before")


def year_drops(con: duckdb.DuckDBPyConnection, settings: RunSettings, today: date) -> list[Drop]:
    """Sources whose newest complete year holds far less than the year before."""
    rows = con.execute(_YIELD).fetchall()
    held: dict[str, dict[int, tuple[int, int]]] = {}
    for source, year, files, facts in rows:
        held.setdefault(source, {})[year] = (files, facts)
    found = [_year_drop(settings, source, years, today) for source, years in sorted(held.items())]
    return [drop for drop in found if drop is not None]


def published_drops(con: duckdb.DuckDBPyConnection, settings: RunSettings) -> set[tuple[str, int | None]] | None:
    """The drops that the published warehouse had when it was published; None where no pass published it yet."""
    try:
        row = con.execute(_LAST_RUN).fetchone()
    except duckdb.BinderException:  # a warehouse that an older version made
        return None
    if row is None or row[0] is None:
        return None
    return {(drop.source, drop.year) for drop in year_drops(con, settings, row[0].date())}


def _year_drop(settings: RunSettings, source: str, years: Mapping[int, tuple[int, int]], today: date) -> Drop | None:
    month, day = map(int, settings.season_ends.split("-"))
    over = [year for year in years if (year + 1, month, day) <= (today.year, today.month, today.day)]
    if not over or max(over) - 1 not in years:
        return None
    year = max(over)
    (files, facts), (files_before, facts_before) = years[year], years[year - 1]
    floor = share(settings, source)
    if files_before < settings.floor_files or (files > floor * files_before and facts > floor * facts_before):
        return None
    words = (
        f"{source}: {files} files and {facts} facts of {year}, "
        f"{files_before} files and {facts_before} facts of {year - 1}"
    )
    return Drop(source, words, year)
