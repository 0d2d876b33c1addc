"""Builds small Word files from hand-written WordprocessingML: names the parts, zips them, always to the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = {
    "w": TRANSITIONAL,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEWEST = (1980, 1, 1, 0, 0, 0)


def root(name: str, inner: str, *, strict: bool = False) -> str:
    """A whole part with the usual namespaces on its root element."""
    names = {**NAMESPACES, "w": STRICT} if strict else NAMESPACES
    if strict:
        names["r"] = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    return f'{_HEAD}<w:{name} {declared} mc:Ignorable="w14">{inner}</w:{name}>'


def package(body: str, parts: Mapping[str, str] | None = None, *, strict: bool = False, final: str = "") -> bytes:
    """A Word file around the content of w:body; `parts` are the inner XML of `styles`, `numbering`, `header1`, …"""
    parts = parts or {}
    relation = "http://purl.oclc.org/ooxml/officeDocument/relationships/" if strict else _RELATION
    types, relations = [], []
    files: dict[str, str] = {}
    for number, (name, inner) in enumerate(parts.items(), start=1):
        kind = name.rstrip("0123456789")
        element = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
        files[f"word/{name}.xml"] = root(element, inner, strict=strict)
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>')
        relations.append(f'<Relationship Id="rId{number}" Type="{relation}{kind}" Target="{name}.xml"/>')
    content_types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}document.main+xml"/>{"".join(types)}</Types>'
    )
    top = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="rId1" '
        f'Type="{relation}officeDocument" Target="word/document.xml"/></Relationships>'
    )
    inside = f'{_HEAD}<Relationships xmlns="{_PACKAGE}relationships">{"".join(relations)}</Relationships>'
    return zipped(
        {
            "[Content_Types].xml": content_types,
            "_rels/.rels": top,
            "word/document.xml": root("document", f"<w:body>{body}{final}</w:body>", strict=strict),
            "word/_rels/document.xml.rels": inside,
            **files,
        }
    )


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file with fixed dates, so that equal content gives equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _NEWEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            info.external_attr = 0
            archive.writestr(info, content)
    return out.getvalue()


def text(value: str) -> str:
    """A w:t that keeps its white space."""
    return f'<w:t xml:space="preserve">{escape(value)}</w:t>'


def run(value: str, properties: str = "") -> str:
    """One run."""
    around = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{around}{text(value)}</w:r>"


def paragraph(value: str = "", style: str = "", properties: str = "", inner: str = "") -> str:
    """One paragraph: its text, or `inner` XML instead of it."""
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    about = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{about}{inner or (run(value) if value else '')}</w:p>"


def cell(value: str = "", span: int = 1, vertical: str = "", content: str = "", width: int = 0) -> str:
    """One cell; line feeds separate its paragraphs. `vertical` is `restart` or `continue`."""
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>' if width else ""
    about += f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    about += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[vertical]
    inner = content or "".join(paragraph(line) for line in value.split("\n"))
    return f"<w:tc>{f'<w:tcPr>{about}</w:tcPr>' if about else ''}{inner}</w:tc>"


def row(cells: Iterable[str], properties: str = "") -> str:
    """One row."""
    about = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{about}{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Iterable[int] = (), properties: str = "") -> str:
    """One table with its grid."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
