"""A post that ends leaves no open case with nobody: it goes to whoever can do it, and waits on her desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.access.testing import actor_for, make_account, make_right
from linli.cases.errors import AlreadyAnswered
from linli.cases.models import Assignment, Case
from linli.cases.permits import HANDLE, PETITIONS, SEE
from linli.cases.queries import closed_posts as queries
from linli.cases.queries.falling import falls_of_post
from linli.cases.queries.left_parts import Such
from linli.cases.services import assigning
from linli.cases.services.closed_posts import follow_closed_posts, hand_parts_on
from linli.cases.testing import NOON, clerk_of, faults, make_case
from linli.cases.tests.offices import post_at
from linli.cases.tests.rating_samples import petitioned
from linli.cases.types.moves import At, To
from linli.kernel.each import Broke
from linli.kernel.falling import FALLS
from linli.kernel.permits import Actor, system_actor
from linli.kernel.registries import REFERENCES
from linli.kernel.testing import CITY, TOWN, VILLAGE, client_of, make_actor
from linli.orgs import permits, services
from linli.orgs.models import Post, PostKind
from linli.orgs.testing import make_holding, make_post

pytestmark = pytest.mark.django_db
ROBOT, TODAY = system_actor("test"), date(2026, 8, 10)
KEEPER = make_actor("keeper", permits.EDIT, permits.APPOINT, at=TOWN)


@pytest.fixture(autouse=True)
def working_kinds() -> None:
    """Clerks, chairs and heads see reports and work on them; treasurers do not."""
    for kind in ("clerk", "committee_chair", "head"):
        PostKind.objects.get_or_create(
            code=kind, defaults={"name": kind, "name_en": kind, "rank": 60}
        )
        for permit in (SEE, HANDLE):
            make_right(permit=permit.name, path=CITY, post_kind=kind)


def led_case(post: Post, case_id: int = 0) -> int:
    """Return a case that a post took on."""
    case_id = case_id or make_case().held.id
    holder = replace(clerk_of(TOWN), posts=frozenset({post.pk}))
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


def hanging(post: Post, reader: Actor, key: str = "cases.parts_of_post") -> Any:
    told = client_of(reader).get(f"/api/v1/posts/{post.pk}/hanging/").json()["items"]
    return next(one for one in told if one["key"] == key)


def test_whoever_closes_a_post_reads_which_cases_go_to_whom_and_by_which_rule() -> None:
    chair = Post.objects.get(pk=post_at(VILLAGE, kind="committee_chair"))
    post = make_post(chair.organisation, kind="clerk")
    make_holding(post, "她")
    reader = make_actor("reader", permits.EDIT, permits.APPOINT, SEE, at=TOWN)
    case_id = led_case(post)
    number = Case.objects.get(pk=case_id).number

    Post.objects.filter(pk=post.pk).update(deputy=chair)
    by_deputy = hanging(post, reader)["falls"]
    Post.objects.filter(pk=post.pk).update(deputy=None, above=chair)
    page = client_of(reader).get(f"/en/posts/{post.pk}/close/").content.decode()
    of_others = client_of(KEEPER).get(f"/en/posts/{post.pk}/close/").content.decode()
    from_above = hanging(post, reader)["falls"]
    Post.objects.filter(pk=post.pk).update(above=None)
    in_body = hanging(post, KEEPER)["falls"]
    Post.objects.filter(pk=chair.pk).update(closed_on=TODAY)
    nobody = hanging(post, reader)["falls"]

    assert [(one["rule"], one["post"], one["count"]) for one in by_deputy] == [
        ("deputy", chair.pk, 1)
    ]
    assert [one["number"] for one in by_deputy[0]["seen"]] == [number]
    assert [(one["rule"], one["post"]) for one in from_above] == [("above", chair.pk)]
    assert f'{number}/">' in page and "the post above, or its deputy" in page
    # who may see no cases learns how many there are and who is asked, and no more
    assert number not in of_others and "the post above, or its deputy" in of_others
    assert [(one["rule"], one["post"], one["seen"]) for one in in_body] == [("body", chair.pk, [])]
    assert [(one["rule"], one["post"], one["count"]) for one in nobody] == [("nobody", None, 1)]


def test_who_is_asked_is_looked_up_once_for_all_cases_of_a_sort() -> None:
    chair = Post.objects.get(pk=post_at(VILLAGE, kind="committee_chair"))
    post = make_post(chair.organisation, kind="clerk")
    Post.objects.filter(pk=post.pk).update(above=chair)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            (one,) = falls_of_post(KEEPER, post.pk, None)
        assert one.post_id == chair.pk and one.count == Case.objects.count()
        return len(queries)

    led_case(post)
    first = asked()
    for _more in range(3):
        led_case(post)
    assert asked() == first


def test_whoever_closes_a_body_reads_whom_its_successor_asks() -> None:
    old = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    new = Post.objects.get(pk=post_at(TOWN, body="town_office", kind="head"))
    led_case(old)
    client, code = client_of(KEEPER), old.organisation.code
    to = f"/api/v1/organisations/{code}/hanging/"

    def told(**given: str) -> list[tuple[str, int]]:
        items = client.get(to, given).json()["items"]
        falls = next(one for one in items if one["key"] == "cases.parts")["falls"]
        return [(one["rule"], one["post"]) for one in falls]

    alone, taken = told(), told(successor=new.organisation.code)
    page = client.post(
        f"/en/organisations/{code}/close/",
        {"on": "", "successor": new.organisation.code, "key": "1"},
    )

    assert (alone, taken) == ([("others", new.pk)], [("successor", new.pk)])
    assert "works in the body that takes over" in page.content.decode()
    assert client.get(to, {"successor": "nobody"}).status_code == 422


def test_what_is_told_of_an_end_is_of_something_that_is_counted_there() -> None:
    known = {one.key for one in REFERENCES if one.to in ("post", "organisation")}

    assert {one.key for one in FALLS} <= known


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


def held_by(path: str, *, kind: str, body: str = "") -> tuple[Post, Actor]:
    """Return a post and who works in it, with what the post gives her."""
    post, account = (
        Post.objects.get(pk=post_at(path, kind=kind, body=body, is_held=False)),
        make_account(),
    )
    make_holding(post, name="", account_id=account.pk)
    return post, actor_for(account, NOON)


def test_what_is_left_goes_past_whoever_could_not_open_it_to_a_post_that_reads_it() -> None:
    post = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    treasurer = make_post(post.organisation, kind="treasurer")
    make_holding(treasurer, name="", account_id=make_account().pk)
    Post.objects.filter(pk=post.pk).update(above=treasurer)
    clerk, works = held_by(TOWN, kind="clerk")
    case_id = led_case(post)

    closed(post)
    follow_closed_posts(actor=ROBOT, now=NOON)

    assert leads(case_id) == (None, clerk.pk)
    number = Case.objects.get(pk=case_id).number
    assert client_of(works).get(f"/api/v1/cases/{number}/").status_code == 200


def test_a_petition_goes_to_a_post_that_sees_petitions_up_to_its_level() -> None:
    case_id = petitioned().held.id
    level = Case.objects.get(pk=case_id).level
    post = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    make_holding(make_post(post.organisation, kind="clerk"), name="")
    low, good = post_at(TOWN, kind="official"), post_at(TOWN, kind="official")
    for one, ceiling in ((low, level - 1), (good, level)):
        for permit in (PETITIONS, HANDLE):
            make_right(permit=permit.name, path=TOWN, post_id=one, ceiling=ceiling)
    led_case(post, case_id)

    closed(post)
    follow_closed_posts(actor=ROBOT, now=NOON)

    assert leads(case_id) == (None, good)


def test_a_successor_whose_posts_cannot_open_a_case_is_not_given_it() -> None:
    old = Post.objects.get(pk=post_at(VILLAGE, is_held=False))
    new = Post.objects.get(pk=post_at(TOWN, body="town_office", kind="treasurer"))
    case_id = led_case(old)

    services.close_organisation(
        old.organisation, on=TODAY, edition=old.organisation.edition, successor=new.organisation,
        actor=KEEPER, now=NOON,
    )  # fmt: skip

    assert leads(case_id) == (old.pk, None)


def test_a_part_answered_in_the_same_moment_keeps_no_other_and_no_closing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post, (clerk, _works) = (
        Post.objects.get(pk=post_at(VILLAGE, is_held=False)),
        held_by(TOWN, kind="clerk"),
    )
    gone, other = led_case(post), led_case(post)
    closed(post)
    revoke = assigning.revoke

    def meanwhile(refusal: Exception) -> None:
        def first(at: At, number: int, **given: Any) -> Any:
            if at.case_id == gone:
                raise refusal
            return revoke(at, number, **given)

        monkeypatch.setattr(assigning, "revoke", first)

    meanwhile(AlreadyAnswered())
    assert follow_closed_posts(actor=ROBOT, now=NOON) == 1
    assert leads(other) == (None, clerk.pk)
    assert hand_parts_on(post.organisation_id, clerk.organisation_id, actor=ROBOT, now=NOON) == 0

    again = led_case(make_post(post.organisation, kind="clerk"))
    Post.objects.filter(organisation=post.organisation).update(closed_on=TODAY)
    meanwhile(RuntimeError())
    with pytest.raises(Broke):
        follow_closed_posts(actor=ROBOT, now=NOON)
    assert leads(again) == (None, clerk.pk)


def test_who_could_go_on_is_looked_up_once_for_all_cases_of_a_sort(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    post = make_post(Post.objects.get(pk=post_at(VILLAGE, kind="committee_chair")).organisation)
    left = [led_case(post) for _number in range(3)]
    asked, able_for = [], queries.able_for

    def counted(such: Such, now: datetime) -> list[int]:
        asked.append(such)
        return able_for(such, now)

    monkeypatch.setattr(queries, "able_for", counted)
    closed(post)

    assert follow_closed_posts(actor=ROBOT, now=NOON) == len(left)
    assert len(asked) == 1
