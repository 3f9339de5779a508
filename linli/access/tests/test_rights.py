"""What somebody may do, as one statement says it from posts, deputies, kinds and own rights."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access import permits
from linli.access.models import Deputy
from linli.access.queries.rights import rights_of
from linli.access.testing import (
    LONG_AGO,
    NOON,
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
)
from linli.kernel.permits import NOBODY, PERMITS
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE

OTHER_VILLAGE = "441900/441900005/441900005002/"


@pytest.mark.django_db
def test_a_clerk_may_what_her_template_says_at_her_village_and_nowhere_else() -> None:
    clerk = make_staff("clerk")

    actor = actor_for(clerk)

    assert actor.may(PERMITS["people.view"], at=VILLAGE)
    assert actor.may(PERMITS["people.reveal"], at=VILLAGE, level=5)
    assert not actor.may(PERMITS["people.view"], at=OTHER_VILLAGE)
    assert not actor.may(PERMITS["people.view"], at=TOWN)
    assert not actor.may(PERMITS["people.view"], at=VILLAGE, level=6)
    assert not actor.may(permits.GRANT, at=VILLAGE)


@pytest.mark.django_db
def test_a_holding_that_ended_gives_nothing() -> None:
    today = localdate(timezone.now())
    left, leaving = make_account(), make_account()
    post = make_post(seats=None)
    make_right("clerk", post_id=post.pk)
    make_holding(post, left, until=today)
    make_holding(post, leaving, until=today + timedelta(days=1))

    assert actor_for(left).grants == ()
    assert actor_for(left).posts == frozenset()
    assert actor_for(leaving).posts == {post.pk}


@pytest.mark.django_db
def test_a_right_of_a_kind_of_post_holds_at_the_place_of_each_post() -> None:
    make_right("clerk", path="441900/", post_kind="clerk")
    here, there = make_account(), make_account()
    make_holding(make_post("clerk", path=VILLAGE), here)
    make_holding(make_post("clerk", path=OTHER_VILLAGE), there)

    view = PERMITS["people.view"]

    assert actor_for(here).paths(view) == (VILLAGE,)
    assert actor_for(there).paths(view) == (OTHER_VILLAGE,)


@pytest.mark.django_db
def test_a_right_of_a_kind_stays_within_the_town_that_it_was_given_for() -> None:
    make_right("clerk", path=OTHER_TOWN, post_kind="clerk")
    here = make_account()
    make_holding(make_post("clerk", path=VILLAGE), here)

    assert actor_for(here).grants == ()


@pytest.mark.django_db
def test_a_template_for_villages_gives_nothing_in_a_town() -> None:
    official = make_account(path=TOWN)
    post = make_post("official", path=TOWN)
    make_holding(post, official)
    make_right("clerk", path=TOWN, post_id=post.pk)

    assert actor_for(official).grants == ()


@pytest.mark.django_db
def test_a_deputy_has_the_rights_of_the_post_on_her_days_only() -> None:
    today = localdate(timezone.now())
    deputy, early = make_account(), make_account()
    post = make_post()
    make_right("clerk", post_id=post.pk)
    days = {"post_id": post.pk, "reason": "leave", "given_at": NOON}
    Deputy.objects.create(account=deputy, starts_on=today, ends_on=today, **days)
    Deputy.objects.create(
        account=early, starts_on=today + timedelta(1), ends_on=today + timedelta(9), **days
    )

    assert actor_for(deputy).may(PERMITS["people.view"], at=VILLAGE)
    assert actor_for(early).grants == ()


@pytest.mark.django_db
def test_a_post_left_vacant_falls_to_its_deputy_then_to_the_post_above() -> None:
    today = localdate(timezone.now())
    gone, chief, second = make_account(), make_account(), make_account()
    above = make_post("committee_chair")
    vacant = make_post("clerk", above=above, seats=1)
    make_right("clerk", post_id=vacant.pk)
    make_holding(above, chief)
    make_holding(vacant, gone, until=today)

    assert actor_for(chief).posts == {above.pk, vacant.pk}
    assert actor_for(chief).may(PERMITS["people.view"], at=VILLAGE)

    stand_in = make_post("clerk")
    make_holding(stand_in, second)
    vacant.deputy = stand_in
    vacant.save()

    assert actor_for(second).posts == {stand_in.pk, vacant.pk}
    assert actor_for(chief).posts == {above.pk}


@pytest.mark.django_db
def test_a_post_that_nobody_ever_held_falls_to_nobody() -> None:
    chief = make_account()
    above = make_post("committee_chair")
    make_post("clerk", above=above, seats=1)
    make_holding(above, chief)

    assert actor_for(chief).posts == {above.pk}


@pytest.mark.django_db
def test_a_chain_of_vacant_posts_falls_to_the_first_that_is_held() -> None:
    today = localdate(timezone.now())
    gone, top = make_account(), make_account()
    first = make_post("head", path=TOWN)
    middle = make_post("committee_chair", above=first, seats=1)
    last = make_post("clerk", above=middle, seats=1)
    make_holding(first, top)
    make_holding(middle, gone, until=today)
    make_holding(last, gone, until=today, since=LONG_AGO)

    assert actor_for(top).posts == {first.pk, middle.pk, last.pk}


@pytest.mark.django_db
def test_a_disabled_account_is_nobody_at_the_next_request() -> None:
    clerk = make_staff("clerk")
    clerk.state, clerk.disabled_at = "disabled", NOON
    clerk.save()

    assert actor_for(clerk) == NOBODY


@pytest.mark.django_db
def test_a_demo_account_is_nobody_where_the_demo_was_not_asked_for() -> None:
    account = make_staff("clerk", is_demo=True)

    assert actor_for(account) == NOBODY


@pytest.mark.django_db
def test_the_label_names_the_post() -> None:
    clerk = make_account(display_name="叶少芬")
    make_holding(make_post(title="村委会委员"), clerk)

    assert actor_for(clerk).label == "叶少芬 (村委会委员)"


@pytest.mark.django_db
def test_a_right_that_two_posts_bring_to_one_place_is_read_once() -> None:
    account = make_account()
    posts = frozenset(make_post().pk for _ in range(2))
    for post in posts:
        make_right("clerk", post_id=post)
    make_right("clerk", post_id=max(posts), path=OTHER_VILLAGE)

    read = rights_of(account, posts, now=timezone.now())

    assert [path for _right, path in read] == [VILLAGE, OTHER_VILLAGE]
