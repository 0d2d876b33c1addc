"""The properties of a paragraph that matter for its text: list, heading level, and what became of its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.readers.ooxml.names import DELETED, RUN_PROPERTIES, VAL, W
from parsers.readers.ooxml.numbering import Numbering
from parsers.readers.ooxml.styles import Styles, numbering_of
from parsers.readers.ooxml.xmlpart import Element, children, is_on, whole

if TYPE_CHECKING:
    from parsers.readers.ooxml.context import Context

_STYLE = W + "pStyle"
_NUMBERING = W + "numPr"
_OUTLINE = W + "outlineLvl"
_VANISH = W + "vanish"
_NO_LIST = "0"


@dataclass(frozen=True, slots=True)
class Properties:
    """Effective properties of one paragraph, styles included."""

    style: str | None = None
    number_id: str | None = None
    level: int = 0
    outline: int | None = None
    """From 1; None for body text."""
    mark_deleted: bool = False
    mark_hidden: bool = False


NO_PROPERTIES = Properties()


def read_properties(element: Element, context: Context) -> Properties:
    """The properties that a w:pPr states, completed by those of its style."""
    style: str | None = None
    numbering: Element | None = None
    outline: int | None = None
    mark_deleted = mark_hidden = False
    for child in children(element):
        tag = child.tag
        if tag == _STYLE:
            style = child.get(VAL)
        elif tag == _NUMBERING:
            numbering = child
        elif tag == _OUTLINE:
            outline = whole(child.get(VAL))
        elif tag == RUN_PROPERTIES and len(child):
            # only what stands directly here speaks of the mark
            for mark in child:
                if mark.tag in DELETED:
                    mark_deleted = True
                elif mark.tag == _VANISH:
                    mark_hidden = is_on(mark)
    if numbering is None and outline is None and not mark_deleted and not mark_hidden:
        known = context.plain_properties.get(style)
        if known is not None:
            return known
    inherited = context.styles.paragraph(style)
    plain = numbering is None and outline is None
    if outline is None:
        outline = inherited.outline
    number_id, level = None, 0
    if numbering is not None or inherited.number_id is not None:
        number_id, level = _list_of(numbering, style, context.styles, context.numbering)
    shown = outline + 1 if outline is not None and 0 <= outline < 9 else None
    out = Properties(style, number_id, level, shown, mark_deleted, mark_hidden)
    if plain and not mark_deleted and not mark_hidden:
        context.plain_properties[style] = out
    return out


def _list_of(direct: Element | None, style: str | None, styles: Styles, numbering: Numbering) -> tuple[str | None, int]:
    """The list and level of a paragraph: stated directly, or by its style, where the list may tie a level to it."""
    number_id, level = numbering_of(direct)
    inherited = styles.paragraph(style)
    if number_id is None:
        number_id = inherited.number_id
        if level is None and number_id is not None:
            level = numbering.level_of_style(number_id, inherited.identity)
    if number_id is None or number_id == _NO_LIST:
        return None, 0
    if level is None:
        level = inherited.level
    return number_id, level or 0


def numbered(text: str, properties: Properties, numbering: Numbering) -> tuple[str, str]:
    """Count a paragraph of a list: its number, and its text with the number in front.

    They are set apart only where the two would run into one word or number: `1.` and `2023年` must not make 1.2023年.
    """
    label = None if properties.number_id is None else numbering.next(properties.number_id, properties.level)
    if label is None:
        return "", text
    last, first = label.text[-1], text[:1]
    would_run_together = first.isascii() and first.isalnum() and last.isascii() and (last.isalnum() or last in ".-")
    apart = " " if (label.suffix == "space" and text) or would_run_together else ""
    return label.text, label.text + apart + text
