"""Writing a list number in the number formats of ECMA-376 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_SIMPLE = ("零一二三四五六七八九", ("", "十", "百", "千"), "万")
_LEGAL = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), "万")
_LEGAL_TRADITIONAL = ("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), "萬")
_TRADITIONAL = ("零一二三四五六七八九", ("", "十", "百", "千"), "萬")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def numeral(number: int, number_format: str) -> str:
    """A number in the given format; formats that reports in Chinese do not use are written as decimals."""
    writer = _WRITERS.get(number_format)
    return str(number) if writer is None else writer(number)


def _group(number: int, digits: str, units: tuple[str, ...]) -> str:
    """A number below 10,000 with its units, a run of zeros inside it written once."""
    out = ""
    for position in range(3, -1, -1):
        digit = number // 10**position % 10
        if digit:
            out += digits[digit] + units[position]
        elif out and not out.endswith(digits[0]) and number % 10**position:
            out += digits[0]
    return out


def _counting(number: int, digits: str, units: tuple[str, ...], ten_thousand: str, bare_ten: bool = True) -> str:
    if not 0 < number < 10**8:
        return digits[0] if number == 0 else str(number)
    high, low = divmod(number, 10_000)
    out = _group(high, digits, units) + ten_thousand if high else ""
    if high and 0 < low < 1000:
        out += digits[0]
    out += _group(low, digits, units)
    return out[1:] if bare_ten and 10 <= number < 20 else out


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number)) if number >= 0 else str(number)


def _chinese_counting(number: int) -> str:
    """Counted with 十 up to 99, written digit by digit from 100 on."""
    return _counting(number, *_SIMPLE) if 0 < number < 100 else _digit_by_digit(number)


def _japanese_counting(number: int) -> str:
    """As spoken: 百一, without zeros and without a one before a unit."""
    if not 0 < number < 10_000:
        return _digit_by_digit(number)
    out = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            out += ("" if digit == 1 and unit else _DIGITS[digit]) + unit
    return out


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def _letters(number: int) -> str:
    """A … Z, AA, BB, …: Word repeats the letter."""
    if not 0 < number <= 26 * 30:
        return str(number)
    times, index = divmod(number - 1, 26)
    return chr(ord("A") + index) * (times + 1)


def _in_order(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if 0 < number <= len(characters) else str(number)


def _run_of(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


def _circled(number: int) -> str:
    for first, start, count in ((1, "①", 20), (21, "㉑", 15), (36, "㊱", 15)):
        if first <= number < first + count:
            return chr(ord(start) + number - first)
    return str(number)


def _full_width(number: int) -> str:
    return str(number).translate({ord("0") + digit: chr(0xFF10 + digit) for digit in range(10)})


def _zodiac_pair(number: int) -> str:
    return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12] if 0 < number <= 60 else str(number)


_WRITERS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _in_order(_run_of("⒈", 20)),
    "decimalEnclosedParen": _in_order(_run_of("⑴", 20)),
    "ideographEnclosedCircle": _in_order(_run_of("㊀", 10)),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseCounting": _chinese_counting,
    "taiwaneseCounting": _chinese_counting,
    "chineseCountingThousand": lambda number: _counting(number, *_SIMPLE),
    "taiwaneseCountingThousand": lambda number: _counting(number, *_TRADITIONAL),
    "japaneseCounting": _japanese_counting,
    "chineseLegalSimplified": lambda number: _counting(number, *_LEGAL, bare_ten=False),
    "ideographLegalTraditional": lambda number: _counting(number, *_LEGAL_TRADITIONAL, bare_ten=False),
    "ideographTraditional": _in_order(_STEMS),
    "ideographZodiac": _in_order(_BRANCHES),
    "ideographZodiacTraditional": _zodiac_pair,
}
