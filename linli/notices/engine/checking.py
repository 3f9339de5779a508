"""What must be right before a notice is saved: words, period, office, places."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from linli.kernel.canonical import canonical
from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY
from linli.notices import queries
from linli.notices.models import Posting, PostingVersion
from linli.notices.types import (
    CATEGORIES,
    MOST_DAYS,
    MOST_TEXT,
    MOST_TITLE,
    UNITS,
    Category,
    Draft,
    Reach,
    Text,
)
from linli.orgs import queries as orgs
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.places.models import Place

Faults = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a draft names, found: the office that signs and the paths where it is shown."""

    office_id: int | None
    office: str
    paths: tuple[str, ...]


def check_draft(draft: Draft, at: Place, *, on: date) -> Checked:
    """Return what a draft names. Refuses with Invalid."""
    text = Text(draft.title, draft.body, draft.contact, draft.basis, draft.objection)
    faults = text_faults(text, draft.category)
    faults |= _period_faults(draft, at.path, on)
    office = _office(draft.office, at, on)
    if office is None:
        faults["office"] = [_("Choose an organisation of this place.")]
    paths = _listed(draft, at, faults)
    if faults or office is None:
        raise Invalid(faults)
    return Checked(office[0], office[1], paths)


def text_faults(text: Text, category: str) -> Faults:
    """Return what is wrong with the words of a notice, by field."""
    need = _("Please answer this question.")
    faults: Faults = {
        name: [need]
        for name, words in (("title", text.title), ("body", text.body), ("contact", text.contact))
        if not words.strip()
    }
    for name, words, most in (
        ("title", text.title, MOST_TITLE), ("body", text.body, MOST_TEXT),
        ("contact", text.contact, 200), ("basis", text.basis, 200),
        ("objection", text.objection, 300),
    ):  # fmt: skip
        if len(words.strip()) > most:
            faults[name] = [_("At most %(most)s characters.") % {"most": most}]
    if CATEGORIES[Category(category)].minimum and not text.objection.strip():
        faults["objection"] = [_("Say where and how one can object or ask.")]
    return faults


def _period_faults(draft: Draft, place: str, on: date) -> Faults:
    first = draft.first_day or on
    if first < on:
        return {"first_day": [_("Choose today or a later day.")]}
    if draft.unit not in UNITS or not 1 <= draft.days <= MOST_DAYS:
        return {"days": [_("Give a number from 1 to %(most)s.") % {"most": MOST_DAYS}]}
    return period_faults(draft.category, first, draft.days, draft.unit, place)


def period_faults(category: str, first: date, days: int, unit: str, place: str) -> Faults:
    """Return that a period is shorter than the rulebook allows on its first day."""
    least = queries.least_of(category, place, first)
    if queries.is_long_enough(first, days, unit, least, place):
        return {}
    assert least is not None, "without a least every length is long enough"
    return {"days": [queries.too_short_words(least.words, least.title)]}


def _office(code: str, at: Place, on: date) -> tuple[int | None, str] | None:
    """Return the organisation that signs; without one the place itself does."""
    if not code:
        return None, at.name
    for body in orgs.bodies_at(NOBODY, at.path, on=on):
        if body.code == code:
            return body.pk, body.name
    return None


def _listed(draft: Draft, at: Place, faults: Faults) -> tuple[str, ...]:
    if draft.reach == Reach.BELOW:
        return (at.path,)
    below = {row.code: row.path for row in places.child_rows(at.pk)}
    unknown = [code for code in draft.listed if code not in below]
    if not draft.listed or unknown:
        faults["listed"] = [_("Tick at least one place that lies directly below.")]
    return tuple(below[code] for code in dict.fromkeys(draft.listed) if code in below)


def checksum_of(posting: Posting, version: PostingVersion) -> str:
    """Return the SHA-256 of the published words with the number of the notice."""
    papers = [file.sha256 for file in queries.files_of(version)]
    words = {
        "number": posting.number, "version": version.number, "title": version.title,
        "body": version.body, "basis": version.basis, "contact": version.contact,
        "objection": version.objection, "papers": papers,
    }  # fmt: skip
    return hashlib.sha256(canonical(words)).hexdigest()
