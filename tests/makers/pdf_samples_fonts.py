"""Samples of fonts: those whose text can be trusted, and those that say nothing or lie about their glyphs."""

from __future__ import annotations

from io import BytesIO

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from tests.makers.pdf_file import FONT_FILE, CidFont, PageOps, PdfFile
from tests.makers.pdf_samples_pages import grid
from tests.makers.pdf_sheet import Sheet, song


def _with_font(text: str, to_unicode: bool = True, embed: bool = True, shift: int = 0) -> bytes:
    pdf = PdfFile()
    face = CidFont.subset_of(text)
    pdf.font("F1", face, to_unicode=to_unicode, embed=embed, shift=shift)
    page = PageOps()
    page.show(face, "F1", 72, 700, 12, text)
    pdf.page(page)
    return pdf.bytes()


def cid_good() -> bytes:
    """An embedded subset with ToUnicode: the way it should be."""
    return _with_font("全年执行数276.7万元，得分98.45分，占30%")


def cid_without_to_unicode() -> bytes:
    """The same without ToUnicode: codes are glyph numbers and nothing says which characters they are."""
    return _with_font("全年执行数276.7万元", to_unicode=False)


def cid_not_embedded() -> bytes:
    """Identity encoding, no ToUnicode, not even the font."""
    return _with_font("全年执行数276.7万元", to_unicode=False, embed=False)


def digits_shifted() -> bytes:
    """A ToUnicode that makes every digit the next one."""
    return _with_font("全年执行数276.7万元，得分98.45分，占30%", shift=1)


def _mapped(old: str, new: str) -> bytes:
    """`old` mapped to `new` in ToUnicode."""
    pdf = PdfFile()
    text = "全年执行数276.7万元"
    face = CidFont.subset_of(text)
    real = face.to_unicode
    mapped = real().replace(
        f"<{old.encode('utf-16-be').hex().upper()}>\n".encode(), f"<{new.encode('utf-16-be').hex().upper()}>\n".encode()
    )
    face.to_unicode = lambda shift=0: mapped  # type: ignore[method-assign]
    pdf.font("F1", face)
    page = PageOps()
    page.show(face, "F1", 72, 700, 12, text)
    pdf.page(page)
    return pdf.bytes()


def private_use() -> bytes:
    """A character mapped to a private code point."""
    return _mapped("执", "\ue123")


def replacement_character() -> bytes:
    """A character mapped to U+FFFD."""
    return _mapped("执", "\ufffd")


def symbol_font() -> bytes:
    """Comparators and a bullet in Symbol, the way Word prints them: private code points with a known meaning."""
    pdf = PdfFile()
    song(pdf)
    cmap = pdf.stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"3 beginbfchar\n<A3> <F0A3>\n<B3> <F0B3>\n<B7> <F0B7>\nendbfchar\nendcmap end end"
    )
    pdf.fonts["Y"] = pdf.add(
        f"<< /Type /Font /Subtype /TrueType /BaseFont /SymbolMT /FirstChar 163 /LastChar 183 /ToUnicode {cmap} 0 R "
        f"/Widths [{' '.join(['549'] * 21)}] >>"
    )
    sheet = Sheet()
    grid(sheet, [100, 120, 140], [72, 200, 300])
    for n, (glyph, number) in enumerate([("B3", "95%"), ("A3", "263.38")]):
        sheet.text(77, 115 + 20 * n, "指标值")
        sheet.raw(f"BT /Y 10.5 Tf 1 0 0 1 205 {sheet.height - 115 - 20 * n:.2f} Tm <{glyph}> Tj ET")
        sheet.text(211, 115 + 20 * n, number)
    pdf.page(sheet)
    return pdf.bytes()


def simple_font() -> bytes:
    """A simple TrueType subset without ToUnicode whose codes count up from 33 in the order of first use."""
    text, first = "全年执行数276.7万元得分", 0x21
    font = TTFont(FONT_FILE, fontNumber=0, recalcTimestamp=False)
    subsetter = subset.Subsetter(subset.Options(drop_tables=["GSUB", "GPOS", "GDEF", "vhea", "vmtx", "post", "FFTM"]))
    subsetter.populate(text=text)
    subsetter.subset(font)
    chars = list(dict.fromkeys(text))
    glyphs = font.getBestCmap()
    table = CmapSubtable.newSubtable(4)
    table.platformID, table.platEncID, table.language = 3, 0, 0
    table.cmap = {0xF000 + first + n: glyphs[ord(char)] for n, char in enumerate(chars)}
    font["cmap"].tables = [table]
    out = BytesIO()
    font.save(out)
    pdf = PdfFile()
    program = pdf.stream(out.getvalue(), f"/Length1 {len(out.getvalue())}")
    descriptor = pdf.add(
        "<< /Type /FontDescriptor /FontName /ABCDEF+WenQuanYiMicroHei /Flags 4 /FontBBox [0 -200 1000 900] "
        f"/ItalicAngle 0 /Ascent 860 /Descent -140 /CapHeight 700 /StemV 80 /FontFile2 {program} 0 R >>"
    )
    pdf.fonts["F1"] = pdf.add(
        f"<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+WenQuanYiMicroHei /FirstChar {first} "
        f"/LastChar {first + len(chars) - 1} /Widths [{' '.join(['1000'] * len(chars))}] "
        f"/FontDescriptor {descriptor} 0 R >>"
    )
    page = PageOps()
    shown = "".join(f"{first + chars.index(char):02X}" for char in text)
    page.raw(f"BT /F1 12 Tf 72 700 Td <{shown}> Tj ET")
    pdf.page(page)
    return pdf.bytes()


SAMPLES = {
    "cid-font-good": cid_good,
    "cid-font-without-tounicode": cid_without_to_unicode,
    "cid-font-not-embedded": cid_not_embedded,
    "tounicode-digits-shifted": digits_shifted,
    "tounicode-private-use": private_use,
    "tounicode-replacement": replacement_character,
    "symbol-font-comparators": symbol_font,
    "simple-font-coded-by-order": simple_font,
}
