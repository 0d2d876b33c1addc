"""Samples of text that is printed twice, across, sideways or invisibly, or is not there; and of damaged files."""

from __future__ import annotations

import zlib
from io import BytesIO

import pikepdf

from tests.makers.pdf_file import PdfFile
from tests.makers.pdf_samples_pages import EDGES, grid
from tests.makers.pdf_sheet import Sheet, codes, pdf_of, song

ROWS = [
    ["序号", "指标名称", "年度指标值", "实际完成值"],
    ["1", "开展常规巡察", "≥3", "3"],
    ["2", "费用控制", "≤263.38", "265.45"],
]


def _table(sheet: Sheet, top: float = 100.0) -> None:
    grid(sheet, [top + 20 * n for n in range(4)])
    for n, row in enumerate(ROWS):
        sheet.words(EDGES, top + 15 + 20 * n, row)


def fake_bold() -> bytes:
    """Heading row and a sentence printed twice, 0.4 pt apart, the second time after the whole page."""
    sheet = Sheet()
    _table(sheet)
    sheet.text(93, 200, "自评得分99分，11月完成。")
    sheet.words(EDGES, 115, ROWS[0], pad=5.4)
    sheet.text(93.4, 200.2, "自评得分99分，11月完成。")
    return pdf_of(sheet)


def watermarks() -> bytes:
    """A skew watermark over the table, a pale one, and on every page the same large line."""
    sheets = []
    for number in range(3):
        sheet = Sheet()
        _table(sheet)
        sheet.text(93, 200, f"第{number + 1}页的正文。")
        sheet.text(200, 260, "征求意见稿", 48, "0.6 g", "0.7071 0.7071 -0.7071 0.7071")
        sheet.text(100, 150, "内部资料", 40, "0.9 g")
        sheet.text(150, 135, "某某市财政局", 36, "0.3 0.3 0.3 rg")
        sheets.append(sheet)
    return pdf_of(*sheets)


def _rotated(rotate: int, matrix: str) -> bytes:
    """The table upright on the displayed page; `matrix` moves a landscape or portrait sheet into user space."""
    inner = Sheet(height=595.32 if rotate % 180 else 841.92, width=841.92 if rotate % 180 else 595.32)
    _table(inner)
    inner.text(93, 200, "横排的一句话。")
    sheet = Sheet(rotate=rotate)
    sheet.raw(f"q {matrix} cm")
    sheet.ops += inner.ops
    sheet.raw("Q")
    return pdf_of(sheet)


def rotate_90() -> bytes:
    """/Rotate 90, text upright when displayed."""
    return _rotated(90, "0 1 -1 0 595.32 0")


def rotate_180() -> bytes:
    """/Rotate 180."""
    return _rotated(180, "-1 0 0 -1 595.32 841.92")


def rotate_270() -> bytes:
    """/Rotate 270."""
    return _rotated(270, "0 -1 1 0 0 841.92")


def sideways() -> bytes:
    """No /Rotate: a landscape table printed sideways on a portrait page."""
    inner = Sheet(height=595.32, width=841.92)
    _table(inner)
    inner.text(93, 200, "横排的一句话。")
    sheet = Sheet()
    sheet.raw("q 0 1 -1 0 595.32 0 cm")
    sheet.ops += inner.ops
    sheet.raw("Q")
    return pdf_of(sheet)


def vertical_cells() -> bytes:
    """Labels down the cell: one character a line, turned by 90 degrees, and in vertical writing mode of two columns."""
    pdf = PdfFile()
    song(pdf)
    pdf.fonts["V"] = pdf.add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-V /Encoding /UniGB-UCS2-V "
        f"/DescendantFonts [{pdf.fonts['S'] - 1} 0 R] >>"
    )
    sheet = Sheet()
    grid(sheet, [100, 180, 260], [72, 100, 140, 200, 300])
    for n, char in enumerate("绩效指标"):
        sheet.text(80, 120 + 16 * n, char)
    sheet.text(124, 170, "产出指标", matrix="0 1 -1 0")
    sheet.raw(f"BT /V 10.5 Tf 1 0 0 1 185 {sheet.height - 105:.2f} Tm <{codes('社会效益')}> Tj ET")
    sheet.raw(f"BT /V 10.5 Tf 1 0 0 1 165 {sheet.height - 105:.2f} Tm <{codes('指标')}> Tj ET")
    sheet.text(205, 120, "10分")
    sheet.text(205, 200, "完成")
    pdf.page(sheet)
    return pdf.bytes()


def _image(pdf: PdfFile) -> int:
    return pdf.stream(
        zlib.decompress(zlib.compress(bytes(64 * 64))),
        "/Type /XObject /Subtype /Image /Width 64 /Height 64 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )


def _scan(sheet: Sheet, pdf: PdfFile) -> Sheet:
    sheet.xobjects["I1"] = _image(pdf)
    sheet.raw(f"q {sheet.width:.2f} 0 0 {sheet.height:.2f} 0 0 cm /I1 Do Q")
    return sheet


def ocr_layer() -> bytes:
    """A scan with invisible text over it."""
    pdf = PdfFile()
    song(pdf)
    sheet = _scan(Sheet(), pdf)
    for n in range(20):
        sheet.text(72, 100 + 20 * n, "识别出来的文字，质量不明，数字可能有错", setting="3 Tr")
    pdf.page(sheet)
    return pdf.bytes()


def text_under_scan() -> bytes:
    """A scan drawn over visible text: another way to hide a layer of recognised text."""
    pdf = PdfFile()
    song(pdf)
    sheet = Sheet()
    for n in range(20):
        sheet.text(72, 100 + 20 * n, "识别出来的文字，质量不明，数字可能有错")
    pdf.page(_scan(sheet, pdf))
    return pdf.bytes()


def scans_only() -> bytes:
    """Three scans and no text."""
    pdf = PdfFile()
    song(pdf)
    for _ in range(3):
        pdf.page(_scan(Sheet(), pdf))
    return pdf.bytes()


def mixed_scan() -> bytes:
    """A page of text, then a scanned page."""
    pdf = PdfFile()
    song(pdf)
    sheet = Sheet()
    _table(sheet)
    pdf.page(sheet)
    pdf.page(_scan(Sheet(), pdf))
    return pdf.bytes()


def invisible_text() -> bytes:
    """An invisible sentence on a page without any image."""
    sheet = Sheet()
    sheet.text(72, 100, "看得见的一句话。")
    sheet.text(72, 130, "看不见的一句话。", setting="3 Tr")
    return pdf_of(sheet)


def form_field() -> bytes:
    """A filled form field: its value stands only in the appearance of an annotation."""
    pdf = PdfFile()
    song(pdf)
    look = pdf.stream(
        f"BT /S 10.5 Tf 2 5 Td <{codes('276.7')}> Tj ET".encode(),
        f"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /S {pdf.fonts['S']} 0 R >> >>",
    )
    sheet = Sheet()
    grid(sheet, [100, 120, 140], [72, 200, 300])
    sheet.words([72, 200], 115, ["年初预算数", "263.38"])
    sheet.words([72, 200], 135, ["全年执行数", ""])
    note = pdf.add(
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /F 4 /Rect [202 {sheet.height - 140:.2f} 298 "
        f"{sheet.height - 120:.2f}] /AP << /N {look} 0 R >> >>"
    )
    sheet.extra = f"/Annots [{note} 0 R]"
    pdf.page(sheet)
    return pdf.bytes()


def _protected(user: str) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(fake_bold())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=user, R=6), static_id=True)
    return out.getvalue()


def encrypted() -> bytes:
    """Needs a password to open."""
    return _protected("secret")


def encrypted_open() -> bytes:
    """Protected against changes only: opens with the empty password."""
    return _protected("")


def no_pages() -> bytes:
    """A page tree without pages."""
    return pdf_of()


def blank_pages() -> bytes:
    """Two pages with nothing on them."""
    return pdf_of(Sheet(), Sheet())


def truncated() -> bytes:
    """Cut off behind the last object: no cross-reference table, yet all objects are there."""
    data = fake_bold()
    return data[: data.rindex(b"xref")]


def cut_in_half() -> bytes:
    """Cut off in the middle: the page tree stands at the beginning, fonts and pages are lost."""
    data = fake_bold()
    return data[:400]


def rubbish() -> bytes:
    """The mark of a PDF and then noise."""
    return b"%PDF-1.4\n" + bytes((n * 7919 + 13) % 256 for n in range(4000))


def stream_bomb() -> bytes:
    """A content stream of 300 MB of blanks in 300 kB."""
    pdf = PdfFile()
    song(pdf)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(300)) + packer.flush()
    content = pdf.add(f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream")
    pdf.pages.append(pdf.add(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R >>"))
    return pdf.bytes()


def form_bomb() -> bytes:
    """Eight forms, each showing the next one ten times: a hundred million uses in 3 kB."""
    pdf = PdfFile()
    song(pdf)
    box = "/Type /XObject /Subtype /Form /BBox [0 0 600 900]"
    form = pdf.stream(b"0 0 m 10 0 l S", box)
    for _ in range(7):
        form = pdf.stream(b"/X Do " * 10, f"{box} /Resources << /XObject << /X {form} 0 R >> >>")
    sheet = Sheet()
    sheet.xobjects["X"] = form
    sheet.raw("/X Do " * 10)
    pdf.page(sheet)
    return pdf.bytes()


SAMPLES = {
    "fake-bold": fake_bold,
    "watermarks": watermarks,
    "rotate-90": rotate_90,
    "rotate-180": rotate_180,
    "rotate-270": rotate_270,
    "sideways-without-rotate": sideways,
    "vertical-text-in-cells": vertical_cells,
    "scan-with-ocr-layer": ocr_layer,
    "scan-over-text": text_under_scan,
    "scans-only": scans_only,
    "scan-after-text-page": mixed_scan,
    "invisible-text": invisible_text,
    "form-field": form_field,
    "encrypted-password": encrypted,
    "encrypted-empty-password": encrypted_open,
    "no-pages": no_pages,
    "blank-pages": blank_pages,
    "truncated-no-xref": truncated,
    "truncated-in-half": cut_in_half,
    "rubbish": rubbish,
    "stream-bomb": stream_bomb,
    "form-bomb": form_bomb,
}
