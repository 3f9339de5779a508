"""A request that somebody files for another is the other's: shown, told, withdrawn and answered so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from linli.access.desk import ENTRIES
from linli.access.errors import NotForYourself
from linli.access.models import DataRequest
from linli.access.queries.requests import own_requests
from linli.access.services import requests
from linli.access.testing import actor_for, make_account, make_staff
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, client_of, post_json
from linli.notify.models import Message
from linli.people.testing import make_person

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
MINE = "/zh-hans/access/my-data/"


@pytest.fixture
def mother(db: None) -> Any:
    return make_person("李月")


@pytest.fixture
def clerk(mother: Any) -> Actor:
    return actor_for(make_staff("clerk"))


def at_counter(clerk: Actor, mother: Any, **more: str) -> DataRequest:
    """The clerk files it for her, as she asked at the counter."""
    given = {"kind": "copy", "text": "全部资料", **more}
    acting = replace(clerk, acting_for=mother.pk, purpose="她请我代办")
    return requests.file_request(given["kind"], given["text"], path=VILLAGE, actor=acting, now=NOON)


def herself(mother: Any) -> Actor:
    return actor_for(make_account("r-1", kind="resident", person_id=mother.pk))


def told() -> set[tuple[str, int | None, int | None]]:
    return {(one.template, one.account_id, one.person_id) for one in Message.objects.all()}


def test_it_stands_among_hers_and_she_is_told(clerk: Actor, mother: Any) -> None:
    """PIPL art. 50: the answer goes to the person."""
    request = at_counter(clerk, mother)
    other = actor_for(make_staff("clerk"))
    requests.take_request(request, actor=other, now=NOON)
    requests.answer_request(request, "已打印交给本人", is_refused=False, actor=other, now=NOON)

    assert told() == {
        ("access.data_request_received", None, mother.pk),
        ("access.data_request_answered", None, mother.pk),
    }
    browser = client_of(herself(mother))
    assert request.number in browser.get(MINE).content.decode()
    assert (
        "已打印交给本人"
        in browser.get(f"/zh-hans/access/data-requests/{request.number}/").content.decode()
    )
    (item,) = browser.get("/api/v1/access/my-data/").json()["items"]
    assert (item["number"], item["is_own"]) == (request.number, True)


def test_whoever_filed_it_finds_it_and_reads_no_answer(clerk: Actor, mother: Any) -> None:
    request = at_counter(clerk, mother)
    other = actor_for(make_staff("clerk"))
    requests.take_request(request, actor=other, now=NOON)
    requests.answer_request(request, "她的资料", is_refused=False, actor=other, now=NOON)
    window = replace(clerk, grants=())
    address = f"/api/v1/access/data-requests/{request.number}/"

    told = client_of(window).get(address).json()
    assert (told["is_own"], told["answer"], told["state"]) == (False, "", "answered")
    page = client_of(window).get(f"/zh-hans/access/data-requests/{request.number}/")
    assert page.status_code == 200 and "她的资料" not in page.content.decode()

    acting = replace(window, acting_for=mother.pk)
    assert [one.pk for one in own_requests(acting)] == [request.pk]
    assert client_of(acting).get(address).json()["answer"] == "她的资料"
    assert not own_requests(replace(window, acting_for=make_person("陈伟").pk)).exists()


def test_she_withdraws_it_and_the_clerk_does_not(clerk: Actor, mother: Any) -> None:
    request = at_counter(clerk, mother)

    with pytest.raises(NotFound):
        requests.withdraw_request(request, actor=clerk, now=NOON)
    request.refresh_from_db()
    assert request.state == "received"

    answer = post_json(
        client_of(herself(mother)), f"/api/v1/access/data-requests/{request.number}/withdraw"
    )
    assert answer.json()["state"] == "withdrawn"


@pytest.mark.parametrize("step", ["take", "answer"])
def test_who_filed_it_does_not_answer_it(clerk: Actor, mother: Any, step: str) -> None:
    """Who asks and who answers are two people."""
    request = at_counter(clerk, mother)
    if step == "answer":
        requests.take_request(request, actor=actor_for(make_staff("clerk")), now=NOON)
        request.refresh_from_db()
    before = request.state

    with pytest.raises(NotForYourself):
        if step == "take":
            requests.take_request(request, actor=clerk, now=NOON)
        else:
            requests.answer_request(request, "好", is_refused=False, actor=clerk, now=NOON)

    request.refresh_from_db()
    assert (request.state, request.answer) == (before, "")
    shown = client_of(clerk).get(f"/zh-hans/access/data-requests/{request.number}/")
    page = shown.content.decode()
    assert "由同事" in page
    assert f"{request.number}/{step}" not in page
    assert on_desk(clerk) == []


def on_desk(clerk: Actor) -> list[str]:
    entry = next(one for one in ENTRIES if one.key == "access.requests")
    assert entry.items is not None
    return [item.number for item in entry.items(clerk, NOON.date(), 20)]


def test_nobody_answers_what_is_about_herself(mother: Any) -> None:
    at_counter(actor_for(make_staff("clerk")), mother)
    request = DataRequest.objects.get()
    own = actor_for(make_staff("clerk", person_id=mother.pk))

    with pytest.raises(NotForYourself):
        requests.take_request(request, actor=own, now=NOON)

    request.refresh_from_db()
    assert request.state == "received"
    assert on_desk(own) == []
    assert on_desk(actor_for(make_staff("clerk"))) == [request.number]
