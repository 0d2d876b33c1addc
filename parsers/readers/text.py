"""Text files: paragraphs, and the tables of dumps in which each cell begins with a tab."""

from __future__ import annotations

import regex

from parsers.document import Block, Document, Paragraph, Place
from parsers.readers.dump import Region, regions
from parsers.readers.encoding import decode
from parsers.readers.rows import settle, table_of
from parsers.reasons import Reason, UnreadableError

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
    for region in regions(_LINE_END.split(text)):
        for part in settle(region) if isinstance(region, Region) else (region,):
            if isinstance(part, list):
                tables += 1
                blocks.append(table_of(part, tables))
            else:
                paragraphs += 1
                blocks.append(Paragraph(part[1], Place(line=part[0], paragraph=paragraphs)))
    return Document("txt", tuple(blocks), encoding=encoding)
