"""Rules made whole: doubled rules become one, broken ones are joined, touching ones are gathered into components."""

from __future__ import annotations

from operator import mul
from typing import NamedTuple

import numpy as np

from parsers.readers.pdfium.chars import Array

SNAP = 2.6
"""Rules this near to each other (points) are one rule: Word's double borders are 1.5 to 2.25 pt apart."""
GAP = 3.0
"""A break up to this long within a rule, or at a corner, is an accident of drawing."""
SHORTEST = 4.0
MOST_PAIRS = 4_000_000
"""More pairs of rules than this to compare are a drawing; a full page of a narrow table has some 3,000."""


class Rule(NamedTuple):
    """A straight rule: `at` is its fixed coordinate, `start` and `end` the other one."""

    at: float
    start: float
    end: float


def whole_rules(boxes: Array) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical rules out of thin boxes (x0, top, x1, bottom)."""
    if not len(boxes):
        return [], []
    wide, high = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    flat = wide >= high
    across = np.stack([(boxes[:, 1] + boxes[:, 3]) / 2, boxes[:, 0], boxes[:, 2]], axis=1)[flat]
    down = np.stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 1], boxes[:, 3]], axis=1)[~flat]
    return _merged(across), _merged(down)


def _merged(rows: Array) -> list[Rule]:
    """Snap the fixed coordinates to clusters, then join pieces of one line that touch or nearly touch."""
    if not len(rows):
        return []
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    at, starts, stops = rows.T.tolist()
    weight = np.maximum(rows[:, 2] - rows[:, 1], 0.01).tolist()
    out: list[Rule] = []
    begin = 0
    while begin < len(at):
        end = begin + 1
        while end < len(at) and at[end] - at[begin] <= SNAP:
            end += 1
        if end == begin + 1:
            out.append(Rule(at[begin] * weight[begin] / weight[begin], starts[begin], stops[begin]))
            begin = end
            continue
        total = sum(weight[begin:end])
        middle = sum(map(mul, at[begin:end], weight[begin:end])) / total
        start, stop = None, 0.0
        for a, b in sorted(zip(starts[begin:end], stops[begin:end], strict=True)):
            if start is None:
                start, stop = a, b
            elif a - stop <= GAP:
                stop = max(stop, b)
            else:
                out.append(Rule(middle, start, stop))
                start, stop = a, b
        if start is not None:
            out.append(Rule(middle, start, stop))
        begin = end
    return [rule for rule in out if rule.end - rule.start >= SHORTEST]


def components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of horizontal and vertical rules that touch each other, top to bottom; lone rules are left out."""
    if not across or not down or len(across) * len(down) > MOST_PAIRS:
        return []
    h, v = np.array(across), np.array(down)
    touch = (
        (v[None, :, 0] >= h[:, None, 1] - GAP)
        & (v[None, :, 0] <= h[:, None, 2] + GAP)
        & (h[:, None, 0] >= v[None, :, 1] - GAP)
        & (h[:, None, 0] <= v[None, :, 2] + GAP)
    )
    left = set(range(len(across)))
    out = []
    while left:
        rows, cols = {left.pop()}, set[int]()
        new_rows = set(rows)
        while new_rows:
            reached = set(np.flatnonzero(touch[list(new_rows)].any(axis=0)).tolist()) - cols
            cols |= reached
            new_rows = set(np.flatnonzero(touch[:, list(reached)].any(axis=1)).tolist()) - rows if reached else set()
            rows |= new_rows
        left -= rows
        if cols:
            out.append(([across[i] for i in sorted(rows)], [down[i] for i in sorted(cols)]))
    return sorted(out, key=lambda pair: (min(r.at for r in pair[0]), min(r.at for r in pair[1])))
