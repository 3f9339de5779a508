"""What two entries of the register that are joined to one person mean for their accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access import permits
from linli.access.clients.messages import tell
from linli.access.errors import JoinGivesPost, NotForYourself, TwoResidentAccounts, TwoStaffAccounts
from linli.access.models import Account
from linli.access.queries.duties import check_duties, templates_of_post
from linli.access.queries.posts import posts_by_id
from linli.access.states import AccountKind, AccountState
from linli.kernel.permits import PUBLIC, Actor, open_to_all
from linli.notify.types import Link
from linli.orgs import permits as orgs_permits
from linli.orgs import queries as orgs
from linli.orgs.queries import SeatOfEntry
from linli.trail.services import record

POSTS = Link("access:posts")


@open_to_all("the register asks for its own permit; what gives a post asks who appoints to it")
def let_join(one: Sequence[int], other: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Note each post that a staff account comes to when two entries become one person.

    A holding that names its account already gives nothing new. Refuses with NotForYourself,
    JoinGivesPost, DutiesClash, TwoStaffAccounts; with TwoResidentAccounts, since what may be had
    once would be had twice, and who moves an account has seen her document.
    """
    if actor.human_id is not None and actor.human_id in {*one, *other}:
        raise NotForYourself()
    ours, theirs = _accounts(one, AccountKind.STAFF), _accounts(other, AccountKind.STAFF)
    if ours and theirs:
        raise TwoStaffAccounts(one=ours[0].username, other=theirs[0].username, move="join")
    hers, also = _accounts(one, AccountKind.RESIDENT), _accounts(other, AccountKind.RESIDENT)
    if hers and also:
        numbers = {"one": hers[0].phone_masked, "other": also[0].phone_masked}
        raise TwoResidentAccounts(**numbers, move="join")
    for account in ours:
        _come_to(account, other, actor=actor, now=now)
    for account in theirs:
        _come_to(account, one, actor=actor, now=now)


def _accounts(entries: Sequence[int], kind: AccountKind) -> list[Account]:
    hers = Account.objects.filter(person_id__in=list(entries), kind=kind)
    return list(hers.exclude(state=AccountState.DISABLED).order_by("pk"))


def _come_to(account: Account, entries: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Let an account come to the posts that rest on the entries of the other side."""
    today = localdate(now)
    seats = orgs.seats_of_entries(entries, today)
    posts = posts_by_id({seat.post_id for seat in seats}, on=today)
    for seat in seats:
        _check_may_give(actor, account, seat)
        check_duties(account.pk, templates_of_post(posts[seat.post_id], now=now), now=now)
        record(
            "access.post_joined", on=account, actor=actor, now=now, place=seat.path,
            level=seat.level, post=seat.post_id,
        )  # fmt: skip
        tell("access.post_joined", account, {"post": seat.title}, link=POSTS, actor=actor, now=now)


def _check_may_give(actor: Actor, account: Account, seat: SeatOfEntry) -> None:
    """Refuse with JoinGivesPost unless the actor records who holds a post, or gives rights there."""
    appointer = orgs_permits.appointer_of(seat.level)
    if actor.may(appointer, at=seat.path) or actor.may(permits.GRANT, at=seat.path):
        return
    is_known = actor.may(orgs_permits.PARTY, at=seat.path) or seat.level == PUBLIC
    post = seat.title if is_known else _("a post that you do not see")
    raise JoinGivesPost(name=account.display_name, post=post)
