"""Words that recognition confuses with their look-alikes (parsers/words/misread.csv). Never digits: they are left."""

from __future__ import annotations

from parsers.readers.scan.engine import Reading
from parsers.words import vocabulary


def corrected(reading: Reading) -> Reading:
    """The reading with look-alikes put right; how sure it is stays as it was."""
    for word, pattern in vocabulary("misread").patterns():
        found = list(pattern.finditer(reading.text))
        for match in reversed(found):
            begin, end = match.span()
            if begin == end or any(char.isdigit() for char in match.group() + word.code):
                continue
            size = len(word.code)
            least = min(reading.sure[begin:end])
            span = reading.at[end - 1] - reading.at[begin]
            at = tuple(reading.at[begin] + span * n / max(size - 1, 1) for n in range(size))
            reading = Reading(
                reading.text[:begin] + word.code + reading.text[end:],
                (*reading.sure[:begin], *(least,) * size, *reading.sure[end:]),
                (*reading.at[:begin], *at, *reading.at[end:]),
            )
    return reading
