"""Somebody takes a post."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.seats import SEAT_TAKEN, Seat
from linli.orgs import permits
from linli.orgs.errors import HoldingOver, OrganisationClosed, Overlap, PostTaken, SeatsFull
from linli.orgs.events import HoldingBegan
from linli.orgs.models import Post, PostHolding
from linli.orgs.models.rows import locked_post, new_holding
from linli.orgs.types import Appointment, Arrival
from linli.people import queries as people
from linli.trail.services import record


@transaction.atomic
def appoint(
    post: Post,
    appointment: Appointment,
    *,
    account_id: int | None = None,
    actor: Actor,
    now: datetime,
) -> PostHolding:
    """Record that somebody takes a post.

    Refuses with NotAllowed, Invalid, OrganisationClosed, PostTaken, SeatsFull, Overlap; with
    NotForYourself, DutiesClash of access.
    """
    post = locked_post(post.pk)
    require(actor, permits.appointer_of(post.organisation.level), at=post.path)
    if post.closed_on:
        raise OrganisationClosed(name=post.title, move="appoint", state="closed")
    _check(appointment, actor)
    _check_seat(post, appointment)
    seat = Seat(post.pk, account_id, appointment.person_id)
    is_shut_out = SEAT_TAKEN.call(seat, actor=actor, now=now)
    holding = new_holding(post, appointment)
    holding.account_id, holding.is_shut_out = account_id, is_shut_out
    holding.save()
    record(
        "orgs.appointed", on=holding, actor=actor, now=now, place=post.path,
        level=post.organisation.level,
        person_id=holding.person_id, post=post.pk, since=appointment.since.isoformat(),
    )  # fmt: skip
    publish(_began(holding))
    return holding


@transaction.atomic
def correct_holding(
    holding: PostHolding, appointment: Appointment, *, edition: int, actor: Actor, now: datetime
) -> PostHolding:
    """Mend what is on record of a holding that has not ended: a slip in the name, a wrong day.

    Refuses with NotAllowed, Stale, Invalid, HoldingOver, Overlap; with NotForYourself, DutiesClash
    of access.
    """
    post = locked_post(holding.post_id)
    holding = PostHolding.objects.select_for_update().get(pk=holding.pk)
    holding.post = post
    require(actor, permits.appointer_of(post.organisation.level), at=post.path)
    if holding.until is not None:
        raise HoldingOver(holder=holding.holder_name, title=post.title, move="save", state="over")
    if holding.edition != edition:
        raise Stale(move="save", state="")
    _check(appointment, actor)
    if post.seats == 1 and _at_same_time(post, appointment.since).exclude(pk=holding.pk).exists():
        raise Overlap(move="save", state="")
    _check_person(holding, appointment, actor, now)
    for name, value in asdict(appointment).items():
        setattr(holding, name, value)
    holding.edition += 1
    holding.save()
    record(
        "orgs.holding_corrected", on=holding, actor=actor, now=now, place=post.path,
        level=post.organisation.level,
        person_id=holding.person_id,
    )  # fmt: skip
    return holding


@transaction.atomic
def link_account(
    holding: PostHolding, account_id: int, *, actor: Actor, now: datetime
) -> PostHolding:
    """Tell which account belongs to the holder of a post.

    Refuses with NotAllowed, HoldingOver; with NotForYourself, DutiesClash of access.
    """
    holding = PostHolding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
    post = Post.objects.select_related("organisation").get(pk=holding.post_id)
    require(actor, permits.appointer_of(post.organisation.level), at=post.path)
    if holding.until is not None:
        raise HoldingOver(holder=holding.holder_name, title=post.title, move="link", state="over")
    if holding.account_id != account_id:
        seat = Seat(post.pk, account_id, holding.person_id)
        holding.is_shut_out = SEAT_TAKEN.call(seat, actor=actor, now=now)
        holding.account_id = account_id
        holding.edition += 1
        holding.save(update_fields=["account_id", "is_shut_out", "edition"])
        record(
            "orgs.account_linked", on=holding, actor=actor, now=now, place=post.path,
        level=post.organisation.level,
            person_id=holding.person_id, account=account_id,
        )  # fmt: skip
        publish(_began(holding))
    return holding


@open_to_all("access says whose account opens, when one is closed or opened")
def note_shut_out(
    shut_out: Collection[int], working: Collection[int], *, actor: Actor, now: datetime
) -> None:
    """Let the work of holdings fall to others, or come back to their holders.

    The register still says who holds the post: only whoever appoints ends that.
    """
    PostHolding.objects.filter(pk__in=shut_out, is_shut_out=False).update(is_shut_out=True)
    PostHolding.objects.filter(pk__in=working, is_shut_out=True).update(is_shut_out=False)


def _began(holding: PostHolding) -> HoldingBegan:
    return HoldingBegan(
        holding_id=holding.pk,
        post_id=holding.post_id,
        path=holding.path,
        person_id=holding.person_id,
        account_id=holding.account_id,
        since=holding.since,
    )


def _check(appointment: Appointment, actor: Actor) -> None:
    faults: dict[str, list[str]] = {}
    if not appointment.holder_name.strip():
        faults["holder_name"] = [_("Give the name of the holder.")]
    if appointment.came_by not in set(Arrival):
        faults["came_by"] = [_("Choose how the holder came to the post.")]
    expected = appointment.expected_until
    if expected is not None and expected <= appointment.since:
        faults["expected_until"] = [_("The term ends after it begins.")]
    if appointment.person_id is not None and not people.may_see_person(
        actor, appointment.person_id
    ):
        faults["person_id"] = [_("The register of people shows you no entry of this number.")]
    if faults:
        raise Invalid(faults)


def _check_person(
    holding: PostHolding, appointment: Appointment, actor: Actor, now: datetime
) -> None:
    """Whoever holds a post may be tied to her entry; another person is appointed, not corrected in."""
    entry = appointment.person_id
    if entry == holding.person_id:
        return
    if holding.person_id is not None and holding.person_id not in people.entries_of(entry):
        words = _("Somebody else takes the post by an appointment: end this holding first.")
        raise Invalid({"person_id": [words]})
    seat = Seat(holding.post_id, holding.account_id, entry)
    holding.is_shut_out = SEAT_TAKEN.call(seat, actor=actor, now=now)


def _check_seat(post: Post, appointment: Appointment) -> None:
    here = _at_same_time(post, appointment.since)
    hers = people.entries_of(appointment.person_id)
    if here.filter(person_id__in=hers).exists():
        raise Overlap(move="appoint", state="")
    if post.seats is None:
        return
    holders = list(here.order_by("since")[: post.seats])
    if len(holders) < post.seats:
        return
    if post.seats > 1:
        raise SeatsFull(seats=post.seats, title=post.title, move="appoint", state="full")
    if holders[0].until is not None:
        raise Overlap(move="appoint", state="")
    raise PostTaken(title=post.title, holder=holders[0].holder_name, move="appoint", state="held")


def _at_same_time(post: Post, since: date) -> QuerySet[PostHolding]:
    """Holdings that would overlap one that begins on a day and has no end yet."""
    return PostHolding.objects.filter(post=post).filter(Q(until__isnull=True) | Q(until__gt=since))
