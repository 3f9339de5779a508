"""Rights are given to posts, kinds of posts or accounts, and taken back; never by oneself to oneself."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.clients.messages import tell, tell_others
from linli.access.errors import NotForYourself
from linli.access.events import GlassBroken, RightsEnded, RightsGiven
from linli.access.models import GivenRight
from linli.access.queries.choices import place_names
from linli.access.queries.duties import auditors_at, check_duties, kept_apart
from linli.access.queries.posts import accounts_holding
from linli.access.queries.rights import permit_to_end
from linli.access.queries.specials import needs_review
from linli.access.services.two_people import use_approval_of_right
from linli.access.templates_of_rights import NEVER_BROKEN, TEMPLATES, title_of
from linli.access.types import NewRight, RightKind
from linli.kernel import locks
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import PERMITS, Actor, require
from linli.notify.types import Link, To
from linli.trail.services import record

POSTS, REVIEWS = Link("access:posts"), Link("access:reviews")


@transaction.atomic
def give_right(new: NewRight, *, actor: Actor, now: datetime) -> GivenRight:
    """Give a template or a permit at a place. Above level 5 it needs a purpose and an end.

    Refuses with NotAllowed, NotForYourself, DutiesClash, Invalid.
    """
    locks.hold("access.rights", new.account_id or 0, new.post_id or 0)
    is_special = new.ceiling > rules.ORDINARY_CEILING
    if is_special:
        require(actor, permits.GRANT_SPECIAL, at=new.path)
    else:
        require(actor, permits.GRANT, at=new.path, level=new.ceiling)
    getting = _getting(new, now)
    if actor.account_id in getting or new.post_id in actor.posts:
        raise NotForYourself()
    _check(new, now)
    for account_id in kept_apart(getting, new.template, now=now):
        check_duties(account_id, {new.template or new.permit}, now=now)
    right = _give(new, RightKind.SPECIAL if is_special else RightKind.ORDINARY, actor, now)
    if needs_review(right):
        _ask_review(right, actor, now)
    return right


def _check(new: NewRight, now: datetime) -> None:
    faults: dict[str, list[str]] = {}
    if sum(map(bool, (new.post_id, new.post_kind, new.account_id))) != 1:
        faults["subject"] = [_("Choose one post, one kind of post or one account.")]
    if bool(new.template) == bool(new.permit):
        faults["template"] = [_("Choose one template or one permit.")]
    elif new.template and new.template not in TEMPLATES:
        faults["template"] = [_("There is no such template.")]
    elif new.permit and new.permit not in PERMITS:
        faults["permit"] = [_("There is no such permit.")]
    if not 1 <= new.ceiling <= rules.HIGHEST:
        faults["ceiling"] = [_("A level is 1 to 8.")]
    fault = rules.end_fault(
        new.starts_at or now, new.ends_at, ceiling=new.ceiling, most=rules.SPECIAL_MOST
    )
    if fault:
        faults["ends_at"] = [_end_words()[fault]]
    if new.ceiling > rules.ORDINARY_CEILING and not new.purpose.strip():
        faults["purpose"] = [_("Say what it is needed for. It is shown with everything done.")]
    if faults:
        raise Invalid(faults)


def _end_words() -> dict[str, str]:
    return {
        "missing": _("Rights on level 6 and above always end. Give the last day."),
        "before": _("The end lies before the beginning."),
        "far": _("A year at most; after that it is given anew."),
    }


def _getting(new: NewRight, now: datetime) -> list[int]:
    """Return the accounts that get a right: the one, or those who hold the post or one of the kind."""
    if new.account_id is not None:
        return [new.account_id]
    return accounts_holding(new.post_id, new.post_kind, new.path, on=localdate(now))


def _give(new: NewRight, kind: RightKind, actor: Actor, now: datetime) -> GivenRight:
    right = GivenRight.objects.create(
        kind=kind,
        post_id=new.post_id,
        post_kind=new.post_kind,
        account_id=new.account_id,
        template=new.template,
        permit=new.permit,
        path=new.path,
        ceiling=new.ceiling,
        starts_at=new.starts_at or now,
        ends_at=new.ends_at,
        purpose=new.purpose.strip()[:200],
        given_by_id=actor.account_id,
        given_at=now,
    )
    record(
        "access.right_given",
        on=right,
        actor=actor,
        now=now,
        place=new.path,
        what=new.template or new.permit,
        ceiling=new.ceiling,
        kind=str(kind),
        post=new.post_id,
        post_kind=new.post_kind,
        account=new.account_id,
    )
    publish(RightsGiven(right.pk, right.path))
    _tell("access.right_given", right, actor, now)
    return right


def _tell(template: str, right: GivenRight, actor: Actor, now: datetime) -> None:
    """Tell the account or the post that has the right; a kind of post is too many to be told."""
    values = {
        "right": title_of(right.template, right.permit),
        "place": place_names({right.path}).get(right.path, ""),
    }
    if right.account is not None and right.account_id != actor.account_id:
        tell(template, right.account, values, link=POSTS, actor=actor, now=now)
    elif right.post_id is not None:
        to = To(post_id=right.post_id, is_staff=True)
        tell_others(template, to, values, place=right.path, link=POSTS, actor=actor, now=now)


def _ask_review(right: GivenRight, actor: Actor, now: datetime) -> None:
    """Tell who checks the trail of the place that something waits for her second look."""
    holder = right.account
    values = {
        "name": holder.display_name if holder else right.post.title if right.post else "",
        "right": title_of(right.template, right.permit),
        "place": place_names({right.path}).get(right.path, ""),
    }
    for auditor in auditors_at(right.path, now=now):
        if auditor.pk not in (right.account_id, actor.account_id):
            tell("access.to_review", auditor, values, link=REVIEWS, actor=actor, now=now)


@transaction.atomic
def end_right(right: GivenRight, *, actor: Actor, now: datetime) -> GivenRight:
    """Take a right back at once. Refuses with NotAllowed, WrongState, TwoPeopleNeeded."""
    right = GivenRight.objects.select_for_update().get(pk=right.pk)
    is_own = right.account_id is not None and right.account_id == actor.account_id
    if not is_own:
        require(actor, permit_to_end(right), at=right.path)
    if right.revoked_at is not None:
        raise WrongState(move="end", state="ended")
    if not is_own:
        use_approval_of_right(right, actor=actor, now=now)
    right.revoked_at, right.revoked_by_id = now, actor.account_id
    right.save(update_fields=["revoked_at", "revoked_by"])
    record("access.right_ended", on=right, actor=actor, now=now, place=right.path)
    publish(RightsEnded(right.pk, right.path))
    _tell("access.right_ended", right, actor, now)
    return right


@transaction.atomic
def break_glass(
    permit: str, path: str, ceiling: int, reason: str, *, actor: Actor, now: datetime
) -> GivenRight:
    """Take a right for four hours in an emergency; somebody else looks at it afterwards.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.BREAK_GLASS, at=path)
    assert actor.account_id is not None, "a job never breaks glass"
    if permit not in PERMITS or permit.startswith(NEVER_BROKEN) or not rules.is_sentence(reason):
        raise Invalid({"reason": [_("Say in a sentence what happened and what you need to see.")]})
    new = NewRight(
        account_id=actor.account_id,
        permit=permit,
        path=path,
        ceiling=min(ceiling, rules.HIGHEST - 1),
        ends_at=now + rules.BREAK_GLASS_MOST,
        purpose=reason,
    )
    right = _give(new, RightKind.BREAK_GLASS, actor, now)
    _ask_review(right, actor, now)
    publish(GlassBroken(right.pk, path))
    return right


@transaction.atomic
def open_full_session(
    reason: str, *, life: timedelta = rules.OPERATOR_MOST, actor: Actor, now: datetime
) -> GivenRight:
    """Let an operator do everything but read the trail or give rights, for an hour at most.

    Refuses with NotAllowed, Invalid.
    """
    path = next(iter(actor.paths(permits.OPERATE)), "")
    require(actor, permits.OPERATE, at=path or "/")
    assert actor.account_id is not None, "a job opens no session"
    if not rules.is_sentence(reason):
        raise Invalid({"reason": [_("Say in a sentence what has to be repaired.")]})
    new = NewRight(
        account_id=actor.account_id,
        template="full",
        path=path,
        ceiling=rules.ORDINARY_CEILING,
        ends_at=now + min(life, rules.OPERATOR_MOST),
        purpose=reason,
    )
    right = _give(new, RightKind.OPERATOR, actor, now)
    _ask_review(right, actor, now)
    publish(GlassBroken(right.pk, path))
    return right


@transaction.atomic
def review_right(
    right: GivenRight, is_justified: bool, note: str, *, actor: Actor, now: datetime
) -> GivenRight:
    """Say whether emergency access, a full session or a right for the whole city was justified.

    Refuses with NotAllowed, NotForYourself, WrongState.
    """
    right = GivenRight.objects.select_for_update().get(pk=right.pk)
    require(actor, permits.REVIEW, at=right.path)
    own = right.account_id == actor.account_id or right.given_by_id == actor.account_id
    if own or right.post_id in actor.posts:
        raise NotForYourself()
    if right.reviewed_at is not None or not needs_review(right):
        raise WrongState(move="review", state="reviewed")
    right.reviewed_at, right.reviewed_by_id = now, actor.account_id
    right.is_justified, right.review_note = is_justified, note[:300]
    right.save(update_fields=["reviewed_at", "reviewed_by", "is_justified", "review_note"])
    record(
        "access.reviewed", on=right, actor=actor, now=now, place=right.path, justified=is_justified
    )
    return right
