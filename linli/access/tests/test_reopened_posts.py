"""Opening a closed post again gives nobody rights who decides on it, and nobody a post that checks her."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.access.errors import NotForYourself
from linli.access.testing import (
    NOON,
    actor_for,
    kind_rights,
    make_account,
    make_holding,
    make_post,
    make_right,
)
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor
from linli.kernel.testing import TOWN, VILLAGE, make_actor
from linli.orgs import permits, services
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
TOWN_HEAD = make_actor("head of the town", permits.EDIT, permits.APPOINT, at=TOWN, account_id=None)
BESIDE = make_actor("keeper", permits.EDIT, permits.APPOINT, at=VILLAGE, account_id=None)


def closed(kind: str, **falls: int) -> Any:
    post = make_post(kind)
    type(post).objects.filter(pk=post.pk).update(closed_on=DAY, **falls)
    post.refresh_from_db()
    return post


def reopen(post: Any, actor: Actor) -> None:
    services.reopen_post(post, reason="误操作", actor=actor, now=NOON)


def assert_closed(post: Any) -> None:
    post.refresh_from_db()
    assert (post.closed_on, post.edition) == (DAY, 1)
    assert not Entry.objects.filter(verb="orgs.post_reopened").exists()


@pytest.mark.parametrize("way", ["deputy_id", "above_id"])
def test_nobody_brings_back_a_post_whose_rights_fall_to_herself(way: str) -> None:
    """GB/T 22239-2019: nobody gives herself rights."""
    kind_rights()
    mine = make_post("other")
    account = make_account(path=VILLAGE)
    make_holding(mine, account)
    make_right("village_chair", post_id=mine.pk)
    post = closed("clerk", **{way: mine.pk})
    held = make_holding(post, make_account(path=VILLAGE))
    type(held).objects.filter(pk=held.pk).update(until=DAY, end_reason="term_over")
    make_right("city_department", post_id=post.pk)

    with pytest.raises(NotForYourself):
        reopen(post, actor_for(account, NOON))
    assert_closed(post)

    reopen(post, BESIDE)
    post.refresh_from_db()
    assert post.closed_on is None


def test_what_nobody_ever_held_falls_to_nobody_and_is_opened_by_whoever_leads() -> None:
    kind_rights()
    mine = make_post("other")
    account = make_account(path=VILLAGE)
    make_holding(mine, account)
    make_right("village_chair", post_id=mine.pk)
    post = closed("clerk", above_id=mine.pk)

    reopen(post, actor_for(account, NOON))

    post.refresh_from_db()
    assert post.closed_on is None


@pytest.mark.parametrize("kind", ["operator", "auditor"])
def test_what_checks_others_is_opened_from_above_or_by_who_gives_rights(kind: str) -> None:
    """VE-84, RC-26: as a new post of such a kind, not by who works beside it."""
    kind_rights()
    post = closed(kind)
    make_right(kind, post_id=post.pk)

    with pytest.raises(NotAllowed):
        reopen(post, BESIDE)
    assert_closed(post)

    reopen(post, TOWN_HEAD)
    post.refresh_from_db()
    assert post.closed_on is None
