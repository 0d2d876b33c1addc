"""Label keys: the form in which a printed label is looked up in a vocabulary."""

from __future__ import annotations

from functools import lru_cache

import regex

from parsers.characters import squeeze

_ENUMERATOR = regex.compile(
    r"(?:[(\[]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)\]]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)](?!\d)|[①-⑳]|[★☆*●▲△■□◆◇·]+)+"
)
_OF_WHICH = regex.compile(r"(?:其中[:、,]?)+")
_BRACKETS = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def without_enumerator(text: str) -> str:
    """Drop what counts a label (1、 （一） ① ★) from the start of a squeezed text."""
    found = _ENUMERATOR.match(text)
    return text[found.end() :] if found and found.end() < len(text) else text


def label_key(text: str) -> str:
    """Squeeze a label and drop 其中：, its enumerator and a colon at its end: `3、市级专项资金（一个专项一行）：`."""
    key = squeeze(text)
    while True:
        shorter = without_enumerator(_OF_WHICH.sub("", key, count=1) if key.startswith("其中") else key)
        if shorter == key or not shorter:
            return key.rstrip(":")
        key = shorter


@lru_cache(maxsize=16384)
def keys(text: str) -> tuple[str, ...]:
    """The keys under which a label is looked up, most particular first: as printed, then without its brackets."""
    key = label_key(text)
    bare = _BRACKETS.sub("", key).rstrip(":")
    return (key, bare) if bare and bare != key else (key,)
