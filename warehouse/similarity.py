"""Finds reports in prose that are nearly the same: of two departments in one year, of one department in two years (also
where it was renamed, merged or split in between).

Sentences that occur in at least 5 % of the reports of a year, or of a division and year, and in at least five
departments are a template and left out. What remains is kept as a sketch (`core.sketch`); reports whose sketches share
a band are candidates; each candidate pair is then held against each other exactly. Only reports that are new are worked
on; a year is sketched anew when it has doubled, since what is a template depends on how many reports there are. A year
of few reports is sketched anew whenever one comes or goes: what is found there does not depend on the order of runs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from warehouse.shingles import EMPTY, SLOTS, Flags, Hashes, Prose, Slots, alike, cut, distinct, prose

ENOUGH = 200
"""Shingles that must remain outside the template; of less nothing is said."""
NEARLY = 0.9
_TEMPLATE_SHARE, _TEMPLATE_DEPARTMENTS = 0.05, 5
_FEW = 500
_ROWS = 8  # slots a band; 16 bands find 99.99 % of the pairs that are 90 % alike
_NEIGHBOURS = 8
_TOGETHER = 4  # texts worked on at once: what fits the processor's cache
_CHUNK = 10_000
_APART = 20_000  # rows
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?![\d年])")
Pairs = NDArray[np.int64]

_CURRENT = """
SELECT
    m.form_id, m.report_id, r.dept_id, r.fiscal_year, coalesce(d.division_code, r.dept_id) AS division, r.loaded_order
FROM core.form AS m
JOIN core.report AS r USING (report_id)
JOIN core.department AS d USING (dept_id)
WHERE m.form_kind = 'narrative' AND m.is_current AND r.fiscal_year IS NOT NULL
    AND (SELECT min(fiscal_year) - 1 FROM fresh_year) <= r.fiscal_year
    AND (SELECT max(fiscal_year) + 1 FROM fresh_year) >= r.fiscal_year
ORDER BY r.fiscal_year, r.loaded_order, m.form_id
"""
_FRESH_YEARS = """
CREATE OR REPLACE TEMP TABLE fresh_year AS
SELECT DISTINCT r.fiscal_year
FROM core.form AS m
JOIN core.report AS r USING (report_id)
WHERE m.form_kind = 'narrative' AND m.is_current AND r.fiscal_year IS NOT NULL
    AND m.form_id NOT IN (SELECT form_id FROM core.sketch)
"""
# a correction that was taken back makes an earlier report the later one
_TURNED = """
SELECT DISTINCT l.fiscal_year
FROM core.near_duplicate AS d
JOIN core.report AS e ON e.report_id = d.earlier_report_id
JOIN core.report AS l ON l.report_id = d.later_report_id
WHERE d.relation = 'department' AND e.loaded_order > l.loaded_order
"""
_TURN = """
UPDATE core.near_duplicate SET
    earlier_report_id = later_report_id, earlier_form_id = later_form_id,
    later_report_id = earlier_report_id, later_form_id = earlier_form_id
FROM core.report AS e, core.report AS l
WHERE e.report_id = earlier_report_id AND l.report_id = later_report_id
    AND relation = 'department' AND e.loaded_order > l.loaded_order
"""
_TEXTS = """
SELECT s.form_id, string_agg(s.heading || chr(10) || s.text, chr(10) ORDER BY s.seq)
FROM core.section AS s JOIN wanted_form AS w USING (form_id)
WHERE s.rowid BETWEEN ? AND ?
GROUP BY s.form_id
"""
# the duties of a department stay the same from year to year
_TEXTS_WITHOUT_DUTIES = """
WITH rooted AS (
    SELECT
        s.*, last_value(CASE WHEN s.level = 1 THEN s.heading END IGNORE NULLS)
            OVER (PARTITION BY s.form_id ORDER BY s.seq) AS root
    FROM core.section AS s JOIN wanted_form AS w USING (form_id)
    WHERE s.rowid BETWEEN ? AND ?
)
SELECT form_id, string_agg(heading || chr(10) || text, chr(10) ORDER BY seq)
FROM rooted
WHERE NOT regexp_matches(concat_ws(' ', root, heading), '概况|基本情况|职能|职责')
GROUP BY form_id
"""


@dataclass(slots=True)
class _Year:
    """The template sentences of one fiscal year, sorted: of all reports, and of each division's."""

    everywhere: Hashes
    by_division: dict[str, Hashes] = field(default_factory=dict)


def update(con: duckdb.DuckDBPyConnection) -> None:
    """Bring `core.sketch` and `core.near_duplicate` up to date with the current reports in prose."""
    left = con.execute(
        "SELECT DISTINCT r.fiscal_year FROM core.sketch AS s JOIN core.form AS m USING (form_id) "
        "JOIN core.report AS r USING (report_id) WHERE NOT m.is_current AND r.fiscal_year IS NOT NULL"
    ).fetchall()
    left += con.execute(_TURNED).fetchall()
    con.execute(_TURN)
    for table, columns in (("sketch", ("form_id",)), ("near_duplicate", ("earlier_form_id", "later_form_id"))):
        for column in columns:
            con.execute(
                f"DELETE FROM core.{table} WHERE {column} NOT IN (SELECT form_id FROM core.form WHERE is_current)"
            )
    con.execute(_FRESH_YEARS)
    con.execute("INSERT INTO fresh_year SELECT unnest(?::INTEGER[])", [[year for (year,) in left]])
    fresh = con.execute("SELECT count(*) FROM fresh_year").fetchone()
    if fresh and fresh[0]:
        _Update(con).run([year for (year,) in left])
    con.execute("DROP TABLE fresh_year")


class _Update:
    """One pass over the forms that are new."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con
        self.forms = con.execute(_CURRENT).df()
        self.at = {form_id: row for row, form_id in enumerate(self.forms["form_id"])}
        self.dept = pd.factorize(self.forms["dept_id"])[0]
        self.year_of = self.forms["fiscal_year"].to_numpy(dtype=np.int64)
        self.division: list[str] = self.forms["division"].tolist()
        count = len(self.forms)
        self.sentences: list[Hashes | None] = [None] * count
        self.slots: Slots = np.full((count, SLOTS), EMPTY, dtype=np.uint32)
        self.among = np.zeros(count, dtype=np.int64)
        self.stored = np.zeros(count, dtype=np.bool_)
        known = con.execute("SELECT form_id, slots, among FROM core.sketch").fetchnumpy()
        rows = pd.Index(self.forms["form_id"]).get_indexer(known["form_id"])
        inside = rows >= 0
        rows = rows[inside]
        if len(rows):
            self.slots[rows] = np.frombuffer(b"".join(known["slots"][inside]), dtype=np.uint32).reshape(-1, SLOTS)
            self.among[rows] = known["among"][inside]
            self.stored[rows] = True
        self.years: dict[int, _Year] = {}

    def run(self, left: Sequence[int] = ()) -> None:
        """Read what is new, sketch it, compare it, store it; `left` are years that lost a report."""
        year_of = self.year_of
        touched = np.unique(np.append(year_of[~self.stored], np.array(left, dtype=np.int64)))
        touched = touched[np.isin(touched, year_of)]
        again = np.zeros(len(self.forms), dtype=np.bool_)
        for year in touched:
            rows = np.flatnonzero(year_of == year)
            sketched = self.among[rows][self.stored[rows]]
            if len(sketched) and (len(rows) <= _FEW or sketched.min() * 2 <= len(rows)):
                again[rows] = True
        todo = ~self.stored | again
        # the template is known only when all sentences are: the masked characters wait for it, two bytes each
        waiting: list[tuple[list[int], NDArray[np.uint16], Hashes]] = []
        for own, some in self._read(np.flatnonzero(todo)):
            hashed = some.sentences()
            for text, row in enumerate(own):
                self.sentences[row] = distinct(hashed[(some.owner == text) & (hashed != 0)])
            waiting.append((own, some.codes, hashed))
        for own, codes, hashed in waiting:
            some = cut(codes, len(own))
            self.slots[own] = some.sketches(self._template(some, hashed, own))
        waiting.clear()
        for year in touched:
            rows = np.flatnonzero((year_of == year) & todo)
            self.among[rows] = np.count_nonzero(year_of == year)
        pairs = [self._candidates(np.flatnonzero(year_of == year), todo) for year in touched]
        pairs = pairs or [np.empty((0, 2), dtype=np.int64)]
        found = self._verified(np.concatenate(pairs), "department") + self._verified(self._last_year(todo), "year")
        self._store(todo, found)

    def _read(self, rows: NDArray[np.int64]) -> Iterator[tuple[list[int], Prose]]:
        """The prose of these forms, a few at once."""
        for texts in _texts(self.con, self.forms["form_id"].to_numpy()[rows], _TEXTS):
            for start in range(0, len(texts), _TOGETHER):
                some = texts[start : start + _TOGETHER]
                yield [self.at[form_id] for form_id, _ in some], prose([text for _, text in some])

    def _stored_sentences(self, rows: NDArray[np.int64]) -> None:
        """Read the sentences of these forms that were sketched before; of most years nobody asks."""
        missing = [row for row in rows.tolist() if self.stored[row] and self.sentences[row] is None]
        ids = self.forms["form_id"].to_numpy()
        self.con.register("asked_form", pd.DataFrame({"form_id": ids[missing]}, dtype=object))
        try:
            for form_id, sentences in self.con.execute(
                "SELECT form_id, sentences FROM core.sketch WHERE form_id IN (SELECT form_id FROM asked_form)"
            ).fetchall():
                self.sentences[self.at[form_id]] = np.frombuffer(sentences, dtype=np.uint64)
        finally:
            self.con.unregister("asked_form")

    def _year(self, year: int) -> _Year:
        """The template sentences of a year, counted when first asked for."""
        if year not in self.years:
            rows = np.flatnonzero(self.year_of == year)
            self._stored_sentences(rows)
            once = rows[np.unique(self.dept[rows], return_index=True)[1]]  # one report a department
            found = _Year(self._frequent(once))
            homes = defaultdict(list)
            for row in once.tolist():
                homes[self.division[row]].append(row)
            for division, own in homes.items():
                if len(own) >= _TEMPLATE_DEPARTMENTS:
                    found.by_division[division] = self._frequent(own)
            self.years[year] = found
        return self.years[year]

    def _frequent(self, rows: Sequence[int] | NDArray[np.int64]) -> Hashes:
        kept = [sentences for row in rows if (sentences := self.sentences[row]) is not None]
        if len(kept) < _TEMPLATE_DEPARTMENTS:
            return np.empty(0, dtype=np.uint64)
        hashed, counts = np.unique(np.concatenate(kept), return_counts=True)
        return hashed[counts >= max(_TEMPLATE_DEPARTMENTS, _TEMPLATE_SHARE * len(kept))]

    def _template(self, some: Prose, hashed: Hashes, rows: Sequence[int]) -> Flags:
        """Which sentences are template where their text belongs."""
        flags = np.zeros(len(hashed), dtype=np.bool_)
        for text, row in enumerate(rows):
            own = some.owner == text
            year = self._year(int(self.year_of[row]))
            flags[own] = _among(hashed[own], year.everywhere)
            local = year.by_division.get(self.division[row])
            if local is not None:
                flags[own] |= _among(hashed[own], local)
        return flags

    def _candidates(self, rows: NDArray[np.int64], todo: Flags) -> Pairs:
        """Pairs of one year, earlier first, of different departments, one of them new, whose sketches agree."""
        pairs = []
        slots = self.slots[rows]
        full = (slots != EMPTY).sum(axis=1) >= SLOTS // 2
        for start in range(0, SLOTS, _ROWS):
            band = slots[full, start : start + _ROWS].astype(np.uint64)
            key = np.zeros(len(band), dtype=np.uint64)
            for column in range(_ROWS):
                key = (key ^ band[:, column]) * np.uint64(0x9E3779B97F4A7C15)
                key ^= key >> np.uint64(29)
            order = np.argsort(key, kind="stable")  # rows are in the order in which they were loaded
            sorted_key, own = key[order], rows[full][order]
            begins = np.append(True, sorted_key[1:] != sorted_key[:-1])[: len(own)]
            first = np.maximum.accumulate(np.where(begins, np.arange(len(own)), 0))
            links = [np.stack([own[first], own], axis=1)]
            for step in range(1, _NEIGHBOURS + 1):
                same = np.flatnonzero(sorted_key[step:] == sorted_key[:-step])
                links.append(np.stack([own[same], own[same + step]], axis=1))
            both = np.concatenate(links)
            other = self.dept[both[:, 0]] != self.dept[both[:, 1]]
            pairs.append(both[other & (todo[both[:, 0]] | todo[both[:, 1]])])
        # each pair as one number: of these, numpy finds the distinct ones many times faster
        count = len(self.forms)
        numbered = np.unique(np.concatenate([each[:, 0] * count + each[:, 1] for each in pairs]))
        return self._agreeing(np.stack(np.divmod(numbered, count), axis=1), 0.75)

    def _last_year(self, todo: Flags) -> Pairs:
        """The report of a department beside that of the year before."""
        first: dict[tuple[str, int], int] = {}
        for row, key in enumerate(zip(self.forms["dept_id"].tolist(), self.year_of.tolist(), strict=True)):
            first.setdefault(key, row)
        stands = self.con.execute("SELECT last_dept_id, dept_id, fiscal_year FROM core.year_before").fetchall()
        both = [
            (first[last, year - 1], first[dept, year])
            for last, dept, year in stands
            if (dept, year) in first and (last, year - 1) in first
        ]
        pairs = [(before, row) for before, row in both if todo[row] or todo[before]]
        return self._agreeing(np.array(pairs, dtype=np.int64).reshape(-1, 2), 0.6)

    def _agreeing(self, pairs: Pairs, least: float) -> Pairs:
        kept = [pairs[:0]]
        for start in range(0, len(pairs), 50_000):
            some = pairs[start : start + 50_000]
            agree = (self.slots[some[:, 0]] == self.slots[some[:, 1]]).mean(axis=1)
            kept.append(some[agree >= least])
        return np.concatenate(kept)

    def _verified(self, pairs: Pairs, relation: str) -> list[tuple[int, int, str, float, bool]]:
        """Pairs that are nearly the same, held against each other shingle by shingle."""
        query = _TEXTS if relation == "department" else _TEXTS_WITHOUT_DUTIES
        found = []
        for start in range(0, len(pairs), _CHUNK):
            some = pairs[start : start + _CHUNK]
            sets, texts = self._sets(np.unique(some), query)
            for earlier, later in some.tolist():
                one, other = sets.get(earlier), sets.get(later)
                if one is None or other is None or min(len(one), len(other)) < ENOUGH:
                    continue
                similarity = alike(one, other)
                if similarity >= NEARLY:
                    same = _same_numbers(texts[earlier], texts[later])
                    found.append((earlier, later, relation, similarity, same))
        return found

    def _sets(self, rows: NDArray[np.int64], query: str) -> tuple[dict[int, Hashes], dict[int, str]]:
        """The shingles of these forms outside the template, and their texts."""
        sets, kept = {}, {}
        for texts in _texts(self.con, self.forms["form_id"].to_numpy()[rows], query):
            for form_id, text in texts:
                row = self.at[form_id]
                one = prose([text])
                sets[row] = distinct(one.shingles(self._template(one, one.sentences(), [row]))[0])
                kept[row] = text
        return sets, kept

    def _store(self, todo: Flags, found: list[tuple[int, int, str, float, bool]]) -> None:
        ids, reports = self.forms["form_id"].to_numpy(), self.forms["report_id"].to_numpy()
        rows = np.flatnonzero(todo)
        sketches = pd.DataFrame({
            "form_id": ids[rows],
            "sentences": [_bytes(self.sentences[row]) for row in rows],
            "slots": [self.slots[row].tobytes() for row in rows],
            "among": self.among[rows],
        })  # fmt: skip
        pairs = pd.DataFrame(
            [(reports[e], ids[e], reports[f], ids[f], relation, s, same) for e, f, relation, s, same in found],
            columns=["earlier_report_id", "earlier_form_id", "later_report_id", "later_form_id", "relation",
                     "similarity", "same_numbers"],
        )  # fmt: skip
        renewed = pd.DataFrame({"form_id": ids[rows]}, dtype=object)
        self.con.execute("BEGIN")
        for name, frame in (("new_sketch", sketches), ("new_pair", pairs), ("renewed", renewed)):
            self.con.register(name, frame)
        self.con.execute("DELETE FROM core.sketch WHERE form_id IN (SELECT form_id FROM renewed)")
        # a year sketched anew is compared anew: its pairs were judged by an older template
        self.con.execute(
            "DELETE FROM core.near_duplicate WHERE later_form_id IN (SELECT form_id FROM renewed) "
            "OR earlier_form_id IN (SELECT form_id FROM renewed)"
        )
        self.con.execute("INSERT INTO core.sketch BY NAME SELECT * FROM new_sketch")
        if found:
            self.con.execute("INSERT INTO core.near_duplicate BY NAME SELECT * FROM new_pair")
        self.con.execute("COMMIT")
        for name in ("new_sketch", "new_pair", "renewed"):
            self.con.unregister(name)


def _texts(con: duckdb.DuckDBPyConnection, ids: Iterable[str], query: str) -> Iterator[list[tuple[str, str]]]:
    """Text of each form, in portions; a form's sections were loaded together, so each portion reads its own rows."""
    con.register("asked_form", pd.DataFrame({"form_id": list(ids)}, dtype=object))
    try:
        ranges = con.execute(
            "SELECT form_id, min(rowid), max(rowid) FROM core.section "
            "WHERE form_id IN (SELECT form_id FROM asked_form) GROUP BY form_id ORDER BY 2"
        ).fetchall()
    finally:
        con.unregister("asked_form")
    start = 0
    for end in range(1, len(ranges) + 1):
        # forms that stand far apart are not read with all that lies between them
        if end < len(ranges) and end - start < _CHUNK and ranges[end][1] - ranges[end - 1][2] < _APART:
            continue
        some, start = ranges[start:end], end
        con.register("wanted_form", pd.DataFrame({"form_id": [form_id for form_id, _, _ in some]}, dtype=object))
        try:
            yield con.execute(query, [some[0][1], max(last for _, _, last in some)]).fetchall()
        finally:
            con.unregister("wanted_form")


def _among(hashed: Hashes, wanted: Hashes) -> Flags:
    if not len(wanted):
        return np.zeros(len(hashed), dtype=np.bool_)
    at = np.minimum(np.searchsorted(wanted, hashed), len(wanted) - 1)
    found: Flags = wanted[at] == hashed
    return found


def _same_numbers(text: str, other_text: str) -> bool:
    """Whether at least nine of ten numbers, years aside, and no fewer than five are the same."""
    one, other = Counter(_NUMBER.findall(text)), Counter(_NUMBER.findall(other_text))
    most = max(one.total(), other.total())
    return most >= 5 and (one & other).total() >= 0.9 * most


def _bytes(sentences: Hashes | None) -> bytes:
    return sentences.tobytes() if sentences is not None else b""
