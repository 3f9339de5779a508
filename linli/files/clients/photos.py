"""Photos: decoded within limits, turned upright, written anew without a word about where or when."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from linli.files import rules
from linli.files.errors import FileDamaged, PictureTooLarge
from linli.files.types import Box, FileKind

Image.MAX_IMAGE_PIXELS = rules.MAX_PIXELS
FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.WEBP: "WEBP"}
_DECODER_TROUBLE = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, TypeError,
    struct.error, zlib.error,
)  # fmt: skip
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will be kept."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo without metadata, and its smaller copies by their longer side."""

    whole: Picture
    smaller: dict[str, Picture]


def clean_photo(path: Path, kind: FileKind, name: str) -> Photo:
    """Decode a photo and write it anew. Refuses with PictureTooLarge, FileDamaged."""
    with _decoding(name), Image.open(path, formats=[FORMATS[kind]]) as opened:
        width, height = opened.size
        if rules.too_many_pixels(width, height):
            raise _too_large(name)
        opened.load()
        upright = _plain(ImageOps.exif_transpose(opened))
        whole = _written(upright, kind)
        smaller = _all_smaller(upright)
    return Photo(whole, smaller)


def blackened(content: bytes, kind: FileKind, boxes: Iterable[Box], name: str) -> Photo:
    """Return a kept photo written anew with parts of it black; below the black there is nothing.

    Refuses with FileDamaged.
    """
    with _decoding(name), Image.open(BytesIO(content), formats=[FORMATS[kind]]) as opened:
        opened.load()
        pixels = _on_white(_plain(opened))
        draw, (width, height) = ImageDraw.Draw(pixels), pixels.size
        for box in boxes:
            corner = (box.left * width // 1000, box.top * height // 1000)
            # outwards to whole points: what lies under the edge is black too
            other = (-(-box.right * width // 1000), -(-box.bottom * height // 1000))
            draw.rectangle((*corner, *other), fill="black")
        return Photo(_written(pixels, FileKind.JPEG), _all_smaller(pixels))


@contextmanager
def _decoding(name: str) -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield
        except _BOMBS as error:
            raise _too_large(name) from error
        except _DECODER_TROUBLE as error:
            raise FileDamaged(name=name) from error


def _too_large(name: str) -> PictureTooLarge:
    return PictureTooLarge(name=name, most=rules.MAX_PIXELS // 1_000_000)


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels alone, in a mode that every browser shows."""
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "RGB"
    pixels = picture.convert(mode) if picture.mode != mode else picture.copy()
    # nothing but pixels goes on: no EXIF, no colour profile, no comments
    pixels.info = {}
    return pixels


def _written(picture: Image.Image, kind: FileKind) -> Picture:
    out = BytesIO()
    if kind is FileKind.JPEG:
        _on_white(picture).save(out, "JPEG", quality=88)
    elif kind is FileKind.PNG:
        picture.save(out, "PNG")
    else:
        picture.save(out, "WEBP", quality=88, method=3)
    return Picture(out.getvalue(), *picture.size)


def _all_smaller(picture: Image.Image) -> dict[str, Picture]:
    """Make the smaller copies, each from the one before it: the large picture is scaled once."""
    made, scaled = {}, _on_white(picture)
    for side, longest in sorted(rules.SIDES.items(), key=lambda item: -item[1]):
        size = rules.fit(*scaled.size, longest)
        if size != scaled.size:
            scaled = scaled.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        out = BytesIO()
        scaled.save(out, "JPEG", quality=82)
        made[side] = Picture(out.getvalue(), *size)
    return made


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white
