"""What each kind of entry of a phone does: it calls the same services as pages and API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.types.moves import At
from linli.files.types import Owner
from linli.grid.errors import Merged, MovedOn
from linli.grid.queries import choices, entries, phones, rounds, storms
from linli.grid.queries.phones import OfCase
from linli.grid.rules.replaying import must_decide
from linli.grid.services import checks, events, homes, visits
from linli.grid.services.steps import leave_note
from linli.grid.services.storms import type_sheet
from linli.grid.types import CheckFacts
from linli.grid.types.replay import Act, Entry
from linli.grid.types.sending import Later, Sent
from linli.grid.types.storms import TYPED
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.places.queries import get_place

BY_ACT = "each act calls the service that requires its permit"


@dataclass(slots=True)
class Doing:
    """An entry that is being applied: its queue, the case that it is about, when it happened.

    `expected` is where the case stood when this phone's own last move was done; `anew` says that a
    person decided to apply it to the case as it is now, `held` where its photos hang.
    """

    entry: Entry
    queue_id: int
    case: OfCase | None
    at: datetime
    expected: int | None = None
    anew: bool = False
    held: Owner | None = None

    @property
    def photos(self) -> Sent:
        """What was sent along; what a person decides later has those that are still there."""
        if self.anew and self.held is not None:
            return Sent(tuple(phones.photos_of(self.held.id)), self.held)
        return Sent(entries.codes(self.entry.said), self.held)


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: the case, if there is one, and where it stands."""

    case_id: int | None = None
    number: str = ""
    seq: int | None = None


@open_to_all(BY_ACT)
def apply(doing: Doing, *, actor: Actor, now: datetime) -> Applied:
    """Do what an entry says in the running transaction. Refuses as the service that it calls.

    Steps of cases without photos refuse before they write; what writes before gets a savepoint.
    """
    run = ACTS[doing.entry.act]
    refuses_first = doing.entry.act in (Act.MOVE, Act.NOTE, Act.SKIP)
    if refuses_first and not doing.photos.codes:
        return run(doing, actor, now)
    with transaction.atomic():
        return run(doing, actor, now)


def _report(doing: Doing, actor: Actor, now: datetime) -> Applied:
    said = doing.entry.said
    place, cell = choices.read(entries.text(said, "cell"))
    sight = replace(entries.sight(said), seen_at=doing.at, photos=doing.photos)
    made = events.report_event(place, cell, sight, uuid=doing.entry.key, actor=actor, now=now)
    return Applied(made.case_id, made.number)


def _visit(doing: Doing, actor: Actor, now: datetime) -> Applied:
    said = doing.entry.said
    stop = rounds.get_stop(actor, entries.number(said, "stop"))
    made = visits.record_visit(
        stop, entries.text(said, "outcome"), learnt=entries.learnt(said), on=localdate(doing.at),
        key=doing.entry.key, actor=actor, now=now,
    )  # fmt: skip
    return Applied(made.case_id, made.case.number if made.case else "")


def _check(doing: Doing, actor: Actor, now: datetime) -> Applied:
    said = doing.entry.said
    place, cell = choices.read(entries.text(said, "cell"))
    facts = CheckFacts(
        entries.text(said, "hazard"), entries.text(said, "title"), entries.answers(said),
        later=Later(localdate(doing.at), doing.photos),
    )  # fmt: skip
    made = checks.record_check(place, cell, facts, key=doing.entry.key, actor=actor, now=now)
    return Applied(made.case_id, made.case.number if made.case else "")


def _recheck(doing: Doing, actor: Actor, now: datetime) -> Applied:
    said = doing.entry.said
    first = rounds.get_check(actor, entries.number(said, "check"))
    made = checks.record_recheck(
        first, entries.answers(said), later=Later(localdate(doing.at), doing.photos),
        key=doing.entry.key, actor=actor, now=now,
    )  # fmt: skip
    return Applied(made.case_id, made.case.number if made.case else "")


def _of_case(doing: Doing, actor: Actor) -> OfCase:
    case = doing.case
    if case is None or not phones.sees_event(actor, case):
        raise NotFound()
    if case.merged_into is not None and not doing.anew:
        raise Merged()
    return case


def _move(doing: Doing, actor: Actor, now: datetime) -> Applied:
    entry, case = doing.entry, _of_case(doing, actor)
    at = At(case.id, _expected(doing, case), entry.key)
    move, note = entries.text(entry.said, "move"), entries.text(entry.said, "note")
    done = events.make_queued(
        at,
        move,
        note=note,
        photos=doing.photos,
        filed=entries.filed(entry.said),
        actor=actor,
        now=now,
    )
    return Applied(case.id, entry.case, done.seq)


def _expected(doing: Doing, case: OfCase) -> int | None:
    """Return where the case must stand for the move. Refuses with MovedOn if others changed it."""
    if doing.anew or doing.expected is not None:
        return doing.expected
    base = doing.entry.base_seq
    if base is None:
        raise Invalid({"base_seq": [_("It is not told what the phone had seen of the case.")]})
    if base == case.seq:
        return base
    events_since = phones.since(doing.queue_id, case.id, base)
    if not events_since or events_since[0].seq != base:
        raise MovedOn()
    if must_decide(doing.entry.act, events_since):
        raise MovedOn()
    return events_since[-1].seq


def _note(doing: Doing, actor: Actor, now: datetime) -> Applied:
    case, text = _of_case(doing, actor), entries.text(doing.entry.said, "note")
    if not text.strip():
        raise Invalid({"note": [_("Say in a few words what you see.")]})
    at = At(case.id, None, doing.entry.key)
    done = leave_note(at, text, photos=doing.photos, actor=actor, now=now)
    return Applied(case.id, doing.entry.case, done.seq)


def _home(doing: Doing, actor: Actor, now: datetime) -> Applied:
    """Mark a home; who marked it meanwhile goes before, unless a person decided to do it anew."""
    said = doing.entry.said
    home = storms.get_home(actor, entries.number(said, "home"))
    if not doing.anew and home.state != entries.text(said, "state"):
        raise MovedOn()
    homes.mark_home(home, entries.text(said, "move"), edition=home.edition, actor=actor, now=now)
    return Applied()


def _numbers(doing: Doing, actor: Actor, now: datetime) -> Applied:
    """Type the numbers of a village; what somebody else typed meanwhile is not overwritten."""
    said = doing.entry.said
    storm = storms.get_storm(actor, entries.number(said, "storm"))
    place = get_place(entries.text(said, "village"))
    type_sheet(
        storm, place, {name: entries.count(said, name) for name in TYPED},
        edition=None if doing.anew else entries.count(said, "edition"), actor=actor, now=now,
    )  # fmt: skip
    return Applied()


def _skip(doing: Doing, actor: Actor, now: datetime) -> Applied:
    return Applied()


ACTS: dict[str, Callable[[Doing, Actor, datetime], Applied]] = {
    Act.REPORT: _report,
    Act.VISIT: _visit,
    Act.CHECK: _check,
    Act.RECHECK: _recheck,
    Act.MOVE: _move,
    Act.NOTE: _note,
    Act.HOME: _home,
    Act.NUMBERS: _numbers,
    Act.SKIP: _skip,
}
