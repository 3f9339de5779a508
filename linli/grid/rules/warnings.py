"""A warning as it is heard: short sentences, and the whole of it twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

# a listener outdoors keeps about thirty Chinese characters; a wide sign counts twice
WIDEST = 60
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")
_PART = re.compile(r"[^，,]+[，,]?")
_STOPS = "。！？；，!?;,. "


def width(text: str) -> int:
    """Return how long a text is when it is read out: a Chinese character counts twice."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def sentences(text: str) -> list[str]:
    """Return a text as short sentences; a long one is parted at its commas."""
    found: list[str] = []
    for sentence in _SENTENCE.findall(text):
        parts = [sentence] if width(sentence) <= WIDEST else _PART.findall(sentence)
        found += [ended(part) for part in parts if part.strip(_STOPS)]
    return found


def ended(part: str) -> str:
    """Return a sentence with a full stop where it has no end of its own."""
    bare = part.strip()
    if bare[-1:] in "。！？!?.":
        return bare
    bare = bare.rstrip(_STOPS)
    return bare + ("。" if any(east_asian_width(sign) in "WF" for sign in bare) else ".")


def too_long(text: str) -> str:
    """Return the first sentence that nobody keeps in mind when it is read out; none if all are short."""
    return next((one for one in sentences(text) if width(one) > WIDEST), "")


def said_twice(spoken: Sequence[str], again: str) -> tuple[str, ...]:
    """Return sentences twice over, with the words in between that say so."""
    return (*spoken, again, *spoken)


def lines_of(text: str) -> tuple[str, ...]:
    """Return what was typed as lines, without empty ones."""
    return tuple(line for raw in text.splitlines() if (line := raw.strip()))
