"""What of a case everybody may see: a rough place, and words without what names people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linli.kernel.identity import fault_of_id

# a cell of a thousandth of a degree: 111 m from south to north, and as far as the 63rd degree of
# latitude more than 50 m from west to east
CELL = 1000
BLACK = "███"
MOST_HIDDEN = 40

# numbers that name somebody: identity cards, mobile telephones, bank cards, e-mail, number plates
ID = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")
MOBILE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
BANK = re.compile(r"(?<!\d)\d{4}(?:[- ]?\d{4}){3}(?:[- ]?\d{1,3})?(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·. ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
)
NAMING = (ID, MOBILE, BANK, MAIL, PLATE)
FULL_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20}


def rough(lon: int | None, lat: int | None) -> tuple[int, int] | None:
    """Return the middle of the cell in which a point lies, in millionths of a degree.

    The same point gives the same cell for ever, so that asking often tells nothing more.
    """
    if lon is None or lat is None:
        return None
    return lon // CELL * CELL + CELL // 2, lat // CELL * CELL + CELL // 2


def naming(text: str) -> list[str]:
    """Return the pieces of a text that name somebody by a number, in their order, each once."""
    seen = text.translate(FULL_WIDTH)
    spans = sorted({m.span() for pattern in NAMING for m in pattern.finditer(seen) if _is(m)})
    return list(dict.fromkeys(text[start:end] for start, end in spans))


def _is(found: re.Match[str]) -> bool:
    return found.re is not ID or fault_of_id(found.group().upper()) in ("", "check")


def blacked_out(text: str, hidden: Sequence[str]) -> str:
    """Return a text with pieces blacked out, the longest first; how long they were is not told."""
    pieces = sorted({piece for piece in hidden if piece}, key=lambda piece: (-len(piece), piece))
    if not pieces:
        return text
    pattern = re.compile("|".join(re.escape(piece) for piece in pieces), re.IGNORECASE)
    return pattern.sub(BLACK, text)


def not_in(text: str, hidden: Sequence[str]) -> list[str]:
    """Return the pieces that a text does not hold: a slip of the pen would leave a name standing."""
    lower = text.lower()
    return [piece for piece in hidden if piece and piece.lower() not in lower]
