"""The API of runtime: long jobs and saved views."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from linli.kernel.permits import Actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.runtime.models import LongJob, SavedView
from linli.runtime.queries import is_own_job
from linli.runtime.testing import CLERK, make_long_job

pytestmark = pytest.mark.django_db
JOBS, VIEWS = "/api/v1/jobs/", "/api/v1/views/"
OTHER = make_actor("somebody else", account_id=2)


def save(client: Client, name: str = "late ones", query: str = "?state=late&cursor=x") -> int:
    answer = post_json(client, f"{VIEWS}save", {"list": "test.list", "name": name, "query": query})
    assert answer.status_code == 200, answer.content
    return int(answer.json()["id"])


def test_a_job_is_told_to_its_starter_and_to_nobody_else() -> None:
    job = make_long_job(now=timezone.now())

    told = client_of(CLERK).get(f"{JOBS}{job.code}/").json()

    assert (told["state"], told["done"], told["percent"], told["title"]) == (
        "queued", 0, None, "Counting",
    )  # fmt: skip
    assert client_of(OTHER).get(f"{JOBS}{job.code}/").status_code == 404
    assert client_of(OTHER).get(JOBS).json()["items"] == []
    assert Client().get(JOBS).status_code == 403


def test_jobs_are_listed_newest_first_and_by_state() -> None:
    codes = [make_long_job(now=timezone.now()).code for _ in range(3)]
    LongJob.objects.filter(code=codes[0]).update(state="done", ended_at=timezone.now())
    client = client_of(CLERK)

    first = client.get(f"{JOBS}?limit=2").json()
    second = client.get(f"{JOBS}?limit=2&cursor={first['next']}").json()

    assert [one["code"] for one in first["items"] + second["items"]] == codes[::-1]
    assert [one["code"] for one in client.get(f"{JOBS}?state=done").json()["items"]] == codes[:1]


def test_a_waiting_job_is_cancelled_once() -> None:
    job = make_long_job(now=timezone.now())
    client = client_of(CLERK)

    assert post_json(client_of(OTHER), f"{JOBS}{job.code}/cancel").status_code == 404
    assert post_json(client, f"{JOBS}{job.code}/cancel").json()["state"] == "cancelled"
    assert post_json(client, f"{JOBS}{job.code}/cancel").status_code == 409


def test_a_view_is_kept_renamed_and_deleted() -> None:
    client = client_of(CLERK)
    view = save(client)

    assert SavedView.objects.get(pk=view).query == "state=late"
    renamed = post_json(client, f"{VIEWS}{view}/rename", {"name": "  very   late "})
    assert renamed.json()["name"] == "very late"
    assert [v["name"] for v in client.get(f"{VIEWS}?list=test.list").json()["items"]] == [
        "very late"
    ]
    assert post_json(client, f"{VIEWS}{view}/delete").json()["id"] == view
    assert client.get(f"{VIEWS}?list=test.list").json() == {"count": 0, "items": [], "next": None}


def test_a_name_is_taken_once_also_when_renaming() -> None:
    client = client_of(CLERK)
    save(client, "one")
    two = save(client, "two")

    again = post_json(client, f"{VIEWS}save", {"list": "test.list", "name": "one"})
    renamed = post_json(client, f"{VIEWS}{two}/rename", {"name": "one"})

    assert (again.status_code, renamed.status_code) == (409, 409)
    assert SavedView.objects.get(pk=two).name == "two"
    assert post_json(client, f"{VIEWS}{two}/rename", {"name": "two"}).status_code == 200


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_view_needs_a_name(name: str) -> None:
    answer = post_json(client_of(CLERK), f"{VIEWS}save", {"list": "test.list", "name": name})

    assert answer.status_code == 422
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("move", "said"), [("rename", {"name": "mine"}), ("share", {"post": None}), ("delete", {})]
)
def test_the_view_of_somebody_else_is_not_found(move: str, said: dict[str, None | str]) -> None:
    view = save(client_of(CLERK))

    answer = post_json(client_of(OTHER), f"{VIEWS}{view}/{move}", said)

    assert answer.status_code == 404
    assert SavedView.objects.get(pk=view).name == "late ones"


def test_a_view_is_shared_with_a_post_of_ones_own_only() -> None:
    holder = Actor(1, None, "holder", posts=frozenset({7}))
    colleague = Actor(2, None, "colleague", posts=frozenset({7}))
    view = save(client_of(holder))

    assert post_json(client_of(holder), f"{VIEWS}{view}/share", {"post": 8}).status_code == 403
    assert post_json(client_of(holder), f"{VIEWS}{view}/share", {"post": 7}).json()["post"] == 7
    seen = client_of(colleague).get(f"{VIEWS}?list=test.list").json()["items"]
    assert [(one["id"], one["is_own"]) for one in seen] == [(view, False)]


def test_another_systems_key_has_no_views() -> None:
    machine = Actor(1, None, "bus timetable", is_machine=True)

    assert client_of(machine).get(f"{VIEWS}?list=test.list").status_code == 403
    assert (
        post_json(client_of(machine), f"{VIEWS}save", {"list": "l", "name": "n"}).status_code == 403
    )


def test_a_key_sees_the_jobs_that_it_started_and_none_of_its_holder() -> None:
    key = replace(CLERK, label="bus timetable", is_machine=True)
    another = replace(key, label="archive")
    hers, its = make_long_job(now=timezone.now()), make_long_job(now=timezone.now(), actor=key)

    seen = {
        name: [one["code"] for one in client_of(who).get(JOBS).json()["items"]]
        for name, who in (("holder", CLERK), ("key", key), ("another", another))
    }

    assert seen == {"holder": [its.code, hers.code], "key": [its.code], "another": []}
    assert post_json(client_of(key), f"{JOBS}{hers.code}/cancel").status_code == 404
    assert [is_own_job(key, job.pk) for job in (hers, its)] == [False, True]
