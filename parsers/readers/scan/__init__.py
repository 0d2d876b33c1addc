"""Pages that are pictures: scanned PDF pages, PNG, JPEG and TIFF. docs/readers-scans.md says how and why.

A picture is made straight (`straighten`), its rules become grids (`ruled`), its text is read line by line and cell by
cell (`words`), and what comes out is the same page layout that the PDF reader makes, so that pages are joined, headers
told and paragraphs made by the same rules. No digit is taken on one look alone (`witness`).
"""

from __future__ import annotations

from collections.abc import Callable

listeners: list[Callable[[], None]] = []
"""Called before each scanned page: reading one takes seconds, and whoever limits the time of a file is to know it."""


def page_begins() -> None:
    """Tell those who listen that a scanned page is read now."""
    for listener in listeners:
        listener()
