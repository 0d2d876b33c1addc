"""`Document` to forms: each stretch of table rows by what it holds, the prose as sections and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import regex

from parsers.characters import fold, squeeze
from parsers.document import Document, Paragraph
from parsers.forms.arithmetic import withdraw_contradicted
from parsers.forms.figures import Context, Speaker, figures_of
from parsers.forms.listed import forms_of_list
from parsers.forms.model import Fact, Form, KeyFigure, Recognised
from parsers.forms.names import alias_of, looks_like_office, name_in_title, printed_name, project_in_line
from parsers.forms.prose import facts_of_prose, grade_in, is_of_a_project, names_a_project
from parsers.forms.scope import Scope
from parsers.forms.sections import sections_of
from parsers.forms.segments import Segment, by_project, segments
from parsers.forms.tables import TableForm
from parsers.forms.told import projects_told
from parsers.grid import Slot
from parsers.judging import met
from parsers.ledger import FURNITURE, Ledger, in_doubt, texts
from parsers.titles import caption_kind, other_publication, title_kind, title_year, years
from parsers.values import NUMBER, decimals, number
from parsers.words import vocabulary

_TOTAL_BELOW = regex.compile(
    rf"\s*(?P<label>(?:绩效)?(?:自评|自我评价)(?:总分|得分|总得分|综合得分))\s*(?:\(.*?\))?\s*:\s*(?P<score>{NUMBER.pattern})\s*分?[。;]?\s*"
)
_SENTENCES = regex.compile(r"[。；;！!？?]")
_TITLE_PAGE = 8
"""Lines at the top of a document among which its own title stands."""


def recognise(document: Document) -> Recognised:
    """Understand a document: its forms, whose and of which year they are, and every number that is left over."""
    ledger = Ledger(document)
    tables: list[TableForm] = []
    prose: list[Paragraph] = []
    margins: list[Paragraph] = []
    loose: list[Segment] = []
    lists: list[Segment] = []
    declarations = 0
    for part in _parts(document):
        if isinstance(part, Paragraph):
            (margins if part.kind in FURNITURE else prose).append(part)
        elif part.is_declaration:
            declarations += 1
        elif part.is_list:
            lists.append(part)
        elif (form_kind := part.kind()) is not None:
            if form_kind == "department_evaluation" and part.heading.kind is None and _is_project_report(prose):
                form_kind = "project_evaluation"  # the scores in the report of one project
                part.project = part.project or next(filter(None, (project_in_line(p.text) for p in prose)), None)
            tables.append(TableForm(part, form_kind, ledger))
        else:
            loose.append(part)
    for table in tables:
        table.take()
        if any(cell.confidence is not None for cell in table.taker.cells):
            withdraw_contradicted(table.taker)
    if not any(title_kind(p.text) == "narrative" for p in prose):
        prose += [p for p in margins if title_kind(p.text) == "narrative"][:1]  # a title that only the margins print
    _take_total_below(tables, prose, ledger)
    written = [table.form for table in tables if table.has_content]
    listed = _take_lists(lists, written, ledger)
    written += listed
    named = [year for table in tables for year in (table.form.year, table.header_year)]
    fiscal_year = _elected(_year_votes([*named, *(form.year for form in listed)], prose))
    report = _report(prose)
    for table in tables:
        if report is not None and report.dept_name and squeeze(table.carried_out_by or "") == squeeze(report.dept_name):
            table.form.dept_name = report.dept_name
    told = [] if any(form.kind == "project_evaluation" for form in written) else projects_told(prose, ledger)
    written += told
    forms = written + ([report] if report else [])
    name = _name(forms)
    alias = alias_of(name, (text.text for text in texts(document) if "简称" in text.text))
    speaker = Speaker(tuple(filter(None, (alias, name))), fiscal_year)
    for table in tables:
        _judge(table.form, fiscal_year)
        _figures_of_goals(table, speaker, ledger)
    _figures_of_prose(report, prose, speaker, ledger)
    if holder := report or next(iter(written), None):
        _figures_of_text_tables(holder, loose, speaker, ledger)
    if report is not None:
        report.facts = facts_of_prose(report, [form for form in written if form not in told])
    for form in forms:
        if form.dept_name is None or (name and squeeze(form.dept_name) == squeeze(name)):
            form.dept_name = name
    return Recognised(
        tuple(forms),
        name,
        alias,
        fiscal_year,
        tuple(ledger.leftovers()),
        ledger.numbers,
        ledger.mapped,
        len(tables) - len(written),
        declarations + sum(title_kind(paragraph.text) == "declaration" for paragraph in prose),
        0 if listed else len(lists),
        _titled_as(prose),
    )


def _is_project_report(prose: list[Paragraph]) -> bool:
    """True where the title above names a project, and no department as a whole."""
    return names_a_project(next((p.text for p in prose if title_kind(p.text) == "narrative"), ""))


def _take_lists(lists: list[Segment], written: list[Form], ledger: Ledger) -> list[Form]:
    """The projects of lists, without those that have a form of their own, of which a list says it all again."""
    told = {squeeze(form.project_name or "") for form in written if form.kind == "project_evaluation"}
    made = [form for segment in lists for form in forms_of_list(segment, ledger, told)]
    for slot in (slot for segment in lists for line in segment.lines for slot in line.row):
        ledger.refuse(slot.cell, "list")
    return made


def _titled_as(prose: list[Paragraph]) -> str | None:
    """The other publication that the title page names; 财政评价 is one only where others say that they evaluated."""
    named = next((kind for p in prose[:_TITLE_PAGE] if (kind := other_publication(p.text))), None)
    if named != "treasury_evaluation":
        return named
    sentences = (sentence for p in prose for sentence in _SENTENCES.split(squeeze(p.text)))
    others = any(vocabulary("evaluators").match(sentence) for sentence in sentences)
    return "third_party_evaluation" if others else None


def _parts(document: Document) -> Iterator[Segment | Paragraph]:
    """The paragraphs and the stretches of table rows of one form each; a table may go on behind later paragraphs."""
    for part in list(segments(document)):
        if isinstance(part, Paragraph):
            yield part
        else:
            yield from by_project(part)


def _take_total_below(tables: list[TableForm], prose: list[Paragraph], ledger: Ledger) -> None:
    """自评总分：98分 in a line below the one form of a file that prints no total of its own."""
    forms = [table.form for table in tables if table.form.kind.endswith("_evaluation") and table.has_content]
    said = [(p, found) for p in prose if (found := _TOTAL_BELOW.fullmatch(fold(p.text)))]
    if (
        len(forms) != 1
        or len(said) != 1
        or in_doubt(said[0][0])
        or any(fact.concept == "total_score" for fact in forms[0].facts)
    ):
        return
    (paragraph, found), value = said[0], number(said[0][1]["score"])
    forms[0].facts.append(
        Fact("total_score", "annual", None, "value", value, "point", paragraph.text, paragraph.place,
             offset=found.start("score"), row_label=squeeze(found["label"]), decimals=decimals(found["score"]))
    )  # fmt: skip
    ledger.take(paragraph, "fact")


def _year_votes(named: Iterable[int | None], prose: list[Paragraph]) -> Counter[int]:
    """How often titles and headers name each year; a header that ends with last year's final votes for the latest."""
    votes = Counter(year for year in named if year is not None)
    votes.update(year for p in prose if title_kind(p.text) == "narrative" and (year := title_year(p.text)) is not None)
    if not votes:
        votes.update(year for p in prose[:40] for year in years(p.text)[:1])
    return votes


def _elected(votes: Counter[int]) -> int | None:
    """The year with most votes; None where two lead together: a disagreement is a finding, not a guess."""
    leading = votes.most_common(2)
    if not leading or (len(leading) == 2 and leading[0][1] == leading[1][1]):
        return None
    return leading[0][0]


def _name(forms: list[Form]) -> str | None:
    """The department: what most forms print, the first of those printed equally often."""
    printed = [form.dept_name for form in forms if form.dept_name]
    votes = Counter(map(squeeze, printed))
    return max(printed, key=lambda name: (votes[squeeze(name)], -printed.index(name)), default=None)


def _name_near(title: Paragraph, prose: list[Paragraph]) -> str | None:
    """An office named on a line of its own next to a title that names none."""
    at = prose.index(title)
    near = [p for p in (*prose[max(at - 2, 0) : at][::-1], *prose[at + 1 : at + 2]) if looks_like_office(p.text)]
    return printed_name("".join(near[0].text.split()).strip("（）()")) if near else None


def _judge(form: Form, fiscal_year: int | None) -> None:
    """Judge every indicator, now that it is known which year a date without one belongs to."""
    form.indicators = [replace(i, met=met(i.target, i.actual, i.direction, fiscal_year)) for i in form.indicators]


def _is_body(paragraph: Paragraph) -> bool:
    return title_kind(paragraph.text) is None and caption_kind(paragraph.text) is None


def _report(prose: list[Paragraph]) -> Form | None:
    """The report in prose with its sections; None where there is neither a title nor a heading."""
    title = next((p for p in prose if title_kind(p.text) == "narrative"), None)
    body = [paragraph for paragraph in prose if _is_body(paragraph)]
    sections = sections_of(body)
    if not sections and title is None:
        return None
    form = Form("narrative", title.text.strip() if title else None, None, (title or body[0]).place)
    if title is not None:
        form.year, form.dept_name = title_year(title.text), name_in_title(title.text) or _name_near(title, prose)
    form.sections = sections
    return form


def _figures_of_prose(report: Form | None, prose: list[Paragraph], speaker: Speaker, ledger: Ledger) -> None:
    """The figures of every paragraph outside titles and captions, each with the section it stands in."""
    starts = {section.place: section for section in report.sections} if report else {}
    headings = {section.number: section.heading for section in report.sections} if report else {}
    is_whole = report is not None and not is_of_a_project(report)
    scope = Scope(speaker.names, speaker.fiscal_year, is_whole)
    number: str | None = None
    grades: set[str | None] = set()
    for paragraph in prose:
        if caption_kind(paragraph.text) == "note":
            ledger.refuse(paragraph, "note")
        elif not _is_body(paragraph):
            ledger.take(paragraph, "structure")
        elif report is not None:
            grades.add(grade_in(paragraph.text))
            if (section := starts.get(paragraph.place)) is not None:
                number = section.number
                scope.enter([headings.get(above, "") for above in _and_above(number)])
                until = paragraph.text.find(section.heading[:1], len(section.numeral) - 1)
                ledger.take(paragraph, "structure", 0, max(until, 0))
            first = len(report.key_figures) + 1
            report.key_figures += figures_of(paragraph, number, "report", ledger, speaker, first, scope)
    stated = grades - {None}
    if report is not None and len(stated) == 1:  # two grades are of two things: projects, or a review
        report.grade = stated.pop()


def _and_above(number: str) -> list[str]:
    """The dotted number of a section and those of the sections that hold it."""
    parts = number.split(".")
    return [".".join(parts[:at]) for at in range(1, len(parts) + 1)]


def _figures_of_text_tables(holder: Form, loose: list[Segment], speaker: Speaker, ledger: Ledger) -> None:
    """Figures of tables that hold a report in cells of prose (公开13表): no header, but sentences."""
    for segment in loose:
        for slot in (slot for line in segment.lines for slot in line.row):
            if not slot.continued and "。" in slot.text:
                first, where = len(holder.key_figures) + 1, segment.heading.attachment
                holder.key_figures += figures_of(slot.cell, where, "report", ledger, speaker, first)


def _figures_of_goals(table: TableForm, speaker: Speaker, ledger: Ledger) -> None:
    """Figures that the prose inside a form says: its goals, conclusions and remarks."""
    figures: list[KeyFigure] = []
    where = "".join((table.form.attachment or "").split()) or None
    contexts: tuple[tuple[Context, list[Slot]], ...] = (
        ("goal_expected", [*table.goal_expected, *table.goals_in_rows]),
        ("goal_actual", table.goal_actual),
        ("report", table.remarks),
    )
    for context, slots in contexts:
        for slot in slots:
            figures += figures_of(slot.cell, where, context, ledger, speaker, len(figures) + 1)
    table.form.key_figures += figures
