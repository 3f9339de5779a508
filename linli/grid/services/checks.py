"""Hazard checks: recorded by checklist, what is not in order is a case, and is checked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.files import services as files
from linli.files.types import PHOTO, Owner
from linli.grid import permits
from linli.grid.errors import Over
from linli.grid.models import HazardCheck
from linli.grid.queries.cells import find_layer, is_cell_of
from linli.grid.queries.checklists import words_of
from linli.grid.rules import checklists
from linli.grid.rules.rounds import believed
from linli.grid.services.events import report_event
from linli.grid.types import HAZARD_TITLES, CellKey, CheckFacts, Hazard, Matter, Sight
from linli.grid.types.sending import Later
from linli.kernel.errors import Invalid
from linli.kernel.locks import hold
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require
from linli.kernel.texts import clean_text
from linli.places import queries as places
from linli.places import services as register
from linli.rulebook import queries as rulebook
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

OWNER = "grid.check"
RECHECK = "grid.recheck"
MOST_PHOTOS = 6


@transaction.atomic
def record_check(
    place: Place,
    cell: CellKey,
    facts: CheckFacts,
    *,
    photos: Sequence[Any] = (),
    key: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> HazardCheck:
    """Record a check; what is not in order becomes a case and is checked again by a day.

    A photo is asked for only where a grave line is not in order. The same key twice does nothing
    twice. Refuses with NotAllowed, Ended, Invalid, and as `files.take_in`.
    """
    require(actor, permits.WORK, at=place.path)
    register.refuse_ended(place)
    if (known := _known(key, place.path)) is not None:
        return known
    if not is_cell_of(place, cell):
        raise Invalid({"cell": [_("No cell of today has this code here.")]})
    facts = _on_a_day(facts, now)
    _check(facts, photos, only=None)
    return _keep(_Done(place, cell, facts, photos, key), actor=actor, now=now)


@transaction.atomic
def record_recheck(
    first: HazardCheck,
    answers: dict[str, str],
    *,
    later: Later = Later(),
    photos: Sequence[Any] = (),
    key: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> HazardCheck:
    """Check again what was not in order. Refuses with NotAllowed, Over, Invalid."""
    first = HazardCheck.objects.select_for_update().get(pk=first.pk)
    require(actor, permits.WORK, at=first.path)
    if (known := _known(key, first.path)) is not None:
        return known
    if not first.bad or HazardCheck.objects.filter(again=first).exists():
        raise Over()
    facts = CheckFacts(first.hazard, first.title, answers, later=later)
    facts = _on_a_day(facts, now)
    _check(facts, photos, only=checklists.failed(first.answers))
    place = places.open_place(code_of(first.path))
    cell = CellKey(first.layer.key, first.cell_code)
    return _keep(_Done(place, cell, facts, photos, key, first), actor=actor, now=now)


def _known(key: UUID | None, path: str) -> HazardCheck | None:
    if key is None:
        return None
    hold("grid.check", key)
    return HazardCheck.objects.filter(key=key, path=path).first()


def _on_a_day(facts: CheckFacts, now: datetime) -> CheckFacts:
    """Return a check with the day on which it was done. Refuses with Invalid for one that cannot be."""
    today = localdate(now)
    day = believed(facts.later.on or today, today)
    if day is None:
        raise Invalid({"on": [_("The day of the phone cannot be right. Set its clock.")]})
    return replace(facts, later=replace(facts.later, on=day))


def _check(facts: CheckFacts, photos: Sequence[Any], only: frozenset[str] | None) -> None:
    faults: dict[str, list[str]] = {}
    if facts.hazard not in {str(one) for one in Hazard}:
        raise Invalid({"hazard": [_("Choose a checklist.")]})
    if not clean_text(facts.title).strip():
        faults["title"] = [_("Say what was checked: a shop, a floor, a room.")]
    for line in checklists.missing(facts.hazard, facts.answers, only):
        faults[line] = [_("Choose how it was found.")]
    for line in checklists.unknown(facts.hazard, facts.answers):
        faults[line] = [_("The checklist has no such line.")]
    if checklists.needs_photo(facts.hazard, facts.answers) and not (
        photos or facts.later.photos.codes
    ):
        faults["photos"] = [
            _("Take a photo of the grave danger: whoever must mend it needs to see it.")
        ]
    if len(photos) + len(facts.later.photos.codes) > MOST_PHOTOS:
        faults["photos"] = [_("At most %(most)s photos.") % {"most": MOST_PHOTOS}]
    if faults:
        raise Invalid(faults)


@dataclass(frozen=True, slots=True)
class _Done:
    """A check that was found whole; `again` is the one of which it is the re-check."""

    place: Place
    cell: CellKey
    facts: CheckFacts
    photos: Sequence[Any]
    key: UUID | None
    again: HazardCheck | None = None


def _keep(done: _Done, *, actor: Actor, now: datetime) -> HazardCheck:
    place, facts, today = done.place, done.facts, done.facts.later.on or localdate(now)
    bad = checklists.failed(facts.answers)
    days = rulebook.lookup(RECHECK, place.path, today).number
    check = HazardCheck.objects.create(
        path=place.path, layer=find_layer(done.cell.layer), cell_code=done.cell.code,
        hazard=facts.hazard, title=clean_text(facts.title).strip()[:60], on=today,
        answers=facts.answers, bad=len(bad), again=done.again, key=done.key,
        photos=len(done.photos) + len(facts.later.photos.codes), recheck_on=checklists.recheck_day(today, days) if bad else None,
        # the case of the first check goes on until everything is in order
        case_id=done.again.case_id if done.again else None,
    )  # fmt: skip
    for photo in done.photos:
        owner = Owner(OWNER, check.pk)
        files.take_in(photo, policy=PHOTO, owner=owner, place=place.path, actor=actor, now=now)
    if facts.later.photos.codes:
        files.adopt(
            facts.later.photos.codes, owner=Owner(OWNER, check.pk), place=place.path, policy=PHOTO,
            actor=actor, now=now, held=facts.later.photos.held,
        )  # fmt: skip
    if bad and check.case_id is None:
        check.case_id = _report(done, bad, actor=actor, now=now)
        check.save(update_fields=["case"])
    record("grid.checked", on=check, actor=actor, now=now, place=place.path,
           hazard=facts.hazard, bad=len(bad))  # fmt: skip
    return check


def _report(done: _Done, bad: frozenset[str], *, actor: Actor, now: datetime) -> int:
    facts = done.facts
    words = {
        "list": HAZARD_TITLES[Hazard(facts.hazard)], "what": facts.title,
        "lines": _("; ").join(str(words_of(key)) for key in sorted(bad)),
    }  # fmt: skip
    text = _("%(list)s, %(what)s. Not in order: %(lines)s") % words
    sight = Sight(Matter.SAFETY, text[:2000], part_code=facts.part_code)
    return report_event(done.place, done.cell, sight, actor=actor, now=now).case_id
