"""Archives as people make them, and as nobody should: written byte by byte where no library would write them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

Members = dict[str, bytes]


def zip_file(
    members: Members, encoding: str = "gb18030", flagged: bool = False, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip whose names are bytes of an encoding, without the mark of UTF-8 unless `flagged`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for at, data in enumerate(members.values()):
            archive.writestr(f"{at:08d}", data)
    made = out.getvalue()
    for at, name in enumerate(members):
        made = _renamed(made, f"{at:08d}".encode(), name.encode(encoding), flagged)
    return made


def _renamed(data: bytes, old: bytes, new: bytes, flagged: bool) -> bytes:
    """Give a member another name, in its own head and in the directory, and put the directory's place right."""
    local = data.index(old) - 30
    data = _with_name(data, local, 26, 30, 6, old, new, flagged)
    shift = len(new) - len(old)
    central = data.rindex(old) - 46
    data = _with_name(data, central, 28, 46, 8, old, new, flagged)
    end = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<II", data, end + 12)
    data = data[: end + 12] + struct.pack("<II", size + shift, start + shift) + data[end + 20 :]
    at = start + shift
    while data[at : at + 4] == b"PK\x01\x02":
        n, m, k = struct.unpack_from("<HHH", data, at + 28)
        (where,) = struct.unpack_from("<I", data, at + 42)
        if where > local:
            data = data[: at + 42] + struct.pack("<I", where + shift) + data[at + 46 :]
        at += 46 + n + m + k
    return data


def _with_name(
    data: bytes, at: int, length: int, name: int, flags: int, old: bytes, new: bytes, flagged: bool
) -> bytes:
    out = bytearray(data)
    struct.pack_into("<H", out, at + length, len(new))
    (bits,) = struct.unpack_from("<H", out, at + flags)
    struct.pack_into("<H", out, at + flags, (bits | 0x800) if flagged else (bits & ~0x800))
    out[at + name : at + name + len(old)] = new
    return bytes(out)


def zip_with_link(name: str, target: str) -> bytes:
    """A zip with one symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return out.getvalue()


def zip_locked(name: str, data: bytes) -> bytes:
    """A zip whose one member says that it is encrypted."""
    made = bytearray(zip_file({name: data}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + flags] |= 1
    return bytes(made)


def zip_bomb(name: str, megabytes: int) -> bytes:
    """A zip with one member of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
        for _ in range(megabytes):
            member.write(bytes(1 << 20))
    return out.getvalue()


def rar_file(members: Members, encoding: str = "gb18030", locked: bool = False) -> bytes:
    """A .rar of version 4 with stored members; nothing free writes this format."""
    blocks = [_rar_block(0x73, 0, b"\0" * 6)]
    for name, data in members.items():
        raw = name.replace("/", "\\").encode(encoding)
        head = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 2, zlib.crc32(data), 0x5A000000, 20, 0x30, len(raw), 0x20
        )
        blocks.append(_rar_block(0x74, 0x8000 | (4 if locked else 0), head + raw) + data)
    return b"Rar!\x1a\x07\x00" + b"".join(blocks) + _rar_block(0x7B, 0x4000, b"")


def _rar_block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head
