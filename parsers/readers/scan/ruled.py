"""The rules of a table on a picture, found by morphology; pieces that noise or a fold has parted are joined."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from parsers.readers.scan.engine import Picture

_SHORTEST = 14.0
"""Points: shorter straight pieces are strokes of characters."""
_SURELY = 40.0
"""A straight piece of this length is a rule; a shorter one is, where it meets one: ends of dashes and strokes do not."""
_MEETS = 2.5
_THICKEST = 5.0
_PIECE = 8.0
_BRIDGE = 4.0
"""Points of a rule that may be missing."""


def rules(ink: Picture, scale: float) -> tuple[Any, Picture]:
    """Boxes of the rules in points (x0, top, x1, bottom), and a mask of their ink; `scale` is pixels a point."""
    found = [_one_way(ink, scale), _one_way(np.ascontiguousarray(ink.T), scale)]
    boxes = np.concatenate([found[0][0], found[1][0][:, [1, 0, 3, 2]]])
    kept = _meeting(boxes / scale, len(found[0][0]))
    mask = np.isin(found[0][1], 1 + np.flatnonzero(kept[: len(found[0][0])]))
    mask |= np.isin(found[1][1], 1 + np.flatnonzero(kept[len(found[0][0]) :])).T
    return boxes[kept] / scale, cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) & ink


def _meeting(boxes: Any, across: int) -> Any:
    """Which boxes are rules: the long ones, and step by step those that touch one of the other direction."""
    long = np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) >= _SURELY
    flat = np.arange(len(boxes)) < across
    low, high = boxes[:, :2] - _MEETS, boxes[:, 2:] + _MEETS
    touch = (low[:, None] <= high[None]).all(axis=2) & (high[:, None] >= low[None]).all(axis=2)
    touch &= flat[:, None] != flat[None]
    kept = long
    while True:
        more = kept | ((touch & kept[None]).sum(axis=1) > 0)
        if (more == kept).all():
            return kept
        kept = more


def _one_way(ink: Picture, scale: float) -> tuple[Any, Any]:
    """Horizontal rules as boxes in pixels, and a picture with the number of the rule (from 1) on its ink."""
    # a rule that is a little askew leaves its row of pixels: thicken before looking for straight pieces
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    piece = max(round(_PIECE * scale), 9)
    found = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, piece), np.uint8))
    bridge = max(round(_BRIDGE * scale), 3)
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((1, bridge), np.uint8))
    found = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((1, max(round(_SHORTEST * scale), 15)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    boxes, drawn = [], np.zeros(ink.shape, np.int32)
    for number in range(1, count):
        x, y, wide, high, area = stats[number].tolist()
        # bars of a chart and characters in one block are thick; a slanting rule is thin all the same
        if area / wide > _THICKEST * scale or wide < 3 * high:
            continue
        part = labels[y : y + high, x : x + wide] == number
        middle = y + (part * np.arange(high)[:, None]).sum() / part.sum() + 0.5
        boxes.append((x, middle - 0.5, x + wide, middle + 0.5))
        drawn[y : y + high, x : x + wide][part] = len(boxes)
    return np.array(boxes, np.float64).reshape(-1, 4), drawn
