"""What every page of a notice shows: its words, its days, where it stands, its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from linli.kernel.registries import PLACE_NAMES
from linli.notices import queries
from linli.notices.rules.markup import Block, blocks
from linli.ui.formats import is_chinese

if TYPE_CHECKING:
    from linli.notices.models import Posting, PostingVersion


@dataclass(frozen=True, slots=True)
class Shown:
    """One notice as a page draws it; `version` is the one that is read, `blocks` its text."""

    posting: Posting
    version: PostingVersion | None
    phase: str
    phase_words: Any
    tone: str
    sign: str
    category: Any
    length: str
    place: str
    blocks: list[Block]
    files: list[Any]
    photos: list[Any]

    @property
    def title(self) -> str:
        """Return the title; of a notice whose text had to go only what kind it was."""
        if self.posting.is_hidden or self.version is None:
            return str(self.category)
        return self.version.title


def shown(posting: Posting, version: PostingVersion | None, on: date) -> Shown:
    """Return what a page shows of a notice, three queries."""
    phase = queries.phase_of(posting, on)
    tone, sign = queries.PHASE_TONES[phase]
    is_gone = posting.is_hidden or version is None
    return Shown(
        posting=posting, version=version, phase=phase, phase_words=queries.PHASE_WORDS[phase],
        tone=tone, sign=sign, category=queries.CATEGORY_WORDS[posting.category],
        length=queries.length_words(posting.days, posting.unit),
        place=place_name(posting.place),
        blocks=[] if is_gone or version is None else blocks(version.body),
        files=[] if is_gone or version is None else queries.files_of(version),
        photos=[] if posting.is_hidden else queries.photos_of(posting),
    )  # fmt: skip


def rows(postings: list[Posting], on: date) -> list[Shown]:
    """Return the lines of a list, without papers; one query for the names of places."""
    names = PLACE_NAMES.call({one.place for one in postings})
    return [_row(one, names.get(one.place, one.place), on) for one in postings]


def _row(posting: Posting, place: str, on: date) -> Shown:
    phase = queries.phase_of(posting, on)
    tone, sign = queries.PHASE_TONES[phase]
    return Shown(
        posting=posting, version=posting.current or posting.open, phase=phase,
        phase_words=queries.PHASE_WORDS[phase], tone=tone, sign=sign,
        category=queries.CATEGORY_WORDS[posting.category],
        length=queries.length_words(posting.days, posting.unit), place=place,
        blocks=[], files=[], photos=[],
    )  # fmt: skip


def place_name(path: str) -> str:
    """Return the name of the place of a path in the reader's language."""
    return str(PLACE_NAMES.call({path}).get(path, path))


def address_of_posting(posting: Posting) -> str:
    """Return where anyone reads a notice, whole, for codes and feeds."""
    return settings.LINLI_PUBLIC_URL + reverse("notices:posting", args=[posting.code])


def name_of(place: Any) -> str:
    """Return the name of a place as people say it: 示范一村, 石龙镇."""
    if not is_chinese():
        return str(place.name_en or place.name)
    return str(place.short_name if place.level == "village" else place.name)
