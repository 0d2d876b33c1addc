"""Text dumps of Word files, as many converters write them: a cell begins with a tab, a row ends with an empty line.

Cells hold line breaks and empty lines too, so an empty line alone does not tell whether a row has ended. This module
cuts the lines into runs of cells that certainly share a row and the gaps between them; `parsers.readers.rows` decides
the gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import regex

from parsers.characters import squeeze
from parsers.titles import caption_kind, title_kind
from parsers.values import nothing

Line = tuple[int, str]
"""Line number from 1, and the text without its tab and line end."""

_NUMBER = regex.compile(r"[\d.,%]+")
_SENTENCE_LIKE = regex.compile(r".*\p{Han}.{6,}")


@dataclass(slots=True)
class CellLines:
    """The lines of one cell."""

    lines: list[Line]

    @property
    def text(self) -> str:
        """Raw text of the cell."""
        if len(self.lines) == 1:
            return self.lines[0][1]
        return "\n".join([words for _, words in self.lines])

    @property
    def line(self) -> int:
        """First line with visible text; the line of the tab where the cell is blank."""
        if len(self.lines) > 1:
            for at, words in self.lines:
                if words.strip():
                    return at
        return self.lines[0][0]


@dataclass(slots=True)
class Gap:
    """What stands between two runs: empty lines, and text lines that may belong to the cell before or to nobody."""

    lines: list[Line] = field(default_factory=list)

    @property
    def text_lines(self) -> list[Line]:
        """The lines of the gap that are not empty."""
        return [line for line in self.lines if line[1].strip()]

    @property
    def attached(self) -> bool:
        """True where the text of the gap runs into the next cell without an empty line."""
        return bool(self.lines) and bool(self.lines[-1][1].strip())


@dataclass(slots=True)
class Region:
    """A stretch of tabbed lines: runs of cells, and a gap after each run but the last."""

    runs: list[list[CellLines]] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)


def regions(lines: Iterable[Line]) -> Iterator[Region | Line]:
    """Cut the lines of a text into tabbed regions and the paragraphs around them, in order.

    A row of a table whose cells are parted by tabs (TSV) stands in one line: what a page end put between two of them
    does not end the table, and a row that begins with a blank cell has as many tabs as the row before.
    """
    region: Region | None = None
    gap = Gap()
    in_tsv = False
    tabs = 0
    for at, words in lines:
        goes_on = in_tsv or (region is not None and 1 < words.count("\t") == tabs)
        tsv = "\t" in words.rstrip("\t") and (not words.startswith("\t") or goes_on)
        tabs = words.count("\t") if tsv else tabs if region is not None else 0
        if words.startswith("\t") or tsv:
            region = region or Region()
            if not region.runs or gap.lines or tsv or in_tsv:
                if region.runs:
                    region.gaps.append(gap)
                region.runs.append([])
                gap = Gap()
            cells = words.split("\t") if tsv else words[1:].split("\t")
            region.runs[-1] += [CellLines([(at, cell)]) for cell in cells]
        elif not words.strip(" "):
            if region is not None:
                gap.lines.append((at, ""))
        elif region is None:
            yield at, words
        elif _breaks(words, region.runs[-1][-1], gap):
            yield region
            yield from gap.text_lines
            yield at, words
            region, gap = None, Gap()
        elif gap.lines:
            gap.lines.append((at, words))
        else:
            region.runs[-1][-1].lines.append((at, words))
        in_tsv = tsv
    if region is not None:
        yield region
        yield from gap.text_lines


def _breaks(words: str, cell: CellLines, gap: Gap) -> bool:
    """True where a line cannot belong to the cell before it: a title, a caption, or words under a bare number."""
    if title_kind(words) or caption_kind(words):
        return True
    text = squeeze(cell.text)
    bare = bool(_NUMBER.fullmatch(text)) or (nothing(cell.text) is not None and not gap.lines and text != "")
    return bare and bool(_SENTENCE_LIKE.fullmatch(squeeze(words)))
