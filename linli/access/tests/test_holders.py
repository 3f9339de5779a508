"""In a real city somebody new takes a post and has its rights: no demo, no hand in the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.utils.timezone import localdate

from linli.access import permits
from linli.access.desk import ENTRIES
from linli.access.queries import holders
from linli.access.testing import (
    actor_for,
    kind_rights,
    make_account,
    make_holding,
    make_post,
    make_right,
)
from linli.kernel.permits import Actor
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, client_of, post_json
from linli.notify.models import Message
from linli.orgs import permits as org_permits
from linli.trail.models import Entry

APPOINTING = {
    "holder_name": "何伟明",
    "since": "2026-6-1",
    "came_by": "elected",
    "is_full_time": "on",
}


@pytest.fixture
def lead(db: None) -> Actor:
    """Who leads the town: she records who takes a post in its villages."""
    kind_rights()
    post = make_post("head", path=TOWN)
    apps.get_model("orgs", "PostKind").objects.filter(code="committee_chair").update(is_head=True)
    account = make_account("lead", path=TOWN, display_name="刘镇")
    make_holding(post, account)
    return actor_for(account)


def elected(**more: Any) -> Any:
    """A newly elected chair, on record without an account."""
    post = make_post("committee_chair", seats=1, is_public=True)
    holding = make_holding(post, make_account("passing", display_name="何伟明", state="disabled"))
    holding.account_id = None
    for name, value in more.items():
        setattr(holding, name, value)
    holding.save()
    return holding


def test_a_newly_elected_chair_has_the_rights_of_the_post_by_pages_alone(lead: Actor) -> None:
    post = make_post("committee_chair", seats=1, is_public=True)
    account = make_account("he.weiming", display_name="何伟明", path=VILLAGE)
    browser = client_of(lead)
    assert not actor_for(account).may(org_permits.APPOINT, at=VILLAGE)

    answer = browser.post(f"/en/posts/{post.pk}/appoint/", {**APPOINTING, "key": "1"})
    holding = post.holdings.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/en/access/holders/{holding.pk}/")
    asked = browser.get(answer["Location"]).content.decode()
    assert "he.weiming" in asked and "none yet" in asked
    answer = browser.post(answer["Location"], {"q": "何伟明", "account": account.pk, "key": "2"})

    assert (answer.status_code, answer["Location"]) == (303, f"/en/posts/{post.pk}/")
    holding.refresh_from_db()
    assert holding.account_id == account.pk
    assert actor_for(account).may(org_permits.APPOINT, at=VILLAGE)
    assert Entry.objects.get(verb="orgs.account_linked").details["account"] == account.pk
    assert Message.objects.filter(template="access.post_tied", account_id=account.pk).exists()


def test_the_same_by_program(lead: Actor) -> None:
    holding = elected()
    account = make_account("he.weiming", display_name="何伟明", path=VILLAGE)
    browser = client_of(lead)

    found = browser.get("/api/v1/access/holders/").json()["items"]
    assert [(one["holding"], one["name"], one["place"]) for one in found] == [
        (holding.pk, "何伟明", "441900005001")
    ]
    answer = post_json(
        browser, f"/api/v1/access/holders/{holding.pk}/tie", {"account": "he.weiming"}
    )

    assert answer.json() == {"holding": holding.pk, "name": "何伟明", "username": "he.weiming"}
    assert actor_for(account).may(org_permits.APPOINT, at=VILLAGE)
    assert browser.get("/api/v1/access/holders/").json()["items"] == []


def test_whoever_takes_a_post_without_rights_needs_no_account(lead: Actor) -> None:
    post = make_post("special_member", is_public=True)
    browser = client_of(lead)

    answer = browser.post(f"/en/posts/{post.pk}/appoint/", {**APPOINTING, "key": "1"})

    assert (answer.status_code, answer["Location"]) == (303, f"/en/posts/{post.pk}/")
    page = browser.get(f"/en/access/holders/{post.holdings.get().pk}/").content.decode()
    assert "The post gives no rights" in page and "cannot use the rights" not in page


def test_that_more_accounts_fit_is_told(lead: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    holding, browser = elected(), client_of(lead)
    monkeypatch.setattr(holders, "MOST_FOUND", 2)
    seen = []
    for name in ("a", "b", "c"):
        make_account(f"he.{name}", display_name="何伟明", path=VILLAGE)
        page = browser.get(f"/en/access/holders/{holding.pk}/").content.decode()
        seen.append((page.count("何伟明 · he."), "More accounts fit" in page))

    assert seen == [(1, False), (2, False), (2, True)]


@pytest.mark.parametrize("state", ["disabled", "resident", "far", "unknown", "own"])
def test_an_account_that_cannot_be_hers_is_not_tied(lead: Actor, state: str) -> None:
    holding = elected()
    if state == "disabled":
        make_account("he.weiming", state="disabled")
    elif state == "resident":
        make_account("he.weiming", kind="resident")
    elif state == "far":
        make_account("he.weiming", path=OTHER_TOWN)
    name = "lead" if state == "own" else "he.weiming"

    answer = post_json(
        client_of(lead), f"/api/v1/access/holders/{holding.pk}/tie", {"account": name}
    )

    assert answer.status_code == (403 if state == "own" else 422)
    holding.refresh_from_db()
    assert holding.account_id is None


def test_who_records_no_holders_ties_none(lead: Actor) -> None:
    holding = elected()
    account = make_account("he.weiming")
    clerk = make_account("clerk")
    make_right("clerk", account_id=clerk.pk)

    browser = client_of(actor_for(clerk))
    page = browser.get(f"/en/access/holders/{holding.pk}/")
    answer = browser.post(f"/en/access/holders/{holding.pk}/", {"account": account.pk, "key": "1"})
    told = post_json(browser, f"/api/v1/access/holders/{holding.pk}/tie", {"account": "he.weiming"})

    assert (page.status_code, answer.status_code, told.status_code) == (403, 403, 403)
    assert browser.get("/api/v1/access/holders/").status_code == 403
    holding.refresh_from_db()
    assert holding.account_id is None


def test_another_account_is_told_when_a_post_goes_over(lead: Actor) -> None:
    wrong = make_account("he.wm", display_name="何伟明")
    right = make_account("he.weiming", display_name="何伟明")
    holding = elected(account_id=wrong.pk)

    post_json(
        client_of(lead), f"/api/v1/access/holders/{holding.pk}/tie", {"account": "he.weiming"}
    )

    told = {(m.template, m.account_id) for m in Message.objects.all()}
    assert told == {("access.post_tied", right.pk), ("access.post_untied", wrong.pk)}
    assert not actor_for(wrong).posts


def test_duties_that_stay_apart_are_told_on_the_page(lead: Actor) -> None:
    """GB/T 22239-2019: who checks the trail does no work that is checked."""
    holding = elected()
    auditor = make_account("he.weiming", display_name="何伟明")
    make_right("auditor", account_id=auditor.pk)

    answer = client_of(lead).post(
        f"/en/access/holders/{holding.pk}/", {"account": auditor.pk, "key": "1"}
    )

    assert answer.status_code == 422
    assert "kept apart" in answer.content.decode()
    holding.refresh_from_db()
    assert holding.account_id is None


@pytest.mark.parametrize(
    ("more", "waits"),
    [
        ({}, True),
        ({"until": date(2026, 6, 1), "end_reason": "resigned"}, False),
        ({"since": date(2099, 1, 1)}, False),
        ({"account_id": 4711}, False),
    ],
)
def test_the_desk_tells_whose_account_is_missing(
    lead: Actor, more: dict[str, Any], waits: bool
) -> None:
    elected(**more)
    entry = next(one for one in ENTRIES if one.key == "access.accounts")
    assert entry.items is not None

    items = [one for one in entry.items(lead, localdate(), 20) if "何伟明" in one.title]

    assert bool(items) is waits
    assert permits.MANAGE in entry.permits


def test_posts_without_rights_wait_for_no_account(lead: Actor) -> None:
    member, head = (make_post(kind, path=TOWN) for kind in ("special_member", "centre_head"))
    held = [make_holding(one, make_account(f"passing{one.pk}")) for one in (member, head)]
    type(held[0]).objects.filter(pk__in=[one.pk for one in held]).update(account_id=None)

    found = client_of(lead).get("/api/v1/access/holders/").json()["items"]
    assert [one["holding"] for one in found] == [held[1].pk]


def test_a_clerk_waits_with_her_own_office_and_not_with_the_town(lead: Actor) -> None:
    """Whoever leads an office looks after its staff; the town after those who lead."""
    post = make_post("clerk")
    holding = make_holding(post, make_account("passing"))
    type(holding).objects.filter(pk=holding.pk).update(account_id=None)
    chair = make_account("chair")
    make_holding(make_post("committee_chair"), chair)

    assert client_of(lead).get("/api/v1/access/holders/").json()["items"] == []
    found = client_of(actor_for(chair)).get("/api/v1/access/holders/").json()["items"]
    assert [one["holding"] for one in found] == [holding.pk]
