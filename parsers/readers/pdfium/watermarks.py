"""Large lines settled once all pages are known: the same one on every page is a watermark, else it is text."""

from __future__ import annotations

from parsers.readers.pdfium.layout import Line, PageLayout


def settle_large(pages: list[PageLayout]) -> dict[int, list[Line]]:
    """Watermarks by page; large lines that do not repeat go back to the lines or the cell where they stand."""
    places: dict[tuple[str, int, int], set[int]] = {}
    for page in pages:
        for line in page.large:
            places.setdefault(_key(line), set()).add(page.number)
    out: dict[int, list[Line]] = {}
    for page in pages:
        out[page.number] = list(page.watermarks)
        for line in page.large:
            count = len(places[_key(line)])
            if count >= 2 and count >= 0.6 * len(pages):
                out[page.number].append(line)
            else:
                _put_back(page, line)
        page.large = []
        page.lines.sort(key=lambda line: (line.base, line.x0))
    return out


def _key(line: Line) -> tuple[str, int, int]:
    return (line.text, round(line.x0 / 6), round(line.base / 6))


def _put_back(page: PageLayout, line: Line) -> None:
    x, y = (line.x0 + line.x1) / 2, (line.top + line.bottom) / 2
    for grid in page.grids:
        for cell in grid.cells:
            if cell.box[0] <= x < cell.box[2] and cell.box[1] <= y < cell.box[3]:
                cell.lines = sorted([*cell.lines, line], key=lambda entry: (entry.base, entry.x0))
                return
    page.lines.append(line)
