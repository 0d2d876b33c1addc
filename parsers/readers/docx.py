"""The Word reader: the bytes of a .docx file as a `Document`, with the place of every paragraph and cell."""

from __future__ import annotations

import posixpath

from parsers.document import Block, Document, Note, Paragraph, ParagraphKind, Place, Table
from parsers.readers.ooxml.context import Context
from parsers.readers.ooxml.fields import drop_unpaired
from parsers.readers.ooxml.names import BODY, TYPE, W
from parsers.readers.ooxml.numbering import Numbering, read_numbering
from parsers.readers.ooxml.package import Package, Relationship, is_word_package, open_package
from parsers.readers.ooxml.slim import slimmed
from parsers.readers.ooxml.story import StoryReader
from parsers.readers.ooxml.styles import Styles, read_styles
from parsers.readers.ooxml.xmlpart import Element, members, parse_part
from parsers.reasons import Reason, UnreadableError

__all__ = ["looks_like_docx", "read_docx"]

_NOTE_KINDS = {"footnotes": W + "footnote", "endnotes": W + "endnote"}
_FURNITURE: dict[str, ParagraphKind] = {"header": "header", "footer": "footer"}


def looks_like_docx(data: bytes) -> bool:
    """Whether the bytes are a Word package, transitional or strict, judged by content alone."""
    return is_word_package(data)


def read_docx(data: bytes) -> Document:
    """Read a Word file; `UnreadableError` says why one cannot be read with certainty."""
    try:
        return _read(data)
    except RecursionError as error:
        raise UnreadableError(Reason.DAMAGED, "the file nests its content too deeply to be a document") from error


def _read(data: bytes) -> Document:
    package = open_package(data)
    name = package.main_part()
    if name is None:
        raise UnreadableError(Reason.UNSUPPORTED_FORMAT, "the zip file holds no Word document")
    links = package.relationships(name)
    first = {link.kind: link for link in reversed(list(links.values())) if not link.external}
    main = package.read(name)
    styles = _styles(package, first)
    context = Context(styles, _numbering(package, first, styles))
    reader = StoryReader(context)
    root = _parse(context, main, name)
    del main
    body = root.find(BODY)
    if body is None:
        raise UnreadableError(Reason.DAMAGED, f"part {name} has no body")
    reader.read(body, "body")
    for kind in _NOTE_KINDS:
        if kind in first and package.has(first[kind].target):
            _read_notes(reader, package, first[kind])
    for link in _furniture(links):
        if package.has(link.target):
            root = _parse(context, package.read(link.target), link.target)
            context.part = posixpath.splitext(posixpath.basename(link.target))[0]
            reader.read(root, _FURNITURE[link.kind])
    if context.pictures and not any(_has_text(block) for block in reader.blocks):
        raise UnreadableError(
            Reason.NEEDS_OCR, f"the file holds {context.pictures} picture(s) and no text: it is a scan inside Word"
        )
    return Document("docx", tuple(reader.blocks), notes=tuple(context.notes))


def _styles(package: Package, first: dict[str, Relationship]) -> Styles:
    link = first.get("styles")
    if link is None or not package.has(link.target):
        return Styles()
    return read_styles(parse_part(package.read(link.target), link.target))


def _numbering(package: Package, first: dict[str, Relationship], styles: Styles) -> Numbering:
    link = first.get("numbering")
    if link is None or not package.has(link.target):
        return Numbering()
    return read_numbering(parse_part(package.read(link.target), link.target), styles)


def _parse(context: Context, data: bytes, name: str) -> Element:
    """Parse a part with text; what `slimmed` leaves out does not matter for it."""
    slim = slimmed(data)
    try:
        root = parse_part(slim, name)
    except UnreadableError:
        # the place of the damage is to be that in the whole part
        slim = data
        root = parse_part(data, name)
    context.look_at(slim, slim=slim is not data)
    unpaired = drop_unpaired(root) if b"fldChar" in slim else 0
    if unpaired:
        what = f"{unpaired} field mark(s) without a partner; the text around them is kept"
        context.notes.append(Note("field", what, Place(part=context.part)))
    return root


def _read_notes(reader: StoryReader, package: Package, link: Relationship) -> None:
    root = _parse(reader.context, package.read(link.target), link.target)
    reader.context.part = link.kind
    for note in members(root):
        # separators have a type, what the author wrote has none or `normal`
        if note.tag == _NOTE_KINDS[link.kind] and note.get(TYPE) in (None, "normal"):
            reader.read(note, "footnote")


def _furniture(links: dict[str, Relationship]) -> list[Relationship]:
    """Headers and footers, each part once, in the order of their kinds and names."""
    found = {link.target: link for link in links.values() if link.kind in _FURNITURE and not link.external}
    return sorted(found.values(), key=lambda link: (link.kind != "header", len(link.target), link.target))


def _has_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return _table_has_text(block)


def _table_has_text(table: Table) -> bool:
    return any(cell.text.strip() or any(map(_table_has_text, cell.nested)) for cell in table.cells)
