"""A sheet to set samples on: text and rules by their place from the top left, with a font that needs no file."""

from __future__ import annotations

from tests.makers.pdf_file import PageOps, PdfFile

PAGE_HEIGHT = 841.92


def song(pdf: PdfFile, key: str = "S") -> None:
    """STSong-Light, not embedded, with a predefined CMap: its codes are UTF-16, so its text can be trusted."""
    descriptor = pdf.add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    descendant = pdf.add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500 814 939 500] "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor {descriptor} 0 R >>"
    )
    pdf.fonts[key] = pdf.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [{descendant} 0 R] >>"
    )


def codes(text: str) -> str:
    """The operand that shows `text` in `song`."""
    return text.encode("utf-16-be").hex().upper()


def width(text: str, size: float) -> float:
    """Advance width in `song`: Latin half a square, the rest a whole one."""
    return sum(0.5 if ord(char) < 127 else 1.0 for char in text) * size


class Sheet(PageOps):
    """One page; y counts from the top, as in `Place`."""

    def __init__(self, height: float = PAGE_HEIGHT, width: float = 595.32, rotate: int = 0) -> None:
        """An empty page."""
        super().__init__(width=width, height=height, rotate=rotate)

    def text(
        self, x: float, y: float, text: str, size: float = 10.5, setting: str = "", matrix: str = "1 0 0 1"
    ) -> None:
        """Show text with its baseline at `y`; `setting` holds operators for colour or render mode."""
        self.raw(f"q {setting} BT /S {size:g} Tf {matrix} {x:.2f} {self.height - y:.2f} Tm <{codes(text)}> Tj ET Q")

    def centred(self, y: float, text: str, size: float = 16) -> None:
        """Show a centred line."""
        self.text((self.width - width(text, size)) / 2, y, text, size)

    def across(self, y: float, x0: float, x1: float, thick: float = 0.5) -> None:
        """Stroke a horizontal rule."""
        self.stroke(x0, self.height - y, x1, self.height - y, thick)

    def down(self, x: float, y0: float, y1: float, thick: float = 0.5) -> None:
        """Stroke a vertical rule."""
        self.stroke(x, self.height - y0, x, self.height - y1, thick)

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Fill a rectangle."""
        self.fill_rect(x0, self.height - y1, x1 - x0, y1 - y0)

    def words(self, xs: list[float], y: float, texts: list[str], size: float = 10.5, pad: float = 5.0) -> None:
        """Show one text a column."""
        for x, text in zip(xs, texts, strict=False):
            if text:
                self.text(x + pad, y, text, size)


def pdf_of(*sheets: Sheet) -> bytes:
    """A file of these pages."""
    pdf = PdfFile()
    song(pdf)
    for sheet in sheets:
        pdf.page(sheet)
    return pdf.bytes()
