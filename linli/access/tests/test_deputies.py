"""Whoever stands in for a post does its work; who stands in is not hers to say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from linli.access.models import Account, Deputy
from linli.access.queries.posts import posts_by_id
from linli.access.services import deputies
from linli.access.testing import actor_for, make_account, make_holding, make_post, make_right
from linli.kernel.errors import NotAllowed
from linli.kernel.testing import client_of, post_json, stop_clock

NOW = now()
TODAY = localdate(NOW)
LATER = (TODAY + timedelta(days=3), TODAY + timedelta(days=300))


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it stay this day, though the run goes on past midnight."""
    stop_clock(monkeypatch, NOW)


def standing_in(way: str, post: Any) -> Account:
    """Somebody who has the rights of a post that is not hers."""
    account = make_account()
    if way == "deputy":
        Deputy.objects.create(
            post_id=post.pk, account=account, starts_on=TODAY, ends_on=TODAY, given_at=now()
        )
    else:
        mine = make_post("committee_vice_chair")
        make_holding(mine, account)
        type(post).objects.filter(pk=post.pk).update(deputy=mine)
    return account


def chair_of(way: str) -> Any:
    post = make_post("committee_chair", seats=1)
    make_right("village_chair", post_id=post.pk)
    if way == "deputy":
        make_holding(post, make_account("chair"))
    else:
        make_holding(post, make_account("chair"), until=TODAY)
    return post


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["deputy", "vacant"])
def test_who_stands_in_neither_names_nor_ends_deputies(way: str) -> None:
    post = chair_of(way)
    account = standing_in(way, post)
    actor = actor_for(account)
    assert post.pk in actor.posts
    friend, other = make_account("friend"), make_account("other")
    theirs = Deputy.objects.create(
        post_id=post.pk, account=other, starts_on=LATER[0], ends_on=LATER[0], given_at=now()
    )
    row = posts_by_id({post.pk}, on=TODAY)[post.pk]
    count = Deputy.objects.count()

    with pytest.raises(NotAllowed):
        deputies.name_deputy(row, friend, LATER, "leave", actor=actor, now=now())
    with pytest.raises(NotAllowed):
        deputies.end_deputy(theirs, actor=actor, now=now())

    assert Deputy.objects.count() == count
    theirs.refresh_from_db()
    assert theirs.revoked_at is None


@pytest.mark.django_db
def test_page_and_program_offer_who_stands_in_no_deputies_to_name() -> None:
    post = chair_of("deputy")
    account = standing_in("deputy", post)
    make_account("friend")
    other = make_account("other", display_name="麦润根")
    Deputy.objects.create(
        post_id=post.pk, account=other, starts_on=LATER[0], ends_on=LATER[0], given_at=now()
    )
    browser = client_of(actor_for(account))

    shown = browser.get("/en/access/deputies/").content.decode()
    told = post_json(
        browser, "/api/v1/access/deputies/name",
        {"post": post.pk, "account": "friend", "starts_on": str(LATER[0] + timedelta(days=1)),
         "ends_on": str(LATER[1]), "reason": "leave"},
    )  # fmt: skip

    assert "麦润根" in shown
    assert shown.count("/end") == 1  # her own
    assert f'value="{post.pk}"' not in shown
    assert told.status_code == 422
    assert Deputy.objects.count() == 2
