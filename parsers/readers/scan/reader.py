"""Pictures and scanned PDF pages to page layouts, and picture files to documents."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import numpy as np

from parsers.document import Document, Note, Place
from parsers.readers.pdfium.assemble import blocks_of
from parsers.readers.pdfium.layout import PageLayout
from parsers.readers.scan.engine import Picture, require
from parsers.reasons import Reason, UnreadableError

RESOLUTION = 200
"""Dots an inch at which a PDF page is drawn: what most offices scan with."""
MOST_PIXELS = 40_000_000
MOST_PAGES = 400
_LONGEST = 3600
_A4 = 842.0


def read_picture(data: bytes, kind: str) -> Document:
    """Read a PNG, JPEG or TIFF file, every page of it."""
    require()
    from parsers.readers.scan.page import page_of

    pages = [page_of(picture, scale, number) for number, (picture, scale) in enumerate(_frames(data), start=1)]
    if not any(page.has_ink for page in pages):
        raise UnreadableError(Reason.EMPTY_FILE, "nothing can be read on the picture; nothing to load")
    blocks, notes = blocks_of(pages)
    notes = [note for page in pages for note in doubtful(page)] + notes
    return Document(kind, tuple(blocks), pages=len(pages), notes=tuple(notes))


def read_png(data: bytes) -> Document:
    """Read a PNG file."""
    return read_picture(data, "png")


def read_jpeg(data: bytes) -> Document:
    """Read a JPEG file."""
    return read_picture(data, "jpeg")


def read_tiff(data: bytes) -> Document:
    """Read a TIFF file."""
    return read_picture(data, "tiff")


def read_scanned_pages(data: bytes, numbers: list[int]) -> dict[int, PageLayout]:
    """The layouts of the pages of a PDF that are scans, by their number (from 1)."""
    import pypdfium2

    from parsers.readers.scan.page import page_of

    out: dict[int, PageLayout] = {}
    document = pypdfium2.PdfDocument(data)
    try:
        for number in numbers:
            page = document[number - 1]
            scale = min(RESOLUTION / 72, _LONGEST / max(page.get_size()))
            picture = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
            page.close()
            out[number] = page_of(picture[:, :, :3] if picture.ndim == 3 else picture, scale, number)
    finally:
        document.close()
    return out


def doubtful(page: PageLayout) -> list[Note]:
    """A note on a page with numbers that were not read with certainty."""
    lines = [line for grid in page.grids for cell in grid.cells for line in cell.lines] + page.lines
    count = sum(len(line.doubts) for line in lines)
    if not count:
        return []
    message = f"Page {page.number}: {count} numbers of the scan were not read with certainty; compare the page."
    return [Note("low_confidence", message, Place(page=page.number))]


def _frames(data: bytes) -> Iterator[tuple[Picture, float]]:
    """The pages of a picture file, upright as its camera says, with their pixels a point."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
            for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
                if number > MOST_PAGES or frame.width * frame.height > MOST_PIXELS:
                    message = f"the picture has more than {MOST_PAGES} pages or {MOST_PIXELS // 10**6} million pixels"
                    raise UnreadableError(Reason.TOO_LARGE, message, Place(page=number))
                resolution = _resolution(frame)
                upright: Any = ImageOps.exif_transpose(frame)
                yield _fitted(np.asarray(_on_white(upright)), resolution)
    except UnreadableError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableError(Reason.DAMAGED, f"the picture can't be opened ({error}); fetch the file again") from error


def _on_white(image: Any) -> Any:
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("L" if image.mode in ("1", "L", "I;16", "I") else "RGB")


def _resolution(image: Any) -> float:
    """Dots an inch that the file names; where it names none that can be, those that make the page as long as A4."""
    named = float(image.info.get("dpi", (0, 0))[0] or 0)
    longest = max(image.size)
    return named if 90 <= named <= 1200 and 200 <= longest * 72 / named <= 2400 else longest * 72 / _A4


def _fitted(picture: Picture, resolution: float) -> tuple[Picture, float]:
    """A picture at the resolution at which scans are read, never enlarged by more than half."""
    import cv2

    longest = max(picture.shape[:2])
    share = min(RESOLUTION / resolution, 1.5, _LONGEST / longest)
    if abs(share - 1) > 0.05:
        how = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
        picture = cv2.resize(picture, None, fx=share, fy=share, interpolation=how)
        resolution *= share
    return picture, resolution / 72
