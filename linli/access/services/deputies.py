"""Who stands in for a post, between two days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import tell, tell_others
from linli.access.errors import NotForYourself
from linli.access.models import Account, Deputy
from linli.access.queries.duties import check_duties, templates_of_post
from linli.access.queries.posts import PostRow, own_seats
from linli.kernel import locks
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.permits import Actor, require
from linli.notify.types import Link, To
from linli.trail.services import record
from linli.ui.formats import day_plain

POSTS, DEPUTIES = Link("access:posts"), Link("access:deputies")


@transaction.atomic
def name_deputy(
    post: PostRow,
    account: Account,
    days: tuple[date, date],
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> Deputy:
    """Let an account stand in for a post from one day to another, both included.

    Whoever holds the post herself may name her own deputy; whoever stands in for it names none.
    Refuses with NotAllowed, NotForYourself, Invalid, DutiesClash.
    """
    is_own = post.id in own_seats(actor, on=localdate(now))
    if not is_own:
        require(actor, permits.GRANT, at=post.path)
    _check(post, account, days, actor=actor, today=localdate(now))
    given = templates_of_post(post, now=now)
    check_duties(account.pk, given, now=now, rule=rules.deputy_clash)
    starts_on, ends_on = days
    _check_free(post, starts_on, ends_on)
    deputy = Deputy.objects.create(
        post_id=post.id,
        account=account,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason[:200],
        given_by_id=actor.account_id,
        given_at=now,
    )
    record(
        "access.deputy_named",
        on=deputy,
        actor=actor,
        now=now,
        place=post.path,
        post=post.id,
        account=account.pk,
        until=ends_on.isoformat(),
    )
    values = {
        "post": post.title, "since": day_plain(starts_on), "until": day_plain(ends_on),
        "name": account.display_name,
    }  # fmt: skip
    tell("access.deputy_named", account, values, link=POSTS, actor=actor, now=now)
    if not is_own:
        tell_others(
            "access.deputy_of_post", To(post_id=post.id, is_staff=True), values, place=post.path,
            link=DEPUTIES, actor=actor, now=now,
        )  # fmt: skip
    return deputy


def _check(
    post: PostRow, account: Account, days: tuple[date, date], *, actor: Actor, today: date
) -> None:
    """A deputy sees what the post sees: she is of its place, of one below, or of an office above."""
    if account.pk == actor.account_id:
        raise NotForYourself()
    starts_on, ends_on = days
    if ends_on < starts_on or ends_on - starts_on > rules.DEPUTY_MOST:
        raise Invalid({"ends_on": [_("From the first to the last day, a year at most.")]})
    if ends_on < today:
        raise Invalid(
            {"ends_on": [_("These days are over: nobody can stand in for them any more.")]}
        )
    if not account.is_active or not account.is_staff_member:
        raise Invalid({"account": [_("Choose somebody who can sign in.")]})
    if not (post.path.startswith(account.path) or account.path.startswith(post.path)):
        raise Invalid({"account": [_("Choose somebody of this place or of an office above it.")]})


def _check_free(post: PostRow, starts_on: date, ends_on: date) -> None:
    """One deputy for each seat of a post at a time; who comes second waits for the lock."""
    locks.hold("access.deputies", post.id)
    others = Deputy.objects.filter(
        post_id=post.id, revoked_at__isnull=True, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    spans = list(others.values_list("starts_on", "ends_on"))
    # the most at once are there on the day on which one of them begins
    days = {starts_on, *(begun for begun, _over in spans if begun > starts_on)}
    if (
        max(sum(begun <= day <= over for begun, over in spans) for day in days)
        >= post.most_deputies
    ):
        message = _("Somebody stands in for this post on these days. End that first.")
        raise Invalid({"starts_on": [message]})


@transaction.atomic
def end_deputy(deputy: Deputy, *, actor: Actor, now: datetime) -> Deputy:
    """End a deputyship before its last day: hers who stands in, or that of one's own post.

    Refuses with NotAllowed, WrongState.
    """
    deputy = Deputy.objects.select_for_update(of=("self",)).select_related("post").get(pk=deputy.pk)
    post = deputy.post
    is_own = deputy.post_id in own_seats(actor, on=localdate(now))
    if not is_own and deputy.account_id != actor.account_id:
        require(actor, permits.GRANT, at=post.path)
    if deputy.revoked_at is not None:
        raise WrongState(move="end", state="ended")
    deputy.revoked_at, deputy.revoked_by_id = now, actor.account_id
    deputy.save(update_fields=["revoked_at", "revoked_by"])
    record("access.deputy_ended", on=deputy, actor=actor, now=now, place=post.path)
    if deputy.account_id != actor.account_id:
        tell("access.deputy_ended", deputy.account, {"post": post.title}, link=POSTS,
             actor=actor, now=now)  # fmt: skip
    return deputy
