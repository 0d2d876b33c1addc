"""Prose as numbers: sentences and 5-gram shingles of many texts at once, digits masked, and sketches of their sets.

A number becomes one sign whatever its digits; white space does not count; a shingle never reaches over the end of a
sentence. Hashes depend on the characters alone, so that they may be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Slots = NDArray[np.uint32]

SLOTS = 128
EMPTY = np.uint32(0xFFFFFFFF)
_WIDTH = 5
_END = 0  # stands between two texts
_SPACE, _DIGIT, _POINT, _STOP = 1, 2, 3, 4
_BASE = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))


def _mixed(values: Hashes) -> Hashes:
    """Spread hashes over all 64 bits (the finaliser of splitmix64)."""
    values = values ^ (values >> np.uint64(30))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    values = values ^ (values >> np.uint64(27))
    values = values * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2^64."""
    base = np.cumprod(np.full(count + 1, _BASE, dtype=np.uint64), dtype=np.uint64)
    inverse = np.cumprod(np.full(count + 1, _INVERSE, dtype=np.uint64), dtype=np.uint64)
    return base, inverse


def _classes() -> NDArray[np.uint8]:
    table = np.zeros(65536, dtype=np.uint8)
    for signs, kind in (
        (" \t\r\u00a0\u3000\u200b\ufeff", _SPACE),
        ("0123456789０１２３４５６７８９", _DIGIT),
        (".,．", _POINT),
    ):
        table[[ord(sign) for sign in signs]] = kind
    table[[ord(sign) for sign in "\n。；;！!？?"]] = _STOP
    table[_END] = _STOP
    return table


_CLASS = _classes()
_VALUE = _mixed(np.arange(1, 65537, dtype=np.uint64) * _BASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """Texts cut into sentences; `sentence` numbers that of each character, `owner` the text of each sentence."""

    codes: NDArray[np.uint16]
    sentence: NDArray[np.int64]
    starts: NDArray[np.int64]
    owner: NDArray[np.int64]
    texts: int

    def sentences(self) -> Hashes:
        """Hash of every sentence; 0 where it is too short to say anything."""
        count = len(self.codes)
        powers, inverse = _powers(1 << count.bit_length())
        prefix = np.zeros(count + 1, dtype=np.uint64)
        np.cumsum(_VALUE[self.codes] * powers[:count], out=prefix[1:])
        ends = np.append(self.starts[1:] - 1, count)  # the stop belongs to no sentence
        hashed = _mixed((prefix[ends] - prefix[self.starts]) * inverse[self.starts])
        hashed[ends - self.starts < _WIDTH] = 0
        return hashed

    def shingles(self, left_out: Flags | None = None) -> tuple[Hashes, NDArray[np.int64]]:
        """Hash of every shingle with the text it is of; those of sentences that are left out are not among them."""
        if len(self.codes) < _WIDTH:
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
        last = len(self.codes) - _WIDTH + 1
        inside = (self.sentence[:last] == self.sentence[_WIDTH - 1 :]) & (_CLASS[self.codes[:last]] != _STOP)
        if left_out is not None:
            inside &= ~left_out[self.sentence[:last]]
        at = np.flatnonzero(inside)
        values = _VALUE[self.codes]
        hashed = values[at]
        for step in range(1, _WIDTH):
            hashed = hashed * _BASE + values[at + step]
        return _mixed(hashed), self.owner[self.sentence[at]]

    def sketches(self, left_out: Flags | None = None) -> Slots:
        """For every text the least hash in each of 128 parts of the hashes' range (one-permutation hashing)."""
        hashed, owner = self.shingles(left_out)
        slots = np.full(self.texts * SLOTS, EMPTY, dtype=np.uint32)
        part = (hashed >> np.uint64(57)).astype(np.int64)
        rest = ((hashed >> np.uint64(25)) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        np.minimum.at(slots, owner * SLOTS + part, rest)
        return slots.reshape(self.texts, SLOTS)


def prose(texts: Sequence[str]) -> Prose:
    """Cut texts into sentences, numbers masked."""
    joined = "\0".join(text.replace("\0", " ") for text in texts)
    codes = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    codes = codes[_CLASS[codes] != _SPACE]
    kind = _CLASS[codes]
    digit = kind == _DIGIT
    number = digit.copy()
    number[1:-1] |= (kind[1:-1] == _POINT) & digit[:-2] & digit[2:]
    first = number.copy()
    first[1:] &= ~number[:-1]
    return cut(np.where(number, np.uint16(ord("0")), codes)[first | ~number], len(texts))


def cut(codes: NDArray[np.uint16], texts: int) -> Prose:
    """Cut characters that `prose` has masked into sentences: those of so many texts, an end between each two."""
    stop = _CLASS[codes] == _STOP
    # a stop is the first character of the sentence after it, and no part of its words
    sentence = np.cumsum(stop)
    starts = np.concatenate(([0], np.flatnonzero(stop) + 1))
    owner = np.concatenate(([0], np.cumsum(codes[stop] == _END)))
    return Prose(codes, sentence, starts, owner, texts)


def distinct(hashes: Hashes) -> Hashes:
    """Sorted, without repetition."""
    ordered = np.sort(hashes)
    kept: Hashes = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return kept


def alike(one: Hashes, other: Hashes) -> float:
    """Jaccard similarity of two sets of shingles, each sorted and without repetition."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    whole = len(one) + len(other) - common
    return common / whole if whole else 0.0
