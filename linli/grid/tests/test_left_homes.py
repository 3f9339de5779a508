"""Homes whose helper's post closes: told before, handed to the post that takes over, else shown until another is chosen."""

from __future__ import annotations

from typing import Any

import pytest

from linli.grid import permits as grid
from linli.grid.models import StormHome
from linli.grid.services import homes, storms, striking
from linli.grid.services.left_homes import hand_homes_on
from linli.grid.testing import NOON, SYSTEM, TODAY
from linli.grid.tests.storm_samples import OFFICE, home, storm
from linli.grid.types.storms import HomeFacts
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import PERSONAL, STAFF
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Message
from linli.orgs import permits, services
from linli.orgs.models import Organisation, Post
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
KEEPER = make_actor("keeper", permits.EDIT, permits.STAFF_LIST, grid.STORM, ceiling=PERSONAL)
BLIND = make_actor("blind", permits.EDIT, permits.STAFF_LIST, ceiling=STAFF)


def body() -> Organisation:
    return make_organisation("deliberation_council", at=make_village())


def worker(of: Organisation | None = None, *, is_left: bool = False) -> Post:
    post = make_post(of or body(), kind="grid_worker")
    if not is_left:
        make_holding(post)
    return post


def left(post: Post) -> Post:
    """Let the holder of a post leave it."""
    post.holdings.update(until=TODAY, end_reason="term_over")
    return post


def close(old: Organisation, into: Organisation) -> None:
    services.close_organisation(
        old, on=TODAY, edition=1, successor=into, actor=KEEPER, now=NOON
    )  # fmt: skip


def hanging(of: str, key: str, **asked: str) -> Any:
    told = client_of(KEEPER).get(f"/api/v1/{of}/hanging/", asked).json()["items"]
    return next(one for one in told if one["key"] == key)


def test_the_page_of_closing_names_the_homes_that_lose_their_helper_to_who_may_see_them() -> None:
    at, post = storm(), worker()
    one, back, struck = home(at, post.pk), home(at, post.pk), home(at, post.pk)
    StormHome.objects.filter(pk=back.pk).update(state="back")
    striking.strike_home(struck, "twice", actor=OFFICE, now=NOON)
    left(post)

    told = hanging(f"posts/{post.pk}", "grid.homes_of_post")
    page = client_of(KEEPER).get(f"/zh-hans/posts/{post.pk}/close/").content.decode()
    hidden = client_of(BLIND).get(f"/zh-hans/posts/{post.pk}/close/").content.decode()

    (falls,) = told["falls"]
    assert (told["count"], falls["rule"], falls["count"]) == (1, "nobody", 1)
    assert "请另选责任岗位" in page and one.masked_name in page
    assert "请另选责任岗位" in hidden
    assert one.masked_name not in hidden
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    assert (
        "grid.homes_of_post"
        not in client_of(KEEPER).get(f"/api/v1/posts/{post.pk}/hanging/").content.decode()
    )


def test_homes_go_to_the_post_of_the_same_kind_that_takes_over_and_it_is_told_once() -> None:
    at, old, new = storm(), body(), body()
    post, nobody, heir = worker(old), worker(new, is_left=True), worker(new)
    one, two = home(at, post.pk), home(at, post.pk)
    homes.mark_home(two, "move", actor=OFFICE, now=NOON)
    left(post)

    told = hanging(f"organisations/{old.code}", "grid.homes", successor=new.code)
    close(old, new)

    assert [(each["rule"], each["count"]) for each in told["falls"]] == [("successor", 2)]
    found = StormHome.objects.order_by("pk").values_list("helper_id", "state")
    assert list(found) == [(heir.pk, "named"), (heir.pk, "moved")] and nobody.pk != heir.pk
    messages = Message.objects.filter(template="grid.homes_to_move", post_id=heir.pk)
    assert messages.count() == 1
    assert Entry.objects.filter(verb="grid.home_changed").count() == 2
    page = client_of(OFFICE).get(f"/en/grid/{make_village().code}/storms/{at.pk}/")
    assert "choose another" not in page.content.decode()
    one.refresh_from_db()
    assert one.edition == 2


def test_many_homes_are_handed_on_with_as_many_questions_as_few(
    django_assert_max_num_queries: Any,
) -> None:
    at, old, new = storm(), body(), body()
    post, heir = worker(old), worker(new)
    known = home(at, heir.pk)
    for _ in range(12):
        home(at, post.pk)
    Message.objects.all().delete()

    with django_assert_max_num_queries(20):
        assert hand_homes_on(old.pk, new.pk, actor=SYSTEM, now=NOON) == 12

    assert set(StormHome.objects.values_list("helper_id", flat=True)) == {heir.pk}
    assert Entry.objects.filter(verb="grid.home_changed").count() == 12
    known.refresh_from_db()
    assert known.edition == 1
    assert not Message.objects.exists(), "who has others on her list was told of them"


def test_without_such_a_post_the_list_says_so_until_another_helper_is_chosen() -> None:
    at, old, new = storm(), body(), body()
    post, other = worker(old), worker()
    make_holding(make_post(new, kind="clerk"))
    kept = home(at, other.pk)
    one = home(at, post.pk)
    left(post)
    close(old, new)
    village = make_village().code
    where = f"/en/grid/{village}/storms/{at.pk}/"

    def shown() -> tuple[list[bool], list[bool]]:
        client = client_of(OFFICE)
        rows = client.get(f"/api/v1/grid/storms/{at.pk}/homes/{village}/").json()["items"]
        pages = [client.get(where), client.get(f"{where}print/")]
        file = client.get(where, {"format": "csv"})
        words = [b"choose another" in page.content for page in pages]
        words.append(b"choose another" in b"".join(file))
        return words, [row["helper_is_closed"] for row in rows]

    assert shown() == ([True] * 3, [True, False]), "what needs another helper stands first"
    one.refresh_from_db()
    assert (one.helper_id, one.edition) == (post.pk, 1)
    facts = HomeFacts("Chen Ah Po", "+8613800138001", "Fig lane 8", 3, "carry", other.pk)
    homes.change_home(one, facts, is_another=True, actor=OFFICE, now=NOON)
    assert shown() == ([False] * 3, [False, False]) and kept.helper_id == other.pk


def test_of_a_storm_that_is_over_nothing_is_handed_on_or_asked() -> None:
    at, old, new = storm(), body(), body()
    post = worker(old)
    worker(new)
    home(at, post.pk)
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    left(post)
    close(old, new)

    page = client_of(OFFICE).get(f"/en/grid/{make_village().code}/storms/{at.pk}/")

    assert StormHome.objects.get().helper_id == post.pk
    assert "choose another" not in page.content.decode()


def test_only_the_system_hands_homes_on() -> None:
    at, old, new = storm(), body(), body()
    post = worker(old)
    worker(new)
    home(at, post.pk)

    with pytest.raises(NotAllowed):
        hand_homes_on(old.pk, new.pk, actor=KEEPER, now=NOON)
    assert StormHome.objects.get().helper_id == post.pk
    assert hand_homes_on(old.pk, new.pk, actor=SYSTEM, now=NOON) == 1
