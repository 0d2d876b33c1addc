"""The name under which a file is published: as its server or its address says it, never a guess."""

from __future__ import annotations

import re
from email.header import decode_header
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_SCRIPTS = (".jsp", ".php", ".asp", ".aspx", ".do", ".action", ".html", ".htm", ".cgi")
_EXTENDED = re.compile(rb"filename\*\s*=\s*([\w-]*)'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN = re.compile(rb'filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\r\n]+))', re.IGNORECASE)


def published_name(address: str, disposition: bytes | None, link: str | None, final: str | None = None) -> str:
    """From the header Content-Disposition, else the path, else a parameter, else where redirects led, else the link."""
    path, end = _path(address), _path(final or address)
    candidates = [
        _disposition(disposition) if disposition else "",
        path if _is_file(path) else "",
        *(_last(value) for _, value in _parameters(address) if _SUFFIX.search(value)),
        end if _is_file(end) else "",
        _last(link) if link and _SUFFIX.search(link.strip()) else "",
        path,
    ]
    return next((name for name in candidates if name), address)


def decoded(raw: bytes) -> str:
    """UTF-8 where it is valid, else GB18030: what servers of Chinese offices send."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _disposition(header: bytes) -> str:
    extended = _EXTENDED.search(header)
    if extended is not None:
        raw = unquote_to_bytes(extended[2])
        try:
            return _last(raw.decode(extended[1].decode("ascii") or "utf-8"))
        except (LookupError, UnicodeDecodeError):
            return _last(decoded(raw))
    plain = _PLAIN.search(header)
    if plain is None:
        return ""
    raw = re.sub(rb"\\(.)", rb"\1", plain[1]) if plain[1] is not None else plain[2].strip()
    if raw.startswith(b"=?"):
        parts = decode_header(raw.decode("ascii", "replace"))
        return _last("".join(p if isinstance(p, str) else p.decode(c or "utf-8", "replace") for p, c in parts))
    return _last(decoded(unquote_to_bytes(raw)))


def _parameters(address: str) -> list[tuple[str, str]]:
    pairs = parse_qsl(urlsplit(address).query, encoding="latin-1")
    return [(name, decoded(value.encode("latin-1", "replace"))) for name, value in pairs]


def _last(path: str) -> str:
    """The name without folders: a server's name never chooses where something is written."""
    return re.split(r"[/\\]", path.strip())[-1].strip().strip("\0")


def _path(address: str) -> str:
    return _last(decoded(unquote_to_bytes(urlsplit(address).path)))


def _is_file(path: str) -> bool:
    return _SUFFIX.search(path) is not None and not path.lower().endswith(
        (".jsp", ".php", ".asp", ".aspx", ".do", ".action", ".html", ".htm", ".cgi")
    )
