"""A post that ends leaves no open case with nobody: it goes to whoever can do it, and waits on her desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from linli.cases.models import Assignment, Case
from linli.cases.queries import closed_posts as queries
from linli.cases.services import assigning
from linli.cases.services.closed_posts import follow_closed_posts
from linli.cases.testing import NOON, clerk_of, faults, make_case
from linli.cases.tests.offices import post_at
from linli.cases.types.moves import At, To
from linli.kernel.permits import system_actor
from linli.kernel.registries import REFERENCES
from linli.kernel.testing import TOWN, VILLAGE, client_of, make_actor
from linli.orgs import permits, services
from linli.orgs.models import Post
from linli.orgs.testing import make_post

pytestmark = pytest.mark.django_db
ROBOT, TODAY = system_actor("test"), date(2026, 8, 10)
KEEPER = make_actor("keeper", permits.EDIT, permits.APPOINT, at=TOWN)


def led_case(post: Post) -> int:
    """Return a case that a post took on."""
    case_id: int = make_case().held.id
    holder = replace(clerk_of(), posts=frozenset({post.pk}))
    with transaction.atomic():
        assigning.offer(
            At(case_id), To("lead", post.organisation_id, post.pk), actor=ROBOT, now=NOON
        )
        assigning.accept(At(case_id), 1, actor=holder, now=NOON)
    return case_id


def closed(post: Post, on: date = TODAY) -> Post:
    return services.close_post(post, on=on, actor=KEEPER, now=NOON)


def leads(case_id: int) -> tuple[int | None, int | None]:
    case = Case.objects.get(pk=case_id)
    return case.lead_post_id, case.offered_post_id


def test_open_cases_of_a_post_that_ends_go_to_whoever_it_falls_to() -> None:
    chair = Post.objects.get(pk=post_at(VILLAGE, kind="committee_chair"))
    post = make_post(chair.organisation, kind="clerk")
    Post.objects.filter(pk=post.pk).update(above=chair)
    case_id = led_case(post)
    entry = REFERENCES.get("cases.parts_of_post")
    assert entry is not None and entry.count(post.pk) == 1
    told = client_of(KEEPER).get(f"/api/v1/posts/{post.pk}/hanging/").json()["items"]
    page = client_of(KEEPER).get(f"/en/posts/{post.pk}/close/").content.decode()

    closed(post)
    assert follow_closed_posts(actor=ROBOT, now=NOON) == 1

    assert [(one["key"], one["count"]) for one in told] == [("cases.parts_of_post", 1)]
    assert "Open cases; they go to whoever the post falls to" in page
    assert leads(case_id) == (None, chair.pk)
    assert Assignment.objects.get(case_id=case_id, number=1).state == "revoked"
    assert follow_closed_posts(actor=ROBOT, now=NOON) == 0
    assert faults() == []


def test_a_post_that_ends_on_a_later_day_keeps_its_cases_until_then() -> None:
    post = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    case_id = led_case(post)

    closed(post, TODAY + timedelta(1))

    assert follow_closed_posts(actor=ROBOT, now=NOON) == 0
    assert leads(case_id) == (post.pk, None)
    assert follow_closed_posts(actor=ROBOT, now=NOON + timedelta(1)) == 1


def test_what_nobody_can_be_asked_for_lies_open_as_a_case_that_nobody_took() -> None:
    post = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    case_id = led_case(post)

    closed(post)
    follow_closed_posts(actor=ROBOT, now=NOON)

    assert leads(case_id) == (None, None)
    assert Assignment.objects.filter(case_id=case_id).count() == 1


def test_the_successor_of_a_body_is_asked_for_its_open_cases() -> None:
    old = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    new = Post.objects.get(pk=post_at(TOWN, body="town_office", kind="head"))
    case_id = led_case(old)
    assert queries.parts_of_body(old.organisation_id) == 1

    services.close_organisation(
        old.organisation, on=TODAY, edition=old.organisation.edition, successor=new.organisation,
        actor=KEEPER, now=NOON,
    )  # fmt: skip

    assert leads(case_id) == (None, new.pk)
    assert follow_closed_posts(actor=ROBOT, now=NOON) == 0


def test_the_end_of_a_body_without_successor_sends_its_cases_to_the_office_of_the_place() -> None:
    office = post_at(TOWN)
    post = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    case_id = led_case(post)

    services.close_organisation(
        post.organisation, on=TODAY, edition=post.organisation.edition, actor=KEEPER, now=NOON
    )
    follow_closed_posts(actor=ROBOT, now=NOON)

    assert leads(case_id) == (None, office)
