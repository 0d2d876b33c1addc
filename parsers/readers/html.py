"""The reader of web pages: the bytes of an .html file, or of an .mht, as a `Document`.

Chrome of the site (menus, scripts, share bars, footers) is left out by structure: docs/readers-legacy.md says how. Also
what an office program saved as a page and called .xls or .doc comes here, since files are told by content.
"""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from lxml import etree

from parsers.characters import squeeze
from parsers.document import Block, Document, Note, Paragraph, Place, Table
from parsers.readers.web.block import main_block, title_of_page, titles_outside, weigh
from parsers.readers.web.flow import Flow
from parsers.readers.web.tree import drop_unseen, line_of, page_text, parse_page, words_of
from parsers.reasons import Reason, UnreadableError
from parsers.titles import title_kind

__all__ = ["read_html", "read_mht"]

_MOST_PARTS = 1_000
_TOLD = 500


def read_html(data: bytes) -> Document:
    """Read a web page; `UnreadableError` says why one cannot be read with certainty."""
    try:
        return _page(data, "html")
    except RecursionError as error:
        raise UnreadableError(Reason.DAMAGED, "the page nests its content too deeply to be a document") from error


def read_mht(data: bytes) -> Document:
    """Read a web page that was saved with all its parts as one file; a page of frames is read frame by frame."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [part for part in _parts(message) if part.get_content_type() == "text/html"]
    if not pages:
        raise UnreadableError(Reason.UNSUPPORTED_FORMAT, "a saved message or page without any part in HTML")
    first: UnreadableError | None = None
    for page in pages:
        content = page.get_payload(decode=True)
        try:
            return _page(content if isinstance(content, bytes) else b"", "mht", page.get_content_charset())
        except UnreadableError as error:
            first = first or error
    raise first or UnreadableError(Reason.EMPTY_FILE, "the saved page holds no text")


def _parts(message: EmailMessage) -> list[EmailMessage]:
    parts = [part for part in message.walk() if isinstance(part, EmailMessage) and not part.is_multipart()]
    if len(parts) > _MOST_PARTS:
        raise UnreadableError(Reason.TOO_LARGE, f"the saved page has more than {_MOST_PARTS:,} parts")
    return parts


def _page(data: bytes, kind: str, declared: str | None = None) -> Document:
    text, encoding, notes = page_text(data, declared)
    root = parse_page(text)
    page_title = next((words_of(element) for element in root.iter("title")), "")
    hidden = drop_unseen(root)
    body = next(root.iter("body"), root)
    weights = weigh(body)
    block = main_block(body, weights)
    flow = Flow(weights)
    for element in titles_outside(body, block, page_title, weights):
        flow.read(element)
    outside = len(flow.blocks)
    flow.read(block)
    blocks = _titled(flow, outside, page_title)
    if not any(_has_text(b) for b in blocks):
        pictures = sum(1 for _ in body.iter("img"))
        if pictures:
            raise UnreadableError(Reason.NEEDS_OCR, f"the page shows {pictures} picture(s) and no text")
        raise UnreadableError(Reason.EMPTY_FILE, "the page holds no text")
    if hidden:
        notes.append(Note("hidden_text", "hidden by the page, left out: " + " ".join(hidden)[:_TOLD]))
    if flow.links:
        notes.append(Note("links", "links to other pages, left out: " + " ".join(flow.links)[:_TOLD]))
    if block is not body:
        notes.append(_chrome(body, block))
    return Document(kind, tuple(blocks), encoding=encoding, notes=tuple(notes + flow.notes))


def _chrome(body: etree._Element, block: etree._Element) -> Note:
    inside = sum(len(text) for text in block.itertext())
    whole = sum(len(text) for text in body.itertext())
    return Note("site_chrome", f"{whole - inside} characters around the report, left out", Place(line=line_of(block)))


def _titled(flow: Flow, outside: int, page_title: str) -> list[Block]:
    """The blocks with the title that the site gives the page, as far as the report does not print a better one.

    A title in a bar above the report, or only in the head of the page, is furniture where the report has its own of the
    same kind; where that one is but a part of the site's (部门整体支出绩效自评报告 without a name), the site's counts.
    """
    inside = [words for block in flow.blocks[outside:] for words in _texts(block) if title_kind(words) is not None]
    blocks: list[Block] = [
        block._replace(kind="header") if isinstance(block, Paragraph) and _is_known(block.text, inside) else block
        for block in flow.blocks[:outside]
    ]
    title = title_of_page(page_title)
    above = [words for block in blocks for words in _texts(block) if title_kind(words) is not None]
    if title is not None and not _is_known(title, inside + above):
        flow.paragraphs += 1
        flow.notes.append(Note("page_title", f"the title stands only in the head of the page: {title}"))
        blocks.insert(0, Paragraph(title, Place(paragraph=flow.paragraphs, line=1)))
    return blocks + flow.blocks[outside:]


def _is_known(title: str, printed: list[str]) -> bool:
    """Whether one of the printed titles says as much as this one."""
    kind, key = title_kind(title), squeeze(title)
    others = [squeeze(other) for other in printed if kind is not None and title_kind(other) == kind]
    return any(other == key or other not in key for other in others)


def _texts(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]


def _has_text(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return block.kind == "body" and bool(block.text.strip())
    return _table_has_text(block)


def _table_has_text(table: Table) -> bool:
    return any(cell.text.strip() or any(map(_table_has_text, cell.nested)) for cell in table.cells)
