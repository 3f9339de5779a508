"""A post that was closed by mistake has a way back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.kernel.permits import STAFF, Actor
from linli.kernel.testing import TOWN, VILLAGE, client_of, make_actor, post_json
from linli.orgs import permits, services
from linli.orgs.models import Post
from linli.orgs.testing import NOON, TODAY, make_holding, make_post
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
KEEPS = (permits.EDIT, permits.STAFF_LIST)
KEEPER = make_actor("keeper", *KEEPS, at=VILLAGE, ceiling=STAFF)
HEAD = make_actor("head of the town", *KEEPS, permits.APPOINT, at=TOWN, ceiling=STAFF)
READER = make_actor("reader", permits.STAFF_LIST, at=VILLAGE, ceiling=STAFF)
WHY = "误操作"


def closed_post(kind: str = "clerk", **fields: Any) -> Post:
    post = make_post(kind=kind, **fields)
    make_holding(post, until=date(2026, 3, 1))
    return services.close_post(post, on=TODAY, actor=HEAD, now=NOON)


def reopen(actor: Actor, post: Post, reason: str = WHY) -> Any:
    return post_json(client_of(actor), f"/api/v1/posts/{post.pk}/reopen", {"reason": reason})


def as_it_stands(post: Post) -> tuple[Any, ...]:
    post.refresh_from_db()
    return post.closed_on, post.edition, Entry.objects.filter(verb__startswith="orgs.").count()


def test_whoever_may_close_a_post_opens_it_again_with_a_reason_and_the_trail_keeps_both() -> None:
    post = closed_post(seats=2)
    address = f"/en/posts/{post.pk}/"
    before = client_of(KEEPER).get(address).content.decode()
    body = client_of(KEEPER).get(f"/en/organisations/{post.organisation.code}/").content.decode()
    asked = client_of(KEEPER).get(f"{address}reopen/").content.decode()

    done = client_of(KEEPER).post(f"{address}reopen/", {"reason": WHY, "key": "one-key"})

    assert f"{address}reopen/" in before and f'href="{address}"' in body
    assert "stays where it went" in asked and done.status_code == 303
    after = client_of(KEEPER).get(address).content.decode()
    assert "The post is vacant" in after and "reopen/" not in after
    now = Post.objects.get(pk=post.pk)
    assert (now.closed_on, now.title, now.kind_id, now.seats) == (None, post.title, "clerk", 2)
    closed, opened = Entry.objects.filter(verb__startswith="orgs.post_").order_by("pk")
    assert (closed.verb, opened.verb) == ("orgs.post_closed", "orgs.post_reopened")
    assert opened.details["reason"] == WHY and opened.details["closed_on"] == TODAY.isoformat()


def test_by_program_too_and_once() -> None:
    post = closed_post()

    first = reopen(KEEPER, post)
    held = as_it_stands(post)
    again = reopen(KEEPER, post)

    assert (first.status_code, first.json()["closed_on"]) == (200, None)
    assert first.json()["holders"] == []
    assert (again.status_code, again.json()["code"]) == (409, "post_open")
    assert as_it_stands(post) == held


def test_a_closing_of_a_later_day_is_taken_back_too() -> None:
    post = services.close_post(make_post(kind="clerk"), on=date(2099, 1, 1), actor=HEAD, now=NOON)
    page = client_of(KEEPER).get(f"/en/posts/{post.pk}/").content.decode()

    assert "The post closes on" in page and "reopen/" in page
    assert reopen(KEEPER, post).status_code == 200 and as_it_stands(post)[0] is None


@pytest.mark.parametrize(("actor", "kind"), [(READER, "clerk"), (KEEPER, "supervision_chair")])
def test_who_may_not_close_it_does_not_open_it(actor: Actor, kind: str) -> None:
    """Basis: VE-84, RC-26."""
    post = closed_post(kind)
    held = as_it_stands(post)
    page = client_of(actor).get(f"/en/posts/{post.pk}/").content.decode()

    assert reopen(actor, post).status_code == 403
    assert client_of(actor).get(f"/en/posts/{post.pk}/reopen/").status_code == 403
    assert "reopen/" not in page and as_it_stands(post) == held


def test_not_in_a_body_that_is_closed_nor_beside_one_that_took_its_title_nor_without_reason() -> (
    None
):
    gone, taken, silent = closed_post(), closed_post(), closed_post()
    make_post(taken.organisation, title=taken.title, kind="clerk")
    body = gone.organisation
    services.close_organisation(body, on=TODAY, edition=body.edition, actor=HEAD, now=NOON)
    held = [as_it_stands(post) for post in (gone, taken, silent)]

    told = [reopen(KEEPER, gone), reopen(KEEPER, taken), reopen(KEEPER, silent, " ")]

    codes = [(one.status_code, one.json()["code"]) for one in told]
    assert codes == [(409, "post_stays_closed"), (409, "name_taken"), (422, "invalid")]
    assert [as_it_stands(post) for post in (gone, taken, silent)] == held
    assert "reopen/" not in client_of(KEEPER).get(f"/en/posts/{gone.pk}/").content.decode()
