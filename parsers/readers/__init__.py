"""Readers: bytes to `Document`, one file a format, chosen by content and never by the file's name."""
