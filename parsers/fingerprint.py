"""What makes two files the same report: their words, whatever the encoding, line ends, layout or residue."""

from __future__ import annotations

import hashlib

from parsers.characters import squeeze
from parsers.document import Document
from parsers.ledger import texts


def content_sha256(document: Document) -> str:
    """SHA-256 of the words of the body in reading order; white space and converter residue do not count."""
    digest = hashlib.sha256()
    for text in texts(document):
        words = squeeze(text.text)
        if words:
            digest.update(words.encode("utf-8"))
    return digest.hexdigest()
