"""Looking after accounts, rights, resets, counter computers and lists of staff over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access.entering import COUNTER_COOKIE
from linli.access.models import (
    Account,
    CounterDevice,
    GivenRight,
    OneTimeLink,
    ResetRequest,
    StaffImport,
)
from linli.access.services import tokens
from linli.access.testing import (
    actor_for,
    make_account,
    make_holding,
    make_post,
    make_right,
    make_staff,
    signed_in,
)
from linli.access.types import NewToken
from linli.kernel.permits import PERMITS
from linli.kernel.testing import OTHER_TOWN, VILLAGE, client_of, post_json
from linli.people.testing import make_person
from linli.runtime.models import LongJob

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/access"
CODE = "441900005001"
NEXT_YEAR = (localdate() + timedelta(days=300)).isoformat()


def with_template(template: str, path: str = "441900/") -> Account:
    account = make_account(path=path)
    make_right(template, path=path, account=account)
    return account


def with_permit(name: str, path: str = VILLAGE) -> Account:
    make_post(path=path)
    account = make_account(path=path)
    make_right(permit=name, path=path, account=account)
    return account


def as_account(account: Account) -> Client:
    return client_of(actor_for(account))


def send(client: Client, address: str, body: object = None, *, status: int = 200) -> Any:
    answer = post_json(client, f"{ROOT}{address}", body)
    assert answer.status_code == status, answer.content
    return answer.json()


def by_key(account: Account, *permits: str) -> Client:
    actor = actor_for(account)
    new = NewToken(
        name="x", permits=permits, path=account.path, ceiling=4,
        ends_at=timezone.now() + timedelta(days=1), post_id=min(actor.posts, default=None),
    )  # fmt: skip
    secret = tokens.make_token(new, actor=actor, now=timezone.now()).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_a_right_given_over_the_api_holds_at_once_and_is_gone_when_taken_back() -> None:
    giver, clerk, post = with_template("security"), make_account(), make_post()
    make_holding(post, clerk)
    client = as_account(giver)

    given = send(client, "/rights/give",
                 {"place": CODE, "post": post.pk, "template": "clerk"}, status=201)  # fmt: skip
    had = actor_for(clerk).may(PERMITS["people.view"], at=VILLAGE)
    listed = client.get(f"{ROOT}/rights/given/?place={CODE}").json()
    ended = send(client, f"/rights/{given['id']}/end")

    assert had
    assert (given["post"], given["place"], given["ends_at"]) == (post.pk, CODE, None)
    assert [one["id"] for one in listed["items"]] == [given["id"]]
    assert ended["revoked_at"]
    assert not actor_for(clerk).may(PERMITS["people.view"], at=VILLAGE)
    assert client.get(f"{ROOT}/rights/given/?place={CODE}").json()["count"] == 0
    assert client.get(f"{ROOT}/rights/given/?place={CODE}&ended=1").json()["count"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [({"post_kind": "clerk"}, "subject"), ({"post": None}, "subject"), ({"template": "full"}, "template"),
     ({"template": ""}, "template"), ({"permit": "people.view"}, "template"), ({"ceiling": 9}, "ceiling"),
     ({"ends_on": "2020-01-01"}, "ends_on")],
)  # fmt: skip
def test_a_right_that_makes_no_sense_is_told_on_its_field(change: Any, field: str) -> None:
    client, post = as_account(with_template("security")), make_post()
    before = GivenRight.objects.count()

    body = {"place": CODE, "post": post.pk, "template": "clerk", **change}
    told = send(client, "/rights/give", body, status=422)

    assert list(told["fields"]) == [field]
    assert GivenRight.objects.count() == before


def test_rights_are_not_given_by_others_nor_elsewhere_nor_to_oneself_nor_by_a_key() -> None:
    giver, post = with_template("security", VILLAGE[:17]), make_post()
    far = make_post(path=OTHER_TOWN)
    body = {"place": CODE, "post": post.pk, "template": "clerk"}
    before = GivenRight.objects.count()

    send(as_account(make_staff("clerk")), "/rights/give", body, status=403)
    send(by_key(giver, "access.grant"), "/rights/give", body, status=403)
    elsewhere = {"place": "441900006", "post": far.pk, "template": "clerk"}
    told = send(as_account(giver), "/rights/give", elsewhere, status=422)
    own = {**body, "post": None, "account": giver.pk, "ends_on": NEXT_YEAR}
    send(as_account(giver), "/rights/give", own, status=403)

    assert "place" in told["fields"]
    # the clerk above came with a right of her own
    assert GivenRight.objects.count() == before + 1


def test_a_stranger_finds_no_right_to_end() -> None:
    right = make_right("clerk", post_id=make_post().pk)

    send(as_account(make_account()), f"/rights/{right.pk}/end", status=404)

    assert GivenRight.objects.get(pk=right.pk).revoked_at is None


def test_an_account_is_invited_closed_and_opened_and_each_link_is_told_once() -> None:
    make_post()
    client = as_account(with_template("security"))
    new = {"display_name": "麦小满", "username": "mai.xiaoman", "place": CODE}

    made = send(client, "/accounts/", new, status=201)
    again = send(client, "/accounts/", new, status=409)
    seen = client.get(f"{ROOT}/accounts/{made['id']}/")
    renewed = send(client, f"/accounts/{made['id']}/link")
    closed = send(client, f"/accounts/{made['id']}/disable", {"reason": "left"})
    opened = send(client, f"/accounts/{made['id']}/enable")

    secret = made["link"]["address"].rstrip("/").rsplit("/", 1)[-1]
    assert (made["state"], again["code"]) == ("invited", "name_taken")
    assert secret not in seen.content.decode()
    assert renewed["link"]["address"] != made["link"]["address"]
    assert (closed["state"], opened["state"]) == ("disabled", "invited")
    assert OneTimeLink.objects.filter(revoked_at__isnull=True).count() == 1


def test_an_account_keeps_its_number_to_itself() -> None:
    make_post()
    client = as_account(with_template("security"))
    new = {
        "display_name": "麦小满",
        "username": "mai.xiaoman",
        "place": CODE,
        "phone": "13800138000",
    }

    made = send(client, "/accounts/", new, status=201)
    changed = send(client, f"/accounts/{made['id']}/change", {**new, "display_name": "麦大满"})
    wrong = send(client, f"/accounts/{made['id']}/change", {**new, "phone": "12"}, status=422)

    assert "138" not in str(made) + str(changed)
    assert changed["name"] == Account.objects.get(pk=made["id"]).display_name == "麦大满"
    assert list(wrong["fields"]) == ["phone"]


def test_accounts_are_looked_after_by_nobody_without_the_right_and_by_no_key() -> None:
    clerk, lead = make_staff("clerk"), with_template("security")
    other = make_account()
    new = {"display_name": "甲", "username": "jia.yi", "place": CODE}

    for client in (as_account(clerk), by_key(lead, "access.manage")):
        send(client, "/accounts/", new, status=403)
    for move in ("disable", "link", "enable", "reset", "change"):
        body = new if move == "change" else {"reason": "x"}
        send(as_account(clerk), f"/accounts/{other.pk}/{move}", body, status=404)
        send(by_key(lead, "access.manage"), f"/accounts/{other.pk}/{move}", body, status=403)
    send(as_account(lead), f"/accounts/{lead.pk}/disable", {"reason": "x"}, status=403)

    other.refresh_from_db()
    assert (other.state, ResetRequest.objects.count()) == ("active", 0)


def test_a_reset_takes_two_people_and_the_second_is_told_the_link() -> None:
    clerk = make_staff("clerk")
    asks, one, two = (as_account(make_staff("village_chair")) for _ in range(3))
    asked = send(asks, f"/accounts/{clerk.pk}/reset", {"reason": "new phone"})
    send(asks, f"/resets/{asked['id']}/approve", status=403)

    waiting = two.get(f"{ROOT}/resets/").json()["items"]
    first = send(one, f"/resets/{asked['id']}/approve")
    twice = send(one, f"/resets/{asked['id']}/approve", status=403)
    second = send(two, f"/resets/{asked['id']}/approve")

    assert [(item["account"], item["reason"]) for item in waiting] == [(clerk.pk, "new phone")]
    assert (first["state"], first["link"], twice["code"]) == (
        "seconded",
        None,
        "second_person_needed",
    )
    assert second["state"] == "approved" and second["link"]["address"].startswith("http")
    assert "link" not in str(two.get(f"{ROOT}/resets/").json())


def test_a_reset_is_refused_with_its_reason_and_seen_by_nobody_else() -> None:
    clerk, chair = make_staff("clerk"), as_account(make_staff("village_chair"))
    asked = send(chair, f"/accounts/{clerk.pk}/reset", {"reason": "new phone"})
    there = as_account(make_staff("village_chair", path=f"{OTHER_TOWN}441900006001/"))

    assert as_account(clerk).get(f"{ROOT}/resets/").status_code == 403
    send(there, f"/resets/{asked['id']}/approve", status=404)
    send(chair, f"/resets/{asked['id']}/refuse", {"reason": ""}, status=422)
    refused = send(chair, f"/resets/{asked['id']}/refuse", {"reason": "not she"})

    assert refused["state"] == "refused"
    assert OneTimeLink.objects.count() == 0


def test_a_counter_computer_is_enrolled_by_a_fresh_session_and_its_secret_told_once() -> None:
    keeper = make_staff("village_chair")
    client = signed_in(keeper)

    made = send(client, "/devices/", {"name": "2 号窗口", "place": CODE, "idle": 3}, status=201)
    listed = client.get(f"{ROOT}/devices/")

    assert (made["cookie"], made["idle_seconds"]) == (COUNTER_COOKIE, 180)
    assert made["secret"] not in listed.content.decode()
    counter = Client()
    counter.cookies[COUNTER_COOKIE] = made["secret"]
    assert counter.get("/en/access/counter/").status_code == 200
    send(client, f"/devices/{made['id']}/revoke")
    assert counter.get("/en/access/counter/").status_code == 302


def test_a_counter_computer_is_not_enrolled_without_the_password_nor_by_others() -> None:
    keeper, body = make_staff("village_chair"), {"name": "2 号窗口", "place": CODE}
    grid = make_staff("grid_worker")

    send(as_account(keeper), "/devices/", body, status=403)
    send(signed_in(grid), "/devices/", body, status=403)
    told = send(signed_in(keeper), "/devices/", {**body, "idle": 60}, status=422)

    assert list(told["fields"]) == ["idle"]
    assert not CounterDevice.objects.exists()


def a_list(text: str = "姓名,村社区代码\n麦小满,441900005001\n") -> SimpleUploadedFile:
    return SimpleUploadedFile("staff.csv", text.encode(), content_type="text/csv")


def hand_in(client: Client, **fields: Any) -> Any:
    body = {"place": CODE, "file": a_list(), **fields}
    return client.post(f"{ROOT}/imports/", body, headers={"Idempotency-Key": str(uuid4())})


def test_a_list_of_staff_is_tried_as_a_job_and_its_rows_are_told() -> None:
    importer = with_permit("access.import")
    client = as_account(importer)

    started = hand_in(client)

    assert started.status_code == 201, started.content
    told = started.json()
    assert (told["is_dry_run"], told["name"], told["place"]) == (True, "staff.csv", CODE)
    assert LongJob.objects.get().code == told["job"]
    StaffImport.objects.update(rejected=[{"line": 3, "name": "乙", "why": "x"}], rows_count=2)
    whole = client.get(f"{ROOT}/imports/{told['id']}/").json()
    assert (whole["rows"], whole["rejected"], whole["links"]) == (2, 1, [])
    assert whole["faults"] == [{"line": 3, "name": "乙", "why": "x"}]
    other = as_account(with_permit("access.import"))
    assert other.get(f"{ROOT}/imports/{told['id']}/").status_code == 404
    assert other.get(f"{ROOT}/imports/").json()["count"] == 0


def test_a_list_of_staff_is_refused_from_others_and_from_keys_and_for_places_elsewhere() -> None:
    importer = with_permit("access.import")
    make_post(path=OTHER_TOWN)

    assert hand_in(as_account(make_staff("clerk"))).status_code == 403
    assert hand_in(by_key(importer, "access.import")).status_code == 403
    elsewhere = hand_in(as_account(importer), place="441900006")
    how = hand_in(as_account(importer), how="now")

    assert list(elsewhere.json()["fields"]) == ["place"]
    assert list(how.json()["fields"]) == ["how"]
    assert not StaffImport.objects.exists()


def test_one_chooses_a_post_and_acts_for_a_resident_by_a_session() -> None:
    clerk, person = make_staff("clerk"), make_person("李月")
    second = make_post()
    make_holding(second, clerk)
    client = signed_in(clerk)

    send(client, "/acting/choose", {"post": second.pk})
    chosen = client.get(f"{ROOT}/acting/").json()
    send(client, "/acting/choose", {"post": make_post().pk}, status=404)
    send(client, "/acting/choose", {"post": None})
    send(client, "/acting/start", {"person": person.pk, "reason": "她请我代办"})
    acting = client.get(f"{ROOT}/acting/").json()
    send(client, "/acting/stop")

    assert chosen["chosen"] == second.pk
    assert (acting["acting_for"], acting["purpose"]) == (person.pk, "她请我代办")
    assert client.get(f"{ROOT}/acting/").json()["acting_for"] is None


def test_nobody_acts_for_a_resident_of_elsewhere_nor_by_a_key_nor_learns_her_name() -> None:
    person = make_person("李月")
    there = make_staff("clerk", path=f"{OTHER_TOWN}441900006001/")
    client = signed_in(there)
    body = {"person": person.pk, "reason": "x"}

    send(client, "/acting/start", body, status=404)
    send(by_key(make_staff("clerk"), "access.act_for"), "/acting/start", body, status=403)
    shown = client.get(f"/en/access/posts/?person={person.pk}").content.decode()

    assert "李月" not in shown


def test_a_link_to_act_for_somebody_names_her_to_who_may() -> None:
    person = make_person("李月")

    shown = signed_in(make_staff("clerk")).get(f"/en/access/posts/?person={person.pk}")

    assert "李月" in shown.content.decode()
