"""What is done with an account that runs, secures or checks the system takes two people.

Whoever asks is the first of them; somebody else approves as with a reset, and she who asked does it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import tell
from linli.access.errors import NotForYourself, TwoPeopleNeeded
from linli.access.models import Account, GivenRight, ResetRequest
from linli.access.queries.approvers import has_approver
from linli.access.queries.duties import holders_of_right, special_rights, takes_two
from linli.access.queries.resets import approved_for
from linli.access.rules import KEPT_APART
from linli.access.states import ACT_WORDS, OPEN_RESETS, RESET, Act, ResetState
from linli.kernel import locks
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import Actor, open_to_all, require
from linli.trail.services import record

ASKED = (Act.CLOSE, Act.NUMBER, Act.LINK, Act.RIGHT)


@transaction.atomic
def ask_act(
    account: Account, what: str, reason: str, *, actor: Actor, now: datetime
) -> ResetRequest:
    """Ask a second person to let one close an account, change its number, make a new link or take the duty back.

    Asked again it is the same request. Refuses with NotAllowed, NotForYourself, Invalid.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    require(actor, permits.MANAGE, at=account.path)
    if account.pk == actor.account_id:
        raise NotForYourself()
    if what not in ASKED or not takes_two(account.pk, now=now):
        raise Invalid({"what": [_("This takes no second person.")]})
    if what == Act.RIGHT and not special_rights(account.pk, actor, now=now):
        raise NotAllowed()
    locks.hold("access.reset", account.pk)
    lapse(account, actor=actor, now=now)
    known = ResetRequest.objects.filter(account=account, what=what, state__in=OPEN_RESETS).first()
    return known or _asked(account, what, reason, actor, now)


def _asked(account: Account, what: str, reason: str, actor: Actor, now: datetime) -> ResetRequest:
    request = ResetRequest.objects.create(
        account=account,
        path=account.path,
        what=what,
        state=RESET.after(RESET.start, "second"),
        reason=reason.strip()[:200],
        asked_at=now,
        asked_by_id=actor.account_id,
        first_by_id=actor.account_id,
        first_at=now,
        ends_at=now + rules.RESET_LIFE,
    )
    record("access.act_asked", on=account, actor=actor, now=now, place=account.path, what=what,
           reason=reason)  # fmt: skip
    tell("access.act_asked", account, {"what": ACT_WORDS[what]}, actor=actor, now=now)
    return request


@open_to_all("the act that uses it has required its own permit")
def use_approval(account: Account, what: Act, *, actor: Actor, now: datetime) -> None:
    """Use up what another person approved, where an account has one of the three duties.

    A command on the machine itself asks nobody. Refuses with TwoPeopleNeeded.
    """
    if actor.is_system or not takes_two(account.pk, now=now):
        return
    approved = approved_for(actor, now=now).filter(account=account, what=what)
    request = approved.select_for_update(of=("self",)).first()
    if request is None:
        raise TwoPeopleNeeded(name=account.display_name)
    request.state = RESET.after(request.state, "use")
    request.save(update_fields=["state"])


@open_to_all("the ending of a right that uses it has required its own permit")
def use_approval_of_right(right: GivenRight, *, actor: Actor, now: datetime) -> None:
    """Use up what another person approved, where a right brings one of the three duties to somebody else.

    As long as nobody else could approve, one alone takes it back: a city begins with one person.
    Refuses with TwoPeopleNeeded.
    """
    if actor.is_system or right.template not in KEPT_APART or not rules.is_live(right, now):
        return
    for account in holders_of_right(right, now=now):
        if account.pk == actor.account_id:
            continue
        if has_approver(account, but=actor.account_id or 0, now=now):
            use_approval(account, Act.RIGHT, actor=actor, now=now)


@open_to_all("called by services of access that have required their own permit")
def lapse(account: Account, *, actor: Actor, now: datetime) -> None:
    """Let what was asked for an account and ran out meanwhile stand in nobody's way."""
    ResetRequest.objects.filter(account=account, state__in=OPEN_RESETS, ends_at__lte=now).update(
        state=ResetState.LAPSED
    )
