"""What an OLE container holds: Word 97–2003 (WPS Writer writes the same), Excel 97–2003, a locked package, or neither.

Only the streams of the root storage decide; a workbook embedded in a letter stands deeper. Nothing is trusted: chains
are cut at the number of sectors that the file has room for.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free, part of the table itself."""
_NOBODY = 0xFFFFFFFF
_ENTRY = 128
_MOST_ENTRIES = 100_000
_FIRST_DIFAT = 76
_FIB_FLAGS = 10
_FIB_ENCRYPTED = 0x0100
_WORKBOOKS = frozenset({"workbook", "book"})


@dataclass(frozen=True, slots=True)
class _Stream:
    name: str
    start: int
    size: int


def is_ole(data: bytes) -> bool:
    """Whether the bytes are an OLE container."""
    return data.startswith(OLE_MAGIC)


def ole_format(data: bytes) -> str:
    """`doc`, `xls`, `encrypted`, `damaged` (its directory cannot be read) or `ole` for an OLE container."""
    try:
        streams = {stream.name.lower(): stream for stream in _root_streams(data)}
    except (struct.error, IndexError):
        return "damaged"
    if not streams:
        return "damaged"
    if "encryptedpackage" in streams:
        return "encrypted"
    if "worddocument" in streams:
        return "encrypted" if _word_is_locked(data, streams["worddocument"]) else "doc"
    return "xls" if _WORKBOOKS & streams.keys() else "ole"


def _root_streams(data: bytes) -> Iterator[_Stream]:
    """The members of the root storage: a tree of siblings that hangs from its child."""
    (first,) = struct.unpack_from("<I", data, 48)
    directory = b"".join(_sector(data, at) for at in _chain(data, first))
    waiting, seen = [_link(directory, 0, 76)], {_NOBODY}
    while waiting:
        at = waiting.pop()
        if at in seen or (at + 1) * _ENTRY > len(directory) or len(seen) > _MOST_ENTRIES:
            continue
        seen.add(at)
        waiting += [_link(directory, at, 68), _link(directory, at, 72)]
        base = at * _ENTRY
        (length,) = struct.unpack_from("<H", directory, base + 64)
        name = directory[base : base + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, base + 116)
        yield _Stream(name, start, size)


def _link(directory: bytes, entry: int, offset: int) -> int:
    (value,) = struct.unpack_from("<I", directory, entry * _ENTRY + offset)
    return int(value)


def _shift(data: bytes) -> int:
    (shift,) = struct.unpack_from("<H", data, 30)
    return shift if shift in {9, 12} else 9


def _sector(data: bytes, number: int) -> bytes:
    size = 1 << _shift(data)
    return data[(number + 1) * size : (number + 2) * size]


def _chain(data: bytes, first: int) -> Iterator[int]:
    """The sectors of a stream, by the allocation table whose own sectors the header and its continuations list."""
    tables = list(_table_sectors(data))
    per_sector = (1 << _shift(data)) // 4
    room = len(data) // (1 << _shift(data)) + 1
    at, steps = first, 0
    while at < _END and steps < room:
        yield at
        where = divmod(at, per_sector)
        if where[0] >= len(tables):
            return
        (at,) = struct.unpack_from("<I", _sector(data, tables[where[0]]), where[1] * 4)
        steps += 1


def _table_sectors(data: bytes) -> Iterator[int]:
    for number in struct.unpack_from("<109I", data, _FIRST_DIFAT):
        if number < _END:
            yield number
    (at, count) = struct.unpack_from("<II", data, 68)
    per_sector = (1 << _shift(data)) // 4
    for _ in range(min(count, len(data) // (1 << _shift(data)))):
        if at >= _END:
            return
        *numbers, at = struct.unpack_from(f"<{per_sector}I", _sector(data, at))
        yield from (number for number in numbers if number < _END)


def _word_is_locked(data: bytes, stream: _Stream) -> bool:
    """A Word file says in its head whether a password protects it; the stream is never a small one."""
    head = _sector(data, stream.start)
    if stream.start >= _END or len(head) < _FIB_FLAGS + 2:
        return False
    (flags,) = struct.unpack_from("<H", head, _FIB_FLAGS)
    return bool(flags & _FIB_ENCRYPTED)
