"""Pictures that the browser tests take on their way: fresh with every run, promoted by `make screens`."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "screens"
FRESH = Path(os.environ.get("LINLI_SCREENS_TO") or ROOT / ".linli-test" / "screens")
MOST = 150_000
FEWEST_COLOURS = 12


def keep(page: Page, name: str, *, whole: bool = False) -> Path:
    """Keep what is on the screen under a name; an empty or a much too large picture is a fault."""
    picture = small(page.screenshot(full_page=whole))
    assert len(picture) <= MOST, f"{name} has {len(picture)} bytes"
    few = Image.open(BytesIO(picture)).convert("RGB").getcolors(FEWEST_COLOURS - 1)
    assert few is None, f"{name} shows nothing"
    FRESH.mkdir(parents=True, exist_ok=True)
    path = FRESH / f"{name}.png"
    path.write_bytes(picture)
    return path


def small(png: bytes) -> bytes:
    """Return a picture in few bytes: its own palette, if the whole one is too big."""
    whole = _saved(Image.open(BytesIO(png)).convert("RGB"))
    if len(whole) <= MOST:
        return whole
    return _saved(Image.open(BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE))


def _saved(picture: Image.Image) -> bytes:
    out = BytesIO()
    # the last bytes take longer than the page: only what goes into the documents is worth them
    picture.save(out, "PNG", optimize="LINLI_SCREENS" in os.environ)
    return out.getvalue()


def promote() -> int:
    """Put the fresh pictures into docs/screens; return how many."""
    found = sorted(FRESH.glob("*.png"))
    for path in found:
        (DOCS / path.name).write_bytes(path.read_bytes())
    return len(found)


if __name__ == "__main__":
    promote()
