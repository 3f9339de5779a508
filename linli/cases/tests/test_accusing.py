"""AP-07: what accuses an official is led to 12388 first, and never reaches the accused by itself."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from markupsafe import escape

from linli.cases import permits
from linli.cases.errors import NotForThisPost
from linli.cases.models import Assignment, Case, Category
from linli.cases.queries.accusing import accused_posts, unkept_words
from linli.cases.queries.candidates import candidates
from linli.cases.queries.receivers import posts_at, posts_held_at
from linli.cases.services import assigning, routing
from linli.cases.services.words import add_words
from linli.cases.testing import NOON, faults, make_report
from linli.cases.tests.offices import TOWN, VILLAGE, person, post_at
from linli.cases.tests.report_form import CODE, FORM, given
from linli.cases.types.moves import At, To
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json
from linli.orgs.models import Post, PostHolding

pytestmark = pytest.mark.django_db
ACCUSES = "举报村主任何伟明贪污受贿"


@pytest.fixture(autouse=True)
def _village(home: object) -> None:
    """A village with its place for files."""


def head(name: str = "何伟明") -> int:
    post = post_at(VILLAGE, kind="committee_chair")
    Post.objects.filter(pk=post).update(title="主任")
    PostHolding.objects.filter(post_id=post).update(holder_name=name)
    return post


def test_the_page_leads_to_12388_before_anything_is_sent() -> None:
    page = Client().post(FORM, given(text=ACCUSES, matter="complaint"))

    html = page.content.decode()
    assert page.status_code == 200
    assert "还没有发送" in html and "12388" in html and ACCUSES in html
    assert not Case.objects.exists()


def test_who_follows_the_hint_leaves_nothing_here() -> None:
    page = Client().post(FORM, given(text=ACCUSES, matter="complaint", to_official="1"))

    assert page.status_code == 200 and "12388" in page.content.decode()
    assert not Case.objects.exists()


def test_who_goes_on_is_heard_and_no_post_gets_it_by_itself() -> None:
    post = head()
    first = Client().post(FORM, given(text=ACCUSES, matter="complaint"))
    assert 'name="seen" value="o"' in first.content.decode()

    sent = Client().post(FORM, given(text=ACCUSES, matter="complaint", seen="o", key=str(uuid4())))

    assert sent.status_code == 303
    case = Case.objects.get()
    assert (case.lead_post_id, case.offered_post_id, case.about_post_id) == (None, None, post)
    assert not Assignment.objects.exists()
    assert faults() == []


def test_the_accused_finds_it_nowhere_and_others_hand_it_on() -> None:
    post = head()
    filed = make_report(ACCUSES)
    accused = person(VILLAGE, permits.SEE, permits.HANDLE, permits.DISPATCH, posts=(post,))
    town = person(TOWN, permits.SEE, permits.HANDLE, permits.DISPATCH, account_id=2)

    assert client_of(accused).get(f"/zh-hans/desk/cases/{filed.number}/").status_code == 404
    assert filed.number not in client_of(accused).get("/zh-hans/desk/cases/").content.decode()
    assert client_of(town).get(f"/zh-hans/desk/cases/{filed.number}/").status_code == 200
    offered = candidates(town, [Case.objects.get()], "", date(2026, 8, 10))
    assert post not in [one.post_id for one in offered]


def at_counter(**more: str) -> tuple[int, str]:
    clerk = client_of(person(VILLAGE, permits.INTAKE))
    form = {"channel": "phone", "place": CODE, "where": "村委会", "text": ACCUSES,
            "matter": "complaint", "key": str(uuid4()), **more}  # fmt: skip
    page = clerk.post("/zh-hans/report/counter/", form)
    return page.status_code, page.content.decode()


def test_at_the_counter_and_on_the_telephone_12388_is_told_before_anything_is_kept() -> None:
    status, html = at_counter()

    assert status == 200 and "12388" in html and ACCUSES in html
    assert 'name="seen" value="o"' in html
    led_on, way = at_counter(to_official="1")
    assert led_on == 200 and "12388" in way and ACCUSES not in way
    assert not Case.objects.exists()


def test_what_the_counter_takes_down_all_the_same_waits_for_a_person() -> None:
    post = head()

    status, _html = at_counter(seen="o")

    case = Case.objects.get()
    assert (status, case.offered_post_id, case.about_post_id) == (303, None, post)
    assert faults() == []


def test_what_is_about_the_chair_is_not_offered_to_her_other_title_ap_07() -> None:
    post = head()
    secretary = post_at(VILLAGE, kind="clerk")
    PostHolding.objects.filter(post_id__in=(post, secretary)).update(account_id=77)
    filed = make_report(ACCUSES)
    town = person(TOWN, permits.SEE, permits.HANDLE, permits.DISPATCH, account_id=2)
    case = Case.objects.get(number=filed.number)
    seq = case.seq

    offered = candidates(town, [case], "", date(2026, 8, 10))
    with pytest.raises(NotForThisPost), transaction.atomic():
        assigning.offer(At(case.pk), To("lead", 1, secretary), actor=town, now=NOON)

    assert secretary not in [one.post_id for one in offered]
    assert routing.send(case.pk, actor=town, now=NOON) is None
    assert Case.objects.get(pk=case.pk).seq == seq
    assert not Assignment.objects.exists()


def test_whose_account_is_closed_gets_nothing_and_can_be_accused_all_the_same_ap_07() -> None:
    post, other = head(), post_at(VILLAGE)
    PostHolding.objects.filter(post_id=post).update(is_shut_out=True)

    assert [one.post_id for one in posts_at(VILLAGE, NOON.date())] == [other]
    assert post in [one.post_id for one in posts_held_at(VILLAGE, NOON.date())]
    assert accused_posts(ACCUSES, VILLAGE, NOON.date()) == [post]


def test_a_program_is_told_once_where_accusations_go_and_may_still_mean_it() -> None:
    post = head()
    given_by_program = {"text": ACCUSES, "place": CODE}

    told = post_json(Client(), "/api/v1/reports/", given_by_program)

    assert (told.status_code, told.json()["code"]) == (422, "accuses_official")
    assert "12388" in str(told.json()["fields"]["text"])
    assert not Case.objects.exists()
    sent = post_json(Client(), "/api/v1/reports/", {**given_by_program, "meant_for_here": True})
    case = Case.objects.get()
    assert (sent.status_code, case.offered_post_id, case.about_post_id) == (201, None, post)


def test_a_browser_gets_the_words_of_which_it_keeps_no_draft() -> None:
    page = Client().get(f"{FORM}?place={CODE}").content.decode()

    told = json.loads(unkept_words())
    assert escape(unkept_words()) in page
    assert "贪污" in told["charges"] and "举报" in told["reports"] and told["reach"] > 0


@pytest.mark.parametrize("channel", ["page", "hotline", "open311"])
def test_a_title_alone_is_enough_to_keep_it_from_the_post(channel: str) -> None:
    post = head("陈某")
    make_report("检举村主任", channel=channel)

    case = Case.objects.get()
    assert (case.offered_post_id, case.about_post_id) == (None, post)


def test_what_accuses_somebody_unknown_waits_for_a_person_too() -> None:
    head()
    make_report("有人贪污集体的钱")

    case = Case.objects.get()
    assert (case.offered_post_id, case.about_post_id) == (None, None)


@pytest.mark.parametrize("matter", ["complaint", "suggestion"])
def test_a_complaint_about_cadres_that_names_nobody_stays_away_from_who_is_in_charge(
    matter: str,
) -> None:
    post = head()
    cadres = Category.objects.get(code="cadres").pk
    make_report("态度不好", category_id=cadres, matter=matter)

    case = Case.objects.get()
    kept = (None, post) if matter == "complaint" else (post, None)
    assert (case.offered_post_id, case.about_post_id) == kept


def test_the_page_leads_to_12388_by_the_category_too() -> None:
    cadres = str(Category.objects.get(code="cadres").pk)

    page = Client().post(FORM, given(text="态度不好", matter="complaint", category=cadres))

    assert page.status_code == 200 and "12388" in page.content.decode()
    assert not Case.objects.exists()


def test_what_only_names_a_post_is_sent_as_ever() -> None:
    post = head()
    make_report("村主任说修路灯，还没有修")

    case = Case.objects.get()
    assert (case.offered_post_id, case.about_post_id) == (post, None)


def second(title: str, name: str, kind: str = "committee_member") -> int:
    post = post_at(VILLAGE, kind=kind)
    Post.objects.filter(pk=post).update(title=title)
    PostHolding.objects.filter(post_id=post).update(holder_name=name)
    return post


def test_all_who_are_named_lose_sight_of_it_and_keep_it_lost_after_later_words() -> None:
    chair, book = head(), second("会计", "陈桂英")
    other = second("委员", "李四", kind="committee_deputy")
    filed = make_report("举报村主任何伟明和陈桂英侵吞集体资金")
    sees = (permits.SEE, permits.HANDLE, permits.DISPATCH)
    both, free = (person(VILLAGE, *sees, posts=(p,)) for p in (book, other))
    address = f"/zh-hans/desk/cases/{filed.number}/"

    case = Case.objects.get()

    assert {case.about_post_id, *(case.about_more or ())} == {chair, book}
    assert client_of(both).get(address).status_code == 404
    assert filed.number not in client_of(both).get("/zh-hans/desk/cases/").content.decode()
    assert client_of(free).get(address).status_code == 200
    offered = [one.post_id for one in candidates(free, [case], "", date(2026, 8, 10))]
    assert not {chair, book} & set(offered)
    assert faults() == []


def test_a_post_that_is_named_in_later_words_loses_sight_from_then_on() -> None:
    head()
    book = second("会计", "陈桂英")
    filed = make_report(ACCUSES)
    clerk = person(VILLAGE, permits.SEE, permits.HANDLE, posts=(book,))
    address = f"/zh-hans/desk/cases/{filed.number}/"
    assert client_of(clerk).get(address).status_code == 200

    with transaction.atomic():
        add_words(At(filed.case_id), "举报会计陈桂英也私分了", actor=NOBODY, now=NOON)

    assert client_of(clerk).get(address).status_code == 404
    assert Case.objects.get().about_more == [book]
    assert faults() == []
