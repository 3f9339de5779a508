"""The programme of a place as one picture, which people send on to the groups of their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from linli.documents.services import draw_picture
from linli.kernel.permits import NOBODY
from linli.ui.demo import demo_note
from linli.ui.formats import is_chinese

SOURCE = "activities/print/programme.typ"
MOST = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the picture tells it, in the reader's language."""

    when: str
    what: str
    where: str
    whom: str


@dataclass(frozen=True, slots=True)
class Programme:
    """What the picture tells of a place; `more` if other events stand at its address."""

    place: str
    address: str
    lines: tuple[Line, ...]
    more: bool


def programme_of(place: str, address: str, lines: Sequence[Line], *, more: bool) -> Programme:
    """Return as much of a programme as one looks at on a telephone."""
    return Programme(place, address, tuple(lines[:MOST]), more or len(lines) > MOST)


def picture_of(told: Programme, *, is_invented: bool) -> bytes:
    """Return a PNG as wide as a telephone shows it sharply, in the reader's language."""
    words = (
        ("title", _("Events and courses")), ("none", _("Nothing is planned at the moment")),
        ("more", _("More of it stands at this address.")),
        ("scan", _("Scan it to take part. Without a phone: at the counter.")),
        ("demo", demo_note(anyway=is_invented)), ("language", "zh" if is_chinese() else "en"),
    )  # fmt: skip
    return _drawn(told, words)


@lru_cache(maxsize=64)
def _drawn(told: Programme, words: tuple[tuple[str, str], ...]) -> bytes:
    data = {**asdict(told), "words": dict(words)}
    return draw_picture(SOURCE, data, actor=NOBODY, address=told.address)
