"""Events of the grid are shown to whom a plain loop says: lists, files, API, cells, figures, checks, phones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.tests.sight_samples import (
    ACCUSED,
    CLERK,
    HERE,
    NEXT_DOOR,
    PATHS,
    Fact,
    actor_of,
    sees,
)
from linli.grid import permits
from linli.grid.models import HazardCheck, PhoneQueue, Queued, Stop
from linli.grid.services import events
from linli.grid.testing import NOON, SYSTEM, TODAY, make_cell
from linli.grid.types import EVENT, CellKey, Matter, Sight
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of
from linli.places.models import Layer
from linli.places.testing import make_village
from tests.furnishing import made_once

NUMBER = re.compile(r"WG-\d{4}-\d+")
# codes are the layer's: no two villages have the same
CELLS = {HERE: CellKey("social", "G1"), NEXT_DOOR: CellKey("social", "G2")}
DAYS = f"first={TODAY}&last={TODAY}"
WHO = [
    actor_of("worker", "grid_worker", PATHS["village"], 4),
    actor_of("accused worker", "grid_worker", PATHS["village"], 4, ACCUSED),
    actor_of("chair", "village_chair", PATHS["village"], 5),
    actor_of("accused chair", "village_chair", PATHS["village"], 5, ACCUSED),
    actor_of("accused lead", "town_lead", PATHS["town"], 5, ACCUSED),
    actor_of("department", "city_department", PATHS["city"], 4),
    actor_of("clerk of petitions", "petition_work", PATHS["city"], 5),
    NOBODY,
]


@dataclass(frozen=True)
class Found:
    """What was seen in the cells, and the ids of checks, entries of phones and stops by village."""

    facts: list[Fact]
    checks: dict[str, int]
    entries: dict[str, int]
    stops: dict[str, str]


def _ground() -> Found:
    """In two villages an event, one that reaches higher, one about a post; each came of a check and a phone."""
    found = Found([], {}, {}, {})
    for code in (HERE, NEXT_DOOR):
        place = make_village(code)
        cell = CELLS[code]
        make_cell(place, cell.code)
        layer = Layer.objects.get(key=cell.layer)
        stop = Stop.objects.create(
            path=place.path, layer=layer, cell_code=cell.code, title=f"Tower {code}", every_days=7,
            since=TODAY, due_on=TODAY,
        )  # fmt: skip
        found.stops[code] = stop.title
        for level, about in ((3, None), (6, None), (3, ACCUSED)):
            sight = Sight(Matter.FACILITY, "The lamp is dark.")
            told = events.report_event(place, cell, sight, actor=SYSTEM, now=NOON)
            for step in ("verify", "file"):
                events.make_move(_at(told.case_id), step, note="Seen.", actor=SYSTEM, now=NOON)
            Case.objects.filter(pk=told.case_id).update(level=level, about_post_id=about)
            fact = Fact(told.case_id, told.number, EVENT, place.path, level, True, about)
            found.facts.append(fact)
            check = HazardCheck.objects.create(
                path=place.path, layer=layer, cell_code=cell.code, title="Shop", hazard="fire",
                on=TODAY, answers={}, bad=0, case_id=fact.id,
            )  # fmt: skip
            found.checks[fact.number] = check.pk
            found.entries[fact.number] = _entry(fact)
    return found


def _at(case_id: int):  # type: ignore[no-untyped-def]
    from linli.cases.types.moves import At

    return At(case_id)


def _entry(fact: Fact) -> int:
    """Keep an entry of somebody's phone that waits for a decision."""
    queue = PhoneQueue.objects.create(
        code=uuid4().hex[:12], device=uuid4(), account_id=9, used_on=TODAY
    )
    return Queued.objects.create(
        queue=queue, seq=1, key=uuid4(), act="note", state="conflict", path=fact.path, case_id=fact.id,
        account_id=9, post_id=CLERK, phone_at=NOON, happened_at=NOON, received_at=NOON,
    ).pk  # fmt: skip


made = made_once(_ground)


@pytest.fixture
def ground(made: Found, db: None) -> Found:
    """What this module made; what a test does to it is undone."""
    return made


@pytest.mark.parametrize("actor", WHO, ids=lambda actor: actor.label)
def test_events_are_shown_as_the_oracle_says(actor: Actor, ground: Found) -> None:
    client, works = client_of(actor), bool(actor.paths(permits.WORK))
    seen = {fact.number for fact in ground.facts if sees(actor, fact)}
    told = seen if works else set()

    for address in ("grid/events/", "grid/events/?view=all", "grid/events/?format=csv",
                    "grid/events/?format=print"):  # fmt: skip
        assert _numbers(client, f"/en/{address}") == told, address
    assert _numbers(client, "/api/v1/grid/events/?limit=100") == told
    for fact in ground.facts:
        is_hers = fact.number in seen
        assert (client.get(f"/en/grid/events/{fact.number}/").status_code == 200) == is_hers
        if (
            check := client.get(f"/en/grid/checks/{ground.checks[fact.number]}/")
        ).status_code == 200:
            assert (fact.number in check.content.decode()) == is_hers, fact
    assert _numbers(client, "/api/v1/grid/checks/?limit=100") == {
        fact.number for fact in ground.facts if actor.may(permits.WORK, at=fact.path) and sees(actor, fact)
    }  # fmt: skip
    for address in ("/en/grid/kept/", "/en/grid/kept/?format=csv", "/api/v1/grid/kept/?limit=100"):
        assert _numbers(client, address) <= seen, address


@pytest.mark.parametrize("actor", WHO, ids=lambda actor: actor.label)
def test_a_cell_and_its_figures_tell_of_no_event_that_is_not_hers(
    actor: Actor, ground: Found
) -> None:
    client = client_of(actor)
    for code in (HERE, NEXT_DOOR):
        here = [fact for fact in ground.facts if f"/{code}/" in fact.path]
        seen = {fact.number for fact in here if sees(actor, fact)}
        page = client.get(f"/en/grid/{code}/cells/social/{CELLS[code].code}/")
        there = actor.may(permits.SEE, at=here[0].path)

        assert (page.status_code == 200) == there
        if not there:
            continue
        objects = client.get(
            f"/api/v1/grid/villages/{code}/cells/social/{CELLS[code].code}/objects/"
        )
        assert objects.json()["events"] == len(seen)
        # figures are of staff's level; what is about the reader herself they do not name
        named = {f.number for f in here if f.level == 3 and f.about not in {*actor.posts}}
        where = f"{code}/figures/?of=grid.on_time&part=no&{DAYS}"
        late = f"places/{code}/figures/grid.closing/?part=no&{DAYS}"
        page = client.get(f"/en/grid/{code}/figures/?of=grid.closing&part=no&{DAYS}")
        assert set(NUMBER.findall(page.content.decode())) == named
        assert _numbers(client, f"/en/grid/{where}&format=csv") <= named
        assert _numbers(client, f"/api/v1/grid/{late}") == named
        assert client.get(f"/api/v1/grid/{late}").json()["count"] == len(named)
        assert _numbers(client, f"/api/v1/grid/places/{code}/figures/?{DAYS}") == named
        told = client.get(f"/api/v1/grid/places/{code}/figures/?{DAYS}").json()["items"]
        sums = {one["key"]: one["denominator"] for one in told}
        # nor do sums count it: by what is missing she would know of it (AP-07)
        assert sums["grid.closing"] == (len(named) or None)


@pytest.mark.parametrize("actor", WHO, ids=lambda actor: actor.label)
def test_places_that_are_visited_are_shown_where_one_works(actor: Actor, ground: Found) -> None:
    client = client_of(actor)
    wanted = {
        title
        for code, title in ground.stops.items()
        if any(at.startswith(path) for path in actor.paths(permits.WORK) for at in [_path(code)])
    }

    for address in ("/en/grid/stops/", "/en/grid/stops/?format=csv", "/api/v1/grid/stops/"):
        got = client.get(address)
        text = got.content.decode() if got.status_code == 200 else ""
        assert {title for title in ground.stops.values() if title in text} == wanted, address


def _path(code: str) -> str:
    return f"441900/{code[:9]}/{code}/"


def _numbers(client: Client, address: str) -> set[str]:
    got = client.get(address)
    assert got.status_code in (200, 401, 403, 404), address
    return set(NUMBER.findall(got.content.decode("utf-8-sig"))) if got.status_code == 200 else set()
