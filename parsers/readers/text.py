"""Text files: paragraphs, the tables of dumps in which each cell begins with a tab, and streams of cells."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from parsers.document import Block, Document, Paragraph, Place
from parsers.readers.dump import Line, Region, regions
from parsers.readers.encoding import decode
from parsers.readers.rows import Row, settle, table_of
from parsers.readers.stream import stream_of_region, streams_in_lines
from parsers.reasons import Reason, UnreadableError

_PAGE_MARK = regex.compile(
    r"[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d{1,3}\s*页\s*[,，、/]?\s*(?:[(（]?共\s*\d{1,3}\s*页[)）]?)?"
)
_LINE_END = regex.compile(r"\r\n|\n|\r")


def read_text(data: bytes) -> Document:
    """Read a text file.

    Every non-empty line outside tables is a paragraph. Tables are `ragged`: a dump does not tell spans. Raises
    `UnreadableError` with `bad_encoding` (naming the byte) or `empty_file`.
    """
    text, encoding = decode(data)
    if not text.strip():
        raise UnreadableError(Reason.EMPTY_FILE, "the file holds no text")
    blocks: list[Block] = []
    paragraphs = tables = 0
    lines, marks = _without_page_marks(_LINE_END.split(text))
    for part in _parts(lines):
        if isinstance(part, list):
            tables += 1
            blocks.append(table_of(part, tables))
        else:
            paragraphs += 1
            blocks.append(Paragraph(part[1], Place(line=part[0], paragraph=paragraphs)))
    blocks += [Paragraph(words, Place(line=at), "page_number") for at, words in marks]
    return Document("txt", tuple(blocks), encoding=encoding)


def _parts(lines: list[Line]) -> Iterator[list[Row] | Line]:
    """The tables as rows of cells and the lines outside them, in order."""
    loose: list[Line] = []
    for region in regions(lines):
        if not isinstance(region, Region):
            loose.append(region)
            continue
        yield from streams_in_lines(loose)
        loose = []
        stream = stream_of_region(region)
        yield from settle(region) if stream is None else stream
    yield from streams_in_lines(loose)


def _without_page_marks(lines: list[str]) -> tuple[list[Line], list[Line]]:
    """The lines with their numbers, and those that number a page (- 37 -, 第 1 页) between two rows of a TSV."""
    printed = [line for line in enumerate(lines, start=1) if line[1].strip()]
    marks = [
        line
        for before, line, after in zip(printed, printed[1:], printed[2:], strict=False)
        if before[1].count("\t") > 1 and after[1].count("\t") > 1 and _PAGE_MARK.fullmatch(line[1].strip())
    ]
    gone = {at for at, _ in marks}
    return [line for line in enumerate(lines, start=1) if line[0] not in gone], marks
