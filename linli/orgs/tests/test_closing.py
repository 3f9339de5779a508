"""Bodies and posts that lead or check others are closed from the level above, not beside them."""

from __future__ import annotations

from typing import Any

import pytest

from linli.kernel.permits import STAFF, Actor
from linli.kernel.testing import CITY, TOWN, VILLAGE, client_of, make_actor, post_json
from linli.orgs import permits, services
from linli.orgs.errors import ClosedFromAbove
from linli.orgs.models import Organisation, OrgKind, Post
from linli.orgs.rules.closing import is_below, is_closed_from_above
from linli.orgs.testing import NOON, TODAY, make_organisation, make_post
from linli.places.models import Place
from linli.places.testing import make_village
from linli.trail.models import Entry

KEEPS = (permits.EDIT, permits.STAFF_LIST)
MEMBER = make_actor("member", *KEEPS, at=VILLAGE, ceiling=STAFF)
CHAIR = make_actor("chair", *KEEPS, permits.APPOINT, at=VILLAGE, ceiling=STAFF)
CLERK = make_actor("clerk of the town", *KEEPS, at=TOWN, ceiling=STAFF)
WIDE = make_actor("clerk of the city", *KEEPS, at=CITY, ceiling=STAFF)
HEAD = make_actor("head of the town", *KEEPS, permits.APPOINT, at=TOWN, ceiling=STAFF)


def supervision() -> Post:
    return make_post(make_organisation("affairs_supervision_committee"), kind="supervision_member")


def secretary() -> Post:
    body = make_organisation("party_working_committee")
    OrgKind.objects.filter(pk=body.kind_id).update(family="party")
    return make_post(Organisation.objects.get(pk=body.pk), kind="party_secretary")


def close_by_program(actor: Actor, post: Post, of: str) -> Any:
    body: dict[str, Any] = {"on": TODAY.isoformat()}
    if of == "post":
        return post_json(client_of(actor), f"/api/v1/posts/{post.pk}/close", body)
    code = post.organisation.code
    return post_json(
        client_of(actor), f"/api/v1/organisations/{code}/close", {**body, "edition": 1}
    )


def page_of_closing(actor: Actor, post: Post, of: str) -> Any:
    where = f"posts/{post.pk}" if of == "post" else f"organisations/{post.organisation.code}"
    return client_of(actor).get(f"/zh-hans/{where}/close/")


def closed_days(post: Post) -> set[Any]:
    post.refresh_from_db()
    return {post.closed_on, Organisation.objects.get(pk=post.organisation_id).closed_on}


@pytest.mark.django_db
@pytest.mark.parametrize("made", [supervision, secretary])
@pytest.mark.parametrize("of", ["post", "body"])
@pytest.mark.parametrize("actor", [MEMBER, CHAIR, CLERK], ids=lambda one: one.label)
def test_who_is_led_or_checked_by_a_body_does_away_neither_with_it_nor_with_its_posts(
    actor: Actor, of: str, made: Any
) -> None:
    """Basis: VE-84, VE-86, RC-26."""
    post = made()
    entries = Entry.objects.filter(verb__startswith="orgs.").count()

    page, told = page_of_closing(actor, post, of), close_by_program(actor, post, of)

    assert (page.status_code, told.status_code) == (403, 403)
    assert told.json()["code"] == "closed_from_above"
    assert "请找上一级" in page.content.decode()
    assert closed_days(post) == {None}
    assert Entry.objects.filter(verb__startswith="orgs.").count() == entries
    for where in (f"posts/{post.pk}/", f"organisations/{post.organisation.code}/"):
        assert "/close/" not in client_of(actor).get(f"/zh-hans/{where}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("of", ["post", "body"])
def test_the_town_closes_them(of: str) -> None:
    post = supervision()

    assert page_of_closing(HEAD, post, of).status_code == 200
    assert close_by_program(HEAD, post, of).status_code == 200

    assert TODAY in closed_days(post)


@pytest.mark.django_db
def test_what_the_village_works_with_is_closed_there() -> None:
    post = make_post(kind="clerk")

    services.close_post(post, on=TODAY, actor=MEMBER, now=NOON)

    assert TODAY in closed_days(post)


@pytest.mark.django_db
def test_a_post_that_checks_is_guarded_in_whatever_body_it_stands() -> None:
    post = make_post(make_organisation("villagers_committee"), kind="supervision_chair")

    with pytest.raises(ClosedFromAbove):
        services.close_post(post, on=TODAY, actor=CHAIR, now=NOON)

    assert closed_days(post) == {None}


@pytest.mark.django_db
def test_nor_is_it_made_another_kind_first_by_who_is_checked() -> None:
    post = make_post(make_organisation("villagers_committee"), kind="supervision_chair")
    make_post(post.organisation, kind="clerk")
    entries = Entry.objects.filter(verb__startswith="orgs.").count()

    def change(actor: Actor) -> Any:
        body = {
            "title": post.title,
            "kind": "clerk",
            "seats": 1,
            "rank": 100,
            "edition": post.edition,
        }
        return post_json(client_of(actor), f"/api/v1/posts/{post.pk}/change", body)

    told = change(CHAIR)

    assert (told.status_code, told.json()["code"]) == (403, "closed_from_above")
    post.refresh_from_db()
    assert post.kind_id == "supervision_chair"
    assert Entry.objects.filter(verb__startswith="orgs.").count() == entries
    assert change(HEAD).status_code == 200


@pytest.mark.django_db
def test_nor_is_a_body_closed_beside_the_post_that_checks_in_it() -> None:
    post = make_post(make_organisation("deliberation_council"), kind="supervision_chair")
    page, told = page_of_closing(CHAIR, post, "body"), close_by_program(CHAIR, post, "body")

    assert (page.status_code, told.json()["code"]) == (403, "closed_from_above")
    assert closed_days(post) == {None}

    Post.objects.filter(pk=post.pk).update(closed_on=TODAY)
    assert close_by_program(CHAIR, post, "body").status_code == 200


def committee(kind: str = "villagers_committee") -> Post:
    return make_post(make_organisation(kind), kind="clerk")


def stands(post: Post) -> tuple[Any, ...]:
    body = Organisation.objects.get(pk=post.organisation_id)
    post.refresh_from_db()
    entries = Entry.objects.filter(verb__startswith="orgs.").count()
    return body.closed_on, body.edition, post.closed_on, entries


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["villagers_committee", "residents_committee"])
@pytest.mark.parametrize("actor", [MEMBER, CHAIR, CLERK], ids=lambda one: one.label)
def test_what_stands_by_law_is_not_closed_by_whoever_keeps_the_register_there(
    actor: Actor, kind: str
) -> None:
    """Basis: RC-10; ours for villagers' committees."""
    post = committee(kind)
    held = stands(post)
    there = f"/zh-hans/organisations/{post.organisation.code}/"

    page, told = page_of_closing(actor, post, "body"), close_by_program(actor, post, "body")

    assert (page.status_code, told.status_code) == (403, 403)
    assert told.json()["code"] == "closed_from_above"
    assert "依法设立" in page.content.decode()
    assert "/close/" not in client_of(actor).get(there).content.decode()
    assert stands(post) == held
    assert close_by_program(HEAD, post, "body").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("made", [committee, supervision])
def test_it_is_closed_there_once_its_place_has_ended(made: Any) -> None:
    """Basis: RC-10, RC-26, VE-84."""
    post = made()
    Place.objects.filter(pk=post.organisation.place_id).update(valid_to=TODAY)

    assert page_of_closing(MEMBER, post, "body").status_code == 200
    assert close_by_program(MEMBER, post, "body").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("made", [committee, supervision])
def test_of_two_that_a_merger_brought_together_who_keeps_the_register_above_closes_one(
    made: Any,
) -> None:
    """Basis: RC-10, RC-26, VE-84."""
    post, twin = made(), made().organisation
    far = make_organisation(post.organisation.kind_id, at=make_village("441900006001"))
    other = make_organisation("deliberation_council")
    held = stands(post)

    def close(actor: Actor, into: str) -> Any:
        body = {"on": TODAY.isoformat(), "edition": 1, "successor": into}
        where = f"/api/v1/organisations/{post.organisation.code}/close"
        return post_json(client_of(actor), where, body)

    refused = [close(CLERK, into) for into in ("", other.code)] + [close(MEMBER, twin.code)]
    assert [one.json()["code"] for one in refused] == ["closed_from_above"] * 3
    assert close(WIDE, far.code).json()["code"] == "closed_from_above"
    assert stands(post) == held
    assert page_of_closing(MEMBER, post, "body").status_code == 403
    assert page_of_closing(CLERK, post, "body").status_code == 200

    assert close(CLERK, twin.code).status_code == 200
    assert stands(post)[0] == TODAY


def test_above_a_city_there_is_no_place() -> None:
    assert is_below(CITY, CITY) and is_below(CITY, TOWN) and is_below(TOWN, VILLAGE)
    assert not is_below(TOWN, TOWN) and not is_below(VILLAGE, TOWN)
    assert not is_closed_from_above("service", "public_service_center", "centre_head")


@pytest.mark.django_db
def test_who_takes_over_is_named_in_full_or_by_its_code() -> None:
    old = make_organisation("deliberation_council")
    make_organisation(name="示范议事会"), make_organisation(name="示范理事会")
    make_organisation(name="示范理事会")
    where, keeper = f"/api/v1/organisations/{old.code}/close", client_of(MEMBER)
    body = {"on": TODAY.isoformat(), "edition": 1}

    for said in ("示范理事会", "没有的机构"):
        refused = post_json(keeper, where, {**body, "successor": said})
        assert (refused.status_code, list(refused.json()["fields"])) == (422, ["successor"])
    asked = {**body, "successor": "示范理事会", "key": "one-key"}
    page = keeper.post(f"/zh-hans/organisations/{old.code}/close/", asked)
    assert page.status_code == 422 and Organisation.objects.get(pk=old.pk).closed_on is None

    done = post_json(keeper, where, {**body, "successor": " 示范议事会 "})
    assert done.status_code == 200 and done.json()["closed_on"] == TODAY.isoformat()
