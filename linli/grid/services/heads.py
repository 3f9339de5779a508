"""Heads of buildings, blocks and lanes: they stand of their own will, neighbours choose, terms end."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access import permits as access
from linli.grid import permits
from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import HEADS
from linli.grid.errors import SeatTaken
from linli.grid.models import Headship, HeadVault
from linli.grid.queries.entries_of_people import entry_of
from linli.grid.queries.heads import lacks_hand_over, terms_over
from linli.grid.services.words import lapse_words
from linli.grid.states import HEAD, HeadState
from linli.grid.types import Choice, HeadKind, Standing
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require, system_actor
from linli.kernel.texts import clean_text
from linli.places import services as register
from linli.trail.services import record

if TYPE_CHECKING:
    from linli.places.models import Place

VAULT = system_actor("grid.heads")
OF_HERSELF = "residents stand for themselves; who keeps heads enters what was said at the counter"


@open_to_all(OF_HERSELF)
@transaction.atomic
def stand(place: Place, facts: Standing, *, actor: Actor, now: datetime) -> Headship:
    """Stand as head, voluntarily: a resident for herself, or the office for who came by.

    Refuses with NotAllowed, Ended, Invalid.
    """
    keeps = actor.may(permits.HEADS, at=place.path)
    lives = actor.account_id is not None and actor.may(access.RESIDE, at=place.path)
    if not (keeps or lives):
        raise NotAllowed(permit=permits.HEADS.name, at=place.path)
    register.refuse_ended(place)
    ground, name = clean_text(facts.ground).strip(), clean_text(facts.public_name).strip()
    faults: dict[str, list[str]] = {}
    if facts.kind not in {str(one) for one in HeadKind}:
        faults["kind"] = [_("Choose building, block or lane.")]
    if not ground:
        faults["ground"] = [_("Say which building, block or lane it is.")]
    if not name:
        faults["public_name"] = [_("Say how neighbours may call you.")]
    own = None if keeps else actor.account_id
    known = Headship.objects.filter(path=place.path, kind=facts.kind, ground=ground)
    if own and known.filter(account_id=own, state=HeadState.STANDS).exists():
        faults["ground"] = [_("You stand here already.")]
    if faults:
        raise Invalid(faults)
    head = Headship.objects.create(
        path=place.path, kind=facts.kind, ground=ground, public_name=name, account_id=own,
        person_id=entry_of(facts.person_id, actor) if keeps else None, stood_on=localdate(now),
    )  # fmt: skip
    with scope.acting(VAULT):
        HeadVault.objects.create(
            head=head, phone=envelopes.sealed(facts.phone, HEADS, "phone", head.pk)
        )
    _record("grid.stood", head, actor, now)
    return head


@transaction.atomic
def record_choice(
    head: Headship, choice: Choice, *, edition: int | None = None, actor: Actor, now: datetime
) -> Headship:
    """Record what the neighbours chose. Refuses with NotAllowed, WrongState, Stale, SeatTaken, Invalid."""
    head = _held(head, edition)
    require(actor, permits.HEADS, at=head.path)
    state = HEAD.after(head.state, "choose" if choice.is_chosen else "pass_over")
    _check(head, choice, localdate(now))
    if choice.is_chosen:
        hold("grid.head", head.path, head.kind, head.ground)
        same = Headship.objects.filter(path=head.path, kind=head.kind, ground=head.ground)
        if same.filter(state=HeadState.SERVING).exists():
            raise SeatTaken()
        head.since, head.until = choice.since or choice.decided_on, choice.until
    head.state, head.decided_on, head.document = state, choice.decided_on, choice.document
    head.votes_for, head.votes_against = choice.votes_for, choice.votes_against
    head.edition += 1
    head.save(update_fields=[
        "state", "since", "until", "decided_on", "document", "votes_for", "votes_against", "edition",
    ])  # fmt: skip
    if not choice.is_chosen:
        _forget(head)
    _record("grid.head_chosen" if choice.is_chosen else "grid.head_passed_over", head, actor, now)
    return head


@open_to_all(OF_HERSELF)
@transaction.atomic
def withdraw(head: Headship, *, actor: Actor, now: datetime) -> Headship:
    """Stand no more, before a choice. Refuses with NotAllowed, WrongState."""
    head = _held(head, None)
    if not (_is_own(head, actor) or actor.may(permits.HEADS, at=head.path)):
        raise NotAllowed(permit=permits.HEADS.name, at=head.path)
    return _withdrawn(head, actor, now)


@transaction.atomic
def end_term(
    head: Headship, *, on: date, handed_over: str, edition: int | None = None, actor: Actor,
    now: datetime,
) -> Headship:  # fmt: skip
    """End a term with its hand-over: keys, lists, open matters. What neighbours said and waits lapses.

    Of a term that ran out by itself only the hand-over is noted. Refuses with NotAllowed, WrongState, Invalid.
    """
    head = _held(head, edition)
    require(actor, permits.HEADS, at=head.path)
    ran_out = lacks_hand_over(head)
    state = head.state if ran_out else HEAD.after(head.state, "end")
    if not ran_out and head.since is not None and not head.since <= on <= localdate(now):
        raise Invalid({"on": [_("Give a day of the term, up to today.")]})
    if not handed_over.strip():
        raise Invalid(
            {"handed_over": [_("Say what was handed over and to whom, or that there was nothing.")]}
        )
    head.handed_over = clean_text(handed_over).strip()[:500]
    head.save(update_fields=["handed_over"])
    if not ran_out:
        return _ended(head, state, on, actor, now)
    _record("grid.head_handed_over", head, actor, now)
    return head


@open_to_all("the nightly job is the system")
def end_lapsed_terms(now: datetime, limit: int, *, actor: Actor) -> int:
    """End terms whose agreed last day is over, which nobody ended; return how many.

    What was handed over is noted later.
    """
    found = list(terms_over(now).select_for_update(skip_locked=True)[:limit])
    for head in found:
        assert head.until is not None, "only an agreed term runs out by itself"
        _ended(head, HEAD.after(head.state, "end"), head.until, actor, now)
    return len(found)


@open_to_all("part of what follows a death, which its job alone calls")
def close_headship(head: Headship, on: date, *, actor: Actor, now: datetime) -> None:
    """End the term of a held head, or let her stand no more."""
    if head.state == HeadState.SERVING:
        _ended(head, HEAD.after(head.state, "end"), on, actor, now)
        return
    _withdrawn(head, actor, now)


def _withdrawn(head: Headship, actor: Actor, now: datetime) -> Headship:
    head.state, head.edition = HEAD.after(head.state, "withdraw"), head.edition + 1
    head.public_name, head.person_id = "", None
    head.save(update_fields=["state", "edition", "public_name", "person_id"])
    _forget(head)
    _record("grid.head_withdrew", head, actor, now)
    return head


def _ended(head: Headship, state: str, on: date, actor: Actor, now: datetime) -> Headship:
    head.state, head.ended_on, head.edition = state, on, head.edition + 1
    head.save(update_fields=["state", "ended_on", "edition"])
    _forget(head)
    lapse_words(head, actor=actor, now=now)
    _record("grid.head_ended", head, actor, now)
    return head


def _check(head: Headship, choice: Choice, today: date) -> None:
    faults: dict[str, list[str]] = {}
    if not head.stood_on <= choice.decided_on <= today:
        faults["decided_on"] = [
            _("The choice comes after the day on which they stood, and not later than today.")
        ]
    if choice.is_chosen and choice.votes_for <= choice.votes_against:
        faults["votes_for"] = [
            _("There are not more votes for than against: they were not chosen.")
        ]
    if not choice.document.strip():
        faults["document"] = [_("Name the record of the neighbours' choice.")]
    since = choice.since or choice.decided_on
    if since < choice.decided_on:
        faults["since"] = [_("The term begins after the choice.")]
    if choice.until is not None and choice.until <= since:
        faults["until"] = [_("The last day must be after the first.")]
    if faults:
        raise Invalid(faults)


def _held(head: Headship, edition: int | None) -> Headship:
    head = Headship.objects.select_for_update().get(pk=head.pk)
    if edition is not None and edition != head.edition:
        raise Stale()
    return head


def _is_own(head: Headship, actor: Actor) -> bool:
    return head.account_id is not None and head.account_id == actor.account_id


def _forget(head: Headship) -> None:
    """Let the telephone go with the part that it was for."""
    with scope.acting(VAULT):
        HeadVault.objects.filter(head=head).delete()


def _record(verb: str, head: Headship, actor: Actor, now: datetime) -> None:
    record(verb, on=head, actor=actor, now=now, place=head.path, kind=head.kind)
