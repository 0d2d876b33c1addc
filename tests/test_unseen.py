"""Forms that nobody has drawn before: five families with other words, column orders and merges, against their truth.

A wrong value is a failure wherever it stands; of what a form says at least 97 % must be found.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from parsers.document import Document
from parsers.forms.recognise import recognise
from tests.makers.shuffled import FAMILIES, Truth, invent

DOCUMENTS = 600


def compared(document: Document, truth: Truth) -> tuple[list[str], list[str], int]:
    """Wrong values, missing values, and how many there are to be found."""
    forms = [form for form in recognise(document).forms if form.kind != "narrative"]
    found: dict[tuple[str, str | None, str], Decimal] = {}
    wrong = []
    for form in forms:
        for fact in form.facts:
            key = (fact.concept, fact.item, fact.period)
            if fact.value is not None and (key in found or truth.facts.get(key) != fact.value):
                wrong.append(f"{key}: {fact.value}, not {truth.facts.get(key)}")
            if fact.value is not None:
                found[key] = fact.value
    missing = [f"{key}: {value}" for key, value in truth.facts.items() if key not in found]
    wanted = {row[2]: row for row in truth.indicators}
    fields = ("level1", "level2", "name", "target", "actual", "weight", "score")
    seen: Counter[str] = Counter()
    for indicator in (indicator for form in forms for indicator in form.indicators):
        said = (
            indicator.level1, indicator.level2, indicator.name, indicator.target.value, indicator.actual.value,
            indicator.weight, indicator.score,
        )  # fmt: skip
        seen[str(indicator.name)] += 1
        truly = wanted.get(str(indicator.name))
        if truly is None or seen[str(indicator.name)] > 1:
            wrong.append(f"indicator {said}")
            continue
        for field, is_said, is_true in zip(fields, said, truly, strict=True):
            if is_said is not None and is_said != is_true:
                wrong.append(f"{indicator.name}.{field}: {is_said}, not {is_true}")
            elif is_said is None and is_true is not None:
                missing.append(f"{indicator.name}.{field}: {is_true}")
    missing += [f"indicator {name}.{field}" for name in wanted if not seen[name] for field in fields]
    asked = len(truth.facts) + sum(value is not None for row in truth.indicators for value in row)
    return wrong, missing, asked


@pytest.mark.parametrize("family", range(len(FAMILIES)), ids=FAMILIES)
def test_forms_never_seen_before(family: int) -> None:
    all_wrong, all_missing, asked = [], [], 0
    for seed in range(family, DOCUMENTS, len(FAMILIES)):
        wrong, missing, of = compared(*invent(seed))
        all_wrong += [f"seed {seed}: {line}" for line in wrong]
        all_missing += [f"seed {seed}: {line}" for line in missing]
        asked += of
    assert all_wrong == []
    assert 1 - len(all_missing) / asked >= 0.97, all_missing[:20]
