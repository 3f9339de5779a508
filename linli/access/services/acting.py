"""What a person chooses for her session: one of her posts, or somebody for whom she acts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import tell, tell_others, tie_reaching
from linli.access.errors import NotForYourself
from linli.access.models import Account, Mandate, SignIn
from linli.access.queries.rights import live_mandate
from linli.access.services import residents
from linli.access.services.mandates import NOBODY_ELSE, POSTS
from linli.access.states import AccountState
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify.types import To
from linli.people.queries import persons as people
from linli.people.queries.pairs import are_compared
from linli.trail.services import record
from linli.ui.formats import day_plain


@open_to_all("everybody chooses among their own posts")
@transaction.atomic
def choose_post(
    session_id: int, post_id: int | None, *, posts: set[int], actor: Actor, now: datetime
) -> None:
    """Act by one post alone from now on, or by all again. Refuses with NotFound."""
    if post_id is not None and post_id not in posts:
        raise NotFound(post=post_id)
    _own(session_id, actor).update(post_id=post_id)
    record("access.post_chosen", on=("session", session_id), actor=actor, now=now, post=post_id)


@open_to_all("needs the permit at the person's place, or a mandate of that person")
@transaction.atomic
def start_acting(
    session_id: int, person_id: int, reason: str, *, actor: Actor, now: datetime
) -> None:
    """Act for a resident for an hour; every page shows it, and she sees it in her list.

    Refuses with NotFound, Invalid.
    """
    if not reason.strip():
        raise Invalid({"reason": [_("Say what they asked you to do.")]})
    person_id = people.current_id(person_id)
    if people.is_dead(person_id):
        raise Invalid(
            {"person": [_("This person is entered as having died: nobody acts for them any more.")]}
        )
    mandate = live_mandate(actor.account_id or 0, person_id, now=now)
    if mandate is None and not people.may_see_person(actor, person_id, permits.ACT_FOR):
        raise NotFound(person=person_id)
    _own(session_id, actor).update(
        acting_for_id=person_id,
        acting_until=now + rules.ACTING_LIFE,
        purpose=reason.strip()[:200],
    )
    record(
        "access.acting_started",
        on=("session", session_id),
        actor=actor,
        now=now,
        person_id=person_id,
        reason=reason,
    )


@open_to_all("everybody may stop")
@transaction.atomic
def stop_acting(session_id: int, *, actor: Actor, now: datetime) -> None:
    """Act for oneself again."""
    _own(session_id, actor).update(**NOBODY_ELSE)
    record(
        "access.acting_stopped",
        on=("session", session_id),
        actor=actor,
        now=now,
        person_id=actor.acting_for,
    )


def _own(session_id: int, actor: Actor) -> QuerySet[SignIn]:
    mine = SignIn.objects.filter(account_id=actor.account_id or 0, ended_at__isnull=True)
    return mine.filter(pk=session_id)


@transaction.atomic
def record_mandate(
    principal_id: int,
    agent: Account,
    basis: str,
    until: datetime,
    *,
    path: str,
    actor: Actor,
    now: datetime,
) -> Mandate:
    """Record at the counter that a resident lets another act for her.

    Refuses with NotAllowed, NotFound, NotForYourself, Invalid.
    """
    require(actor, permits.ENROL, at=path)
    if not people.may_see_person(actor, principal_id, permits.ACT_FOR):
        raise NotFound(person=principal_id)
    assert actor.account_id is not None, "somebody saw the paper"
    if agent.pk == actor.account_id:
        raise NotForYourself()
    if agent.person_id is not None and principal_id in people.ids_of_one(agent.person_id):
        raise Invalid({"principal": [_("Nobody needs a mandate for their own matters.")]})
    if not basis.strip() or not now < until <= now + rules.SPECIAL_MOST:
        raise Invalid({"until": [_("A year at most, with the paper that was shown.")]})
    mandate = Mandate.objects.create(
        principal_id=principal_id,
        agent=agent,
        starts_at=now,
        ends_at=until,
        basis=basis.strip()[:200],
        recorded_by_id=actor.account_id,
    )
    record(
        "access.mandate_recorded",
        on=mandate,
        actor=actor,
        now=now,
        place=path,
        person_id=principal_id,
        agent=agent.pk,
    )
    principal = people.get_person(actor, principal_id, permits.ACT_FOR)
    until_on = day_plain(localdate(until))
    given = {"name": agent.display_name, "until": until_on}
    tell_others("access.mandate_given", To(person_id=principal.pk), given, place=path, link=POSTS,
                actor=actor, now=now)  # fmt: skip
    tell("access.mandate_held", agent, {"name": principal.name, "until": until_on}, link=POSTS,
         actor=actor, now=now)  # fmt: skip
    return mandate


@transaction.atomic
def tie_person(
    account: Account,
    person_id: int,
    *,
    path: str,
    takes_over: bool = False,
    actor: Actor,
    now: datetime,
) -> Account:
    """Tie a resident's account to her person after her document was seen at the counter.

    With `takes_over` the account that she has already goes on with this one's number, and is returned.
    So does one of another entry that is compared with hers, before the two are joined.
    Refuses with NotAllowed, NotFound, Invalid, WrongState.
    """
    require(actor, permits.ENROL, at=path)
    person = people.get_person(actor, person_id, permits.ACT_FOR)
    # two counters tie one person one after the other, so that the second sees what the first did
    hold("access.person", person.pk)
    account = Account.objects.select_for_update().get(pk=account.pk)
    hers = people.ids_of_one(person.pk)
    if account.state != AccountState.ACTIVE:
        raise WrongState(move="tie", state=account.state)
    if account.person_id is not None and account.person_id not in hers:
        _check_both_hers(account.person_id, hers, actor, takes_over)
    if (known := _known(account, hers)) is not None:
        if not takes_over:
            raise Invalid({"person": [_has_one(known)]})
        return residents.take_over_number(known, account, actor=actor, now=now)
    account.person_id, account.path, account.display_name = person.pk, path, person.name
    account.save(update_fields=["person", "path", "display_name"])
    tie_reaching(account.pk, person.pk, actor=actor, now=now)
    record("access.person_tied", on=account, actor=actor, now=now, place=path, person_id=person.pk)
    return account


def _check_both_hers(entry: int, hers: list[int], actor: Actor, takes_over: bool) -> None:
    """Refuse with Invalid unless an account's entry is compared with hers, and she showed that it is hers."""
    seen = people.may_see_person(actor, people.current_id(entry), permits.ACT_FOR)
    if not seen or not are_compared(people.ids_of_one(entry), hers):
        raise Invalid({"person": [_("This account belongs to somebody else already.")]})
    if not takes_over:
        words = _(
            "This account belongs to an entry that may be theirs too. Did they show that both are theirs? Tick the box below."
        )
        raise Invalid({"person": [words]})


def _has_one(known: Account) -> str:
    said = _(
        "They sign in with %(number)s already. Is that number no longer theirs? Tick the box below."
    )
    return said % {"number": known.phone_masked}


def _known(account: Account, person_ids: list[int]) -> Account | None:
    """Return the other open account of a person, held until the transaction ends, or None."""
    others = Account.objects.select_for_update().filter(person_id__in=person_ids, kind=account.kind)
    return others.exclude(pk=account.pk).exclude(state=AccountState.DISABLED).order_by("pk").first()
