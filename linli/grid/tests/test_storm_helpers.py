"""三防: who moves people, and the villages below, hear of it where they look; nobody else reads it."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.grid import desk, permits, tasks
from linli.grid.models import StormHome
from linli.grid.services import homes, storms
from linli.grid.testing import NOON, make_cell
from linli.grid.tests.storm_samples import OFFICE, helper, home, storm
from linli.grid.tests.test_storm_grounds import LEAD, of_town
from linli.grid.types.storms import HomeFacts
from linli.grid.views import my_homes
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Message
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
SECRETS = ("Chen Ah Po", "13800138001", "Fig lane 8")


def test_the_helper_sees_her_home_on_her_day_on_the_desk_and_as_one_message() -> None:
    at, (worker, post) = storm(), helper()
    make_cell(make_village())
    one = home(at, post)
    home(at, post, people=2)

    today = client_of(worker).get("/en/grid/today/").content.decode()
    rows = desk.to_move(worker, NOON.date(), 10)
    told = Message.objects.filter(template="grid.homes_to_move")

    assert f"/en/grid/homes/#home-{one.pk}" in today and "Number 12" in today
    assert not any(secret in today for secret in SECRETS)
    assert [(row.title, str(row.stage), row.due_on) for row in rows] == [
        ("Number 12: homes that you move", "5 people to be moved", None)
    ]
    assert [(row.post_id, row.link["view"]) for row in told] == [(post, "grid:my_homes")]


def test_her_page_has_address_and_telephone_of_her_own_homes_alone_and_each_look_is_recorded() -> (
    None
):
    at, (worker, post) = storm(), helper()
    other, other_post = helper()
    one = home(at, post)
    client, seen = client_of(worker), Entry.objects.filter(verb="read")

    page = client.get("/en/grid/homes/")
    api = client.get("/api/v1/grid/homes/").json()
    theirs = client_of(other).get("/en/grid/homes/").content.decode()

    assert all(secret in page.content.decode() for secret in SECRETS)
    assert "tel:" in page.content.decode() and "no-store" in page["Cache-Control"]
    assert [(row["name"], row["address"]) for row in api["items"]] == [("Chen Ah Po", "Fig lane 8")]
    assert seen.count() == 2
    assert not any(secret in theirs for secret in SECRETS) and other_post != post
    assert client_of(other).get("/api/v1/grid/homes/").json()["items"] == []
    assert "Chen" not in client_of(OFFICE).get("/en/grid/homes/").content.decode()
    marked = client.post(f"/en/grid/storms/homes/{one.pk}/move", {"key": "1", "from": "mine"})
    assert marked["Location"] == f"/en/grid/homes/#home-{one.pk}"


def test_her_page_leads_on_to_the_last_of_her_homes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(my_homes, "PAGE", 1)
    at, (worker, post) = storm(), helper()
    home(at, post)
    path = make_village().path
    StormHome.objects.bulk_create(
        StormHome(storm=at, path=path, masked_name="C*", people=1, need="none", helper_id=post, state="back")
        for _each in range(201)
    )  # fmt: skip

    page = client_of(worker).get("/en/grid/homes/").content.decode()

    assert "202 in all" in page and "cursor=" in page


def test_a_new_helper_is_told_and_the_homes_of_a_storm_that_is_over_are_on_no_page() -> None:
    at, (worker, post) = storm(), helper()
    other, second = helper()
    one = home(at, post)
    facts = HomeFacts("Chen Ah Po", "+8613800138001", "Fig lane 8", 3, "carry", second)

    homes.change_home(one, facts, actor=OFFICE, now=NOON)
    told = Message.objects.filter(template="grid.homes_to_move").order_by("pk")
    assert [row.post_id for row in told] == [post, second]
    assert desk.to_move(worker, NOON.date(), 9) == [] != desk.to_move(other, NOON.date(), 9)

    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    assert desk.to_move(other, NOON.date(), 9) == []
    assert "Fig lane" not in client_of(other).get("/en/grid/homes/").content.decode()


def test_villages_below_are_told_of_the_response_of_the_town_and_have_it_on_the_desk() -> None:
    village = make_village()
    post = make_post("chair", path=village.path)
    make_holding(post, make_account())
    make_right(permit=permits.STORM.name, path=village.path, post_id=post.pk)
    at = of_town()

    (job,) = ProcrastinateJob.objects.filter(task_name="grid.tell_of_storm")
    tasks.tell_of_storm(**job.args)
    told = Message.objects.get(template="grid.storm_declared")
    keeper = make_actor("keeper", permits.SEE, permits.STORM, at=village.path)
    (row,) = desk.seen(keeper, NOON.date(), 9)

    assert (told.post_id, told.link) == (
        post.pk, {"view": "grid:storm", "args": [village.code, at.pk]},
    )  # fmt: skip
    assert row.url.endswith(f"/grid/{village.code}/storms/{at.pk}/") and "Number 12" in row.title
    typed = {"houses": 0, "roads": 0, "rescuers": 0, "boats": 0}
    storms.type_sheet(at, village, typed, actor=keeper, now=NOON)
    assert desk.seen(keeper, NOON.date(), 9) == [] == desk.seen(LEAD, NOON.date(), 9)


def test_of_a_storm_that_is_over_no_village_is_told() -> None:
    at = of_town()
    storms.end_storm(at, actor=LEAD, now=NOON)

    tasks.tell_of_storm(storm_id=at.pk)

    assert not Message.objects.exists()
