"""Ways to parse that go wrong in the process that parses, given to a pool by tests."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from parsers.readers import scan
from pipeline.convert import Converter
from pipeline.parse import Parsed, parse


def misbehave(data: bytes, convert: Converter | None = None) -> Parsed:
    """Parse, but for files that say what is to go wrong."""
    match data:
        case b"hang":
            while True:
                time.sleep(60)
        case b"bomb":
            hoard = []
            while True:
                hoard.append(bytearray(1_000_000))
        case b"segfault":
            ctypes.string_at(0)
        case b"exit":
            os._exit(0)
        case b"error":
            raise KeyError("a mistake")
        case b"kill worker":  # the parent of the process that parses
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
    return parse(data, convert)


def slow_pages(data: bytes, pages: int) -> str:
    """Work that takes half a second a page, and says so as the reader of scans does."""
    for _ in range(pages):
        scan.page_begins()
        time.sleep(0.5)
    return data.decode()
