"""Every surface shows each kind of post exactly what a plain loop over the data says it may see."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils.timezone import localdate

from linli.cases.desk import due_work
from linli.cases.models import Case
from linli.cases.queries.board import board_of
from linli.cases.services.assigning import offer
from linli.cases.services.exporting import write_export
from linli.cases.testing import NOON, clerk_of, make_case, move
from linli.cases.tests.sight_samples import (
    ACCUSED,
    CLERK,
    ELSEWHERE,
    HERE,
    NEXT_DOOR,
    PATHS,
    TOWNS,
    Fact,
    actors,
    appoint_holder,
    holders,
    sees,
)
from linli.cases.types.filing import OF_CASE
from linli.cases.types.listing import View, Wanted
from linli.cases.types.moves import At, To
from linli.files.models import StoredFile
from linli.files.queries import may_see
from linli.files.services import read_content
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.registries import SEARCH
from linli.kernel.testing import client_of
from linli.places import queries as places
from tests.furnishing import made_once

OF_RESIDENTS = ("report", "feedback")
# who expects to be turned away asks for a part of a page: a refusal is shorter then
PART = {"HX-Request": "true"}
NUMBER = re.compile(r"/desk/cases/([A-Z]+-\d+-\d+)/")
DUE = re.compile(r'due=(\d{4}-\d\d-\d\d)[^"]*">(\d+) case')


def _facts() -> list[Fact]:
    """Cases of every level at three places, open and closed, one about a post, all on the map."""
    made: list[Fact] = []
    for code in (HERE, NEXT_DOOR, ELSEWHERE):
        for level in (1, 3, 4, 6, 7):
            made.append(_one(code, level))
        made.append(_one(code, 1, is_open=False))
        made.append(_one(code, 1, about=ACCUSED))
    # kinds with a permit of their own, and one among offices alone
    for code in (HERE, ELSEWHERE):
        made.append(_one(code, 1, kind="feedback", matter=""))
    for town in TOWNS:
        made.append(_one(town, 4, kind="petition", matter="appeal"))
        made.append(_one(town, 3, kind="incoming", matter=""))
    appoint_holder()
    return made


def _one(
    code: str,
    level: int,
    *,
    is_open: bool = True,
    about: int | None = None,
    kind: str = "report",
    matter: str = "complaint",
) -> Fact:
    opened = make_case(
        code, actor=NOBODY if kind in OF_RESIDENTS else system_actor("test"), kind=kind, matter=matter, level=level, about_post_id=about,
        point=(113_750_000, 23_040_000), now=NOON,
    )  # fmt: skip
    if not is_open:
        path = opened.held.path
        move(opened.held.id, "accept", clerk_of(path))
        done = {"public": {"text": "Mended."}, "facts": {"files": ["f"]}}
        move(opened.held.id, "finish", clerk_of(path), **done)
    file = StoredFile.objects.create(
        code=f"F{opened.held.id:07d}", owner_kind=OF_CASE, owner_id=opened.held.id, kind="jpeg",
        size=1, level=3, stored_at=NOON,
    )  # fmt: skip
    return Fact(
        opened.held.id, opened.held.number, kind, opened.held.path, level, is_open, about, file.code
    )


made = made_once(_facts)


@pytest.fixture
def facts(made: list[Fact], db: None) -> list[Fact]:
    """The cases of this module; what a test does to them is undone."""
    return made


@pytest.mark.load
@pytest.mark.parametrize("actor", [*actors(), *holders()], ids=lambda actor: actor.label)
def test_every_surface_shows_what_the_oracle_says(actor: Actor, facts: list[Fact]) -> None:
    seen = {fact.number for fact in facts if sees(actor, fact)}
    opened = {fact.number for fact in facts if fact.is_open and fact.number in seen}
    client = client_of(actor)

    assert _listed(client, "open", bool(seen)) == opened
    assert _listed(client, "closed", bool(seen)) == seen - opened
    assert _printed(client) == opened
    assert _mapped(client) == opened
    assert _in_api(client) == opened
    assert _found(actor) == seen
    assert _exported(actor) == (opened if seen else set())
    assert board_of(actor, "", "city", NOON).total[0] == len(opened)
    assert _due(client) == len(opened)
    # nobody has any of them: all wait for somebody, but what no post takes on
    led = {fact.number for fact in facts if fact.kind != "feedback"}
    assert _on_the_desk(actor) == opened & led
    assert _in_files(actor, facts) == seen
    assert _in_feed(client) == {fact.number for fact in facts if is_for_everybody(fact)}


def is_for_everybody(fact: Fact) -> bool:
    """The oracle of what is public: reports of the lowest level that are about no post."""
    return fact.kind == "report" and fact.level == 1 and fact.about is None


@pytest.mark.load
@pytest.mark.parametrize("actor", [*actors(), *holders()], ids=lambda actor: actor.label)
def test_a_case_that_is_not_hers_is_not_there(actor: Actor, facts: list[Fact]) -> None:
    client = client_of(actor)
    for fact in facts:
        there = sees(actor, fact)
        sheet = client.get(f"/en/desk/cases/{fact.number}/", headers={} if there else PART)
        told = client.get(f"/api/v1/cases/{fact.number}/")

        assert [sheet.status_code == 200, told.status_code == 200] == [there, there], fact
        assert there or {sheet.status_code, told.status_code} <= {401, 403, 404}


@pytest.mark.parametrize("actor", [a for a in actors() if a.label == "accused chair"])
def test_a_post_moves_no_case_about_itself(actor: Actor, facts: list[Fact]) -> None:
    fact = next(one for one in facts if one.about == ACCUSED and one.path == PATHS["village"])

    got = client_of(actor).post(
        f"/en/desk/cases/{fact.number}/accept", {"key": "k" * 36, "expected_seq": "1"}
    )

    assert got.status_code in (400, 404)
    assert Case.objects.get(number=fact.number).seq == 1


@pytest.mark.parametrize("actor", list(holders()), ids=lambda actor: actor.label)
def test_whoever_once_held_the_accused_post_moves_it_by_no_door(
    actor: Actor, facts: list[Fact]
) -> None:
    """A phone names a case by its number, and a job by its id: neither looks it up in a list."""
    fact = next(one for one in facts if one.about == ACCUSED and one.path == PATHS["village"])

    with pytest.raises(NotFound):
        move(fact.id, "accept", actor)
    with pytest.raises(NotFound), transaction.atomic():
        offer(At(fact.id), To("lead", 1, CLERK), actor=actor, now=NOON)

    assert Case.objects.get(number=fact.number).seq == 1


def _numbers(html: str) -> set[str]:
    return set(NUMBER.findall(html))


def _listed(client: Client, view: str, is_staff: bool) -> set[str]:
    got = client.get(f"/en/desk/cases/?view={view}&limit=200")
    assert got.status_code == 200 or not is_staff
    return _numbers(got.content.decode())


def _printed(client: Client) -> set[str]:
    html = client.get("/en/desk/cases/print/").content.decode()
    return set(re.findall(r"[A-Z]{2}-\d{4}-\d+", html))


def _mapped(client: Client) -> set[str]:
    got = client.get("/en/desk/cases/?show=map&limit=1")
    panel = got.content.decode().partition('id="panel"')[2]
    return _numbers(panel)


def _in_api(client: Client) -> set[str]:
    got = client.get("/api/v1/cases/?limit=200")
    if got.status_code != 200:
        return set()
    found: dict[str, Any] = got.json()
    assert found["count"] == len(found["items"])
    return {one["number"] for one in found["items"]}


def _found(actor: Actor) -> set[str]:
    source = SEARCH.get("cases.cases")
    assert source is not None
    return _numbers(" ".join(hit.url for hit in source.find(actor, "street lamp", 200)))


def _exported(actor: Actor) -> set[str]:
    wanted = Wanted(View.OPEN, now=NOON)
    code = write_export(
        wanted, "csv", 1, place="441900/", actor=actor, now=NOON, say=lambda done: None
    )
    file = StoredFile.objects.get(code=code)
    text = read_content(file, actor=actor, now=NOON).decode()
    return set(re.findall(r"[A-Z]{2}-\d{4}-\d+", text))


def _due(client: Client) -> int:
    """How many cases the calendar of days due counts, over the months in which they are due."""
    found = 0
    for month in ("2026-08", "2026-09", "2026-10"):
        html = client.get(f"/en/desk/cases/calendar/?month={month}").content.decode()
        found += sum(
            int(count) for at, count in DUE.findall(html) if at.startswith(month)
        )  # days of the months beside stand in the table too
    return found


def _on_the_desk(actor: Actor) -> set[str]:
    return {item.number for item in due_work(actor, localdate(NOON), 200)}


def _in_files(actor: Actor, facts: list[Fact]) -> set[str]:
    codes = {fact.file: fact.number for fact in facts}
    found = StoredFile.objects.filter(code__in=codes)
    return {codes[file.code] for file in found if may_see(actor, file)}


def _in_feed(client: Client) -> set[str]:
    """What stands in the feed of the city: the same for everybody, whoever asks."""
    html = client.get("/feeds/places/441900.atom").content.decode()
    return set(re.findall(r"urn:linli:case:([A-Z]+-\d+-\d+)", html))


def test_the_places_of_this_test_are_those_of_the_oracle(facts: list[Fact]) -> None:
    assert {fact.path for fact in facts} == {
        places.path_of(c) for c in (HERE, NEXT_DOOR, ELSEWHERE, *TOWNS)
    }
