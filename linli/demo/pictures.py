"""Pictures of the invented village, drawn here: no photo of a real place stands in the demo."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont

import linli.documents
from linli.ui.demo import demo_note

SIZE = (1280, 960)
FONT = Path(linli.documents.__file__).parent / "print" / "fonts" / "NotoSansSC-Bold.ttf"
WALL, SHADE, GROUND, WET = "#d9cbb3", "#bfae92", "#9aa0a3", "#aeb9bf"
BIN, LID, BAG, KNOT = "#2f6f4f", "#24573e", "#3d3f45", "#23252a"
WEED, LEAF, TRUNK = "#5d7a35", "#4f8a3d", "#7a5a3a"
PAPERS = ("#f2f2ee", "#f3d9d2", "#e6ecd2")
# left edges and heights of the bags that nobody has taken away
BAGS = ((330, 150), (430, 190), (560, 140), (690, 170), (820, 120), (480, 110), (650, 95))


class Picture:
    """A picture as a phone would send it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name: str | None = name
        self.content = content

    def chunks(self) -> Iterator[bytes]:
        yield self.content


def lane_with_rubbish() -> Picture:
    """A lane behind the houses, its bins full and bags before them."""
    image, draw = _lane(GROUND)
    for left, height in BAGS:
        _bag(draw, left, height)
    return _sent(image, draw, "lane.jpg")


def lane_swept() -> Picture:
    """The same lane, emptied and still wet."""
    image, draw = _lane(WET)
    return _sent(image, draw, "lane-swept.jpg")


def bank_overgrown() -> Picture:
    """A path along the river, overgrown, with rubbish on it."""
    image, draw = _bank()
    for left in range(60, 1240, 90):
        draw.polygon([(left, 880), (left + 34, 610), (left + 70, 880)], fill=WEED)
    for left, height in BAGS[:3]:
        _bag(draw, left, height)
    return _sent(image, draw, "bank.jpg")


def bank_cleared() -> Picture:
    """The same path, cleared, with a bench and young trees."""
    image, draw = _bank()
    for left in (150, 420, 1040):
        draw.rectangle((left + 18, 560, left + 32, 720), fill=TRUNK)
        draw.ellipse((left - 40, 400, left + 90, 590), fill=LEAF)
    draw.rectangle((640, 690, 900, 716), fill=TRUNK)
    for left in (660, 860):
        draw.rectangle((left, 716, left + 18, 780), fill=TRUNK)
    return _sent(image, draw, "bank-cleared.jpg")


def wall_pasted() -> Picture:
    """A wall by the square, full of pasted advertisements."""
    image, draw = _wall()
    for n in range(18):
        left, top = 70 + n % 6 * 195, 150 + n // 6 * 170
        draw.rectangle((left, top, left + 130, top + 130), fill=PAPERS[n % 3])
    return _sent(image, draw, "wall.jpg")


def wall_painted() -> Picture:
    """The same wall, scraped clean and painted with lychees."""
    image, draw = _wall()
    for n in range(8):
        left = 110 + n * 140
        draw.rectangle((left + 34, 330, left + 42, 420), fill=TRUNK)
        draw.ellipse((left, 400, left + 76, 476), fill="#c23b3b")
        draw.ellipse((left + 30, 290, left + 110, 340), fill=LEAF)
    return _sent(image, draw, "wall-painted.jpg")


def _bank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, "#cfe3ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 360, 1280, 520), fill="#7fa9b8")
    draw.polygon([(0, 520), (1280, 520), (1280, 960), (0, 960)], fill="#8fa06a")
    draw.polygon([(300, 960), (560, 520), (720, 520), (980, 960)], fill="#d6c7a1")
    return image, draw


def _wall() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, "#cfe3ee")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 110, 1280, 700), fill=WALL)
    draw.rectangle((0, 700, 1280, 960), fill=GROUND)
    return image, draw


def _lane(ground: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [(0, 960), (0, 700), (440, 470), (840, 470), (1280, 700), (1280, 960)], fill=ground
    )
    draw.polygon([(440, 470), (440, 0), (840, 0), (840, 470)], fill="#cfe3ee")
    draw.polygon([(0, 0), (440, 0), (440, 470), (0, 700)], fill=SHADE)
    for left in (930, 1090):
        draw.rectangle((left, 430, left + 130, 640), fill=BIN)
        draw.rectangle((left - 10, 400, left + 140, 432), fill=LID)
    return image, draw


def _bag(draw: ImageDraw.ImageDraw, left: int, height: int) -> None:
    top = 800 - height
    draw.ellipse((left, top, left + height * 1.1, 800), fill=BAG)
    draw.rectangle((left + height * 0.45, top - 22, left + height * 0.65, top + 14), fill=KNOT)


def _sent(image: Image.Image, draw: ImageDraw.ImageDraw, name: str) -> Picture:
    draw.rectangle((0, 880, SIZE[0], SIZE[1]), fill="#1f2a2e")
    with override("zh-hans"):
        ribbon = demo_note(anyway=True)
    draw.text((40, 894), ribbon, font=ImageFont.truetype(str(FONT), 40), fill="#ffffff")
    content = BytesIO()
    image.save(content, "JPEG", quality=85)
    return Picture(name, content.getvalue())
