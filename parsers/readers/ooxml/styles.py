"""What the styles of a Word file say about numbering, heading level and hidden text, through basedOn chains."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.readers.ooxml.names import PARAGRAPH_PROPERTIES, RUN_PROPERTIES, TYPE, VAL, W
from parsers.readers.ooxml.xmlpart import Element, is_on, whole

MAX_CHAIN = 64
"""How many styles one may be based on in a row; Word itself stops at about a dozen."""
_BUILT_IN_HEADING = re.compile(r"(?:heading|标题) ?([1-9])", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """One style, its own statements only until `Styles.style` has filled in those of the styles it is based on."""

    identity: str
    based_on: str | None = None
    number_id: str | None = None
    level: int | None = None
    outline: int | None = None
    """As the file counts: 0 is the first heading level, 9 is body text."""
    hidden: bool | None = None


PLAIN = Style("")


@dataclass(slots=True)
class Styles:
    """All styles by id, resolved when first asked for."""

    own: dict[str, Style] = field(default_factory=dict)
    default_paragraph: str | None = None
    hidden_by_default: bool = False
    _resolved: dict[str, Style] = field(default_factory=dict)

    def style(self, identity: str | None) -> Style:
        """A style with what it inherits; an unknown id is plain."""
        if identity is None:
            return PLAIN
        found = self._resolved.get(identity)
        if found is None:
            found = self._resolved[identity] = self._resolve(identity)
        return found

    def paragraph(self, identity: str | None) -> Style:
        """The style of a paragraph; one that names none has the default paragraph style."""
        return self.style(self.default_paragraph if identity is None else identity)

    def _resolve(self, identity: str) -> Style:
        out = Style(identity)
        seen: set[str] = set()
        following: str | None = identity
        while following is not None and following not in seen and len(seen) < MAX_CHAIN:
            seen.add(following)
            style = self.own.get(following)
            if style is None:
                break
            if out.number_id is None and style.number_id is not None:
                out.number_id = style.number_id
            if out.level is None:
                out.level = style.level
            if out.outline is None:
                out.outline = style.outline
            if out.hidden is None:
                out.hidden = style.hidden
            following = style.based_on
        return out


def read_styles(root: Element) -> Styles:
    """The styles of a styles part."""
    styles = Styles()
    for element in root.iterchildren(W + "style"):
        identity = element.get(W + "styleId")
        if identity is None:
            continue
        styles.own[identity] = _read_style(element, identity)
        if element.get(TYPE) == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
            styles.default_paragraph = identity
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{RUN_PROPERTIES}/{W}vanish")
    styles.hidden_by_default = is_on(default)
    return styles


def _read_style(element: Element, identity: str) -> Style:
    style = Style(identity)
    name = ""
    for child in element:
        tag = child.tag
        if tag == W + "name":
            name = child.get(VAL) or ""
        elif tag == W + "basedOn":
            style.based_on = child.get(VAL)
        elif tag == RUN_PROPERTIES:
            vanish = child.find(W + "vanish")
            style.hidden = None if vanish is None else is_on(vanish)
        elif tag == PARAGRAPH_PROPERTIES:
            style.number_id, style.level = numbering_of(child.find(W + "numPr"))
            outline = child.find(W + "outlineLvl")
            style.outline = None if outline is None else whole(outline.get(VAL))
    built_in = _BUILT_IN_HEADING.fullmatch(name)
    if style.outline is None and built_in and element.get(TYPE) == "paragraph":
        style.outline = int(built_in[1]) - 1
    return style


def numbering_of(properties: Element | None) -> tuple[str | None, int | None]:
    """The list and the level that a w:numPr names."""
    if properties is None:
        return None, None
    number = properties.find(W + "numId")
    level = properties.find(W + "ilvl")
    return (
        None if number is None else number.get(VAL),
        None if level is None else whole(level.get(VAL)),
    )
