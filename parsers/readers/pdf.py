"""Reads a PDF file into the format-neutral document model. Bytes in, `Document` out.

pdfium hands out characters and paths; everything above that (rules, grids, lines, paragraphs, page joins, and what is
page furniture or cannot be trusted) is decided in `parsers.readers.pdfium`. docs/readers-pdf.md says how and why.
"""

from __future__ import annotations

import threading

from parsers.document import Document, Note, Place
from parsers.readers.pdfium import library as pdfium
from parsers.readers.pdfium.assemble import blocks_of
from parsers.readers.pdfium.forms import refuse_form_bombs
from parsers.readers.pdfium.layout import PageLayout
from parsers.readers.pdfium.page import read_pages
from parsers.readers.pdfium.streams import refuse_bombs
from parsers.readers.scan.engine import INSTALL, missing
from parsers.reasons import Reason, UnreadableError

__all__ = ["looks_like_pdf", "read_pdf"]

MOST_PAGES = 2_000
_ONE_AT_A_TIME = threading.Lock()
"""pdfium is not safe to call from two threads of one process."""


def looks_like_pdf(data: bytes) -> bool:
    """Whether the bytes are those of a PDF: its mark may stand anywhere within the first 1024 bytes."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes) -> Document:
    """Read a PDF; raise `UnreadableError` with its reason where that can't be done with certainty."""
    if not looks_like_pdf(data):
        raise UnreadableError(Reason.DAMAGED, "The file is not a PDF: the mark %PDF- is missing; fetch the file again.")
    refuse_bombs(data)
    refuse_form_bombs(data)
    with _ONE_AT_A_TIME:
        document = pdfium.open_document(data)
        try:
            repaired = not pdfium.has_sound_table(document)
            pages = _pages(document)
        finally:
            pdfium.close_document(document)
        notes = _scanned(data, pages)
    notes += _doubts(pages, repaired)
    blocks, more = blocks_of(pages)
    return Document("pdf", tuple(blocks), pages=len(pages), notes=tuple(notes + more))


def _pages(document: int) -> list[PageLayout]:
    count = pdfium.page_count(document)
    if count < 1:
        raise UnreadableError(Reason.DAMAGED, "The PDF has no pages; fetch the file again.")
    if count > MOST_PAGES:
        raise UnreadableError(
            Reason.TOO_LARGE, f"The PDF has {count:,} pages, more than {MOST_PAGES:,}; split it and load the parts."
        )
    return read_pages(document, count)


def _scanned(data: bytes, pages: list[PageLayout]) -> list[Note]:
    """Put what recognition reads in the place of pages that are scans, where it is installed."""
    waiting = [page.number for page in pages if page.needs_ocr]
    if not waiting or missing():
        return []
    from parsers.readers.scan.reader import doubtful, read_scanned_pages

    notes = []
    for number, page in read_scanned_pages(data, waiting).items():
        pages[number - 1] = page
        notes.append(Note("scanned_page", f"Page {number}: a scan; its text was recognised.", Place(page=number)))
        notes += doubtful(page)
    return notes


def _doubts(pages: list[PageLayout], repaired: bool) -> list[Note]:
    """Notes on what is missing or was repaired; an error if no page can be read."""
    waiting = [page for page in pages if page.needs_ocr]
    readable = [page for page in pages if not page.needs_ocr and _has_text(page)]
    if waiting and not readable:
        numbers = _ranges([page.number for page in waiting])
        reasons = "; ".join(dict.fromkeys(page.needs_ocr for page in waiting))
        raise UnreadableError(
            Reason.NEEDS_OCR, f"Page {numbers}: {reasons}; it needs OCR: {INSTALL}", Place(page=waiting[0].number)
        )
    if not readable and repaired:
        raise UnreadableError(
            Reason.DAMAGED, "The PDF is damaged and nothing on its pages can be read; fetch the file again."
        )
    if not readable:
        raise UnreadableError(Reason.EMPTY_FILE, "No page of the PDF holds any text or picture; nothing to load.")
    notes = []
    if repaired:
        message = "The PDF's table of objects is damaged and was rebuilt; parts may be missing, fetch the file again."
        notes.append(Note("repaired", message))
    for page in pages:
        place = Place(page=page.number)
        if page.needs_ocr:
            notes.append(Note("needs_ocr", f"Page {page.number}: {page.needs_ocr}; it needs OCR: {INSTALL}", place))
        elif not page.has_ink:
            notes.append(Note("blank_page", f"Page {page.number}: nothing is printed on it.", place))
    return notes


def _has_text(page: PageLayout) -> bool:
    return bool(page.lines or page.large or any(cell.lines for grid in page.grids for cell in grid.cells))


def _ranges(numbers: list[int]) -> str:
    """1, 2, 3, 7 as `1-3, 7`."""
    out: list[list[int]] = []
    for number in numbers:
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)
