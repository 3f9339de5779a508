"""Text files as offices make them: which encoding, which separator."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = ",\t;|，"
ENOUGH_LINES = 20


def bom_encoding(start: bytes) -> str | None:
    """Return the encoding that a mark at the beginning tells."""
    return next((name for mark, name in BOMS if start.startswith(mark)), None)


def encoding_of(chunks: Iterable[bytes]) -> str | None:
    """Return utf-8 if all of it can be read so, else gb18030, else nothing: it is not text."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "gb18030")}
    for chunk in chunks:
        if b"\0" in chunk:
            return None
        for name in list(decoders):
            try:
                decoders[name].decode(chunk)
            except UnicodeDecodeError:
                del decoders[name]
        if not decoders:
            return None
    return next(iter(decoders))


def separator_of(lines: list[str]) -> str:
    """Return the sign that parts most of the first lines into the same number of cells.

    A title or a note above the headings may hold a sign of its own.
    """
    sample = [line for line in lines[:ENOUGH_LINES] if line.strip()]

    def score(sign: str) -> tuple[int, int]:
        counts = Counter(number for line in sample if (number := line.count(sign)))
        return max(((agreed, number) for number, agreed in counts.items()), default=(0, 0))

    best = max(SEPARATORS, key=score)
    return best if sample and score(best)[0] else ","
