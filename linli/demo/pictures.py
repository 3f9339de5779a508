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
