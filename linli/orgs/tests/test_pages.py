"""Every page of orgs opens for whom it is meant, and the common things can be done on it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate

from linli.kernel.permits import PROTECTED
from linli.kernel.testing import CITY, client_of, make_actor
from linli.orgs import permits
from linli.orgs.services.centres import CentreFacts, describe_centre
from linli.orgs.services.coverage import add_spot
from linli.orgs.services.joint import found_joint_meeting, join_meeting
from linli.orgs.services.joint_lines import EntryFacts, enter_line
from linli.orgs.services.pairings import pair
from linli.orgs.services.party import name_for_non_local
from linli.orgs.services.posts import close_post
from linli.orgs.services.proposals import propose_setups
from linli.orgs.services.staff import Holder, enter_certificate, enter_training
from linli.orgs.testing import (
    NOON,
    SYSTEM,
    make_holding,
    make_organisation,
    make_party,
    make_post,
    place_at,
)
from linli.orgs.types import CertificateKind, ListKind, SpotKind, Subject
from linli.places.testing import make_village
from tests.furnishing import made_once

pytestmark = pytest.mark.django_db
CODE = "441900005001"
ALL = (
    permits.EDIT, permits.REORGANISE, permits.APPOINT, permits.STAFF_LIST, permits.STAFF_KEEP,
    permits.IMPORT, permits.PARTY, permits.PARTY_KEEP, permits.PARTY_DECIDE,
)  # fmt: skip
KEEPER = make_actor("keeper", *ALL, at=CITY, ceiling=PROTECTED)
NOBODY_CLIENT = Client


def _village() -> dict[str, int | str]:
    """A village with one of everything."""
    place, other = place_at(), make_village("441900005002")
    committee = make_organisation(at=place, name="示范一村村民委员会")
    working = make_organisation("party_working_committee", at=place, name="示范一村党工委")
    centre = make_organisation("public_service_center", at=place, name="示范一村公共服务中心")
    post = make_post(committee, title="主任")
    holding = make_holding(post)
    deputy = make_holding(make_post(working, kind="deputy_party_secretary"), name="叶少芬")
    branch = make_party(place, formal=2)
    describe_centre(centre, CentreFacts(date(2020, 1, 1)), edition=0, actor=SYSTEM, now=NOON)
    certificate = enter_certificate(
        committee, Holder("叶少芬"), kind=CertificateKind.SOCIAL_WORKER, number="A1",
        valid=(date(2020, 1, 1), None), actor=SYSTEM, now=NOON,
    )  # fmt: skip
    enter_training(
        committee, Holder("叶少芬"), course=(Subject.EMERGENCY, 2026, "防汛"), half_hours=5,
        actor=SYSTEM, now=NOON,
    )  # fmt: skip
    pairing = pair(
        (place, other), since=date(2026, 1, 1), content="互派干部", actor=SYSTEM, now=NOON
    )
    spot = add_spot(
        place, kind=SpotKind.ESTATE, name="和顺花园", since=date(2026, 1, 1), actor=SYSTEM, now=NOON
    )
    name_for_non_local(
        place, since=date(2026, 1, 1), document="示范镇委发〔2026〕1号", actor=SYSTEM, now=NOON
    )
    propose_setups(place, actor=SYSTEM, now=NOON)
    meeting = found_joint_meeting(
        working, name="大党委联席会", since=date(2026, 1, 1), actor=SYSTEM, now=NOON
    )
    member = join_meeting(meeting, unit_name="示范小学", actor=SYSTEM, now=NOON)
    line = enter_line(
        meeting, EntryFacts(ListKind.NEED, "雨棚", member=member), actor=SYSTEM, now=NOON
    )
    return {
        "org": committee.code, "centre": centre.code, "post": post.pk, "holding": holding.pk,
        "deputy": deputy.pk, "branch": branch.code, "certificate": certificate.pk,
        "pairing": pairing.pk, "spot": spot.pk, "meeting": meeting.pk, "member": member.pk,
        "line": line.pk,
    }  # fmt: skip


village = made_once(_village)

PUBLIC_PAGES = [
    ("orgs:at", [CODE]), ("orgs:at", ["441900"]), ("orgs:organisation", ["org"]),
    ("orgs:organisation", ["centre"]), ("orgs:post", ["post"]), ("orgs:centres", [CODE]),
    ("orgs:centres", ["441900005"]), ("orgs:pairings", [CODE]),
]  # fmt: skip
STAFF_PAGES = [
    ("orgs:add", [CODE]), ("orgs:correct", ["org"]), ("orgs:rename", ["org"]),
    ("orgs:close", ["org"]), ("orgs:under", ["org"]), ("orgs:reorganise", ["org"]),
    ("orgs:post_add", ["org"]), ("orgs:centre", ["centre"]), ("orgs:area", ["centre"]),
    ("orgs:post_change", ["post"]), ("orgs:post_close", ["post"]), ("orgs:appoint", ["post"]),
    ("orgs:holding_correct", ["holding"]), ("orgs:holding_end", ["holding"]),
    ("orgs:end_at_once", ["holding"]), ("orgs:staff", [CODE]), ("orgs:certificates", [CODE]),
    ("orgs:certificate_add", [CODE]), ("orgs:training", [CODE]), ("orgs:training_add", [CODE]),
    ("orgs:import", [CODE]), ("orgs:import_blank", [CODE]), ("orgs:pairing_add", [CODE]),
    ("orgs:pairing_end", ["pairing"]),
]  # fmt: skip
PARTY_PAGES = [
    ("orgs:party", [CODE]), ("orgs:party", ["441900"]), ("orgs:party_add", [CODE]),
    ("orgs:party_name", [CODE]), ("orgs:coverage", [CODE]), ("orgs:spot_add", [CODE]),
    ("orgs:proposals", [CODE]), ("orgs:joint_meetings", [CODE]), ("orgs:joint_found", [CODE]),
    ("orgs:organisation", ["branch"]), ("orgs:party_organisation", ["branch"]),
    ("orgs:party_count", ["branch"]), ("orgs:party_form", ["branch"]),
    ("orgs:party_manage", ["branch"]), ("orgs:party_origin", ["deputy"]),
    ("orgs:spot_cover", ["spot"]), ("orgs:spot_count", ["spot"]), ("orgs:spot_close", ["spot"]),
    ("orgs:spot_uncover", ["spot"]),
    ("orgs:joint_meeting", ["meeting"]), ("orgs:unit_add", ["meeting"]),
    ("orgs:line_add", ["meeting"]), ("orgs:line_change", ["line"]),
    ("orgs:joint_change", ["meeting"]), ("orgs:unit_correct", ["member"]),
]  # fmt: skip


def address(name: str, args: list[str], things: dict[str, int | str]) -> str:
    with translation.override("zh-hans"):
        return reverse(name, args=[things.get(arg, arg) for arg in args])


@pytest.mark.load
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("name", "args"), PUBLIC_PAGES + STAFF_PAGES + PARTY_PAGES)
def test_every_page_opens_for_its_keeper(village, name, args, language) -> None:  # type: ignore[no-untyped-def]
    to = address(name, args, village).replace("/zh-hans/", f"/{language}/")

    response = client_of(KEEPER).get(to)

    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html") is (name != "orgs:import_blank")


@pytest.mark.parametrize(("name", "args"), PUBLIC_PAGES)
def test_public_pages_open_for_everybody(village, name, args) -> None:  # type: ignore[no-untyped-def]
    assert Client().get(address(name, args, village)).status_code == 200


@pytest.mark.load
@pytest.mark.parametrize(("name", "args"), STAFF_PAGES)
def test_staff_pages_are_refused_to_everybody_else(village, name, args) -> None:  # type: ignore[no-untyped-def]
    assert Client().get(address(name, args, village)).status_code == 403


@pytest.mark.load
@pytest.mark.parametrize(("name", "args"), PARTY_PAGES)
def test_party_pages_are_not_there_for_everybody_else(village, name, args) -> None:  # type: ignore[no-untyped-def]
    clerk = make_actor("clerk", permits.EDIT, permits.APPOINT, permits.STAFF_LIST, at=CITY)

    assert client_of(clerk).get(address(name, args, village)).status_code in (403, 404)
    assert Client().get(address(name, args, village)).status_code in (403, 404)


@pytest.mark.django_db
def test_the_page_of_a_closed_post_says_so_and_nobody_acts_for_it() -> None:
    post = make_post()
    address = f"/en/posts/{post.pk}/"
    before = client_of(KEEPER).get(address).content.decode()
    close_post(post, on=localdate(), actor=KEEPER, now=timezone.now())
    after = client_of(KEEPER).get(address).content.decode()

    assert "The post is vacant" in before
    assert "The post was closed on" in after and "The post is vacant" not in after


@pytest.mark.django_db
def test_whoever_closes_a_post_reads_first_who_holds_it() -> None:
    holding = make_holding()
    address = f"/en/posts/{holding.post_id}/close/"
    page = client_of(KEEPER).get(address).content.decode()

    assert "Somebody holds this post." in page and holding.holder_name in page
    assert reverse("orgs:holding_end", args=[holding.pk]).split("/", 2)[2] in page


@pytest.mark.django_db
def test_a_post_that_somebody_holds_is_not_closed_and_her_name_is_told() -> None:
    holding = make_holding()
    address, given = f"/en/posts/{holding.post_id}/close/", {"on": "2026-05-18", "key": "1"}
    answer = client_of(KEEPER).post(address, given)

    assert answer.status_code == 422
    told = f"{holding.holder_name} still holds “{holding.post.title}”."
    assert told in answer.content.decode()
    holding.post.refresh_from_db()
    assert holding.post.closed_on is None
