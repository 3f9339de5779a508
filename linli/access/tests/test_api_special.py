"""Emergency access, full sessions, their review, and accounts of residents, over the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from linli.access.models import Account, GivenRight, Mandate
from linli.access.testing import (
    actor_for,
    make_account,
    make_post,
    make_right,
    make_staff,
    signed_in,
)
from linli.access.tests.test_api_work import CODE, NEXT_YEAR, ROOT, as_account, by_key, send
from linli.kernel.permits import PERMITS
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, post_json
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
GLASS = {"permit": "orgs.party", "place": CODE, "ceiling": 6, "reason": "洪水，要联系各支部"}
PHONE = "+8613800138000"


def auditor(path: str = "441900/") -> Account:
    account = make_account(path=path)
    make_right("auditor", path=path, account=account)
    return account


def operator() -> Account:
    account = make_account(path="441900/")
    make_right("operator", path="441900/", account=account)
    return account


def specials() -> int:
    return GivenRight.objects.filter(kind__in=("break_glass", "operator")).count()


def test_emergency_access_is_opened_seen_closed_and_looked_at_by_another() -> None:
    chair = make_staff("village_chair")
    client, checks = signed_in(chair), as_account(auditor())

    opened = send(client, "/special/break-glass", GLASS, status=201)
    had = actor_for(chair).may(PERMITS["orgs.party"], at=VILLAGE)
    mine = client.get(f"{ROOT}/special/").json()
    waits = checks.get(f"{ROOT}/reviews/").json()
    send(client, f"/rights/{opened['id']}/end")
    found = {"is_justified": True, "note": "记录齐全"}
    done = send(checks, f"/reviews/{opened['id']}/review", found)

    assert had
    assert (opened["kind"], opened["place"], opened["ceiling"]) == ("break_glass", CODE, 6)
    assert [one["id"] for one in mine["items"]] == [opened["id"]]
    assert [(one["id"], one["account"], one["reviewed_at"]) for one in waits["items"]] == [
        (opened["id"], chair.pk, None)
    ]
    assert (done["is_justified"], done["note"]) == (True, "记录齐全")
    assert client.get(f"{ROOT}/special/").json()["count"] == 0
    assert checks.get(f"{ROOT}/reviews/").json()["count"] == 0
    assert checks.get(f"{ROOT}/reviews/{opened['id']}/").json()["reviewed_at"]
    assert not actor_for(chair).may(PERMITS["orgs.party"], at=VILLAGE)
    send(checks, f"/reviews/{opened['id']}/review", found, status=409)


def test_the_same_sending_opens_one_emergency_access() -> None:
    client, key = signed_in(make_staff("village_chair")), str(uuid4())

    answers = [
        post_json(client, f"{ROOT}/special/break-glass", GLASS, key=key).json()["id"]
        for _ in range(2)
    ]

    assert answers[0] == answers[1]
    assert specials() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": " "}, "reason"), ({"permit": "access.grant"}, "permit"), ({"permit": "x"}, "permit"),
     ({"permit": "trail.read"}, "permit"), ({"ceiling": 8}, "ceiling"), ({"place": "441900006"}, "place")],
)  # fmt: skip
def test_an_emergency_that_makes_no_sense_is_told_on_its_field(change: Any, field: str) -> None:
    make_post(path=OTHER_TOWN)

    told = send(
        signed_in(make_staff("village_chair")),
        "/special/break-glass",
        {**GLASS, **change},
        status=422,
    )

    assert list(told["fields"]) == [field]
    assert specials() == 0


def test_emergency_access_takes_the_right_a_session_and_the_password_just_now() -> None:
    chair = make_staff("village_chair")

    send(Client(), "/special/break-glass", GLASS, status=401)
    send(signed_in(make_staff("clerk")), "/special/break-glass", GLASS, status=403)
    send(by_key(chair, "access.break_glass"), "/special/break-glass", GLASS, status=403)
    stale = send(as_account(chair), "/special/break-glass", GLASS, status=403)

    assert stale["code"] == "fresh_sign_in_needed"
    assert specials() == 0


def test_an_operator_opens_a_full_session_that_she_does_not_review_herself() -> None:
    runs = operator()
    client = signed_in(runs)

    send(
        signed_in(make_staff("clerk")),
        "/special/full-session",
        {"reason": "磁盘已满，清理日志"},
        status=403,
    )
    send(client, "/special/full-session", {"reason": ""}, status=422)
    opened = send(client, "/special/full-session", {"reason": "磁盘已满，清理日志"}, status=201)
    make_right(permit="access.review", path="441900/", account=runs)

    assert (opened["kind"], opened["ceiling"]) == ("operator", 5)
    send(as_account(runs), f"/reviews/{opened['id']}/review", {"is_justified": True}, status=404)
    assert GivenRight.objects.get(pk=opened["id"]).reviewed_at is None


def test_reviews_are_for_who_reviews_there_and_for_no_key() -> None:
    opened = send(signed_in(make_staff("village_chair")), "/special/break-glass", GLASS, status=201)
    address, found = f"/reviews/{opened['id']}/review", {"is_justified": False}

    send(as_account(auditor(OTHER_TOWN)), address, found, status=404)
    send(as_account(make_staff("clerk")), address, found, status=403)
    send(by_key(auditor(), "access.review"), address, found, status=403)
    ordinary = make_right("clerk", account=make_account(path=TOWN))
    send(as_account(auditor()), f"/reviews/{ordinary.pk}/review", found, status=404)

    assert not GivenRight.objects.filter(reviewed_at__isnull=False).exists()


def test_an_account_is_found_tied_and_may_act_by_a_mandate() -> None:
    mother, son = make_person("李月"), make_person("李星")
    account = make_account("r-son", kind="resident", phone=PHONE)
    client = signed_in(make_staff("village_chair"))
    paper = {
        "phone": "138 0013 8000",
        "principal": mother.pk,
        "basis": "委托书",
        "until": NEXT_YEAR,
    }

    before = send(client, "/residents/find", {"phone": "13800138000"})
    tied = send(client, "/residents/tie", {"phone": "13800138000", "person": son.pk})
    made = send(client, "/residents/mandate", paper, status=201)
    after = send(client, "/residents/find", {"phone": "13800138000"})

    assert (before["account"], before["person"]) == (account.pk, None)
    assert (tied["person"], tied["name"]) == (son.pk, "李星")
    assert (made["principal"], made["agent"], made["basis"]) == ("李月", "李星", "委托书")
    assert [one["id"] for one in after["mandates"]] == [made["id"]]
    assert "138" not in str({**after, "mandates": []})
    send(client, f"/mandates/{made['id']}/end")
    assert send(client, "/residents/find", {"phone": "13800138000"})["mandates"] == []


def test_a_second_account_of_a_person_and_a_mandate_without_end_are_told_on_their_field() -> None:
    person = make_person("李月")
    make_account("r-1", kind="resident", phone=PHONE)
    make_account("r-2", kind="resident", phone="+8613900139000")
    client = signed_in(make_staff("village_chair"))
    send(client, "/residents/tie", {"phone": "13800138000", "person": person.pk})

    twice = send(
        client, "/residents/tie", {"phone": "13900139000", "person": person.pk}, status=422
    )
    paper = {"phone": "13900139000", "principal": person.pk, "basis": "委托书"}
    endless = send(client, "/residents/mandate", {**paper, "until": "20991231"}, status=422)
    unread = send(client, "/residents/mandate", {**paper, "until": "soon"}, status=422)

    assert list(twice["fields"]) == ["person"]
    assert [list(told["fields"]) for told in (endless, unread)] == [["until"], ["until"]]
    assert Account.objects.filter(person=person).count() == 1
    assert not Mandate.objects.exists()


def test_residents_are_tied_by_who_enrols_where_they_live_and_by_no_key() -> None:
    person = make_person("李月")
    make_account("r-1", kind="resident", phone=PHONE)
    given = {"phone": "13800138000", "person": person.pk}
    chair = make_staff("village_chair")
    elsewhere = make_staff("village_chair", path=f"{OTHER_TOWN}441900006001/")

    send(Client(), "/residents/find", {"phone": "13800138000"}, status=401)
    send(as_account(make_staff("grid_worker")), "/residents/tie", given, status=403)
    send(by_key(chair, "access.enrol"), "/residents/tie", given, status=403)
    far = post_json(as_account(elsewhere), f"{ROOT}/residents/tie", given)
    send(as_account(chair), "/residents/find", {"phone": "13700137000"}, status=404)
    send(as_account(chair), "/residents/find", {"phone": "x"}, status=404)

    assert far.status_code in (403, 404)
    assert not Account.objects.filter(person__isnull=False, kind="resident").exists()
