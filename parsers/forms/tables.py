"""One form made of table rows: walks the rows and hands each to the block that governs it."""

from __future__ import annotations

import itertools

import regex

from parsers.characters import fold, squeeze
from parsers.forms.columns import PeriodRows, take_concept_row
from parsers.forms.crossed import CrossedRows, YearRows
from parsers.forms.facts import Taker
from parsers.forms.goals import goals_of
from parsers.forms.indicators import IndicatorRows, opens_other_block
from parsers.forms.inline import pairs, take_pairs
from parsers.forms.model import Form, FormKind
from parsers.forms.names import looks_like_office, printed_name
from parsers.forms.roles import Header, code_of, grade_of, label, lookup
from parsers.forms.segments import Line, Segment
from parsers.forms.sideways import SidewaysRows
from parsers.grid import Row, Slot, filled
from parsers.ledger import Ledger
from parsers.titles import caption_kind, title_year
from parsers.values import money_unit, number

_NAMED = frozenset(
    {"department", "project", "grade", "competent_department", "implementing_unit", "remark", "code", "goal_numbered"}
)
_POINTS = regex.compile(r"\(\s*(?P<points>\d{1,3})\s*分\s*\)")
_MOST_POINTS = 100
_YEAR = regex.compile(r"((?:19|20)\d\d)(?:年度?)?")


class TableForm:
    """Recognises one form. After `take`, `form` holds its facts, indicators and goals."""

    def __init__(self, segment: Segment, kind: FormKind, ledger: Ledger) -> None:
        """Begin a form of the given kind with the heading of its segment."""
        heading = segment.heading
        place = heading.place or segment.lines[0].table.place
        self.form = Form(kind, heading.title, heading.attachment, place, heading.year)
        self.form.project_name = segment.project
        self._named_above = heading.dept_name
        self.scope = str(kind)
        self.segment = segment
        self.ledger = ledger
        self.taker = Taker(self.form, ledger, heading.money, heading.money)
        self._unit_name: str | None = None
        self.carried_out_by: str | None = None
        """The unit that carries a project out; who reports, where the document names it above."""
        self.goal_expected: list[Slot] = []
        self.goal_actual: list[Slot] = []
        self.goals_in_rows: list[Slot] = []
        """Goals with a labelled row each: 年度目标1：（50分）."""
        self.remarks: list[Slot] = []
        """Cells of prose inside the form: conclusions, problems, measures."""
        self._header: Header | None = None
        self._periods: PeriodRows | None = None
        self._indicators: IndicatorRows | None = None
        self._rows_under_header = 0
        self._sideways = SidewaysRows(self.taker, self.scope)
        self._crossed = CrossedRows(self.taker, self.scope)
        self._years: YearRows | None = None

    @property
    def has_content(self) -> bool:
        """True where somebody filled the form: an amount, a result, a score or a goal; weights alone are a template."""
        amounts = any(fact.status == "value" and not fact.concept.endswith("_weight") for fact in self.form.facts)
        results = any(i.actual.kind is not None or i.score is not None for i in self.form.indicators)
        return amounts or results or bool(self.form.goals) or (self.form.kind != "base_data" and self._holds_figures())

    def _holds_figures(self) -> bool:
        """True where a number was left over that no blank form prints: with decimals, or of more than 100 points."""
        slots = (slot for line in self.segment.lines for slot in line.row if not slot.continued and slot.is_number)
        left = (number(text) for slot in slots for text in self.ledger.left_in(slot.cell))
        return any(value > _MOST_POINTS or value != int(value) for value in left)

    @property
    def header_year(self) -> int | None:
        """Latest year that the period headers and the headcount label name."""
        named = [
            c.year for header in self.segment.headers for c in header.columns if c.year and c.period != "prior_final"
        ]
        return max(named, default=None)

    def take(self) -> None:
        """Take every row of the segment."""
        for line in self.segment.lines:
            if line.header is not None:
                self._open(line.header)
            else:
                self._take_row(line)
        self._close_indicators()
        self._close_years()
        if self._named_above and self.carried_out_by and squeeze(self._named_above) == squeeze(self.carried_out_by):
            # who fills in the form is named above it, and carries the project out
            self.form.dept_name = self.carried_out_by
        self.form.dept_name = self.form.dept_name or self._unit_name or self._named_above
        self.form.goals = goals_of(self.goal_expected, self.goal_actual, self.goals_in_rows)
        self.taker.withdraw_contradictions()
        self.taker.settle_units()
        self.taker.settle_rates()

    def _open(self, header: Header) -> None:
        before = self._indicators
        self._close_indicators()
        self._close_years()
        self._header, self._rows_under_header = header, 0
        self._years = YearRows(self.taker, header) if header.kind == "years" else None
        above = self.segment.heading.above
        self._periods = PeriodRows(self.taker, header, self.scope, above) if header.kind == "periods" else None
        if header.kind == "indicators":
            self._indicators = IndicatorRows(self.taker, header)
            if before is not None:  # the header is repeated on a new page: what was in force still is
                self._indicators.level1, self._indicators.level2 = before.level1, before.level2
                self._indicators.named = before.named
        self.taker.unit = header.unit or self.taker.unit
        if header.kind == "periods" and not any(c.role == "weight" for c in header.columns):
            self._take_weight_in_caption(header)
        for column, after in itertools.pairwise(header.columns):
            # a dump may run the row of the name into the header below it
            if label(column.slot) in {"department", "competent_department"} and looks_like_office(after.slot.text):
                self._name(label(column.slot), after.slot.text)
        for column in header.columns:
            self.ledger.take(column.slot.cell, "structure")

    def _take_weight_in_caption(self, header: Header) -> None:
        """预算执行情况（20分）where no column holds the weight of the execution."""
        for column in header.columns:
            found = _POINTS.search(fold(column.slot.text)) if label(column.slot) == "funds" else None
            if found is not None and column.period is None and not column.slot.continued:
                text, at = column.slot.text[found.start("points") : found.end("points")], found.start("points")
                labels = (column.slot.key, "")
                self.taker.take(column.slot, "execution_weight", "point", "annual", text=text, offset=at, labels=labels)

    def _close_indicators(self) -> None:
        if self._indicators is not None:
            self._indicators.close()
        self._indicators = None

    def _close_years(self) -> None:
        if self._years is not None:
            self._years.close()
        self._years = None

    def _take_row(self, line: Line) -> None:
        row = line.row
        if self._take_unit(row):
            return
        if self._take_names(row):
            take_pairs(self.taker, row, self.scope)
            return
        if self._indicators is not None:
            if not opens_other_block(row):
                self._indicators.take(row)
                return
            self._close_indicators()
        header = self._header
        if self._periods is not None:
            if not self._periods.take(row):
                self._take_free_row(row, line.table.ragged)
        elif header is not None and header.kind == "concepts":
            taken = take_concept_row(self.taker, header, row, first=self._rows_under_header == 0)
            self._rows_under_header += 1
            if not taken:
                self._header = None
                self._take_free_row(row, line.table.ragged)
        elif header is not None and header.kind == "goals":
            self._take_goals(header, row)
        elif self._years is None or not self._years.add(row):
            self._take_free_row(row, line.table.ragged)

    def _take_free_row(self, row: Row, ragged: bool) -> None:
        if self._sideways.take(row) or self._crossed.take(row, ragged):
            return
        if not take_pairs(self.taker, row, self.scope):
            self._take_text_concept(row)

    def _take_text_concept(self, row: Row) -> bool:
        """A label whose answer is a text (厉行节约保障措施): the next cell, blank or not."""
        for slot, after in itertools.pairwise(row):
            word = lookup(self.scope, slot.text) if not slot.is_value else None
            if word is not None and word.more["unit"] == "text":
                self.remarks.append(after)
                return self.taker.take(after, word.code, "text", "annual", labels=(slot.key, ""))
        return False

    def _take_unit(self, row: Row) -> bool:
        """The unit of money (金额单位：元) and the year, wherever they stand; False where the row holds more."""
        printed = filled(row)
        said = [None if slot.is_number else caption_kind(slot.text) for slot in printed]
        if "unit" not in said and "year" not in said:
            return False
        for slot, kind in zip(printed, said, strict=True):
            if kind == "unit":
                self.taker.stated = money_unit(slot.text) or self.taker.stated
                self.taker.unit = self.taker.stated or self.taker.unit
            if kind in {"unit", "year"} and self.form.year is None:
                self.form.year = title_year(slot.text)
        return all(kind in {"unit", "year"} for kind in said)

    def _take_names(self, row: Row) -> bool:
        """Department, project and grade: a label and the text in the next cell."""
        found = False
        for at, slot in enumerate(row[:-1]):
            what = label(slot)
            if what not in _NAMED:
                continue
            found = True
            after = _answer(row, at, what)
            if label(after) is not None:
                continue
            if what == "goal_numbered":
                self.goals_in_rows.append(after)
                self.ledger.take(slot.cell, "structure")
                continue
            if what == "remark" or (what == "grade" and grade_of(after.text) is None):
                self.remarks.append(after)
                continue
            self._name(what, after.text)
            self.ledger.take(after.cell, "structure")
        for slot in row:
            for pair in pairs(slot.text) if not slot.is_value and not slot.continued else ():
                what = code_of("form_labels", pair.label)
                if what in _NAMED and pair.value.strip():
                    found = True
                    self._name(what, pair.value)
                    self.ledger.take(slot.cell, "structure")
        return found

    def _name(self, what: str | None, text: str) -> None:
        """Keep a name or a grade. A project's department is the competent one, not the unit that carries it out."""
        name = printed_name(text)
        project = self.form.kind == "project_evaluation"
        if what == "project":
            self.form.project_name = self.form.project_name or name
        elif what == "grade" and (grade := grade_of(text)) is not None:
            self.form.grade = grade
        elif what == "competent_department" or (what == "department" and not project):
            self.form.dept_name = self.form.dept_name or name
        elif what == "department":
            self._named_above = self._named_above or name
            self._unit_name = self._unit_name or name
        elif what == "implementing_unit":
            self.carried_out_by = self.carried_out_by or name
            self._unit_name = self._unit_name or name

    def _take_goals(self, header: Header, row: Row) -> None:
        """Goals by what they stand under. A form that lists several financial years is about its own."""
        under_columns = list(zip(row, header.columns_of(row), strict=True))
        for slot, under in under_columns:
            if "goal_year" in {column.role for column in under} and (year := _YEAR.fullmatch(slot.key)):
                self.ledger.take(slot.cell, "structure")
                if self.form.year is not None and int(year[1]) != self.form.year:
                    return
        for slot, under in under_columns:
            roles = {column.role for column in under}
            if slot.continued or slot.is_blank:
                continue
            if roles & {"goal_expected"} and not roles & {"goal_actual"}:
                self.goal_expected.append(slot)
            elif roles & {"goal_actual"} and not roles & {"goal_expected"}:
                self.goal_actual.append(slot)


def _answer(row: Row, at: int, what: str) -> Slot:
    """The cell that answers a label: the next one, or the next that prints something where that can be nothing else."""
    rest = [slot for slot in row[at + 1 :] if not slot.is_blank]
    if row[at + 1].is_blank and rest and label(rest[0]) is None:
        office = what.endswith(("department", "unit")) and looks_like_office(rest[0].text)
        if office or (what == "project" and len(rest) == 1):
            return rest[0]
    return row[at + 1]
