"""Keys for programs: scoped, hashed, expiring, and dead with the post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access import middleware, permits
from linli.access.models import Account, ApiToken
from linli.access.secrets import hash_secret
from linli.access.services import accounts, tokens
from linli.access.testing import (
    TESTER,
    actor_for,
    make_account,
    make_right,
    make_staff,
    signed_in,
)
from linli.access.types import NewToken
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import NOBODY, PERMITS
from linli.kernel.testing import TOWN, VILLAGE
from linli.people.testing import make_person
from linli.runtime.services.long_jobs import actor_from_plain, actor_to_plain

VIEW = "people.view"
API = "/api/v1/access/me/"


def now():
    return timezone.now()


def new(**fields) -> NewToken:
    given = {
        "name": "report", "permits": (VIEW,), "path": VILLAGE, "ceiling": 4,
        "ends_at": now() + timedelta(days=30), **fields,
    }  # fmt: skip
    return NewToken(**given)


def a_key(**fields):
    clerk = make_staff("clerk")
    actor = actor_for(clerk)
    issued = tokens.make_token(new(post_id=min(actor.posts), **fields), actor=actor, now=now())
    return clerk, issued


def seen_as(secret: str):
    request = RequestFactory().get(API, HTTP_AUTHORIZATION=f"Bearer {secret}")
    return middleware.actor_of_request(request)


@pytest.mark.django_db
def test_a_key_may_what_it_names_and_nothing_else_of_its_holder() -> None:
    _, issued = a_key()

    actor = seen_as(issued.secret)

    assert actor.may(PERMITS[VIEW], at=VILLAGE, level=4)
    assert not actor.may(PERMITS[VIEW], at=VILLAGE, level=5)
    assert not actor.may(PERMITS["people.edit"], at=VILLAGE)
    assert not actor.may(PERMITS[VIEW], at=TOWN)


@pytest.mark.django_db
@pytest.mark.parametrize("system", ["", "bus timetable"])
def test_a_key_opens_nothing_that_is_its_makers_own(system: str) -> None:
    officer = make_account(path="441900/")
    make_right("clerk", path=VILLAGE, account=officer)
    make_right(permit=permits.TOKENS.name, path=VILLAGE, account=officer)
    secret = tokens.make_token(new(system=system), actor=actor_for(officer), now=now()).secret
    ask = {"headers": {"Authorization": f"Bearer {secret}"}, "content_type": "application/json"}
    asked = {"kind": "copy", "text": "all", "place": VILLAGE.strip("/").rpartition("/")[2]}

    for where in ("inbox/", "me/", "access/my-data/", "views/?list=people", "inbox/choices/"):
        assert Client().get(f"/api/v1/{where}", **ask).status_code == 403, where
    for where, body in (
        ("inbox/read", {}), ("inbox/choices/notify.events/choose", {"agree": True}),
        ("access/my-data/file", asked),
    ):  # fmt: skip
        headers = {**ask["headers"], "Idempotency-Key": "1" * 36}
        got = Client().post(f"/api/v1/{where}", body, **{**ask, "headers": headers})
        assert got.status_code == 403, where
    assert not apps.get_model("notify", "MessageConsent").objects.exists()
    assert not apps.get_model("access", "DataRequest").objects.exists()


@pytest.mark.django_db
def test_behind_a_key_stands_a_person_for_what_must_be_kept_from_her() -> None:
    clerk, issued = a_key()
    person = make_person()
    Account.objects.filter(pk=clerk.pk).update(person_id=person.pk)

    actor = seen_as(issued.secret)

    assert (actor.person_id, actor.human_id) == (None, person.pk)
    assert actor_from_plain(actor_to_plain(actor)) == actor


@pytest.mark.django_db
def test_the_secret_is_kept_as_a_hash() -> None:
    _, issued = a_key()
    row = ApiToken.objects.get()

    assert bytes(row.token_hash) == hash_secret("token", issued.secret)
    assert row.head == issued.secret[:8]


@pytest.mark.django_db
def test_a_key_dies_when_its_holder_leaves_the_post() -> None:
    clerk, issued = a_key()
    holdings = apps.get_model("orgs", "PostHolding").objects.filter(account_id=clerk.pk)

    holdings.update(until=localdate(now()), end_reason="resigned")

    assert seen_as(issued.secret) == NOBODY
    answer = Client().get(
        API, headers={"Authorization": f"Bearer {issued.secret}", "Accept-Language": "en"}
    )
    assert answer.status_code == 401
    assert answer.json()["code"] == "token_refused"
    assert "its post has ended" in answer.json()["message"]


@pytest.mark.django_db
def test_a_key_dies_when_the_post_is_closed() -> None:
    _, issued = a_key()

    apps.get_model("orgs", "Post").objects.update(closed_on=localdate(now()))

    assert seen_as(issued.secret) == NOBODY


@pytest.mark.django_db
def test_a_key_dies_with_the_account_and_by_its_end_and_when_revoked() -> None:
    clerk, one = a_key()
    _, two = a_key()
    holder, three = a_key()

    accounts.disable_account(clerk, "left", actor=TESTER, now=now())
    ApiToken.objects.filter(pk=two.id).update(
        starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1)
    )
    tokens.revoke_token(ApiToken.objects.get(pk=three.id), actor=actor_for(holder), now=now())

    assert [seen_as(one.secret), seen_as(two.secret), seen_as(three.secret)] == [NOBODY] * 3


@pytest.mark.django_db
def test_a_key_opens_the_api_only() -> None:
    _, issued = a_key()

    answer = Client().get(
        "/en/access/security/", headers={"Authorization": f"Bearer {issued.secret}"}
    )

    assert answer.status_code == 404


@pytest.mark.django_db
def test_the_api_says_who_is_behind_a_key() -> None:
    _, issued = a_key()

    answer = Client().get(API, headers={"Authorization": f"Bearer {issued.secret}"})

    assert answer.status_code == 200
    assert [p["permit"] for p in answer.json()["permits"]] == [VIEW]


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["Bearer nonsense", "Bearer ", "Bearer ll_unknown"])
def test_an_unknown_key_is_refused_with_401(given: str) -> None:
    answer = Client().get(API, headers={"Authorization": given})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.django_db
def test_nobody_makes_a_key_that_reaches_further_than_she() -> None:
    actor = actor_for(make_staff("clerk"))
    post_id = min(actor.posts)

    for wrong in (
        new(post_id=post_id, permits=("access.grant",)),
        new(post_id=post_id, path=TOWN),
        new(post_id=post_id, permits=("no.such",)),
        new(post_id=post_id, ends_at=now() + timedelta(days=366)),
        new(post_id=None),
    ):
        with pytest.raises(Invalid):
            tokens.make_token(wrong, actor=actor, now=now())
    assert not ApiToken.objects.exists()


@pytest.mark.django_db
def test_a_key_of_a_system_needs_the_permit_and_has_no_person() -> None:
    officer = make_account(path="441900/")
    make_right("security", path="441900/", account=officer)
    make_right("clerk", path=VILLAGE, account=officer)
    make_right(permit=permits.TOKENS.name, path=VILLAGE, account=officer)
    actor = actor_for(officer)

    issued = tokens.make_token(new(system="12345 hotline"), actor=actor, now=now())

    assert seen_as(issued.secret).label == "12345 hotline"
    assert seen_as(issued.secret).person_id is None
    with pytest.raises(NotAllowed):
        tokens.make_token(new(system="x"), actor=actor_for(make_staff("clerk")), now=now())


@pytest.mark.django_db
def test_a_call_by_session_must_prove_that_it_comes_from_our_page() -> None:
    browser = signed_in(make_staff("clerk"), enforce_csrf_checks=False)
    browser.handler.enforce_csrf_checks = True

    answer = browser.post("/api/v1/access/me/", content_type="application/json", data="{}")

    assert answer.status_code == 401
    assert answer.json()["code"] == "sign_in_needed"


@pytest.mark.django_db
def test_making_a_key_on_the_page_asks_for_the_password_and_shows_it_once() -> None:
    clerk = make_staff("clerk")
    browser = signed_in(clerk)
    form = {
        "name": "report", "post": str(min(actor_for(clerk).posts)), "place": VILLAGE,
        "permits": [VIEW], "ends_on": (localdate(now()) + timedelta(30)).isoformat(), "key": "1",
    }  # fmt: skip

    answer = browser.post("/en/access/tokens/new/", form)
    listed = browser.get("/en/access/tokens/").content.decode()

    secret = answer.context is None and answer.content.decode().split("Bearer ")[1].split("<")[0]
    assert secret.startswith("ll_")
    assert secret not in listed
    assert secret[:8] in listed
