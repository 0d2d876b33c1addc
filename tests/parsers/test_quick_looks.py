"""A quick look that spares a pattern is never wrong: where it says no, the pattern would have found nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parsers.characters import RESIDUE, blank_residue, fold, without_residue
from parsers.forms import figures
from parsers.numerals import _CONFUSABLE, is_confusable
from parsers.targets import _BETWEEN, _DATE, _IN_NO_DATE, _IN_RANGES, _RANGE, _REPEATED
from parsers.values import _CUT, heal

WORDS = (
    "0", "3", "12", "2023", "1,200", "95.5", "%", "≥", "≤", "<", "=", "-", "~", "—", "至", "到", "X", "(", ")", "含",
    "年", "月", "日", "底", "全年", "及时", "完成", "由", "从", "提高到", "升至", "万元", "亿", "个", "兀", "O", "o", "l",
    "I", "〇", ".", ",", " ", "\n", "总计", "合计", "总额", "总数", "金额", "数额", "为", "是", "达到", "达", "有", "共有", "共", "约", "接近",
    "近", "超过", "逾", "即", "占比", "仅", "已", "了", ":", "HYPERLINK", "pageref", "_Toc1", "\\h", "[bookmark:a]", "100字以内",
)  # fmt: skip
PIECES = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)


@given(PIECES)
def test_a_target_that_is_passed_over_is_neither_date_nor_range_nor_said_twice(text: str) -> None:
    assert _IN_NO_DATE.isdisjoint(text) or not _DATE.fullmatch(text)
    assert not _IN_RANGES.isdisjoint(text) or not (_RANGE.fullmatch(text) or _BETWEEN.fullmatch(text))
    assert text.endswith(")") or not _REPEATED.fullmatch(text)


@given(PIECES)
def test_the_tail_of_a_subject_ends_as_the_quick_look_says(text: str) -> None:
    subject = "".join(text.split())  # as it is when the tail is sought: $ would also match in front of a line break
    assert subject[-1:] in figures._TAIL_ENDS or figures._TAIL.sub("", subject) == subject


@given(PIECES)
def test_a_text_without_a_look_alike_is_not_confusable(text: str) -> None:
    assert is_confusable(text) == bool(_CONFUSABLE.search(text))


@given(PIECES)
def test_residue_and_cut_numbers_are_found_as_by_the_patterns_alone(text: str) -> None:
    assert without_residue(text) == RESIDUE.sub("", text)
    assert heal(text) == _CUT.sub("", blank_residue(fold(text))).strip()
