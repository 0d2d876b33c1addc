"""What makes two files the same report: their words, whatever the encoding, line ends, layout or residue."""

from __future__ import annotations

import hashlib

from parsers.characters import squeeze
from parsers.document import Document
from parsers.ledger import texts


def content_sha256(document: Document) -> str:
    """SHA-256 of the words of the body in reading order; white space and converter residue do not count."""
    words = "".join([squeeze(text.text) for text in texts(document)])
    return hashlib.sha256(words.encode("utf-8")).hexdigest()
