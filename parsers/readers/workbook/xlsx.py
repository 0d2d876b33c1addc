"""The sheets of an .xlsx package. Parts are inflated within the limits of the package, cells kept as they come."""

from __future__ import annotations

import regex

from parsers.document import Note, Place
from parsers.readers.ooxml.package import Package, Relationship, open_package
from parsers.readers.ooxml.xmlpart import Element, parse_part, whole
from parsers.readers.workbook.formats import exact, plain, shown
from parsers.readers.workbook.model import Merge, Sheet, SheetCell
from parsers.readers.workbook.styles import PLAIN, CellStyle, inside, local, read_styles
from parsers.reasons import Reason, UnreadableError

MAX_PART = 64 * 2**20
"""Bytes of one inflated part: more than a million cells."""
MAX_SHEETS = 256
MAX_CELLS = 1_000_000
MAX_MERGES = 100_000
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383

_REFERENCE = regex.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = regex.compile(r"_x([0-9A-Fa-f]{4})_")
_TRUE = frozenset({"1", "true", "on"})
_RAISED = {"superscript": "^", "subscript": "_"}


def read_sheets(data: bytes) -> tuple[list[Sheet], list[Note], bool]:
    """The sheets in their order, what was left aside, and whether the workbook holds pictures."""
    package = open_package(data)
    name = package.workbook_part()
    if name is None:
        raise UnreadableError(Reason.UNSUPPORTED_FORMAT, "the zip file holds no workbook")
    return _Workbook(package, name).read()


class _Workbook:
    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name = package, name
        self.links = package.relationships(name)
        self.notes: list[Note] = []
        self.cells = 0
        styles = self._first("styles")
        self.styles: list[CellStyle] = read_styles(self._parse(styles)) if styles else []
        strings = self._first("sharedStrings")
        self.strings = [_rich_text(item) for item in inside(self._parse(strings), "si")] if strings else []
        self.since_1904 = False

    def read(self) -> tuple[list[Sheet], list[Note], bool]:
        root = self._parse(self.name)
        self.since_1904 = any(_on(element, "date1904") for element in inside(root, "workbookPr"))
        listed = inside(root, "sheets", "sheet")
        if len(listed) > MAX_SHEETS:
            raise UnreadableError(Reason.TOO_LARGE, f"the workbook has {len(listed)} sheets, more than {MAX_SHEETS}")
        sheets = []
        for element in listed:
            title = element.get("name") or ""
            sheet = Sheet(title, hidden=(element.get("state") or "visible") != "visible")
            link = self.links.get(_link_id(element))
            if link is None or link.external or link.kind != "worksheet":
                kind = link.kind if link else "missing part"
                self.notes.append(Note("sheet", f"not read: {kind} {title}", Place(part=title)))
            elif not sheet.hidden:
                self._fill(sheet, self._parse(link.target))
            sheets.append(sheet)
        pictures = any(name.startswith("xl/media/") for name in self.package.members)
        return sheets, self.notes, pictures

    def _first(self, kind: str) -> str | None:
        found: Relationship | None = next(
            (link for link in self.links.values() if link.kind == kind and not link.external), None
        )
        return found.target if found and self.package.has(found.target) else None

    def _parse(self, name: str) -> Element:
        info = self.package.members.get(name.lower())
        if info is not None and info.file_size > MAX_PART:
            raise UnreadableError(
                Reason.TOO_LARGE,
                f"part {name} has {info.file_size // 2**20} MB; the limit is {MAX_PART // 2**20} MB",
                Place(part=name),
            )
        return parse_part(self.package.read(name), name)

    def _fill(self, sheet: Sheet, root: Element) -> None:
        zeros = not any(_off(view, "showZeros") for view in inside(root, "sheetViews", "sheetView"))
        for column in inside(root, "cols", "col"):
            first, last = whole(column.get("min")), whole(column.get("max"))
            if _on(column, "hidden") and first and last:
                sheet.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN + 1)))
        row = -1
        for line in inside(root, "sheetData", "row"):
            row = _counted(line.get("r"), row + 1, LAST_ROW)
            if _on(line, "hidden"):
                sheet.hidden_rows.add(row)
            col = -1
            for cell in line:
                if local(cell) != "c":
                    continue
                col = _column(cell.get("r"), col + 1)
                self._cell(sheet, cell, row, col, zeros)
        merges = inside(root, "mergeCells", "mergeCell")
        if len(merges) > MAX_MERGES:
            raise UnreadableError(Reason.TOO_LARGE, f"sheet {sheet.name} has more than {MAX_MERGES} merged cells")
        sheet.merges += filter(None, (_merge(merge.get("ref")) for merge in merges))

    def _cell(self, sheet: Sheet, cell: Element, row: int, col: int, zeros: bool) -> None:
        number = whole(cell.get("s")) or 0
        style = self.styles[number] if 0 <= number < len(self.styles) else PLAIN
        kind = cell.get("t") or "n"
        parts = {local(part): part for part in cell}
        value = parts["v"].text or "" if "v" in parts else ""
        stored = ""
        if kind == "s":
            at = whole(value)
            if at is None or not 0 <= at < len(self.strings):
                where = Place(part=sheet.name, row=row + 1, col=col + 1)
                raise UnreadableError(
                    Reason.DAMAGED, f"sheet {sheet.name}, row {row + 1}: a text that is not there", where
                )
            text = self.strings[at]
        elif kind == "inlineStr":
            text = _rich_text(parts["is"]) if "is" in parts else ""
        elif kind == "b":
            text = {"0": "FALSE", "1": "TRUE"}.get(value, value)
        elif kind == "n" and value:
            text, stored = shown_number(value, style.code, self.since_1904, zeros)
        else:
            text = _unescaped(value)
        formula = parts.get("f")
        if formula is not None and "v" not in parts and "is" not in parts:
            # the program that wrote the file did not work the formula out: nobody knows what it shows
            text = f"={formula.text or ''}"
            sheet.uncounted.append((row, col))
        if text or style.bordered:
            self.cells += 1
            if self.cells > MAX_CELLS:
                raise UnreadableError(Reason.TOO_LARGE, f"the workbook has more than {MAX_CELLS:,} cells")
            sheet.cells[row, col] = SheetCell(text, stored, style.bordered)


def shown_number(value: str, code: str, since_1904: bool, zeros: bool) -> tuple[str, str]:
    """What is shown of a stored number, and the stored one where it is another."""
    try:
        number = float(value)
        stored = plain(exact(number))
        text = shown(number, code, since_1904) if zeros or number else ""
    except (ValueError, ArithmeticError):
        return value, ""  # no number after all: the text as it stands
    return text, "" if _says(text, stored) else stored


def _says(text: str, stored: str) -> bool:
    """Whether what is shown is the stored number, be it with commas or more zeros."""
    digits = text.replace(",", "")
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits == stored


def _rich_text(item: Element) -> str:
    """The runs of a text without its phonetic guide; a raised digit behind a digit is no part of the number."""
    out = ""
    for part in item:
        name = local(part)
        if name == "t":
            out += part.text or ""
        elif name == "r":
            text = "".join(t.text or "" for t in inside(part, "t"))
            height = next((v.get("val") or "" for v in inside(part, "rPr", "vertAlign")), "")
            if height in _RAISED and text[:1].isdigit() and out[-1:].isdigit():
                out += _RAISED[height]
            out += text
    return _unescaped(out)


def _unescaped(text: str) -> str:
    plain_text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
    return plain_text.replace("\r\n", "\n").replace("\r", "\n")


def _on(element: Element, name: str) -> bool:
    return (element.get(name) or "").lower() in _TRUE


def _off(element: Element, name: str) -> bool:
    return element.get(name) is not None and not _on(element, name)


def _link_id(element: Element) -> str:
    return next((str(value) for name, value in element.items() if str(name).endswith("}id")), "")


def _counted(text: str | None, otherwise: int, last: int) -> int:
    number = whole(text)
    at = otherwise if number is None else number - 1
    if not 0 <= at <= last:
        raise UnreadableError(Reason.DAMAGED, f"row {at + 1} is none that a sheet can have")
    return at


def _column(reference: str | None, otherwise: int) -> int:
    found = _REFERENCE.fullmatch(reference or "")
    col = _letters(found[1]) if found else otherwise
    if col > LAST_COLUMN:
        raise UnreadableError(Reason.DAMAGED, f"cell {reference} is none that a sheet can have")
    return col


def _letters(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merge(reference: str | None) -> Merge | None:
    first, _, last = (reference or "").partition(":")
    one, two = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
    if not one or not two:
        return None
    rows = sorted((min(int(one[2]) - 1, LAST_ROW), min(int(two[2]) - 1, LAST_ROW)))
    columns = sorted((min(_letters(one[1]), LAST_COLUMN), min(_letters(two[1]), LAST_COLUMN)))
    return Merge(rows[0], columns[0], rows[1], columns[1])
