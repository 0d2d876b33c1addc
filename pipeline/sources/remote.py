"""Any location that fsspec opens (S3, OSS, WebDAV, SFTP …), as extra `[remote]`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from pipeline.sources.events import Event, Fetched, Known, Listed, SourceError, Unchanged, Version
from pipeline.sources.patterns import wanted

_TAGS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")


@dataclass(frozen=True, slots=True)
class Remote:
    """`kind = "remote"` in jixiao.toml: everything below a URL that the globs want."""

    name: str
    url: str
    options: Mapping[str, Any] = field(default_factory=dict)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    floor: float | None = None
    most_mb: int = 256
    kind: str = "remote"

    @property
    def most_bytes(self) -> int:
        """How large a file may be."""
        return self.most_mb * 2**20

    def look(self, known: Known, dry: bool, spool: Path) -> Iterator[Event]:
        """Meet every file; one whose tag, or time and size, are as they were is not fetched again."""
        try:
            import fsspec
        except ImportError:
            raise SourceError(f'{self.url}: fsspec is missing; pip install "jixiao[remote]"') from None
        try:
            system, root = fsspec.core.url_to_fs(self.url, **dict(self.options))
            system.invalidate_cache()
            if not system.exists(root):
                raise SourceError(f"{self.url}: nothing there; check the address and the credentials")
            found = system.find(root, detail=True)
        except SourceError:
            raise
        except Exception as error:  # every backend has errors of its own
            raise SourceError(f"{self.url}: {type(error).__name__}: {error}") from error
        for path, about in sorted(found.items()):
            inside = path.removeprefix(root).lstrip("/") or path.rpartition("/")[2]
            if not wanted(inside, self.include, self.exclude):
                continue
            address, version = system.unstrip_protocol(path), _version(about)
            name = path.rstrip("/").rpartition("/")[2]
            if version is not None and known.get(address) == version:
                yield Unchanged(address)
            elif dry:
                yield Listed(address, name)
            else:
                yield Fetched(address, name, _opener(system, path), version or Version())


def _opener(system: Any, path: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        stream: BinaryIO = system.open(path, "rb")
        return stream

    return opened


def _version(about: Mapping[str, Any]) -> Version | None:
    tag = next((str(about[name]) for name in _TAGS if about.get(name)), None)
    time = next((str(about[name]) for name in _TIMES if about.get(name)), None)
    return Version(f"{about.get('size')}-{tag or time}") if tag or time else None
