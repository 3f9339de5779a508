"""QR codes as SVG that needs no style and no script."""

from __future__ import annotations

from functools import lru_cache

import segno
from markupsafe import Markup

BORDER = 2


def qr_svg(address: str, label: str, *, is_public: bool = False) -> Markup:
    """Return a QR code for an address, with a label for those who hear the page.

    What `is_public` is drawn once: a screen on a wall shows the same code all day. Others bear secrets.
    """
    size, drawn = _kept(address) if is_public else _drawn(address)
    return Markup(
        '<svg viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#ffffff" d="M0 0h{0}v{0}H0z"/><path fill="#000000" d="{2}"/></svg>'
    ).format(size, label, drawn)


def _drawn(address: str) -> tuple[int, str]:
    """Return the width of a code and its squares, which take as long as the rest of a page."""
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=BORDER)[0]
    rows = []
    for y, row in enumerate(code.matrix, start=BORDER):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                rows.append(f"M{x + BORDER} {y}h{run}v1h-{run}z")
            x += run or 1
    return int(size), "".join(rows)


_kept = lru_cache(maxsize=512)(_drawn)
