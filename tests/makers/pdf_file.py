"""Writes PDF files operator by operator, so that a sample can hold exactly the construct that it is about."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
"""A free CJK font with TrueType outlines (Debian package fonts-wqy-microhei); only needed to make samples anew."""


@dataclass
class CidFont:
    """A Type 0 font with a CIDFontType2 descendant: codes are glyph numbers of a subset, as Word writes it."""

    name: str
    program: bytes
    glyphs: dict[str, int]
    widths: dict[str, int]

    @classmethod
    def subset_of(cls, text: str, name: str = "ABCDEF+WenQuanYiMicroHei", path: Path = FONT_FILE) -> CidFont:
        """Embed just the glyphs of `text`."""
        font = TTFont(path, lazy=True, fontNumber=0, recalcTimestamp=False)
        options = subset.Options(notdef_outline=True, drop_tables=["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "post"])
        options.hinting = False
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(set(text))))
        subsetter.subset(font)
        cmap = font.getBestCmap()
        missing = {char for char in text if ord(char) not in cmap and char not in "\n"}
        if missing:
            raise ValueError(f"the font has no glyph for {missing}")
        upem = font["head"].unitsPerEm
        glyphs = {char: font.getGlyphID(cmap[ord(char)]) for char in set(text) if char != "\n"}
        widths = {char: round(font["hmtx"][cmap[ord(char)]][0] * 1000 / upem) for char in glyphs}
        del font["cmap"]
        out = BytesIO()
        font.save(out)
        return cls(name, out.getvalue(), glyphs, widths)

    def width(self, text: str, size: float) -> float:
        """Advance width of `text` in points."""
        return sum(self.widths[char] for char in text) * size / 1000

    def codes(self, text: str) -> str:
        """The hexadecimal string operand that shows `text`."""
        return "".join(f"{self.glyphs[char]:04X}" for char in text)

    def to_unicode(self, shift: int = 0) -> bytes:
        """The ToUnicode CMap; `shift` moves every digit, as a lying one does."""
        rows = [
            f"<{glyph:04X}> <{_shifted(char, shift).encode('utf-16-be').hex().upper()}>"
            for char, glyph in sorted(self.glyphs.items(), key=lambda item: item[1])
        ]
        body = "".join(
            f"{len(rows[at : at + 100])} beginbfchar\n" + "\n".join(rows[at : at + 100]) + "\nendbfchar\n"
            for at in range(0, len(rows), 100)
        )
        return (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n/CMapName /Adobe-Identity-UCS def\n"
            "/CMapType 2 def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            f"{body}endcmap CMapName currentdict /CMap defineresource pop end end"
        ).encode()


def _shifted(char: str, shift: int) -> str:
    return str((int(char) + shift) % 10) if char in "0123456789" else char


@dataclass
class PageOps:
    """The content stream of one page. Coordinates are those of PDF: origin at the bottom left."""

    width: float = 595.32
    height: float = 841.92
    ops: list[str] = field(default_factory=list)
    rotate: int = 0
    extra: str = ""
    xobjects: dict[str, int] = field(default_factory=dict)

    def raw(self, operators: str) -> None:
        """Append operators as they are."""
        self.ops.append(operators)

    def show(self, font: CidFont, key: str, x: float, y: float, size: float, text: str, mode: int = 0) -> None:
        """Show one run of text with its baseline at `y`."""
        setting = f"{mode} Tr " if mode else ""
        reset = " 0 Tr" if mode else ""
        self.ops.append(f"BT /{key} {size:g} Tf {setting}1 0 0 1 {x:.2f} {y:.2f} Tm <{font.codes(text)}> Tj{reset} ET")

    def fill_rect(self, x: float, y: float, width: float, height: float) -> None:
        """Fill a rectangle: the way Word draws a border."""
        self.ops.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re f*")

    def stroke(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        """Stroke a straight line."""
        self.ops.append(f"{width:g} w {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S")


class PdfFile:
    """Collects objects and writes them with a classic cross-reference table."""

    def __init__(self) -> None:
        """Object 1 is the catalog, object 2 the page tree."""
        self.objects: list[bytes] = [b"", b""]
        self.pages: list[int] = []
        self.fonts: dict[str, int] = {}

    def add(self, body: bytes | str) -> int:
        """Add an object, give its number."""
        self.objects.append(body.encode() if isinstance(body, str) else body)
        return len(self.objects)

    def stream(self, data: bytes, entries: str = "", compress: bool = True) -> int:
        """Add a stream object."""
        if compress:
            data = zlib.compress(data, 9)
            entries += " /Filter /FlateDecode"
        return self.add(f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream")

    def font(
        self,
        key: str,
        font: CidFont,
        *,
        to_unicode: bool = True,
        embed: bool = True,
        shift: int = 0,
        vertical: bool = False,
    ) -> None:
        """Register a CID font under a resource name; the options make the kinds that cannot be trusted."""
        program = f"/FontFile2 {self.stream(font.program, f'/Length1 {len(font.program)}')} 0 R" if embed else ""
        descriptor = self.add(
            f"<< /Type /FontDescriptor /FontName /{font.name} /Flags 4 /FontBBox [-100 -250 1100 1000] "
            f"/ItalicAngle 0 /Ascent 860 /Descent -140 /CapHeight 730 /StemV 80 {program} >>"
        )
        widths = " ".join(f"{font.glyphs[c]} [{w}]" for c, w in sorted(font.widths.items()) if w != 1000)
        descendant = self.add(
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{font.name} /CIDToGIDMap /Identity /DW 1000 "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {descriptor} 0 R /W [{widths}] >>"
        )
        mapping = f"/ToUnicode {self.stream(font.to_unicode(shift))} 0 R" if to_unicode else ""
        encoding = "Identity-V" if vertical else "Identity-H"
        self.fonts[key] = self.add(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.name} /Encoding /{encoding} "
            f"/DescendantFonts [{descendant} 0 R] {mapping} >>"
        )

    def page(self, page: PageOps) -> None:
        """Add a page."""
        content = self.stream("\n".join(page.ops).encode())
        fonts = " ".join(f"/{key} {number} 0 R" for key, number in self.fonts.items())
        xobjects = " ".join(f"/{key} {number} 0 R" for key, number in page.xobjects.items())
        rotate = f"/Rotate {page.rotate}" if page.rotate else ""
        self.pages.append(
            self.add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:g} {page.height:g}] {rotate} {page.extra} "
                f"/Resources << /Font << {fonts} >> /XObject << {xobjects} >> >> /Contents {content} 0 R >>"
            )
        )

    def bytes(self) -> bytes:
        """The finished file."""
        kids = " ".join(f"{number} 0 R" for number in self.pages)
        self.objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
        self.objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(self.pages)} >>".encode()
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, body in enumerate(self.objects, start=1):
            offsets.append(len(out))
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start = len(out)
        out += f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
        out += f"trailer\n<< /Size {len(offsets) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
        return bytes(out)
