"""What waits to be read, called, decided or reviewed is shown to whom a plain loop says: lists, files, API, pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from django.test import Client

from linli.cases import permits
from linli.cases.models import Assignment, CallBack, Case, Rating
from linli.cases.queries.board import board_of
from linli.cases.testing import NOON, clerk_of, make_case, move
from linli.cases.tests.rating_samples import LATER, ask_reopening, rate
from linli.cases.tests.sight_samples import (
    ACCUSED,
    CLERK,
    ELSEWHERE,
    HERE,
    NEXT_DOOR,
    TOWNS,
    Fact,
    actors,
    does,
    sees,
)
from linli.kernel.permits import STAFF, Actor
from linli.kernel.testing import client_of
from tests.furnishing import made_once

NUMBER = re.compile(r"[A-Z]{2}-\d{4}-\d+")
DUE = re.compile(r"SUMMARY:(\d+) case")
WORK = (permits.RELEASE, permits.CALL_BACK, permits.SUPERVISE, permits.REVIEW_RATINGS)
# those who do any of it, and one of those who do not
WHO = [
    one
    for one in actors()
    if one.label == "resident village" or any(one.paths(permit) for permit in WORK)
]


@dataclass(frozen=True)
class Surface:
    """A list of work, its API and its pages, and what the oracle says of each case."""

    path: str
    api: str
    may: Callable[[Actor, Fact], bool]
    # the page of one, by the model whose id is in its address
    of: type[CallBack] | type[Rating] | None = None

    def page(self, fact: Fact) -> str:
        """Return the address of the page of one."""
        key = self.of.objects.get(case_id=fact.id).pk if self.of else fact.number
        return f"/en/{self.path}/{key}/"


def releases(actor: Actor, fact: Fact) -> bool:
    """Words are read where everybody may read them one day, also after the case was closed."""
    return fact.level == 1 and does(actor, permits.RELEASE, fact)


def calls(actor: Actor, fact: Fact) -> bool:
    """Nobody calls about what her own post has or had."""
    return fact.lead not in actor.posts and does(actor, permits.CALL_BACK, fact)


def decides(actor: Actor, fact: Fact) -> bool:
    """Whoever supervises decides on reopening."""
    return does(actor, permits.SUPERVISE, fact)


def reviews(actor: Actor, fact: Fact) -> bool:
    """A rating is reviewed above the place that was rated, the city's own by the city; nothing above staff."""
    above = fact.path.rpartition("/")[0].rpartition("/")[0] + "/"
    at = fact.path if fact.path.count("/") == 1 else above
    judged = Fact(fact.id, fact.number, fact.kind, at, fact.level, fact.is_open, fact.about)
    is_own = fact.lead in actor.posts
    return fact.level <= STAFF and not is_own and does(actor, permits.REVIEW_RATINGS, judged)


SURFACES = (
    Surface("release", "release", releases),
    Surface("calls", "calls", calls, CallBack),
    Surface("reopening", "reopening", decides),
    Surface("ratings", "ratings", reviews, Rating),
)


def _facts() -> list[Fact]:
    """Reports that were finished, rated badly and are to be taken up again: at villages and a town."""
    made = [_one(code, level) for code in (HERE, NEXT_DOOR, ELSEWHERE) for level in (1, 3, 4)]
    made += [_one(code, 1, about=ACCUSED) for code in (HERE, ELSEWHERE)]
    made += [_one(code, 1, lead=CLERK) for code in (HERE, ELSEWHERE)]
    return [*made, _one(TOWNS[0], 1), _one("441900", 1)]


def _one(code: str, level: int, *, about: int | None = None, lead: int | None = None) -> Fact:
    opened = make_case(code, level=level, about_post_id=about)
    path = opened.held.path
    done = {"public": {"text": "Mended."}, "facts": {"files": ["f"]}}
    # somebody else's account: who handled a case does not decide about it
    handler = replace(clerk_of(path), account_id=9)
    move(opened.held.id, "accept", handler)
    move(opened.held.id, "finish", handler, **done)
    rate(opened, 1)
    CallBack.objects.get_or_create(
        case_id=opened.held.id, cycle=1,
        defaults={"is_sample": True, "made_at": LATER, "due_at": LATER},
    )  # fmt: skip
    ask_reopening(opened)
    Case.objects.filter(pk=opened.held.id).update(lead_post_id=lead)
    if lead is not None:
        Assignment.objects.create(
            case_id=opened.held.id, number=1, role="lead", org_id=1, post_id=lead, state="accepted",
            offered_at=LATER,
        )  # fmt: skip
    return Fact(opened.held.id, opened.held.number, "report", path, level, True, about, lead=lead)


made = made_once(_facts)


@pytest.fixture
def facts(made: list[Fact], db: None) -> list[Fact]:
    """The cases of this module; what a test does to them is undone."""
    return made


@pytest.mark.load
@pytest.mark.parametrize("actor", WHO, ids=lambda actor: actor.label)
def test_each_list_of_work_shows_what_the_oracle_says(actor: Actor, facts: list[Fact]) -> None:
    client = client_of(actor)
    for surface in SURFACES:
        wanted = {fact.number for fact in facts if surface.may(actor, fact)}

        assert _numbers(client, f"/en/{surface.path}/") == wanted, surface.path
        assert _numbers(client, f"/en/{surface.path}/?format=csv") == wanted, surface.path
        assert _numbers(client, f"/api/v1/{surface.api}/?limit=100") == wanted, surface.api


@pytest.mark.load
@pytest.mark.parametrize("actor", WHO, ids=lambda actor: actor.label)
def test_bulk_board_calendar_and_paper_hold_what_the_list_holds(
    actor: Actor, facts: list[Fact]
) -> None:
    client, seen = client_of(actor), {fact.number for fact in facts if sees(actor, fact)}
    ticked = client.post(
        "/en/desk/cases/bulk", {"pick": [fact.number for fact in facts], "key": "k" * 36}
    )
    board = board_of(actor, "441900/", "city", NOON)

    assert set(NUMBER.findall(ticked.content.decode())) == seen
    assert sum(row.counts[0] for row in board.places) == len(seen)
    assert sum(row.counts[0] for row in board.categories) == len(seen)
    assert _due(client) == len(seen)
    for fact in facts:
        paper = client.get(f"/en/desk/cases/{fact.number}/print/")
        assert (paper.status_code == 200) == (fact.number in seen), fact


@pytest.mark.load
@pytest.mark.parametrize(
    "actor", [one for one in WHO if "accused" in one.label or one.label == "city_lead city"],
    ids=lambda actor: actor.label,
)  # fmt: skip
def test_what_is_not_hers_to_do_has_no_page_and_takes_no_decision(
    actor: Actor, facts: list[Fact]
) -> None:
    client = client_of(actor)
    for surface in SURFACES:
        for fact in facts:
            at = surface.page(fact)
            there = surface.may(actor, fact)

            assert (client.get(at).status_code == 200) == there, (at, fact)
            if not there:
                before = Case.objects.get(pk=fact.id).seq
                assert client.post(at, {"key": "k" * 36}).status_code in (403, 404)
                assert Case.objects.get(pk=fact.id).seq == before


def _numbers(client: Client, address: str) -> set[str]:
    got = client.get(address)
    assert got.status_code in (200, 401, 403, 404), address
    text = b"".join(got) if got.streaming else got.content
    return set(NUMBER.findall(text.decode("utf-8-sig"))) if got.status_code == 200 else set()


def _due(client: Client) -> int:
    """How many cases the calendar file of the days due tells of."""
    told = client.get("/en/desk/cases/calendar/?month=2026-08&format=ics").content.decode()
    return sum(int(count) for count in DUE.findall(told))
