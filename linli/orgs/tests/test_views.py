"""What people do on the pages: save, meet another's save, sign, and how much a list asks."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from linli.kernel.paging import page_of
from linli.kernel.permits import NOBODY, PROTECTED, Actor
from linli.kernel.testing import TOWN, client_of, make_actor
from linli.orgs import permits, queries, services
from linli.orgs.models import Organisation, OrganisationVersion, Post, PostHolding, SetupProposal
from linli.orgs.testing import (
    NOON,
    SYSTEM,
    TODAY,
    make_holding,
    make_kind,
    make_organisation,
    make_party,
    make_post,
    place_at,
)
from linli.orgs.types import Subject
from linli.places.testing import make_village

CODE = "441900005001"
KEEPER = make_actor(
    "keeper", permits.EDIT, permits.APPOINT, permits.STAFF_LIST, permits.STAFF_KEEP, at=TOWN
)
PARTY = make_actor(
    "party", permits.PARTY, permits.PARTY_KEEP, permits.PARTY_DECIDE, at=TOWN, ceiling=PROTECTED
)


def send(actor: Actor, page: str, /, *args: object, **data: object):  # type: ignore[no-untyped-def]
    """Send a form, each time with a key of its own."""
    return client_of(actor).post(reverse(page, args=args), {"key": str(uuid4()), **data})


@pytest.mark.django_db
def test_an_organisation_is_entered_and_corrected_on_its_pages() -> None:
    place_at()
    make_kind("collective_org")

    entered = send(KEEPER, "orgs:add", CODE, kind="collective_org", name="示范股份经济联合社")
    code = Organisation.objects.get().code
    corrected = send(
        KEEPER, "orgs:correct", code, name="示范股份经济合作联社", phone="0769-5550 0123", edition=1
    )

    assert (entered.status_code, corrected.status_code) == (303, 303)
    assert corrected["Location"] == reverse("orgs:organisation", args=[code])
    page = Client().get(corrected["Location"]).content.decode()
    assert "示范股份经济合作联社" in page
    assert "tel:076955500123" in page


@pytest.mark.django_db
def test_who_saves_second_keeps_what_was_typed_and_sees_what_was_saved() -> None:
    organisation = make_organisation(name="原名")
    send(KEEPER, "orgs:correct", organisation.code, name="先改的名", edition=1)

    second = send(KEEPER, "orgs:correct", organisation.code, name="后改的名", edition=1)

    page = second.content.decode()
    assert second.status_code == 422
    assert 'value="后改的名"' in page
    assert "先改的名" in page
    assert 'name="edition" value="2"' in page
    assert OrganisationVersion.objects.get().name == "先改的名"

    third = send(KEEPER, "orgs:correct", organisation.code, name="后改的名", edition=2)
    assert third.status_code == 303
    assert OrganisationVersion.objects.get().name == "后改的名"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [("uscc", "12440000MB2D034569"), ("phone", "打给我"), ("name", "")],
)
def test_a_wrong_field_is_named_beside_it_and_nothing_is_lost(field: str, value: str) -> None:
    organisation = make_organisation(name="原名")
    given = {"name": "新名", "address": "示范大道1号", "edition": 1, field: value}

    response = send(KEEPER, "orgs:correct", organisation.code, **given)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_{field}-err"' in page
    assert "示范大道1号" in page
    assert OrganisationVersion.objects.get().name == "原名"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["何伟明😀", "𠮷㛃", "<script>alert(1)</script>", "100%s", "名" * 30]
)
def test_odd_names_are_kept_and_shown_harmlessly(name: str) -> None:
    post = make_post()

    response = send(
        KEEPER, "orgs:appoint", post.pk, holder_name=name, since="20260301", came_by="elected"
    )

    assert response.status_code == 303
    assert PostHolding.objects.get().holder_name == name
    page = Client().get(reverse("orgs:post", args=[post.pk])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.django_db
def test_the_same_form_sent_twice_appoints_once() -> None:
    post = make_post(seats=None)
    data = {
        "key": str(uuid4()),
        "holder_name": "何伟明",
        "since": "2026-03-01",
        "came_by": "elected",
    }
    to = reverse("orgs:appoint", args=[post.pk])

    answers = [client_of(KEEPER).post(to, data).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert PostHolding.objects.count() == 1


@pytest.mark.django_db
def test_a_holder_leaves_by_sheet_and_signatures() -> None:
    holding = make_holding()
    printed = send(
        KEEPER, "orgs:holding_end", holding.pk, reason="resigned", receiver_name="叶少芬",
        watcher_name="李某某", items="印章，公章，1枚\n档案",
    )  # fmt: skip
    handover = holding.handovers.get()

    signed = send(
        KEEPER, "orgs:handover_sign", handover.pk, signed_on="2026-11-01", all_signed="on"
    )

    assert printed["Location"] == reverse("orgs:handover", args=[handover.pk])
    assert handover.items == [
        {"kind": "印章", "text": "公章", "count": "1枚"},
        {"kind": "", "text": "档案", "count": ""},
    ]
    assert signed.status_code == 303
    holding.refresh_from_db()
    assert holding.until == date(2026, 11, 1)


@pytest.mark.django_db
def test_a_proposal_is_made_submitted_and_approved() -> None:
    make_party(place_at(), party_type="residents", formal=51)

    made = send(PARTY, "orgs:propose", CODE)
    kinds = sorted(SetupProposal.objects.values_list("kind", flat=True))
    proposal = SetupProposal.objects.get(kind="general_branch")
    send(PARTY, "orgs:proposal_move", proposal.pk, "submit", note="", edition=1)
    send(PARTY, "orgs:proposal_move", proposal.pk, "approve", note="同意", edition=2)

    assert made.status_code == 303
    assert kinds == ["branch_committee", "general_branch"]
    proposal.refresh_from_db()
    assert (proposal.state, proposal.note) == ("approved", "同意")


def asked(actor: Actor, to: str) -> int:
    """Count the statements of one page."""
    client = client_of(actor)
    client.get(to)
    with CaptureQueriesContext(
        connection,
    ) as context:
        assert client.get(to).status_code == 200
    return len(context)


def fill(many: int) -> None:
    place = place_at()
    committee = make_organisation(at=place)
    for _ in range(many):
        make_holding(make_post(committee))
        make_organisation("public_service_center", at=place)
        make_party(place, formal=3)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("orgs:at", KEEPER), ("orgs:staff", KEEPER), ("orgs:certificates", KEEPER),
        ("orgs:training", KEEPER), ("orgs:centres", KEEPER), ("orgs:pairings", KEEPER),
        ("orgs:party", PARTY), ("orgs:coverage", PARTY), ("orgs:proposals", PARTY),
        ("orgs:joint_meetings", PARTY),
    ],
)  # fmt: skip
def test_a_list_asks_the_database_as_often_whatever_its_length(name: str, actor: Actor) -> None:
    to = reverse(name, args=[CODE])
    fill(1)
    few = asked(actor, to)

    fill(8)

    assert asked(actor, to) == few
    assert few <= 20


@pytest.mark.django_db
def test_an_organisation_page_asks_as_often_however_many_posts_it_has() -> None:
    holding = make_holding()
    organisation = holding.post.organisation
    to = reverse("orgs:organisation", args=[organisation.code])
    few = asked(KEEPER, to)
    for _ in range(8):
        make_holding(make_post(organisation))

    assert asked(KEEPER, to) == few


@pytest.mark.django_db
def test_lists_page_by_keys() -> None:
    place = place_at()
    codes = [make_organisation(at=place).code for _ in range(5)]
    to = reverse("orgs:at", args=[CODE]) + "?limit=2"
    seen: list[str] = []

    first = Client().get(to).content.decode()
    seen = [code for code in codes if f"/organisations/{code}/" in first]

    assert seen == codes[:2]
    assert 'rel="next"' in first


@pytest.mark.django_db
def test_the_api_pages_and_answers_in_the_agreed_shape() -> None:
    place = place_at()
    make_village("441900005002")
    committee = make_organisation(at=place, name="示范一村村民委员会")
    post = make_post(committee, title="主任", office_phone="0769-5550 0123")
    make_holding(post, name="何伟明")
    make_post(committee, title="文员", is_public=False)

    first = Client().get(f"/api/v1/organisations/?place={CODE}&limit=1").json()
    one = Client().get(f"/api/v1/organisations/{committee.code}/?on=2016-12-23").json()
    posts = Client().get(f"/api/v1/posts/?place={CODE}").json()
    wrong = Client().get("/api/v1/organisations/?place=0").json()

    assert (first["count"], first["next"]) == (1, None)
    assert first["items"][0]["name"] == "示范一村村民委员会"
    assert [p["title"] for p in one["posts"]] == ["主任"]
    assert one["name_on"] == "示范一村村民委员会"
    assert posts["items"] == [
        {
            "id": post.pk, "organisation": committee.code, "kind": "committee_chair",
            "title": "主任", "title_en": "", "duties": "", "office_phone": "0769-5550 0123",
            "seats": 1, "holders": [{"name": "何伟明", "since": "2026-01-01", "came_by": "elected"}],
        }
    ]  # fmt: skip
    assert (wrong["code"], list(wrong["fields"])) == ("invalid", ["place"])
    assert Post.objects.count() == 2


@pytest.mark.django_db
def test_the_training_of_a_year_leaves_as_a_file_of_numbers(settings: Any) -> None:
    settings.LINLI_DEMO = False
    committee = make_organisation(at=place_at(), name="示范一村村民委员会")
    for half_hours, year in ((9, 2026), (-2, 2026), (4, 2025)):
        services.enter_training(
            committee, services.Holder("叶少芬"), course=(Subject.EMERGENCY, year, "=防汛"),
            half_hours=half_hours, actor=KEEPER, now=timezone.now(),
        )  # fmt: skip
    where = reverse("orgs:training", args=[CODE])

    answer = client_of(KEEPER).get(f"{where}?year=2026&format=csv")

    rows = list(csv.reader(answer.content.decode("utf-8-sig").splitlines()))
    assert [(row[0], row[2], row[-1]) for row in rows[1:]] == [
        ("叶少芬", "'=防汛", "-1.0"), ("叶少芬", "'=防汛", "4.5"),
    ]  # fmt: skip
    assert "format=xlsx" in client_of(KEEPER).get(where).content.decode()
    assert client_of(NOBODY).get(f"{where}?format=csv").status_code in (403, 404)


@pytest.mark.django_db
def test_pairings_that_stand_come_before_those_that_ended_over_all_pages() -> None:
    one, two, three = place_at(), make_village("441900005002"), make_village("441900005003")
    since = date(2026, 1, 1)
    ended = services.pair((one, two), since=since, content="x", actor=SYSTEM, now=NOON)
    services.end_pairing(ended, on=date(2026, 2, 1), actor=SYSTEM, now=NOON)
    stands = services.pair((two, three), since=since, content="y", actor=SYSTEM, now=NOON)
    found = queries.pairings_by_end(TOWN, TODAY)

    first = page_of(found, queries.BY_END, limit=1)
    second = page_of(found, queries.BY_END, limit=1, cursor=first.next)

    assert [row.pk for row in (*first.items, *second.items)] == [stands.pk, ended.pk]
    assert second.next is None
