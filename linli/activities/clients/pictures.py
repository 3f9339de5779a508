"""The programme of a place as one picture, which people send on to the groups of their neighbours."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
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
    """What goes on in a place and at which address all of it stands."""

    place: str
    address: str
    lines: tuple[Line, ...]


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
    # as much as one looks at on a telephone
    lines, more = told.lines[:MOST], len(told.lines) > MOST
    data = {**asdict(replace(told, lines=lines)), "more": more, "words": dict(words)}
    return draw_picture(SOURCE, data, actor=NOBODY, address=told.address)
