"""Lists of events, families, groups and rounds: narrowed, paged, as files; names come only with a trace."""

from __future__ import annotations

from csv import reader
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from linli.activities import permits
from linli.activities.models import Event, Group, Round
from linli.activities.queries.narrowing import Narrowed, events_wanted, groups_wanted, rounds_wanted
from linli.activities.queries.outcomes import fill_of
from linli.activities.search import find_events
from linli.activities.services import enrolling, events, groups, rounds
from linli.activities.testing import NOON, SYSTEM, make_venue
from linli.activities.types.events import EnrolFacts, EventFacts, Taker
from linli.activities.types.rounds import GroupFacts, RoundFacts, Weekly
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
OFFICE = make_actor("office", permits.VENUES, permits.BOOKINGS, permits.EVENTS)


def _event(title: str, days: int, **other: Any) -> Event:
    start = NOON + timedelta(days=days)
    facts = EventFacts(
        "course", title, "", "Fig Hall", ((start, start + timedelta(hours=1)),), 3, **other
    )
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def _sheet(answer: Any) -> list[list[str]]:
    return list(reader(answer.content.decode("utf-8-sig").splitlines()))


def test_events_are_narrowed_paged_and_come_as_a_file_that_says_how_full_they_were() -> None:
    chess, early = _event("Chess", 9), _event("Paper cutting", 2)
    enrolling.enrol(
        chess,
        EnrolFacts((Taker("Chen", 1980), Taker("Li", 1980)), "+8613800138001"),
        actor=NOBODY,
        now=NOON,
    )
    far = (NOON + timedelta(days=5)).date()
    client, public = client_of(OFFICE), f"/en/places/{make_village().code}/events/"

    rows = _sheet(client.get("/en/desk/events/?format=csv&q=chess"))
    shown = client.get(f"/en/desk/events/?since={far.isoformat()}").content.decode()
    api = client.get("/api/v1/desk/events/?q=paper").json()
    seen = Client().get(f"{public}?q=PAPER").content.decode()

    assert len(rows) == 2 and "Chess" in rows[1] and rows[1][6:10] == ["3", "2", "0", "0"]
    assert "Chess" in shown and "Paper cutting" not in shown
    assert all(f"Takes place {word}" in shown for word in ("from", "until"))
    assert [one["title"] for one in api["items"]] == ["Paper cutting"]
    assert "Paper cutting" in seen and "Chess" not in seen
    assert list(events_wanted(Event.objects.all(), Narrowed(words=chess.code.lower()))) == [chess]
    assert [hit.title for hit in find_events(NOBODY, "paper fig", 5)] == ["Paper cutting"]
    assert fill_of([]) == {} and fill_of([early])[early.pk].taken == 0
    assert client_of(make_actor("stranger")).get("/en/desk/events/").status_code == 403


def test_names_of_families_come_as_a_file_with_a_trace_and_the_page_is_masked_and_narrowed() -> (
    None
):
    event = _event("Chess", 9)
    made = [
        enrolling.enrol(
            event,
            EnrolFacts((Taker(f"Chen {n}", 1980),), f"+861380013800{n}"),
            actor=NOBODY,
            now=NOON,
        )
        for n in range(5)
    ]
    client, to = client_of(OFFICE), f"/en/desk/events/{event.pk}/"

    waiting = client.get(f"{to}?state=waits").content.decode()
    before = Entry.objects.count()
    file = client.post(f"{to}people", {"format": "csv", "key": str(uuid4())})

    assert made[4].code in waiting and made[0].code not in waiting and "Chen 4" not in waiting
    rows = _sheet(file)
    assert len(rows) == 6 and rows[1][:2] == ["Chen 0", "13800138000"]
    assert Entry.objects.count() == before + 1
    assert client_of(make_actor("x")).post(f"{to}people", {"key": str(uuid4())}).status_code == 404


def test_groups_and_rounds_are_narrowed_and_come_as_files_without_keys() -> None:
    place, venue, on = make_village(), make_venue(), NOON.date()
    who = GroupFacts(
        "dance", "Fig dancers", 18, "Huang", "+8613800138010", is_shown=True, agreed_on=on
    )
    group = groups.add_group(place, who, actor=SYSTEM, now=NOON)
    facts = RoundFacts("Spring", on + timedelta(days=40), on + timedelta(days=100), on, on + timedelta(days=20),
                       1, (Weekly(venue.pk, 0, 1140, 1260),))  # fmt: skip
    it = rounds.open_round(place, facts, actor=SYSTEM, now=NOON)
    client, public = client_of(OFFICE), f"/en/places/{place.code}/rounds/"

    found = _sheet(client.get("/en/desk/venues/groups/?format=csv&q=fig&state=shown"))
    seasons = _sheet(client.get("/en/desk/venues/groups/?format=csv&view=rounds&state=open"))

    assert (
        found[1][0] == "Fig dancers" and group.code not in str(found) and seasons[1][0] == "Spring"
    )
    assert list(groups_wanted(Group.objects.all(), Narrowed(state="hidden"))) == []
    by_key = Narrowed(words=group.code)
    assert list(groups_wanted(Group.objects.all(), by_key)) == []
    assert list(groups_wanted(Group.objects.all(), by_key, by_code=True)) == [group]
    assert list(rounds_wanted(Round.objects.all(), Narrowed(since=on + timedelta(days=101)))) == []
    assert list(
        rounds_wanted(Round.objects.all(), Narrowed(words="spr", until=on + timedelta(days=50)))
    ) == [it]
    assert "Spring" in Client().get(public).content.decode()
    assert "Fig dancers" in Client().get(f"{public}?view=groups&q=fig").content.decode()
