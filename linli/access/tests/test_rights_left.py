"""What is left of the rights with which somebody started a file or an import."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from linli.access.models import ApiToken
from linli.access.queries.rights_left import rights_left
from linli.access.testing import actor_for, make_staff
from linli.access.tests.test_tokens import a_key, seen_as
from linli.kernel.permits import Grant
from linli.kernel.testing import TOWN, VILLAGE

pytestmark = pytest.mark.django_db
ELSEWHERE = "441900/441900999/" + VILLAGE.split("/")[-2] + "/"


def test_all_is_left_to_who_still_holds_it_and_nothing_more_comes() -> None:
    actor = actor_for(make_staff("clerk"))
    fewer = replace(actor, grants=actor.grants[:1])

    assert rights_left(actor, timezone.now()) == actor
    assert rights_left(fewer, timezone.now()).grants == actor.grants[:1]


def test_a_right_that_is_not_held_any_more_is_gone() -> None:
    actor = actor_for(make_staff("clerk"))
    more = replace(actor, grants=(*actor.grants, Grant("trail.read", TOWN, 6, None)))

    assert rights_left(more, timezone.now()).grants == actor.grants


def test_the_right_of_a_post_follows_its_place_to_another_town() -> None:
    actor = actor_for(make_staff("clerk"))
    before = tuple(replace(one, path=ELSEWHERE) for one in actor.grants if one.path == VILLAGE)
    assert before

    left = rights_left(replace(actor, grants=before), timezone.now()).grants

    assert {one.path for one in left} == {VILLAGE}
    assert len(left) == len(before)


def test_what_a_key_started_ends_with_the_key_though_its_holder_still_may() -> None:
    holder, issued = a_key()
    key = seen_as(issued.secret)
    now = timezone.now()

    living = rights_left(key, now)
    ApiToken.objects.filter(account=holder).update(revoked_at=now)

    assert living.grants == key.grants
    assert key.grants
    assert rights_left(key, now).grants == ()
    assert actor_for(holder).grants
