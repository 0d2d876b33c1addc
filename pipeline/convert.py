"""Files of old office programs become Word files through LibreOffice, before the parsers see them.

One call converts a batch, under a profile of its own (two calls on one profile fail) that runs no macros and follows no
links, in a private folder, under limits of time, memory and size. Files are told by content, never by their names: what
is handed to the office program has the structure of the format that it is read as.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from parsers.readers import OFFICE_FORMATS, detect
from parsers.reasons import Reason, UnreadableError
from pipeline.offers import Offer
from pipeline.tools import office, run

_BATCH = 32
_SECONDS_A_FILE = 3.0
_LONGEST_OUTPUT = 256 * 2**20
_HEAD = 1 << 16
_TARGET = "docx:MS Word 2007 XML"

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
)


def to_word(data: bytes, seconds: float = 60.0, memory_mb: int = 2048) -> bytes:
    """The bytes of a .doc, .wps or .rtf as those of a Word file. Raises `UnreadableError` where that cannot be done."""
    with TemporaryDirectory(prefix="jixiao-office-") as room:
        source = Path(room) / f"1.{detect(data)}"
        source.write_bytes(data)
        said = _convert([source], Path(room), seconds, memory_mb)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise UnreadableError(Reason.DAMAGED, f"LibreOffice cannot read the file: {said or 'it says nothing'}")
        if made.stat().st_size > _LONGEST_OUTPUT:
            raise UnreadableError(Reason.TOO_LARGE, f"converted, the file has {made.stat().st_size // 2**20} MB")
        return made.read_bytes()


@dataclass(frozen=True, slots=True)
class Converter:
    """Makes a Word file of an old office file, or has it already: travels to the process that parses."""

    seconds: float
    memory_mb: int
    made: bytes | None = None

    def __call__(self, data: bytes) -> bytes:
        """The bytes of the Word file. Raises `UnreadableError`."""
        return self.made if self.made is not None else to_word(data, self.seconds, self.memory_mb)


def with_conversions(
    offered: Iterable[Offer], room: Path, seconds: float, memory_mb: int
) -> Iterator[tuple[Offer, Path | None]]:
    """Each offer, with the Word file in `room` that it was converted to where several could be in one call.

    A file that its batch did not give is left to its worker, which tries it alone: so one that hangs or crashes the
    office program costs the others nothing but time.
    """
    rest, number = iter(offered), 0
    while group := list(islice(rest, _BATCH)):
        number += 1
        made = _batch([offer.path for offer in group], room / str(number), seconds, memory_mb)
        for offer in group:
            yield offer, made.get(offer.path)


def _batch(paths: list[Path], room: Path, seconds: float, memory_mb: int) -> Mapping[Path, Path]:
    """Convert the old files among these in one call; a single one is not worth it here."""
    old = [(path, kind) for path in paths if (kind := _kind(path)) is not None]
    if len(old) < 2 or office() is None:
        return {}
    room.mkdir()
    sources: dict[Path, Path] = {}
    for at, (path, kind) in enumerate(old, start=1):
        try:
            sources[path] = Path(shutil.copyfile(path, room / f"{at}.{kind}"))
        except OSError:
            continue
    try:
        _convert(list(sources.values()), room, seconds + _SECONDS_A_FILE * len(sources), memory_mb)
    except UnreadableError:
        pass  # what was finished by then counts
    finally:
        for source in sources.values():
            source.unlink(missing_ok=True)
    made = {path: source.with_suffix(".docx") for path, source in sources.items()}
    return {path: word for path, word in made.items() if _is_whole(word)}


def _kind(path: Path) -> str | None:
    """`doc` or `rtf` where the file is one that the office program must convert."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not head.startswith((b"\xd0\xcf\x11\xe0", b"{\\rtf")):
                return None
            if path.stat().st_size > _LONGEST_OUTPUT:
                return None
            found = detect(head + file.read())
    except OSError:
        return None
    return found if found in OFFICE_FORMATS else None


def _is_whole(word: Path) -> bool:
    """Whether a converted file is there to its end: one that was being written when time ran out is not."""
    try:
        with word.open("rb") as file:
            file.seek(max(word.stat().st_size - 66_000, 0))
            return b"PK\x05\x06" in file.read() and word.stat().st_size <= _LONGEST_OUTPUT
    except OSError:
        return False


def _convert(sources: list[Path], room: Path, seconds: float, memory_mb: int) -> str:
    """Run the office program over the files; its last words are returned."""
    program = office()
    if program is None:
        raise UnreadableError(
            Reason.NEEDS_OFFICE,
            "Word 97–2003 or rich text; install LibreOffice (apt-get install libreoffice-writer) and run again",
        )
    with TemporaryDirectory(prefix="profile-", dir=room) as profile:
        _write_settings(Path(profile))
        command = [
            *(program, f"-env:UserInstallation={Path(profile).as_uri()}"),
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", _TARGET, "--outdir", str(room), *map(str, sources)),
        ]
        said = run(command, room, seconds, memory_mb, _LONGEST_OUTPUT)
    if said.too_slow:
        raise _too_slow(seconds)
    return _last_words((said.out + said.errors).decode("utf-8", "replace"))


def _too_slow(seconds: float) -> UnreadableError:
    return UnreadableError(Reason.TIME_LIMIT, f"LibreOffice did not convert the file within {seconds:g} seconds")


def _last_words(said: str) -> str:
    """The one line of the program's output that says what went wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and "javaldx" not in line]
    return next((line for line in reversed(lines) if line.startswith("Error")), lines[-1] if lines else "")[:200]


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, name, value in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir()
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
