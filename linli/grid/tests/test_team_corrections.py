"""What was entered wrongly about a team is put right; who stands in its shifts stays there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from linli.grid import permits
from linli.grid.errors import Over
from linli.grid.models import Team, WatchSeat
from linli.grid.services import teams, watch
from linli.grid.testing import NOON, TODAY, make_worker
from linli.grid.types.watch import Seat, TeamFacts
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.testing import client_of, make_actor, post_json
from linli.places.testing import make_village
from linli.runtime.testing import at_once
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
FACTS = TeamFacts("Night watch", "patrol", 12, "every", ("evening",))
RIGHT = TeamFacts("Evening watch", "fire", None, "rest", ("night",), 2)
OFFICE = make_actor("office", permits.SEE, permits.KEEP)


def team(name: str = "Night watch") -> Team:
    facts = replace(FACTS, name=name)
    return teams.add_team(make_village(), facts, actor=OFFICE, now=NOON)


def test_a_team_is_corrected_and_who_is_on_duty_stays_so() -> None:
    at, (_worker, post) = team(), make_worker(make_village())
    seat = Seat(TODAY + timedelta(days=1), "evening", post.pk)
    watch.put_on_duty(at, seat, actor=OFFICE, now=NOON)

    teams.change_team(at, RIGHT, edition=1, actor=OFFICE, now=NOON)

    after = Team.objects.get()
    told = (after.name, after.kind, after.people, after.days, after.shifts, after.seats)
    assert told == ("Evening watch", "fire", None, "rest", ["night"], 2)
    assert after.edition == 2 and WatchSeat.objects.get().shift == "evening"
    assert Entry.objects.filter(verb="grid.team_changed").count() == 1


def test_a_correction_that_cannot_be_changes_nothing() -> None:
    at, _other = team(), team("Fire station")
    worker, _post = make_worker(make_village())

    with pytest.raises(NotAllowed):
        teams.change_team(at, RIGHT, actor=worker, now=NOON)
    with pytest.raises(Stale):
        teams.change_team(at, RIGHT, edition=9, actor=OFFICE, now=NOON)
    for wrong in ({"name": "Fire station"}, {"shifts": ()}, {"seats": 0}, {"people": -1}):
        with pytest.raises(Invalid):
            teams.change_team(at, replace(RIGHT, **wrong), actor=OFFICE, now=NOON)  # type: ignore[arg-type]

    assert sorted(Team.objects.values_list("name", "edition")) == [
        ("Fire station", 1), ("Night watch", 1),
    ]  # fmt: skip
    teams.end_team(at, actor=OFFICE, now=NOON)
    with pytest.raises(Over):
        teams.change_team(at, RIGHT, actor=OFFICE, now=NOON)


def test_the_page_shows_what_is_known_and_keeps_what_was_typed() -> None:
    at = team()
    url, client = f"/en/grid/watch/teams/{at.pk}/change/", client_of(OFFICE)
    typed = {
        "called": "Day watch", "kind": "patrol", "people": "9", "days": "work", "shifts": ["day"],
        "seats": "1", "edition": "1",
    }  # fmt: skip

    shown = client.get(url).content.decode()
    stale = client.post(url, {**typed, "edition": "9", "key": str(uuid4())})
    assert 'value="Night watch"' in shown and Team.objects.get().name == "Night watch"
    assert stale.status_code in (409, 422)
    client.post(url, {**typed, "key": str(uuid4())})

    assert (Team.objects.get().name, Team.objects.get().people) == ("Day watch", 9)
    assert client_of(make_worker(make_village())[0]).get(url).status_code == 403


def test_the_api_corrects_a_team_for_who_keeps_it() -> None:
    at = team()
    url = f"/api/v1/grid/teams/{at.pk}/correct"
    given = {"name": "Day watch", "kind": "patrol", "days": "work", "shifts": ["day"], "edition": 1}

    refused = post_json(client_of(make_worker(make_village())[0]), url, given)
    assert refused.status_code == 403 and Team.objects.get().edition == 1
    told = [post_json(client_of(OFFICE), url, given).status_code for _again in range(2)]

    assert told == [200, 409]
    assert Team.objects.get().name == "Day watch"


@pytest.mark.django_db(transaction=True)
def test_two_who_give_one_name_at_once_name_one_team_so() -> None:
    first, second = team(), team("Fire station")

    told = at_once(
        lambda: teams.change_team(first, RIGHT, actor=OFFICE, now=NOON),
        lambda: teams.change_team(second, RIGHT, actor=OFFICE, now=NOON),
    )

    assert sorted(told) == ["", "invalid"]
    assert Team.objects.filter(name="Evening watch").count() == 1
