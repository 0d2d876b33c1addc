"""Complex fields (w:fldChar): their code is dropped, the result that Word last computed is kept."""

from __future__ import annotations

from parsers.readers.ooxml.names import DELETED, FALLBACK, FIELD_CHAR, TEXT_BOX, VAL, W
from parsers.readers.ooxml.xmlpart import Element, is_on, whole

KIND = W + "fldCharType"
_LIST_ENTRY = W + "listEntry"


class Fields:
    """The fields that are open at one point of a story, the innermost last."""

    __slots__ = ("_open", "in_code")

    def __init__(self) -> None:
        """Begin outside all fields."""
        self._open: list[bool] = []
        self.in_code = False
        """Whether what comes next belongs to the code of some open field, and is not printed."""

    def meet(self, mark: Element) -> str:
        """Pass a begin, separate or end mark; gives the text of a form field that prints without a result."""
        kind = mark.get(KIND)
        text = ""
        if kind == "begin":
            text = "" if self.in_code else form_value(mark)
            self._open.append(True)
        elif kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()
        self.in_code = any(self._open)
        return text


def form_value(begin: Element) -> str:
    """What a check box or a drop-down list of a legacy form shows: they keep it beside the field, not as its result."""
    data = begin.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        checked = box.find(W + "checked")
        return "☑" if is_on(box.find(W + "default") if checked is None else checked) else "☐"
    choices = data.find(W + "ddList")
    if choices is None:
        return ""
    entries = [entry.get(VAL) or "" for entry in choices.iterchildren(_LIST_ENTRY)]
    result = choices.find(W + "result")
    if result is None:
        result = choices.find(W + "default")
    chosen = (0 if result is None else whole(result.get(VAL))) or 0
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def drop_unpaired(root: Element) -> int:
    """Take marks without a partner out of a part, so that a field left open cannot swallow the rest of the text."""
    open_marks: dict[Element | None, list[Element]] = {}
    unpaired: list[Element] = []
    for mark in root.iter(FIELD_CHAR):
        story, gone = _surroundings(mark)
        if gone:
            continue
        begun = open_marks.setdefault(story, [])
        kind = mark.get(KIND)
        if kind == "begin":
            begun.append(mark)
        elif kind == "end" and begun:
            begun.pop()
        elif kind == "end" or (kind == "separate" and not begun):
            unpaired.append(mark)
    for begun in open_marks.values():
        unpaired += begun
    for mark in unpaired:
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
    return len(unpaired)


def _surroundings(mark: Element) -> tuple[Element | None, bool]:
    """The text box that a mark stands in, if any, and whether it stands in something that is not read."""
    story: Element | None = None
    gone = False
    for above in mark.iterancestors():
        tag = above.tag
        if tag in DELETED or tag == FALLBACK:
            gone = True
        elif tag == TEXT_BOX and story is None:
            story = above
    return story, gone
