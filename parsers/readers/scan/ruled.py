"""The rules of a table on a picture, found by morphology; pieces that noise or a fold has parted are joined."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from parsers.readers.scan.engine import Picture

_SHORTEST = 9.0
"""Points: no row is lower than this; shorter straight pieces are strokes of characters."""
_LONG_STROKE = 20.0
"""What is shorter may be a stroke that lies in line with a rule by chance."""
_SURELY = 32.0
"""A straight piece of this length is a rule; a shorter one is, where it meets one: dashes and strokes do not."""
_SOLID = 0.85
_MEETS = 1.3
_IN_LINE = 1.2
_OVERHANG = 16.0
_GAP = 12.0
"""A gap of this length in a rule is a flaw; columns and rows are wider."""
_THICKEST = 5.0
_PIECE = 8.0
_BRIDGE = 4.0
"""Points of a rule that may be missing."""


def rules(ink: Picture, scale: float) -> tuple[Any, Picture]:
    """Boxes of the rules in points (x0, top, x1, bottom), and a mask of their ink; `scale` is pixels a point."""
    found = [_one_way(ink, scale), _one_way(np.ascontiguousarray(ink.T), scale)]
    boxes = np.concatenate([found[0][0], found[1][0][:, [1, 0, 3, 2]]])
    sure = np.concatenate([found[0][2], found[1][2]])
    kept = _meeting(boxes / scale, sure, len(found[0][0]))
    mask = np.isin(found[0][1], 1 + np.flatnonzero(kept[: len(found[0][0])]))
    mask |= np.isin(found[1][1], 1 + np.flatnonzero(kept[len(found[0][0]) :])).T
    flat = np.arange(len(boxes)) < len(found[0][0])
    whole = _joined(np.concatenate([boxes, flat[:, None]], axis=1)[kept], scale)
    return _trimmed(whole / scale), cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) & ink


def _trimmed(boxes: Any) -> Any:
    """The boxes without the strokes of characters that hang on to their ends beyond the last rule they cross.

    Where a table is open to the side most of its rules go on; there they stay as they are.
    """
    out = boxes.copy()
    flat = boxes[:, 2] - boxes[:, 0] >= boxes[:, 3] - boxes[:, 1]
    for across in (True, False):
        rules, others = np.flatnonzero(flat == across), boxes[flat != across]
        a, b = (0, 1) if across else (1, 0)
        lines = (others[:, a] + others[:, a + 2]) / 2
        # which of the others each rule reaches or crosses
        own, low, high = boxes[rules], others[:, b] - _MEETS, others[:, b + 2] + _MEETS
        met = (own[:, b, None] >= low) & (own[:, b, None] <= high)
        met &= (own[:, a, None] <= lines + _MEETS) & (own[:, a + 2, None] >= lines - _MEETS)
        for side, sign in ((a, -1), (a + 2, 1)):
            beyond = np.where(met, (own[:, side, None] - lines) * sign, np.inf)
            last = beyond.argmin(axis=1) if len(others) else np.zeros(len(rules), int)
            for at, nearest in enumerate(last.tolist() if len(others) else []):
                over = beyond[at, nearest]
                reach = beyond[met[:, nearest], nearest]
                if _MEETS < over <= _OVERHANG and 2 * (reach > _MEETS).sum() <= len(reach):
                    out[rules[at], side] = lines[nearest]
    return out


def _joined(rows: Any, scale: float) -> Any:
    """The boxes, with one more over each gap that something light, as a stamp, has left in a rule."""
    out = rows[:, :4].tolist()
    for flat in (0, 1):
        own = rows[rows[:, 4] == flat][:, :4]
        own = own if flat else own[:, [1, 0, 3, 2]]
        for box in own.tolist():
            gap = own[:, 0] - box[2]
            after = own[(gap > 0) & (gap <= _GAP * scale) & (np.abs(own[:, 1] - box[1]) <= _IN_LINE * scale)]
            for other in after.tolist():
                bridge = [box[2] - 1, box[1], other[0] + 1, box[3]]
                out.append(bridge if flat else [bridge[1], bridge[0], bridge[3], bridge[2]])
    return np.array(out, np.float64).reshape(-1, 4)


def _meeting(boxes: Any, sure: Any, across: int) -> Any:
    """Which boxes are rules: the sure ones, and step by step those that at both ends meet a rule or go on as one.

    A stroke of a character may touch a rule at one end, hardly at both.
    """
    flat = np.arange(len(boxes)) < across
    at = np.where(flat, boxes[:, 1] + boxes[:, 3], boxes[:, 0] + boxes[:, 2]) / 2
    begin, end = np.where(flat, boxes[:, 0], boxes[:, 1]), np.where(flat, boxes[:, 2], boxes[:, 3])
    crossing = flat[:, None] != flat[None]
    spans = (at[:, None] >= begin[None] - _MEETS) & (at[:, None] <= end[None] + _MEETS) & crossing
    first = spans & (np.abs(begin[:, None] - at[None]) <= _MEETS)
    last = spans & (np.abs(end[:, None] - at[None]) <= _MEETS)
    in_line = ~crossing & (np.abs(at[:, None] - at[None]) <= _IN_LINE) & (end - begin >= _LONG_STROKE)[:, None]
    before, after = begin[:, None] - end[None], begin[None] - end[:, None]
    first |= in_line & (before > -_MEETS) & (before <= _GAP)
    last |= in_line & (after > -_MEETS) & (after <= _GAP)
    kept = sure
    while True:
        more = kept | ((first & kept).any(axis=1) & (last & kept).any(axis=1))
        if (more == kept).all():
            return kept
        kept = more


def _one_way(ink: Picture, scale: float) -> tuple[Any, Any, Any]:
    """Horizontal rules as boxes in pixels, a picture with the number of each (from 1) on its ink, and which are sure.

    Strokes of characters in a row may look like one broken rule; a sure one has a long piece without a break.
    """
    # a rule that is a little askew leaves its row of pixels: thicken before looking for straight pieces
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    piece = max(round(_PIECE * scale), 9)
    found = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, piece), np.uint8))
    unbroken = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((1, round(_SURELY * scale)), np.uint8))
    pieces = found
    bridge = max(round(_BRIDGE * scale), 3)
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((1, bridge), np.uint8))
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((1, max(round(_SHORTEST * scale), 11)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    boxes, sure, drawn = [], [], np.zeros(ink.shape, np.int32)
    for number in range(1, count):
        x, y, wide, high, area = stats[number].tolist()
        # bars of a chart and characters in one block are thick; a slanting rule is thin all the same
        if area / wide > _THICKEST * scale or wide < 3 * high:
            continue
        part = labels[y : y + high, x : x + wide] == number
        if wide < _LONG_STROKE * scale and (pieces[y : y + high, x : x + wide] & part).any(axis=0).mean() < _SOLID:
            continue  # a stroke between two rules that only the bridging made as long as its row is high
        middle = y + (part * np.arange(high)[:, None]).sum() / part.sum() + 0.5
        boxes.append((x, middle - 0.5, x + wide, middle + 0.5))
        sure.append(bool(unbroken[y : y + high, x : x + wide][part].any()))
        drawn[y : y + high, x : x + wide][part] = len(boxes)
    return np.array(boxes, np.float64).reshape(-1, 4), drawn, np.array(sure, bool)
