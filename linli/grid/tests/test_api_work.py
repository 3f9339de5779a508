"""What pages do in the cells is done over the API too, by the same people and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.access import permits as access
from linli.grid import permits
from linli.grid.models import (
    HazardCheck,
    Headship,
    Shelter,
    Stop,
    Storm,
    StormHome,
    Team,
    WatchSeat,
)
from linli.grid.testing import make_cell, make_duty, make_worker
from linli.grid.tests.storm_samples import HALL, OFFICE, helper
from linli.grid.tests.test_kept_pages import draft
from linli.grid.tests.test_rounds import answers
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.models import Place
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
API = "/api/v1/grid"
KEEPER = make_actor("keeper", permits.SEE, permits.KEEP, permits.HEADS)
AWAY = make_actor(
    "away", permits.SEE, permits.KEEP, permits.WORK, permits.STORM, permits.DECLARE,
    permits.HEADS, at="441900/441900006/",
)  # fmt: skip


def sent(client: Client, to: str, **said: Any) -> tuple[int, dict[str, Any]]:
    """Send to the API; return the status and what it tells."""
    answer = post_json(client, f"{API}/{to}", said)
    told: dict[str, Any] = answer.json()
    return answer.status_code, told


@pytest.fixture
def village() -> Place:
    place = make_village()
    make_cell(place)
    return place


def test_a_storm_from_its_beginning_to_its_end(village: Place) -> None:
    client, (_helper, post) = client_of(OFFICE), helper()
    said = {"place": village.code, "kind": "typhoon", "title": "Number 12"}
    assert sent(client_of(AWAY), "storms/", **said)[0] == 404

    begun, storm = sent(client, "storms/", **said)
    at = f"villages/{village.code}/shelters/"
    room = {"title": HALL.title, "address": HALL.address, "places": 5}
    _made, hall = sent(client, at, **room)
    who = {"name": "Chen Ah Po", "address": "Fig lane 8", "people": 3, "need": "carry",
           "helper_id": post, "shelter_id": hall["id"]}  # fmt: skip
    homes = f"storms/{storm['id']}/homes/{village.code}/"
    named, home = sent(client, homes, **who)
    small = sent(client, f"{at}{hall['id']}/correct", **{**room, "places": 1})
    moved = sent(client, f"storms/homes/{home['id']}/mark", move="move", edition=1)
    kept = sent(client, f"{at}{hall['id']}/end")
    assert (begun, named, small[0], moved[1]["state"], kept[0]) == (201, 201, 422, "moved", 409)
    corrected = sent(client, f"storms/homes/{home['id']}/correct", **{**who, "people": 2})

    listed = client.get(f"{API}/{homes}").json()["items"]
    over = sent(client, f"storms/{storm['id']}/end", edition=1, anyway=True)
    assert [(one["name"], one["people"]) for one in listed] == [(home["name"], 2)]
    assert "Ah Po" not in home["name"] and corrected[0] == 200
    assert (over[0], sent(client, f"storms/{storm['id']}/end")[0]) == (200, 409)
    assert (Storm.objects.count(), Shelter.objects.count(), StormHome.objects.count()) == (1, 1, 1)


def test_a_helper_marks_her_own_home_and_sees_no_other(village: Place) -> None:
    office, (actor, post) = client_of(OFFICE), helper()
    storm = sent(office, "storms/", place=village.code, kind="flood", title="May")[1]
    who = {"name": "Li", "address": "Lane 1", "people": 1, "need": "none", "helper_id": post}
    at = f"storms/{storm['id']}/homes/{village.code}/"
    home = sent(office, at, **who)[1]

    assert len(client_of(actor).get(f"{API}/{at}").json()["items"]) == 1
    assert sent(client_of(AWAY), f"storms/homes/{home['id']}/mark", move="move")[0] == 404
    assert sent(client_of(actor), f"storms/homes/{home['id']}/mark", move="stay")[0] == 200
    assert sent(client_of(actor), at, **who)[0] == 403


def test_a_team_its_shifts_and_their_swap(village: Place) -> None:
    client, (first, post), (second, other) = (
        client_of(KEEPER), make_worker(village), make_worker(village)
    )  # fmt: skip
    facts = {"village": village.code, "name": "Night watch", "kind": "patrol", "days": "every",
             "shifts": ["evening"]}  # fmt: skip
    on = (localdate() + timedelta(days=1)).isoformat()
    made, team = sent(client, "teams/", **facts)
    assert sent(client_of(first), "teams/", **{**facts, "name": "Day"})[0] == 403
    _put, seat = sent(client, f"teams/{team['id']}/seats/", on=on, shift="evening", post_id=post.pk)

    own = client_of(first).get(f"{API}/watch/seats/").json()["items"]
    asked, swap = sent(client_of(first), f"watch/seats/{seat['id']}/swap", to_post=other.pk)
    mine = sent(client_of(first), f"watch/swaps/{swap['id']}/answer", move="agree")[0]
    waits = client_of(second).get(f"{API}/watch/swaps/").json()["items"]
    agreed = sent(client_of(second), f"watch/swaps/{swap['id']}/answer", move="agree")[1]["state"]
    assert (made, asked, mine, agreed) == (201, 201, 404, "agreed")
    assert [one["id"] for one in own] == [seat["id"]] and len(waits) == 1
    assert WatchSeat.objects.get().post_id == other.pk

    today = localdate().isoformat()
    note = {"on": today, "shift": "evening", "text": "The key hangs at the gate."}
    assert sent(client_of(first), f"teams/{team['id']}/note", **note)[0] == 403
    assert sent(client, f"teams/{team['id']}/note", **note)[1]["edition"] == 1
    assert sent(client_of(second), f"watch/seats/{seat['id']}/off")[0] == 403
    assert sent(client, f"watch/seats/{seat['id']}/off")[0] == 200
    assert sent(client, f"teams/{team['id']}/end", edition=1)[0] == 200
    assert not WatchSeat.objects.exists() and Team.objects.get().ended_on == localdate()


def test_a_place_is_taken_into_the_rounds_and_out_again(village: Place) -> None:
    worker, _post = make_worker(village)
    client = client_of(worker)
    said = {"village": village.code, "layer": "social", "cell": "G1", "title": "Shop 7"}

    assert sent(client, "stops/", **{**said, "every_days": 0})[0] == 422
    assert sent(client, "stops/", **{**said, "cell": "G9"})[0] == 422
    made, stop = sent(client, "stops/", **said)
    assert sent(client_of(AWAY), f"stops/{stop['id']}/end")[0] == 404

    assert (made, Stop.objects.get().until) == (201, None)
    told = [sent(client, f"stops/{stop['id']}/end")[0] for _again in range(2)]
    assert told == [200, 409] and Stop.objects.get().until == localdate()


def test_a_grave_danger_is_checked_with_its_photo_and_checked_again(village: Place) -> None:
    worker, post = make_worker(village)
    make_duty(village, post)
    client = client_of(worker)
    said = {"village": village.code, "layer": "social", "cell": "G1", "hazard": "fire",
            "title": "Shop 7", "answers": answers("fire", gas="bad")}  # fmt: skip

    without = sent(client, "checks/", **said)
    assert (without[0], HazardCheck.objects.count()) == (422, 0)
    made, check = sent(client, "checks/", **said, photos=[draft(worker)])
    waits = client.get(f"{API}/checks/?again=true").json()["items"]
    grave = sent(client, f"checks/{check['id']}/again", answers={"gas": "bad"})[0]
    again, second = sent(client, f"checks/{check['id']}/again", answers={"gas": "good"})

    assert (made, check["bad"], check["photos"], grave, again) == (201, 1, 1, 422, 201)
    assert [one["id"] for one in waits] == [check["id"]] and check["case"]
    assert (second["again_of"], second["bad"]) == (check["id"], 0)
    assert client.get(f"{API}/checks/?again=true").json()["items"] == []
    assert sent(client, f"checks/{check['id']}/again", answers={"gas": "good"})[0] == 409


def test_a_head_stands_is_spoken_to_and_answers(village: Place) -> None:
    li = make_actor("li", access.RESIDE, account_id=77)
    said = {"village": village.code, "kind": "lane", "ground": "Lane 5", "name": "Li",
            "phone": "13800138002"}  # fmt: skip
    assert sent(client_of(AWAY), "heads/", **said)[0] == 403
    stood, head = sent(client_of(li), "heads/", **said)
    day = localdate().isoformat()
    choice = {"outcome": "chosen", "decided_on": day, "votes_for": 9, "document": "Sheet"}
    assert sent(client_of(KEEPER), f"heads/{head['id']}/choice", **choice)[0] == 200

    nobody = client_of(NOBODY)
    asked, word = sent(nobody, f"heads/{head['id']}/say", kind="call", phone="13900139000")
    follow = f"{API}/heads/words/{word['code']}/"
    hers, theirs = client_of(li).get(follow).json(), nobody.get(follow).json()
    stranger = sent(client_of(KEEPER), f"heads/words/{word['code']}/do", move="answer", note="x")
    done = sent(client_of(li), f"heads/words/{word['code']}/do", move="answer", note="I called.")

    assert (stood, asked, stranger[0], done[1]["state"]) == (201, 201, 404, "answered")
    assert "139" in hers["phone"] and theirs["phone"] is None
    assert nobody.get(follow).json()["answer"] == "I called."
    assert len(client_of(li).get(f"{API}/heads/words/").json()["items"]) == 1
    kept = client_of(KEEPER).get(f"{API}/villages/{village.code}/heads/?state=serving").json()
    assert [one["document"] for one in kept["items"]] == ["Sheet"]


def test_what_accuses_an_official_is_led_elsewhere_once(village: Place) -> None:
    head = Headship.objects.create(
        path=village.path, kind="lane", ground="Lane 5", public_name="Li", state="serving",
        stood_on=localdate(), since=localdate(), account_id=77,
    )  # fmt: skip
    words = {"kind": "tell", "text": "举报村主任何伟明贪污受贿"}

    first = sent(client_of(NOBODY), f"heads/{head.pk}/say", **words)
    second = sent(client_of(NOBODY), f"heads/{head.pk}/say", **words, told=True)

    assert "12388" in str(first[1]) and first[0] >= 400
    assert (second[0], head.words.count()) == (201, 1)


def test_who_stands_withdraws_and_nothing_of_her_stays(village: Place) -> None:
    said = {"village": village.code, "kind": "block", "ground": "Block 2", "name": "Wang",
            "phone": "13800138002"}  # fmt: skip
    head = sent(client_of(KEEPER), "heads/", **said)[1]

    assert sent(client_of(AWAY), f"heads/{head['id']}/withdraw")[0] == 404
    assert sent(client_of(KEEPER), f"heads/{head['id']}/withdraw")[1]["state"] == "withdrawn"
    assert Headship.objects.get().public_name == ""
