"""Prints a report and scans it again: skew, noise, JPEG, a red stamp over a cell, the shadow of a fold; seeded.

`python -m tests.makers.scan` writes the scanned samples anew. Needs pillow, opencv and pypdfium2 (extra `[ocr]`).
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image

from parsers.readers.text import read_text
from tests.makers.layouts import laid_out
from tests.makers.print import pdf_file

Picture = npt.NDArray[np.uint8]
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Wear:
    """What paper and scanner did to a page."""

    dpi: int = 200
    skew: float = 1.0
    """The most that a page lies askew, in degrees to either side."""
    noise: float = 6.0
    jpeg: int = 70
    stamp: bool = True
    fold: bool = True
    grey: bool = False


def printed(sample: Path) -> bytes:
    """A sample of text as a PDF with real characters."""
    return pdf_file(laid_out(read_text(sample.read_bytes())))


def pages_of(pdf: bytes, dpi: int) -> list[Picture]:
    """The pages of a PDF as RGB pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.ascontiguousarray(page.render(scale=dpi / 72).to_numpy()[:, :, ::-1]) for page in document]
    finally:
        document.close()


def worn(page: Picture, wear: Wear, seed: int) -> Picture:
    """One page as a worn scan of it."""
    rng = random.Random(seed)
    noise = np.random.default_rng(seed)
    height, width = page.shape[:2]
    picture: Any = page.astype(np.float32)
    if wear.stamp:
        picture = _stamped(picture, rng, wear.dpi)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-wear.skew, wear.skew), 1.0)
    picture = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(250, 250, 250))
    if wear.fold:
        picture *= _fold(height, width, rng)[:, :, None]
    picture = cv2.GaussianBlur(picture, (0, 0), 0.45 * wear.dpi / 150)
    picture += noise.normal(0, wear.noise, picture.shape[:2])[:, :, None]
    out: Picture = np.clip(picture, 0, 255).astype(np.uint8)
    if wear.grey:
        out = np.repeat(cv2.cvtColor(out, cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2)
    return out


def _stamped(picture: Any, rng: random.Random, dpi: int) -> Any:
    """A round red seal somewhere on the lower two thirds of the page; ink mixes with what is below."""
    height, width = picture.shape[:2]
    radius = int(0.75 * dpi)
    at = (rng.randint(radius, width - radius), rng.randint(height // 3, height - radius))
    seal = np.zeros((height, width), np.float32)
    thick = max(2, dpi // 40)
    cv2.circle(seal, at, radius, 1.0, thick)
    star = [
        (
            int(at[0] + radius * (0.35 if n % 2 == 0 else 0.14) * np.sin(n * np.pi / 5)),
            int(at[1] - radius * (0.35 if n % 2 == 0 else 0.14) * np.cos(n * np.pi / 5)),
        )
        for n in range(10)
    ]
    cv2.fillPoly(seal, [np.array(star, np.int32)], 1.0)
    for n in range(14):  # strokes in place of the characters around the edge
        angle = np.pi * (0.9 + 1.2 * n / 13)
        x, y = at[0] + 0.78 * radius * np.cos(angle), at[1] + 0.78 * radius * np.sin(angle)
        cv2.rectangle(seal, (int(x) - thick, int(y) - 3 * thick), (int(x) + thick, int(y) + 3 * thick), 1.0, thick // 2)
    ink = np.array([205.0, 40.0, 45.0], np.float32)
    share = (0.85 * seal)[:, :, None]
    return np.minimum(picture, picture * (1 - share) + ink * share)


def _fold(height: int, width: int, rng: random.Random) -> Any:
    """Light on a sheet that was folded across the middle, and darker at one side."""
    at = height * rng.uniform(0.4, 0.6)
    rows = 1 - 0.22 * np.exp(-(((np.arange(height) - at) / (0.012 * height)) ** 2))
    side = np.linspace(1.0, rng.uniform(0.85, 0.95), width)
    return (rows[:, None] * side[None, :]).astype(np.float32)


def jpeg(picture: Picture, quality: int, dpi: int) -> bytes:
    """A page as a JPEG file."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def png(picture: Picture, dpi: int) -> bytes:
    """A page as a PNG file of 64 shades of grey."""
    out = io.BytesIO()
    Image.fromarray(picture).convert("L").quantize(64).save(out, "PNG", dpi=(dpi, dpi), optimize=True)
    return out.getvalue()


def tiff(pictures: list[Picture], quality: int, dpi: int) -> bytes:
    """Pages as one TIFF file, compressed as JPEG inside."""
    out = io.BytesIO()
    first, *rest = [Image.fromarray(picture) for picture in pictures]
    first.save(
        out, "TIFF", save_all=True, append_images=rest, compression="jpeg", quality=quality, dpi=(dpi, dpi)
    )  # fmt: skip
    return out.getvalue()


def pdf(pictures: list[bytes], dpi: int, text: bytes | None = None, keep: frozenset[int] = frozenset()) -> bytes:
    """JPEG pages as a PDF of pictures; the pages numbered in `keep` (from 0) are taken from the PDF `text` instead."""
    document = pypdfium2.PdfDocument.new()
    source = pypdfium2.PdfDocument(text) if text else None
    for number, data in enumerate(pictures):
        if source is not None and number in keep:
            document.import_pages(source, [number])
            continue
        image = pypdfium2.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(data), inline=True)
        wide, high = image.get_px_size()
        size = wide * 72 / dpi, high * 72 / dpi
        image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
        page = document.new_page(*size)
        page.insert_obj(image)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def scanned(sample: Path, wear: Wear, seed: int, keep: frozenset[int] = frozenset()) -> bytes:
    """A sample of text as the PDF of its scan; the pages in `keep` stay text."""
    text = printed(sample)
    pictures = [worn(page, wear, seed + at) for at, page in enumerate(pages_of(text, wear.dpi))]
    return pdf([jpeg(picture, wear.jpeg, wear.dpi) for picture in pictures], wear.dpi, text, keep)


def main() -> None:
    """Write the scanned samples: a JPEG, a TIFF, and a PDF of a scanned page and one of text."""
    target = ROOT / "samples" / "scans"
    wear = Wear(dpi=150, noise=2.5, jpeg=38)

    def worn_pages(name: str, seed: int) -> tuple[bytes, list[Picture]]:
        text = printed(ROOT / "samples" / "families" / f"{name}.txt")
        return text, [worn(page, wear, seed + at) for at, page in enumerate(pages_of(text, wear.dpi))]

    _, pages = worn_pages("d1-lintao-rural-2022", 5)
    (target / "d1-lintao-rural-2022.jpg").write_bytes(jpeg(pages[0], wear.jpeg, wear.dpi))
    _, pages = worn_pages("n-pingtang-culture-2022", 11)
    (target / "n-pingtang-culture-2022.tif").write_bytes(tiff(pages, 30, wear.dpi))
    text, pages = worn_pages("e2-luding-forest-2022", 17)
    pictures = [jpeg(page, wear.jpeg, wear.dpi) for page in pages]
    (target / "e2-luding-forest-2022.pdf").write_bytes(pdf(pictures, wear.dpi, text, frozenset({1})))


if __name__ == "__main__":
    main()
