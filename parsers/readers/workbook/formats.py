"""Numbers as a workbook shows them: the format codes of Excel, as far as forms use them.

What is shown is what was printed, so it is the text of the cell: 0.9523 under `0.00%` is 95.23%. A code with parts that
are not understood (fractions, powers of ten, numbers in Chinese) shows the stored number itself, never a wrong one.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

import regex

from parsers.readers.workbook.dates import shown_date

GENERAL = "General"
_WIDTH = 10
"""Digits of a number that has no format of its own."""
_PRECISE = Context(prec=15)
_WIDE = Context(prec=400)

BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;-"¥"#,##0', 6: '"¥"#,##0;-"¥"#,##0',
    7: '"¥"#,##0.00;-"¥"#,##0.00', 8: '"¥"#,##0.00;-"¥"#,##0.00', 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The codes that a file names by number alone, as a Chinese Excel shows them."""

_TOKEN = regex.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<power>[Ee][+-])"
    r"|(?P<date>yyyy|yy|y|e+|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|aaaa|aaa|hh|h|ss|s)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    regex.IGNORECASE,
)
_CONDITION = regex.compile(r"(?P<op><=|>=|<>|<|>|=)(?P<limit>-?\d+(?:\.\d+)?)")
_CURRENCY = regex.compile(r"\$(?P<sign>[^-]*)(?:-[0-9A-Fa-f]+)?")
_ELAPSED = regex.compile(r"(?:h+|m+|s+)", regex.IGNORECASE)


class Token(NamedTuple):
    """A piece of a format code; the text of a literal is what it shows."""

    kind: str
    text: str


class _Section(NamedTuple):
    tokens: tuple[Token, ...]
    op: str | None
    limit: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the section's own condition holds for a value."""
        return {
            "<": value < self.limit, ">": value > self.limit, "=": value == self.limit, "<>": value != self.limit,
            "<=": value <= self.limit, ">=": value >= self.limit,
        }[self.op or "="]  # fmt: skip


def exact(stored: float) -> Decimal:
    """A stored number as a person would write it: binary fractions end at the fifteenth digit."""
    return _PRECISE.create_decimal(repr(stored))


def plain(value: Decimal) -> str:
    """All digits of a number, without a power of ten."""
    text = format(value.normalize(_WIDE), "f")
    return "0" if text == "-0" else text


def shown(stored: float, code: str, since_1904: bool = False) -> str:
    """A stored number as its format code shows it."""
    value = exact(stored)
    section, signed = _section(_sections(code or GENERAL), value)
    kinds = {token.kind for token in section.tokens}
    if "date" in kinds:
        return shown_date(stored, list(section.tokens), since_1904) or plain(value)
    if kinds & {"power", "strange"} or any(t.kind == "other" and t.text == "/" for t in section.tokens):
        return plain(value)
    if "general" in kinds:
        text = _general(abs(value))
        inner = "".join(text if t.kind == "general" else t.text for t in section.tokens if t.kind not in {"comma"})
    elif "digit" in kinds:
        inner, is_zero = _digits(section.tokens, abs(value))
        signed = signed and not is_zero
    elif "text" in kinds:
        return plain(value)
    else:
        inner, signed = "".join(t.text for t in section.tokens), False
    return ("-" if signed and value < 0 else "") + inner.strip()


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    out: list[_Section] = []
    tokens: list[Token] = []
    op, limit = None, Decimal(0)
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "other", found.group(found.lastgroup or 0)
        if kind == "other" and text == ";":
            out.append(_Section(tuple(tokens), op, limit))
            tokens, op, limit = [], None, Decimal(0)
        elif kind == "bracket":
            if condition := _CONDITION.fullmatch(text):
                op, limit = condition["op"], Decimal(condition["limit"])
            elif currency := _CURRENCY.fullmatch(text):
                tokens.append(Token("literal", currency["sign"]))
            elif _ELAPSED.fullmatch(text):
                tokens.append(Token("date", f"[{text.lower()}]"))
            elif text.lower().startswith("dbnum"):
                tokens.append(Token("strange", ""))
        elif kind in {"quoted", "escaped"}:
            tokens.append(Token("literal", text))
        elif kind == "pad":
            tokens.append(Token("literal", " "))
        elif kind != "fill":
            tokens.append(Token(kind, text))
    out.append(_Section(tuple(tokens), op, limit))
    return tuple(out)


def _section(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool]:
    """The section for a value, and whether a minus sign is shown in front of it."""
    numeric = sections[:3] if len(sections) > 1 or not _is_text_only(sections[0]) else sections
    if any(section.op for section in numeric):
        for section in numeric:
            if section.op and section.holds(value):
                return section, True
        rest = [section for section in numeric if not section.op]
        return (rest[-1] if rest else numeric[-1]), True
    if value < 0 and len(numeric) > 1:
        return numeric[1], False
    if value == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], True


def _is_text_only(section: _Section) -> bool:
    return {token.kind for token in section.tokens} <= {"text", "literal"}


def _general(value: Decimal) -> str:
    """A number without a format: as many decimals as there is room for beside its whole part."""
    room = max(_WIDTH - len(format(value.to_integral_value(), "f")), 0)
    return plain(value.quantize(Decimal(1).scaleb(-room), ROUND_HALF_UP, _WIDE))


def _digits(tokens: tuple[Token, ...], value: Decimal) -> tuple[str, bool]:
    """A number in the places that the code gives its digits, and whether it is shown as zero."""
    last = max(at for at, token in enumerate(tokens) if token.kind == "digit")
    point = next((at for at, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [at for at, token in enumerate(tokens) if token.kind == "digit" and at < point]
    after = [at for at, token in enumerate(tokens) if token.kind == "digit" and at > point]
    value = value.scaleb(2 * sum(token.kind == "percent" for token in tokens), _WIDE)
    end_of_whole = whole[-1] if whole else -1
    scaling = [at for at, t in enumerate(tokens) if t.kind == "comma" and (end_of_whole < at < point or at > last)]
    grouped = any(t.kind == "comma" and whole and whole[0] < at < end_of_whole for at, t in enumerate(tokens))
    value = value.scaleb(-3 * len(scaling), _WIDE).quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP, _WIDE)
    text = format(value, "f")
    integer, _, fraction = text.partition(".")
    if value < 1 and not any(tokens[at].text == "0" for at in whole):
        integer = ""
    places = _whole_places(tokens, whole, integer, grouped) | _fraction_places(tokens, after, fraction)
    out = []
    for at, token in enumerate(tokens):
        if token.kind == "digit":
            out.append(places[at])
        elif token.kind == "point":
            out.append(("" if whole else integer) + ".")
        elif token.kind != "comma":
            out.append(token.text)
    return "".join(out), value == 0


def _whole_places(tokens: tuple[Token, ...], whole: list[int], integer: str, grouped: bool) -> dict[int, str]:
    """What stands at each digit of the whole part, filled from the right; the first takes all that is left."""
    places: dict[int, str] = {}
    rest, done = integer, 0
    for at in reversed(whole):
        take = len(rest) if at == whole[0] else 1
        piece, rest = rest[len(rest) - take :], rest[: len(rest) - take]
        if not piece:
            piece = "0" if tokens[at].text == "0" else ""
        spelled = ""
        for digit in reversed(piece):
            comma = "," if grouped and done and done % 3 == 0 else ""
            spelled = digit + comma + spelled
            done += 1
        places[at] = spelled
    return places


def _fraction_places(tokens: tuple[Token, ...], after: list[int], fraction: str) -> dict[int, str]:
    places = {at: fraction[order] for order, at in enumerate(after)}
    for at in reversed(after):
        if tokens[at].text == "0" or places[at] != "0":
            break
        places[at] = ""
    return places
