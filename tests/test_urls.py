"""Every address is tried by nobody, by anybody signed in, and by each kind of post."""

from __future__ import annotations

import re
import traceback
from itertools import product
from urllib.robotparser import RobotFileParser
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.demo.cast import TOWN, VILLAGE_1
from linli.kernel.permits import NOBODY, PERMITS, PROTECTED, SEALED, Actor, Grant
from tests.addresses import OPEN, Address, addresses
from tests.closed import NEEDS, OWN, may_open
from tests.conftest import City
from tests.turns import in_turn

ALL = addresses()
OPENED = [address for address in ALL if address.route in OPEN]
CLOSED = [address for address in ALL if address.route not in OPEN]
PATHS = {
    "city": "441900/",
    "town": f"441900/{TOWN}/",
    "village": f"441900/{TOWN}/{VILLAGE_1}/",
}
SERVED = {200, 201, 204, 302, 303, 400, 404, 405, 410, 422}
REFUSED = {302, 401, 403, 404}
# that a GET is not taken or a parameter lacks is said before anybody looks who asks
NOT_SHOWN = REFUSED | {405, 422}
# what a page with nothing filled in answers to those who may not: never that it was done
UNDONE = {400, 401, 403, 404, 405, 409, 415, 422, 429}
SHOWN = {200, 302, 405, 422}
# what the register knows about oneself: an account that is no person has none of it
PERSONS = {"me/data/", "me/data/copy", "api/v1/trail/mine/"}
# level 6 takes a right of its own: with it the Party's pages open
KINDS = [*TEMPLATES, "party_work with level 6", "party_decision with level 6"]


def rights_of(kind: str) -> set[str]:
    """Return the permits of a kind of post."""
    return set(permits_of(kind.split(" ")[0]))


def first_to_open() -> list[str]:
    """Return a few kinds that hold, among them, every permit that any kind holds."""
    left, chosen = set().union(*map(rights_of, KINDS)), list[str]()
    while left:
        chosen.append(max(KINDS, key=lambda kind: len(left & rights_of(kind))))
        left -= rights_of(chosen[-1])
    return chosen


FIRST = first_to_open()


def tries(kind: str, address: Address) -> bool:
    """Say whether a kind of post opens a page that it may open: the first all of them, others by day.

    What such a page shows to staff hangs on single permits, and each page is seen with each permit.
    """
    return kind in FIRST or in_turn(f"{kind} {address}", 4)


def all_but_what_opens(route: str) -> list[set[str]]:
    """Return the largest sets of permits that do not open a closed address.

    They hold every permit that there is except one of each way in. Rights only ever add
    (`kernel.permits`): who is turned away with all of these is turned away with fewer.
    """
    if NEEDS[route] == "*":
        return [set()]
    ways = [together.split("+") for together in NEEDS[route].split()]
    return [set(PERMITS) - set(lacked) for lacked in product(*ways)]


class _Undo(Exception):
    """Rolls back what one request did."""


# one for all: a client of its own for each test would load the middleware again
BROWSER = Client()


def ask(
    actor: Actor, method: str, where: str, *, whole: bool = True, body: object = None
) -> int | str:
    """Return the status of an answer, or what broke and where; nothing stays.

    `body` is sent as JSON. Who expects to be turned away asks for a part of a page: a refusal is shorter then.
    """
    answer: list[int | str] = []
    headers = {"Idempotency-Key": str(uuid4())} if method == "post" else {}
    headers |= {} if whole else {"HX-Request": "true"}
    BROWSER.cookies.clear()
    try:
        with transaction.atomic():
            try:
                more = {"test.actor": actor}
                if body is not None:
                    more |= {"data": body, "content_type": "application/json"}
                got = getattr(BROWSER, method)(where, headers=headers, **more)
                answer.append(got.status_code)
            except Exception as error:
                answer.append(_told(error))
            raise _Undo
    except _Undo:
        return answer[0]


def _told(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = [frame for frame in frames if "/linli/" in frame.filename] or frames
    return f"{type(error).__name__}: {error} ({last[-1].filename}:{last[-1].lineno})"


def actor_with(kind: str, account_id: int) -> Actor:
    """Return somebody with a template of rights at the widest place it is meant for."""
    template = TEMPLATES[kind.split(" ")[0]]
    ceiling = PROTECTED if " " in kind else template.ceiling
    path = PATHS[template.levels[-1]]
    grants = tuple(Grant(name, path, ceiling) for name in permits_of(template.key))
    return Actor(account_id, None, kind, grants)


def test_every_address_is_open_with_a_reason_or_closed_by_a_permit() -> None:
    """Add a new page to tests/addresses.py if it is for everybody, else to tests/closed/."""
    known = [*OPEN, *OWN, *NEEDS]

    assert sorted({a.route for a in ALL} - set(known)) == []
    assert sorted(set(known) - {a.route for a in ALL}) == []
    assert len(known) == len(set(known))


def test_the_pages_that_are_open_are_those_that_ask_nobody_to_sign_in() -> None:
    pages = {route for route in OPEN if not route.startswith("api/")}

    assert pages == settings.LINLI_OPEN_PAGES, "linli/config/open_pages.py"


@pytest.mark.parametrize("page", ["desk/", "people/", "trail/", "access/my-data/"])
def test_who_is_not_signed_in_is_told_to_and_led_back(city: City, page: str) -> None:
    for language, words in (("zh-hans", "请先登录"), ("en", "Please sign in first")):
        got = Client().get(f"/{language}/{page}?view=x")

        told = got.content.decode()
        assert got.status_code in REFUSED and words in told
        assert f"/{language}/access/sign-in/?next=/{language}/{page}%3Fview%3Dx" in told


def test_what_exists_and_what_does_not_ask_alike_to_sign_in(city: City) -> None:
    there = city.where(next(a for a in ALL if a.route == "people/<int:person_id>/"))
    number = there.rstrip("/").rsplit("/", 1)[-1]
    answers = [Client().get(there), Client().get(there.replace(number, "999999999"))]

    shown = [
        re.sub(r'nonce="[^"]*"|value="[^"]*"', "", got.content.decode()).replace(n, "N")
        for got, n in zip(answers, (number, "999999999"), strict=True)
    ]

    assert answers[0].status_code == answers[1].status_code == 404
    assert shown[0] == shown[1]


def test_a_page_for_everybody_that_is_not_there_asks_for_no_sign_in(city: City) -> None:
    told = Client().get("/zh-hans/places/999999999999/").content.decode()

    assert "请先登录" not in told


def test_in_as_many_days_as_there_are_turns_each_has_its_own() -> None:
    days = [sum(in_turn(f"clerk {a}", 4, day) for day in range(4)) for a in ALL]

    assert set(days) == {1}


def test_every_reason_is_a_sentence() -> None:
    assert [route for route, why in OPEN.items() if not why.endswith(".")] == []


@pytest.mark.parametrize("address", OPENED, ids=str)
def test_an_open_address_answers_nobody(city: City, address: Address) -> None:
    where = city.where(address)

    assert ask(NOBODY, "get", where) in SERVED
    assert ask(NOBODY, "post", where) in SERVED | {403, 409, 415}


@pytest.mark.parametrize("address", CLOSED, ids=str)
def test_a_closed_address_is_closed_to_nobody(city: City, address: Address) -> None:
    where = city.where(address)

    assert ask(NOBODY, "get", where) in NOT_SHOWN
    assert ask(NOBODY, "post", where) in UNDONE | {302}


@pytest.mark.parametrize("address", [a for a in ALL if a.route in OWN], ids=str)
def test_ones_own_pages_open_to_everybody_signed_in(city: City, address: Address) -> None:
    clerk = Actor(city.clerk_id, None, "clerk")
    who = city.resident if address.route in PERSONS else clerk

    assert ask(who, "get", city.where(address)) in SHOWN


@pytest.mark.parametrize("route", sorted(NEEDS))
def test_a_closed_address_is_shut_to_whoever_holds_every_other_permit(
    city: City, route: str
) -> None:
    """No other permit opens a page or lets a move be made, nor do all of them together."""
    for permits in all_but_what_opens(route):
        grants = tuple(Grant(name, PATHS["city"], SEALED) for name in permits)
        actor = Actor(city.clerk_id, None, "all but one", grants)
        for address in (a for a in CLOSED if a.route == route):
            where = city.where(address)

            assert ask(actor, "get", where, whole=False) in NOT_SHOWN
            assert not address.is_move or ask(actor, "post", where, whole=False) in UNDONE


@pytest.mark.load
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_post_opens_what_its_rights_open_and_nothing_else(city: City, kind: str) -> None:
    actor = actor_with(kind, city.clerk_id)
    held = [a for a in CLOSED if a.route in OWN or may_open(actor, a.route, PATHS["village"])]
    shut = [a for a in CLOSED if a not in held and in_turn(f"{kind} {a}", 6)]

    opened = {str(a): ask(actor, "get", city.where(a)) for a in OPENED if tries(kind, a)}
    shown = {str(a): ask(actor, "get", city.where(a)) for a in held if tries(kind, a)}
    lacked = {str(a): ask(actor, "get", city.where(a), whole=False) for a in shut}

    assert {a: got for a, got in opened.items() if got not in SERVED} == {}
    assert {a: got for a, got in shown.items() if got not in SHOWN | {404}} == {}
    assert {a: got for a, got in lacked.items() if got not in NOT_SHOWN} == {}


@pytest.mark.load
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_post_does_only_what_its_rights_allow(
    city: City, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moves alone: a page with a form asks for the same when it is shown and when it is sent."""
    # each move is undone: what waits at her desk stays as it was counted, with thirty questions
    monkeypatch.setattr("linli.ui.badges.forget", lambda _account_id: None)
    actor = actor_with(kind, city.clerk_id)
    held = [a for a in CLOSED if a.route in OWN or may_open(actor, a.route, PATHS["village"])]
    shut = [a for a in CLOSED if a.is_move and a not in held and in_turn(f"{kind} {a}", 6)]

    done = {str(a): ask(actor, "post", city.where(a), whole=False) for a in held if tries(kind, a)}
    lacked = {str(a): ask(actor, "post", city.where(a), whole=False) for a in shut}

    assert {a: got for a, got in done.items() if got not in SERVED | UNDONE} == {}
    assert {a: got for a, got in lacked.items() if got not in UNDONE} == {}


@pytest.mark.parametrize("route", sorted(NEEDS))
def test_a_closed_address_opens_to_whoever_holds_its_permits(city: City, route: str) -> None:
    """A permit too much in the table would hide that a page is open to others."""
    address = next(a for a in CLOSED if a.route == route)
    names = NEEDS[route].replace("+", " ").split() if NEEDS[route] != "*" else ["orgs.staff"]
    everything = (
        *names,
        "orgs.party",
        "people.view",
        "rolls.view",
        "plan.view",
        "documents.read",
        "cases.see",
    )
    grants = tuple(Grant(name, PATHS["city"], PROTECTED) for name in everything)

    got = ask(Actor(city.clerk_id, None, "holder", grants), "get", city.where(address))

    assert got in SHOWN


def test_machines_that_collect_pages_are_kept_from_work_and_shown_what_is_public() -> None:
    rules = RobotFileParser()
    rules.parse(BROWSER.get("/robots.txt").content.decode().splitlines())
    # what a phone keeps for work without network opens for everybody, empty, and is work all the same
    parts = {
        address.route.split("/")[0]
        for address in OPENED
        if address.has_language and not address.route.startswith("desk/")
    }
    worked = {
        address.route.split("/")[0]
        for address in CLOSED
        if address.has_language and not address.route.startswith("^")
    }

    assert {"desk", "trail", "people", "inbox"} <= worked - parts
    for language in ("zh-hans", "en"):
        found = [p for p in worked - parts if rules.can_fetch("any", f"/{language}/{p}/")]
        assert found == [], "add them to NOT_FOR_ROBOTS in linli/ui/views.py"
        for public in ("", "plan/", f"places/{VILLAGE_1}/", "rulebook/", "organisations/", "log/"):
            assert rules.can_fetch("any", f"/{language}/{public}")
    assert not rules.can_fetch("any", "/api/v1/places/")


def test_a_browser_that_asks_for_a_sign_at_the_root_is_led_to_it() -> None:
    answer = BROWSER.get("/favicon.ico")

    assert (answer.status_code, answer["Location"].endswith(".svg")) == (302, True)
