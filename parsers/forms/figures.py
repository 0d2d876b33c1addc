"""Key figures: every number that prose says, with its subject, unit, sentence, and whether it is the year's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN
from functools import cache, lru_cache
from typing import Literal

import regex

from parsers.characters import fold
from parsers.forms.model import KeyFigure
from parsers.forms.prose import PERIODS, SPENT
from parsers.forms.said import Said, is_broken, said_in, sentences
from parsers.forms.scope import Scope
from parsers.forms.tenses import Tense, is_budgeted, is_later, tense_of
from parsers.ledger import Ledger, Text, is_doubted
from parsers.numerals import counted
from parsers.tokens import tokens
from parsers.values import FEN, MONEY, number
from parsers.words import Word, vocabulary

Context = Literal["report", "goal_expected", "goal_actual"]

_BREAK = regex.compile(r"[ \u3000]*\n[ \u3000]*")
_APPROX_BEFORE = regex.compile(r"(?:(?<![节制合条预违契签公])约|大约|近|接近|超过?|逾|达到?近|将近)$")
_APPROX_AFTER = regex.compile(r"(?:余|多|左右|上下)")
_APPROX_INSIDE = regex.compile(r"[余多]")
_LEAD = regex.compile(
    r"^(?:其中|(?:在)?基本支出中(?:的)?|并|且|同时|另外|另|共|累计|截[至止](?:目前)?|目前|(?:19|20)\d{2}年(?:度|末|底|初)?|,|\))+"
)
_TAIL = regex.compile(
    r"(?:总计|合计|共计|总额|总数|累计)?(?:金额|数额)?(?:为|是|达到?|(?<![实现])有|计|共|共有|(?<![节制合条预违契签公])约|大约|近|接近|超过|逾|即|占比|仅|已|了|:)*$"
)
_TAIL_ENDS = frozenset("计额数为是达到有共约近过逾即比仅已了:")
"""What `_TAIL` ends with: it is tried from every character of a text, and most texts end with none of these."""
_WHOLE_WORDS = regex.compile(r"[“\"](?=三公[”\"])|(?<=三公)[”\"]|[(](?=境[)])|(?<=境)[)]")
"""Marks inside words that are one word all the same: “三公”, 出国（境）."""
_OURSELVES = regex.compile(
    r"^(?:(?:本|我|全|该)(?:单位|部门|局|院|办|委|厅|会|机关|中心|系统)|单位|部门|机关)(?=[\p{Han}\d])"
)
_SHARE = regex.compile(r"占(?P<base>.+?)(?:的|比例|比重|的比例|的比重)?(?:为|是|达|约)?$")
_SHORT = {
    "basic_expenditure": "basic",
    "project_expenditure": "project",
    "personnel_expense": "personnel",
    "public_expense_total": "public",
    "total_expenditure": "total",
    "three_public_total": "three_public",
}
_COUNTED_PERSONS = frozenset({"staff_authorized", "staff_actual"})
_KIND_OF = {
    "funds_total": "money",
    "basic_expenditure": "money",
    "project_expenditure": "money",
    "execution_rate": "percent",
}
_CODES = {"money": "wan_yuan", "percent": "percent", "person": "person", "point": "point"}


_CONTINUES = regex.compile(r"\s*(?:[-~—–、和及]|至|到)*\s*")
_FIELD = regex.compile(r"[-≥≤<>=]*[\d.,]+[%\p{Han}]{0,3}")
_PUNCTUATION = regex.compile(r"[，。；！？]")


@cache
def _concepts() -> list[tuple[Word, regex.Pattern[str], regex.Pattern[str]]]:
    words = vocabulary("figures").words
    return [(word, regex.compile(word.pattern), regex.compile(word.more["where"])) for word in words]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in a report, and of which year: its full and short names, and the fiscal year."""

    names: tuple[str, ...] = ()
    fiscal_year: int | None = None


def figures_of(
    text: Text,
    section: str | None,
    context: Context,
    ledger: Ledger,
    speaker: Speaker,
    first_seq: int = 1,
    scope: Scope | None = None,
) -> list[KeyFigure]:
    """The figures of a paragraph or prose cell in order; each is taken from the ledger.

    A number without a unit that `parsers/words/units.csv` knows stays in the ledger with the reason `no_unit`.
    """
    made: list[KeyFigure] = []
    if context == "report" and _is_row(text.text):
        ledger.refuse(text, "ambiguous")
        return made
    certain = (token for token in tokens(text.text) if not token.confusable and not is_doubted(text, token))
    open_tokens = [token for token in certain if token.structural is None]
    folded = fold(text.text)
    plain = _WHOLE_WORDS.sub(" ", folded.replace("\n", " "))
    later = budgeted = False
    told = scope is not None
    scope = scope or Scope(is_whole=False)
    for start, end in sentences(folded):
        inside = [token for token in open_tokens if start <= token.start < end and not is_broken(plain, token)]
        later = is_later(folded[start:end], later, speaker.fiscal_year)
        previous: tuple[str, str | None] = "", None
        last: tuple[str, Tense] = "", "current"
        scope.begin(later=later)
        heard, budgeted_before = start, budgeted
        others = inside and vocabulary("scopes").anywhere("others").search(plain[start:end])
        for said in said_in(plain, start, end, inside):
            stated = scope.hears(plain[heard : said.token.start])
            heard = said.unit_end
            subject, concept = _subject(said, previous, speaker)
            if said.kind == "none" and concept is None:
                ledger.refuse(text, "no_unit")
                continue
            tense = tense_of(said.before, said.after, said.clause, speaker.fiscal_year)
            if (
                last[0] and not said.after.strip("等。") and _CONTINUES.fullmatch(said.before)
            ):  # 下降12.5%、3.4%; 800-1200元
                subject, concept, tense = last[0], None, last[1]
            budgeted = is_budgeted(said.clause, budgeted_before, scope.under_budget)
            if tense == "current" and (later or (budgeted and concept in SPENT)):
                tense = "plan"
            if (concept in PERIODS and others) or (told and _is_of_a_part(concept, scope)):
                concept = None
            if stated is not None and (
                others
                or said.after.startswith(("用于", "主要用于"))
                or tense in {"prior", "change"}
                or said.kind != _KIND_OF[stated.concept]
            ):
                stated = None
            last = subject, tense
            if said.kind == "money":
                previous = subject, concept
            made.append(
                _figure(text, said, subject, concept, tense, (start, end), section, context, first_seq + len(made))
            )
            if stated is not None:
                made[-1] = replace(made[-1], states=(stated.concept, stated.period))
            ledger.take(text, "figure", said.token.start, said.token.end)
        scope.end(plain[start:end])
    return made


def _is_of_a_part(concept: str | None, scope: Scope) -> bool:
    """True for a concept whose words do not say of whom, where the sentence speaks of a part or may do so."""
    if concept == "execution_rate":
        return not scope.may_be_whole
    return concept == "total_expenditure" and scope.is_of_a_part


def _is_row(text: str) -> bool:
    """True for a line of a table that lost its rules: fields parted by blanks, numbers among them, no sentence."""
    fields = fold(text).split()
    numbers = sum(bool(_FIELD.fullmatch(field)) for field in fields)
    return len(fields) >= 3 and numbers >= 2 and not _PUNCTUATION.search(text)


def _subject(said: Said, previous: tuple[str, str | None], speaker: Speaker) -> tuple[str, str | None]:
    """The words that say what is counted, and their concept if the vocabulary has one."""
    before = _bare(_without_speaker(_bare(said.before), speaker.names))
    after = _LEAD.sub("", said.after).strip().removeprefix("的").strip()
    if said.kind == "percent" and (share := _SHARE.search(before)):
        base = share["base"].strip()
        whole = _concept(base, "money", said.sentence)
        part, whole_short = _SHORT.get(previous[1] or ""), _SHORT.get(whole or "")
        concept = f"share_{part}_of_{whole_short}" if part and whole_short else None
        return f"{previous[0]}占{base}", concept
    kinds = [said.kind] if said.kind != "word" else ["word", str(said.printed_unit)]
    if said.kind == "word" and said.printed_unit == "个":
        kinds.append("person")
    if said.kind == "none":
        kinds = ["point"]
    for words in (before, after):
        for kind in kinds:
            if words and (concept := _concept(words, kind, said.sentence)):
                return words, concept
    if said.kind in {"money", "percent", "point", "none"} or not after:
        return before or after, None
    return after if not before or said.after[:1] not in {"", " "} else before, None


@lru_cache(maxsize=4096)
def _bare(words: str) -> str:
    """Drop connectives in front and verbs behind: 其中…为."""
    plain = "".join(words.split())
    while (shorter := _LEAD.sub("", plain)) != plain:
        plain = shorter
    return _TAIL.sub("", plain) if plain[-1:] in _TAIL_ENDS else plain


def _without_speaker(words: str, names: tuple[str, ...]) -> str:
    """Drop the office's own name from the front: 区总工会自评得分 → 自评得分. An end of the full name will do."""
    for name in names:
        if words[:3] not in name:
            continue
        for start in range(len(name) - 2):
            if words.startswith(name[start:]) and len(words) > len(name) - start:
                return words[len(name) - start :]
    return _OURSELVES.sub("", words)


def _concept(words: str, kind: str, sentence: str) -> str | None:
    found = _counted_as("".join(words.split()), kind)
    return found[0].code if found is not None and found[1].search(sentence) else None


@lru_cache(maxsize=4096)
def _counted_as(key: str, kind: str) -> tuple[Word, regex.Pattern[str]] | None:
    """The first line of the figures for a subject and a kind of unit, and what its sentence must say."""
    for word, pattern, where in _concepts():
        if word.more["unit"] == kind and pattern.fullmatch(key):
            return word, where
    return None


def _figure(
    text: Text,
    said: Said,
    subject: str,
    concept: str | None,
    tense: Tense,
    sentence: tuple[int, int],
    section: str | None,
    context: Context,
    seq: int,
) -> KeyFigure:
    printed = said.token.text
    value = number(printed) if printed[0].isdigit() else counted(printed)
    if said.negative:
        value = -value
    kind = "point" if said.kind == "none" else said.kind
    if kind == "money":
        value = (value * MONEY[said.printed_unit or "元"]).quantize(FEN, ROUND_HALF_EVEN)
    unit = _CODES.get(kind, said.printed_unit)
    if concept in _COUNTED_PERSONS:
        unit = "person"
    if concept is None and kind in {"word", "person"} and tense == "current" and context != "goal_expected":
        concept = "performance_output"
    start, end = sentence
    return KeyFigure(
        seq,
        section,
        context,
        subject,
        value,
        unit,
        said.printed_unit,
        bool(_APPROX_BEFORE.search(said.before.strip()))
        or bool(_APPROX_AFTER.match(text.text, said.token.end) or _APPROX_AFTER.match(text.text, said.unit_end))
        or bool(_APPROX_INSIDE.search(text.text, said.token.end, said.unit_end)),
        concept if tense == "current" else None,
        tense,
        _BREAK.sub("", text.text[start:end]),
        _BREAK.sub("", text.text[said.start : said.unit_end]).strip(),
        text.place,
        said.token.start,
    )
