"""A round of weekly times: opened with a promised seed, wished for, drawn, objected to, decided."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.activities import permits
from linli.activities.engine.drawing import (
    award,
    free_ended,
    leave_out_ended,
    tell_all,
    tell_decided,
)
from linli.activities.engine.seasons import book_season, booked_of
from linli.activities.errors import NotYet, RoundClosed
from linli.activities.models import Group, Round, RoundObjection, RoundTime, RoundWish, Venue
from linli.activities.queries import rounds as queries
from linli.activities.rules.rounds import overlap
from linli.activities.states import ROUND
from linli.activities.types.rounds import MOST_WISHES, RoundFacts
from linli.kernel.draws import commitment_of
from linli.kernel.errors import Invalid, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.sealing import seal
from linli.kernel.texts import clean_text
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place


@transaction.atomic
def open_round(place: Place, facts: RoundFacts, *, actor: Actor, now: datetime) -> Round:
    """Open a round: the hash of its secret seed is public before the first wish. Refuses with NotAllowed, Invalid."""
    require(actor, permits.VENUES, at=place.path)
    _check(place, facts, now)
    seed = secrets.token_hex(32)
    at = Round.objects.create(
        path=place.path, title=clean_text(facts.title).strip()[:80], first_on=facts.first_on,
        last_on=facts.last_on, wishes_until=facts.wishes_until, objections_until=facts.objections_until,
        most_times=facts.most_times, commitment=commitment_of(seed), seed=b"", opened_at=now,
    )  # fmt: skip
    at.seed = seal(seed, table=queries.SEEDS, column="seed", row=at.pk)
    at.save(update_fields=["seed"])
    RoundTime.objects.bulk_create(
        RoundTime(
            round=at, venue_id=one.venue_id, weekday=one.weekday, begins=one.begins, ends=one.ends
        )
        for one in facts.times
    )
    record(
        "activities.round_opened",
        on=at,
        actor=actor,
        now=now,
        place=at.path,
        commitment=at.commitment,
    )
    return at


@open_to_all("whoever has the group's code speaks for the group")
@transaction.atomic
def wish(at: Round, group: Group, time_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Enter what a group wishes, the best first; it takes the place of what it wished before.

    Refuses with RoundClosed, Invalid.
    """
    hold("activities.round", at.pk)
    at = Round.objects.get(pk=at.pk)
    if queries.is_over(at, localdate(now)):
        raise RoundClosed()
    known = set(RoundTime.objects.filter(round=at).values_list("pk", flat=True))
    faults: dict[str, list[str]] = {}
    if not queries.is_of_place(at, group):
        faults["code"] = [_("This round is for groups of the place.")]
    if len(set(time_ids)) != len(time_ids) or not known.issuperset(time_ids):
        faults["wishes"] = [_("Choose each time once, from the list.")]
    if not 1 <= len(time_ids) <= MOST_WISHES:
        faults["wishes"] = [_("Wish for one to %(most)s times.") % {"most": MOST_WISHES}]
    if faults:
        raise Invalid(faults)
    RoundWish.objects.filter(round=at, group=group).delete()
    RoundWish.objects.bulk_create(
        RoundWish(round=at, group=group, time_id=time_id, rank=rank)
        for rank, time_id in enumerate(time_ids, 1)
    )
    record(
        "activities.wished",
        on=group,
        actor=actor,
        now=now,
        place=at.path,
        round=at.pk,
        wishes=len(time_ids),
    )
    return len(time_ids)


@transaction.atomic
def draw_round(at: Round, *, edition: int | None = None, actor: Actor, now: datetime) -> Round:
    """Draw a round once its wishes are closed; seed and outcome are public from now on, groups are told.

    Refuses with NotAllowed, WrongState, Stale, NotYet.
    """
    at = _held(at, edition)
    require(actor, permits.VENUES, at=at.path)
    state = ROUND.after(at.state, "draw")
    if localdate(now) <= at.wishes_until:
        raise NotYet()
    leave_out_ended(at)
    at.state, at.drawn_at, at.edition = state, now, at.edition + 1
    awards = award(at)
    at.save(update_fields=["state", "drawn_at", "left_out", "edition"])
    record("activities.round_drawn", on=at, actor=actor, now=now, place=at.path, times=awards)
    tell_all(at, "activities.round_drawn", now)
    return at


@transaction.atomic
def decide_round(at: Round, *, edition: int | None = None, actor: Actor, now: datetime) -> Round:
    """Let the outcome hold after the objections: every week of the season is booked for its group.

    Times that are past, and weeks on which the venue is closed or taken, are left out and named, groups that ended too.
    Refuses with NotAllowed, WrongState, Stale, NotYet, RoundClosed once the season is over; with Invalid while an
    objection waits for its answer.
    """
    at = _held(at, edition)
    require(actor, permits.VENUES, at=at.path)
    state = ROUND.after(at.state, "decide")
    if localdate(now) <= at.objections_until:
        raise NotYet()
    if localdate(now) > at.last_on:
        raise RoundClosed()
    if RoundObjection.objects.filter(round=at, answered_at__isnull=True).exists():
        raise Invalid({"objections": [_("Answer every objection first.")]})
    free_ended(at)
    for venue_id in sorted({one.venue_id for one in queries.times_of(at) if one.group_id}):
        hold("activities.venue", venue_id)
    times = queries.times_of(at)
    at.skipped = book_season(at, times, actor=actor, now=now)
    at.state, at.decided_at, at.edition = state, now, at.edition + 1
    at.save(update_fields=["state", "decided_at", "skipped", "left_out", "edition"])
    record(
        "activities.round_decided",
        on=at,
        actor=actor,
        now=now,
        place=at.path,
        skipped=len(at.skipped),
    )
    tell_decided(at, booked_of(at, times, at.skipped), now)
    return at


@transaction.atomic
def drop_round(at: Round, *, edition: int | None = None, actor: Actor, now: datetime) -> Round:
    """Call a round off before it is decided. Refuses with NotAllowed, WrongState, Stale."""
    at = _held(at, edition)
    require(actor, permits.VENUES, at=at.path)
    at.state, at.edition = ROUND.after(at.state, "drop"), at.edition + 1
    at.save(update_fields=["state", "edition"])
    record("activities.round_dropped", on=at, actor=actor, now=now, place=at.path)
    return at


def _held(at: Round, edition: int | None) -> Round:
    hold("activities.round", at.pk)
    at = Round.objects.select_for_update().get(pk=at.pk)
    if edition is not None and edition != at.edition:
        raise Stale()
    return at


def _check(place: Place, facts: RoundFacts, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if not clean_text(facts.title).strip():
        faults["title"] = [_("Say what it is called.")]
    days = (
        localdate(now),
        facts.wishes_until,
        facts.objections_until,
        facts.first_on,
        facts.last_on,
    )
    if not (days[0] <= days[1] < days[2] < days[3] <= days[4]) or (days[4] - days[3]).days > 366:
        faults["wishes_until"] = [
            _("First come wishes, then objections, then the season, of a year at most.")
        ]
    if not 1 <= facts.most_times <= MOST_WISHES:
        faults["most_times"] = [
            _("Give a number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_WISHES}
        ]
    ours = Venue.objects.filter(path__startswith=place.path, ended_on__isnull=True)
    if not facts.times or not set(ours.values_list("pk", flat=True)).issuperset(
        one.venue_id for one in facts.times
    ):
        faults["times"] = [_("Offer at least one weekly time of venues of the place.")]
    if any(not (0 <= t.weekday <= 6 and 0 <= t.begins < t.ends <= 1440) for t in facts.times):
        faults["times"] = [_("A time of closing comes after its opening, on the same day.")]
    elif overlap((t.venue_id, t.weekday, t.begins, t.ends) for t in facts.times):
        faults["times"] = [_("Two times of one venue overlap. Give every hour away once.")]
    elif "times" not in faults and (closed := queries.closed_at(facts.times)):
        words = _("%(venue)s is not open at this time: %(when)s.")
        faults["times"] = [words % one for one in closed]
    if faults:
        raise Invalid(faults)
