"""The API of access: deputies, sessions, keys, data requests, printed lists of rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access.models import ApiToken, DataRequest, Deputy, SignIn
from linli.access.services import tokens
from linli.access.testing import (
    actor_for,
    make_account,
    make_right,
    make_staff,
    signed_in,
)
from linli.access.types import NewToken
from linli.kernel.testing import VILLAGE, client_of, post_json

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/access"
CODE = "441900005001"


def as_account(account: Any) -> Client:
    return client_of(actor_for(account))


def key_of(account: Any, **fields: Any) -> tuple[str, ApiToken]:
    actor = actor_for(account)
    given = {
        "name": "report", "permits": ("people.view",), "path": VILLAGE, "ceiling": 4,
        "ends_at": timezone.now() + timedelta(days=30), "post_id": min(actor.posts), **fields,
    }  # fmt: skip
    issued = tokens.make_token(NewToken(**given), actor=actor, now=timezone.now())
    return issued.secret, ApiToken.objects.get(pk=issued.id)


def by_key(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def another_session(account: Any) -> SignIn:
    now = timezone.now()
    return SignIn.objects.create(
        key_hash=b"elsewhere", account=account, started_at=now, seen_at=now,
        expires_at=now + timedelta(hours=8), idle_seconds=3600,
    )  # fmt: skip


def a_deputy(account: Any, post: int) -> dict[str, Any]:
    today = localdate()
    return {
        "post": post, "account": account.username, "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=7)).isoformat(), "reason": "leave",
    }  # fmt: skip


def test_the_holder_of_a_post_names_her_deputy_and_ends_it() -> None:
    clerk, other = make_staff("clerk"), make_account("other")
    client, post = as_account(clerk), min(actor_for(clerk).posts)

    named = post_json(client, f"{ROOT}/deputies/name", a_deputy(other, post))

    assert named.status_code == 200, named.content
    assert named.json()["username"] == "other"
    for who in (clerk, other):
        assert as_account(who).get(f"{ROOT}/deputies/").json()["count"] == 1
    assert as_account(make_account("third")).get(f"{ROOT}/deputies/").json()["count"] == 0
    ended = post_json(client, f"{ROOT}/deputies/{named.json()['id']}/end")
    assert ended.status_code == 200
    assert post_json(client, f"{ROOT}/deputies/{named.json()['id']}/end").status_code == 404


def test_a_stranger_names_no_deputy_for_a_post_and_ends_none() -> None:
    clerk, stranger = make_staff("clerk"), make_account("stranger")
    post = min(actor_for(clerk).posts)
    named = post_json(as_account(clerk), f"{ROOT}/deputies/name", a_deputy(make_account(), post))

    tried = post_json(as_account(stranger), f"{ROOT}/deputies/name", a_deputy(make_account(), post))
    ended = post_json(as_account(stranger), f"{ROOT}/deputies/{named.json()['id']}/end")

    assert (tried.status_code, list(tried.json()["fields"])) == (422, ["post"])
    assert ended.status_code == 404
    assert Deputy.objects.get().revoked_at is None


def test_a_key_names_no_deputy_makes_no_key_and_ends_no_session() -> None:
    clerk, other = make_staff("clerk"), make_account("other")
    secret, _ = key_of(clerk)
    client, post = by_key(secret), min(actor_for(clerk).posts)

    told = [
        post_json(client, f"{ROOT}/deputies/name", a_deputy(other, post)).status_code,
        post_json(client, f"{ROOT}/tokens/make", {"name": "x", "place": CODE, "permits": ["people.view"],
                  "ends_at": "2027-01-01T00:00:00Z", "post": post}).status_code,
        post_json(client, f"{ROOT}/sessions/end").status_code,
        client.get(f"{ROOT}/sessions/").status_code,
    ]  # fmt: skip

    assert told == [403, 403, 403, 403]
    assert (Deputy.objects.count(), ApiToken.objects.count()) == (0, 1)


def test_keys_are_listed_without_secrets_and_one_ends_itself() -> None:
    clerk = make_staff("clerk")
    secret, token = key_of(clerk)

    listed = as_account(clerk).get(f"{ROOT}/tokens/")

    assert [one["head"] for one in listed.json()["items"]] == [secret[:8]]
    assert secret not in listed.content.decode()
    assert as_account(make_account("other")).get(f"{ROOT}/tokens/").json()["count"] == 0
    assert (
        post_json(as_account(make_account()), f"{ROOT}/tokens/{token.pk}/revoke").status_code == 404
    )
    assert post_json(by_key(secret), f"{ROOT}/tokens/{token.pk}/revoke").status_code == 200
    assert by_key(secret).get(f"{ROOT}/tokens/").status_code == 401


def test_sessions_are_ones_own_and_the_one_at_hand_stays() -> None:
    clerk = make_staff("clerk")
    here, elsewhere = signed_in(clerk), another_session(clerk)
    signed_in(make_staff("clerk"))

    seen = here.get(f"{ROOT}/sessions/").json()

    assert [one["is_here"] for one in seen["items"]].count(True) == 1
    assert seen["count"] == 2
    ended = post_json(here, f"{ROOT}/sessions/end")
    assert ended.json() == {"ended": 1}
    assert here.get(f"{ROOT}/sessions/").json()["count"] == 1
    elsewhere.refresh_from_db()
    assert elsewhere.ended_at is not None


def test_nobody_ends_the_session_of_another() -> None:
    signed_in(make_staff("clerk"))
    theirs = SignIn.objects.get(account__isnull=False)
    mine = signed_in(make_staff("clerk"))

    assert post_json(mine, f"{ROOT}/sessions/{theirs.pk}/end").status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_a_key_is_made_by_a_fresh_session_and_its_secret_told_once() -> None:
    clerk = make_staff("clerk")
    client, post = signed_in(clerk), min(actor_for(clerk).posts)
    wanted = {
        "name": "report", "place": CODE, "permits": ["people.view"], "post": post,
        "ends_at": (timezone.now() + timedelta(days=30)).isoformat(),
    }  # fmt: skip

    made = post_json(client, f"{ROOT}/tokens/make", wanted)

    assert made.status_code == 200, made.content
    assert by_key(made.json()["secret"]).get(f"{ROOT}/me/").status_code == 200
    too_much = post_json(client, f"{ROOT}/tokens/make", {**wanted, "permits": ["access.grant"]})
    assert (too_much.status_code, list(too_much.json()["fields"])) == (422, ["permits"])
    assert ApiToken.objects.count() == 1


def test_a_resident_asks_about_her_data_and_the_office_answers() -> None:
    resident = make_account("r-1", kind="resident", phone="+8613800138000")
    clerk = make_staff("clerk")
    asked = {"kind": "copy", "text": "all of it", "place": CODE}

    filed = post_json(as_account(resident), f"{ROOT}/my-data/file", asked)

    assert filed.status_code == 200, filed.content
    number = filed.json()["number"]
    office = as_account(clerk)
    waiting = office.get(f"{ROOT}/data-requests/").json()["items"]
    assert [(one["number"], one["is_own"]) for one in waiting] == [(number, False)]
    assert post_json(office, f"{ROOT}/data-requests/{number}/take").json()["state"] == "working"
    done = post_json(
        office, f"{ROOT}/data-requests/{number}/answer", {"outcome": "answer", "answer": "sent"}
    )
    assert done.json()["state"] == "answered"
    mine = as_account(resident).get(f"{ROOT}/my-data/").json()["items"]
    assert [(one["answer"], one["is_own"]) for one in mine] == [("sent", True)]


def test_a_request_is_seen_answered_and_withdrawn_by_nobody_else() -> None:
    resident, stranger = make_account("r-1", kind="resident"), make_account("r-2", kind="resident")
    make_staff("clerk")
    asked = {"kind": "copy", "text": "all of it", "place": CODE}
    number = post_json(as_account(resident), f"{ROOT}/my-data/file", asked).json()["number"]
    other = as_account(stranger)

    assert other.get(f"{ROOT}/data-requests/{number}/").status_code == 404
    assert other.get(f"{ROOT}/data-requests/").status_code == 404
    assert post_json(other, f"{ROOT}/data-requests/{number}/withdraw").status_code == 404
    own = as_account(resident)
    assert post_json(own, f"{ROOT}/data-requests/{number}/take").status_code == 403
    assert DataRequest.objects.get().state == "received"
    assert post_json(own, f"{ROOT}/data-requests/{number}/withdraw").json()["state"] == "withdrawn"


def test_another_systems_key_files_no_request_of_its_keepers() -> None:
    clerk = make_staff("clerk")
    make_right(permit="access.tokens", account_id=clerk.pk, path=VILLAGE)
    secret, _ = key_of(clerk, system="bus timetable")

    filed = post_json(
        by_key(secret), f"{ROOT}/my-data/file", {"kind": "copy", "text": "all", "place": CODE}
    )

    assert filed.status_code == 403
    assert by_key(secret).get(f"{ROOT}/my-data/").status_code == 403
    assert by_key(secret).get("/api/v1/inbox/").status_code == 403


def test_templates_and_lists_are_for_whoever_gives_or_reviews_rights() -> None:
    clerk, reviewer, second = make_staff("clerk"), make_account("reviewer"), make_account("second")
    for one in (reviewer, second):
        make_right(permit="access.review", account_id=one.pk, path=VILLAGE)
    client = as_account(reviewer)

    made = post_json(client, f"{ROOT}/rights/lists/make", {"place": CODE})

    assert made.status_code == 200, made.content
    whole = client.get(f"{ROOT}/rights/lists/{made.json()['id']}/").json()
    assert (whole["place"], len(whole["hash"]), whole["signed_at"]) == (CODE, 64, None)
    assert {row["holders"] for row in whole["rows"]} >= {clerk.display_name, "reviewer"}
    assert client.get(f"{ROOT}/rights/lists/?place={CODE}").json()["count"] == 1
    assert "clerk" in {one["key"] for one in client.get(f"{ROOT}/templates/").json()["items"]}
    where = f"rights/lists/{made.json()['id']}"
    for address in ("templates/", "rights/lists/", f"{where}/"):
        assert as_account(clerk).get(f"{ROOT}/{address}").status_code == 404
    assert (
        post_json(as_account(clerk), f"{ROOT}/rights/lists/make", {"place": CODE}).status_code
        == 403
    )
    assert post_json(client, f"{ROOT}/{where}/sign").status_code == 403
    assert post_json(as_account(second), f"{ROOT}/{where}/sign").json()["signed_by"] == "second"
    assert post_json(as_account(second), f"{ROOT}/{where}/sign").status_code == 409
