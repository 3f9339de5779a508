"""AP-07 over every door: whoever is accused, first or later, loses sight of the case and gets no offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from linli.cases import permits
from linli.cases.errors import NotForThisPost
from linli.cases.models import Assignment, Case, CaseClock, PublicWords
from linli.cases.queries.public import public_cases
from linli.cases.services import assigning, following
from linli.cases.services.petitions import open_petition, transfer_petition
from linli.cases.services.property import hand_property_on, open_property_complaint
from linli.cases.services.visits import forward_visit, register_visit
from linli.cases.testing import NOON, faults, make_report, move, read_words
from linli.cases.tests.offices import TOWN, VILLAGE, person, petition_office, post_at
from linli.cases.tests.test_accusing import ACCUSES, head
from linli.cases.tests.test_incoming_and_property import SYSTEM
from linli.cases.types.filing import Added, Filed
from linli.cases.types.moves import At
from linli.cases.types.openings import Complaining, Petitioning, Visiting
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.orgs.models import Post

pytestmark = pytest.mark.django_db
CODE = "441900005001"


@pytest.fixture(autouse=True)
def _village(home: object) -> None:
    """A village with its place for files."""


def page_add(filed: Filed) -> None:
    client, to = Client(), f"/zh-hans/follow/{filed.number}/add"
    told = {"code": filed.code, "text": ACCUSES, "key": str(uuid4())}
    first_page = client.post(to, told)
    assert first_page.status_code == 200
    first = first_page.content.decode()
    assert "12388" in first and 'name="meant_for_here"' in first and ACCUSES in first
    assert Case.objects.get().seq == CASE_SEQ
    assert client.post(to, {**told, "meant_for_here": "1", "key": str(uuid4())}).status_code == 303


def test_who_follows_the_hint_on_a_followed_report_leaves_nothing() -> None:
    filed = make_report()
    told = {"code": filed.code, "text": ACCUSES, "to_official": "1", "key": str(uuid4())}

    page = Client().post(f"/zh-hans/follow/{filed.number}/add", told)

    assert page.status_code == 200 and "12388" in page.content.decode()
    assert not PublicWords.objects.filter(said__text=ACCUSES).exists()


@pytest.mark.parametrize("kind", ["property_complaint", "visit"])
def test_a_clerk_is_told_once_before_it_is_taken_down(kind: str) -> None:
    post = head()
    clerk = client_of(person(VILLAGE, permits.HANDLE, permits.DISPATCH, permits.VISITS))
    to, key = f"/zh-hans/cases/new/{kind}/?place={CODE}", str(uuid4())
    told = {"text": ACCUSES, "company": "安居物业", "channel": "visit", "visitors": "1",
            "matter": "other" if kind == "property_complaint" else "appeal", "key": key}  # fmt: skip

    first = clerk.post(to, told)

    assert first.status_code == 200 and 'name="to_official"' in first.content.decode()
    assert not Case.objects.exists()
    away = clerk.post(to, {**told, "meant_for_here": "1", "to_official": "1", "key": str(uuid4())})
    assert away.status_code == 303 and not Case.objects.exists()
    assert clerk.post(to, {**told, "meant_for_here": "1", "key": str(uuid4())}).status_code == 303
    assert Case.objects.get().about_post_id == post


def api_add(filed: Filed) -> None:
    to = f"/api/v1/reports/{filed.number}/add"
    code = {"follow-code": filed.code}
    told = post_json(Client(headers=code), to, {"text": ACCUSES})
    assert (told.status_code, told.json()["code"]) == (422, "accuses_official")
    meant = {"text": ACCUSES, "meant_for_here": True}
    assert post_json(Client(headers=code), to, meant).status_code == 200


def service_add(filed: Filed) -> None:
    following.add_to_report(At(filed.case_id), Added(ACCUSES), actor=NOBODY, now=NOON)


CASE_SEQ = 2
LATER: list[Callable[[Filed], None]] = [page_add, api_add, service_add]


@pytest.mark.parametrize("door", LATER)
@pytest.mark.parametrize("is_taken", [False, True])
def test_words_added_later_take_the_case_from_the_accused(
    door: Callable[[Filed], None], is_taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = head()
    filed = make_report()
    accused = person(VILLAGE, permits.SEE, permits.HANDLE, permits.DISPATCH, posts=(post,))
    assert Case.objects.get().offered_post_id == post
    if is_taken:
        with transaction.atomic():
            assigning.accept(At(filed.case_id), 1, actor=accused, now=NOON)
    monkeypatch.setattr(f"{__name__}.CASE_SEQ", Case.objects.get().seq)

    door(filed)

    case = Case.objects.get()
    assert (case.about_post_id, case.lead_post_id, case.offered_post_id) == (post, None, None)
    assert set(Assignment.objects.values_list("state", flat=True)) == {"revoked"}
    running = CaseClock.objects.filter(key__startswith="take/", state="running")
    assert not running.exists()
    sheet = client_of(accused).get(f"/zh-hans/desk/cases/{filed.number}/")
    assert sheet.status_code == 404
    assert not public_cases().filter(pk=case.pk).exists()
    assert faults() == []


def test_what_is_said_of_an_answer_leaves_the_accused_too() -> None:
    post = head()
    filed = make_report()
    read_words(filed.case_id)
    clerk = person(VILLAGE, permits.SEE, permits.HANDLE, permits.DISPATCH, posts=(post,))
    with transaction.atomic():
        assigning.accept(At(filed.case_id), 1, actor=clerk, now=NOON)
    move(filed.case_id, "accept", clerk)
    move(filed.case_id, "answer", clerk, public={"text": "已处理"})

    following.ask_to_reopen(At(filed.case_id), ACCUSES, actor=NOBODY, now=NOON)

    case = Case.objects.get()
    assert (case.about_post_id, case.lead_post_id) == (post, None)
    with pytest.raises(NotFound):
        move(filed.case_id, "answer", clerk, public={"text": "不属实"})
    assert faults() == []


def test_words_that_accuse_nobody_leave_the_case_where_it_is() -> None:
    post = head()
    filed = make_report()

    following.add_to_report(At(filed.case_id), Added("第二盏也不亮"), actor=NOBODY, now=NOON)

    case = Case.objects.get()
    assert (case.about_post_id, case.offered_post_id) == (None, post)


def test_whoever_is_not_accused_keeps_what_she_took() -> None:
    post, other = head(), post_at(TOWN)
    filed = make_report("路灯不亮")
    taker = person(TOWN, permits.SEE, permits.HANDLE, permits.DISPATCH, posts=(other,))
    with transaction.atomic():
        at = At(filed.case_id)
        to = assigning.To("lead", 1, other)
        assigning.revoke(at, 1, reason="镇里办", actor=taker, now=NOON)
        assigning.offer(at, to, actor=taker, now=NOON)
        assigning.accept(at, 2, actor=taker, now=NOON)

    service_add(filed)

    case = Case.objects.get()
    assert (case.about_post_id, case.lead_post_id) == (post, other)


def complain(**more: Any) -> Any:
    clerk = person(VILLAGE, permits.HANDLE, permits.DISPATCH)
    complaint = Complaining(place=CODE, text=ACCUSES, company="安居物业", **more)
    return open_property_complaint(complaint, actor=clerk, now=NOON)


def visit() -> Any:
    actor = person(VILLAGE, permits.VISITS)
    return register_visit(Visiting(CODE, ACCUSES, "appeal"), actor=actor, now=NOON)


def petition() -> Any:
    petitioning = Petitioning(place=CODE[:9], text="举报镇书记受贿", matter="appeal")
    return open_petition(petitioning, actor=petition_office(), now=NOON)


@pytest.mark.parametrize("door", [complain, visit])
def test_what_the_village_takes_down_is_kept_from_the_accused(door: Callable[[], Any]) -> None:
    post = head()

    opened = door()

    case = Case.objects.get(pk=opened.held.id)
    assert (case.about_post_id, case.lead_post_id, case.offered_post_id) == (post, None, None)
    assert not Assignment.objects.exists()
    assert faults() == []


def test_a_visit_that_accuses_stays_so_when_it_is_passed_on() -> None:
    post = head()
    opened = visit()

    passed = forward_visit(
        At(opened.held.id), note="", actor=person(VILLAGE, permits.VISITS), now=NOON
    )

    assert Case.objects.get(pk=passed.held.id).about_post_id == post


def test_no_company_gets_a_complaint_that_accuses_an_official() -> None:
    company = post_at(VILLAGE, body="property_company")

    opened = complain(company_post_id=company)

    assert Case.objects.get(pk=opened.held.id).lead_post_id is None
    assert not Assignment.objects.exists()


def test_a_late_complaint_goes_over_the_head_of_the_accused_office() -> None:
    village, town = head(), post_at(TOWN)
    opened = complain()
    move(opened.held.id, "take_over", SYSTEM)

    hand_property_on(opened.held.id, actor=SYSTEM, now=NOON)

    case = Case.objects.get(pk=opened.held.id)
    assert (case.about_post_id, case.lead_post_id) == (village, town)


def test_a_petition_is_not_passed_to_the_post_that_it_accuses() -> None:
    post = post_at(TOWN, kind="party_secretary")
    Post.objects.filter(pk=post).update(title="书记")

    opened = petition()

    case = Case.objects.get(pk=opened.held.id)
    assert case.about_post_id == post
    with pytest.raises(NotForThisPost):
        transfer_petition(At(case.pk), post, "请办理", actor=petition_office(), now=NOON)
