"""Counts how often forms show each other before pdfium does it: six nested forms of ten uses each are a million.

pdfium expands every use of a form XObject while it loads a page, and nothing stops it in between. Streams always stand
in the file as objects of their own, so the uses can be counted on the raw bytes. What can't be resolved here (encrypted
files, exotic filters) is left to the limits of the process that runs the reader.
"""

from __future__ import annotations

import re
import zlib

from parsers.reasons import Reason, UnreadableError

MOST_USES = 3_000
"""Forms shown by one form, all levels counted; a report has a handful."""
MOST_ON_PAGE = 20_000
LONGEST = 4 << 20
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_SHOWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_XOBJECTS = re.compile(rb"/XObject\s*(?:<<(.*?)>>|(\d+)\s+\d+\s+R)", re.S)
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_ENTRY = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")


def refuse_form_bombs(data: bytes) -> None:
    """Raise `TOO_LARGE` where forms show forms so often that the page would never be done."""
    if len(_FORM.findall(data)) < 2:
        return
    bodies, contents = _objects(data)
    uses: dict[int, dict[int, int]] = {}
    for number, content in contents.items():
        if _FORM.search(bodies[number]):
            names = _SHOWN.findall(content)
            targets = _targets(bodies[number], bodies)
            uses[number] = {}
            for name in names:
                if name in targets:
                    uses[number][targets[name]] = uses[number].get(targets[name], 0) + 1
    known: dict[int, int] = {}
    most = max((_cost(number, uses, known, 0) for number in uses), default=0)
    on_page = max((len(_SHOWN.findall(content)) for n, content in contents.items() if n not in uses), default=0)
    if most > MOST_USES or most * on_page > MOST_ON_PAGE:
        raise UnreadableError(
            Reason.TOO_LARGE,
            "The PDF shows forms within forms many thousand times over; print the report to a new PDF.",
        )


def _objects(data: bytes) -> tuple[dict[int, bytes], dict[int, bytes]]:
    """The dictionaries of all objects, those in object streams included, and the unpacked contents of streams."""
    bodies: dict[int, bytes] = {}
    contents: dict[int, bytes] = {}
    starts = [(int(match[1]), match.end()) for match in _OBJECT.finditer(data)]
    ends = [start for _, start in starts[1:]] + [len(data)]
    for (number, start), end in zip(starts, ends, strict=True):
        at = data.find(b"stream", start, end)
        bodies[number] = data[start : at if at >= 0 else end][:20_000]
        if at < 0 or b"/Image" in bodies[number] or b"/Length1" in bodies[number]:
            continue
        content = _unpacked(data[at + 6 : end].lstrip(b"\r\n"), bodies[number])
        if b"/ObjStm" in bodies[number]:
            bodies.update(_packed_objects(content, bodies[number]))
        elif b"Do" in content:
            contents[number] = content
    return bodies, contents


def _unpacked(packed: bytes, head: bytes) -> bytes:
    if b"/FlateDecode" not in head and b"/Fl " not in head:
        return packed[:LONGEST]
    try:
        return zlib.decompressobj().decompress(packed, LONGEST)
    except zlib.error:
        return b""


def _packed_objects(content: bytes, head: bytes) -> dict[int, bytes]:
    first = re.search(rb"/First\s+(\d+)", head)
    if first is None:
        return {}
    start = int(first[1])
    try:
        numbers = [int(word) for word in content[:start].split()]
    except ValueError:
        return {}
    offsets = [start + offset for offset in numbers[1::2]] + [len(content)]
    return {n: content[a:b][:20_000] for n, a, b in zip(numbers[::2], offsets[:-1], offsets[1:], strict=False)}


def _targets(body: bytes, bodies: dict[int, bytes]) -> dict[bytes, int]:
    """Names of XObjects in a form's resources and the objects that they mean."""
    resources = _RESOURCES.search(body)
    found = _XOBJECTS.search(bodies.get(int(resources[1]), b"") if resources else body)
    if found is None:
        return {}
    entries = found[1] if found[1] is not None else bodies.get(int(found[2]), b"")
    return {name: int(number) for name, number in _ENTRY.findall(entries)}


def _cost(number: int, uses: dict[int, dict[int, int]], known: dict[int, int], depth: int) -> int:
    """Objects that showing a form comes to; a form that shows itself is shown once, as pdfium does."""
    if number in known:
        return known[number]
    if depth > 60:
        return 1
    known[number] = 1
    shown = uses.get(number, {}).items()
    known[number] = 1 + sum(n * (_cost(form, uses, known, depth + 1) if form in uses else 1) for form, n in shown)
    return known[number]
