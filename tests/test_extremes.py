"""No number and no day, however far away, brings an address down; what they ask is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from linli.kernel.permits import PERMITS, PROTECTED, Actor, Grant
from tests.addresses import Address, addresses
from tests.conftest import City
from tests.test_urls import ask
from tests.test_views_of_lists import LISTS

pytestmark = pytest.mark.load
CONTRACT = json.loads(Path("docs/openapi.json").read_text(encoding="utf-8"))
NUMBERS = ("9223372036854775807", "99999999999999999999", "-1")
DAYS = ("0001-01-01", "9999-12-31")
MOMENTS = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00")
VALUES = {"integer": NUMBERS, "date": DAYS, "date-time": MOMENTS}
# what lists of pages read out of their address
OF_PAGES = "&".join(f"{name}={{0}}" for name in (
    "since", "until", "due", "on", "day", "month", "year", "first", "from", "to", "page", "youngest", "oldest",
))  # fmt: skip
WHOLE = re.compile(r"<int:(\w+)>|\(\?P<(\w+)>\\d\+\)")


def asked_by_program() -> Iterator[tuple[str, str, str]]:
    """Return route, parameter and kind of every number and day that GET takes in a query."""
    for path, operations in CONTRACT["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", []):
            if parameter["in"] == "query":
                schema = parameter["schema"]
                for one in schema.get("anyOf", [schema]):
                    kind = one.get("format", one.get("type"))
                    if kind in VALUES:
                        yield path, parameter["name"], kind


def everything(city: City) -> Actor:
    grants = tuple(Grant(name, "441900/", PROTECTED) for name in PERMITS)
    return Actor(city.clerk_id, None, "holder of all", grants)


def broken(city: City, wheres: list[str]) -> dict[str, int | str]:
    """Return what broke; an answer of the program itself is a text and no status."""
    actor = everything(city)
    answers = {where: ask(actor, "get", where) for where in wheres}
    return {where: got for where, got in answers.items() if isinstance(got, str) or got >= 500}


def test_programs_may_ask_for_any_number_and_day(city: City) -> None:
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{a.route}"): a for a in addresses()}
    asked = list(asked_by_program())
    wheres = [
        f"{city.where(routes[path])}?{name}={value}"
        for path, name, kind in asked
        for value in VALUES[kind]
    ]

    assert len(wheres) > 200
    assert broken(city, wheres) == {}


@pytest.mark.parametrize("digits", NUMBERS[:2])
def test_what_bears_an_impossible_number_is_not_there(city: City, digits: str) -> None:
    numbered = [address for address in addresses() if WHOLE.search(address.route)]
    wheres = []
    for address in numbered:
        # every number in the address, and what else it needs from the city
        route = WHOLE.sub(digits, address.route)
        wheres.append(city.where(replace(address, route=route)))

    assert len(wheres) > 150
    assert broken(city, wheres) == {}


@pytest.mark.parametrize("value", (*DAYS, NUMBERS[1], "%2B99999999999-01-01"))
def test_lists_take_any_question(city: City, value: str) -> None:
    wheres = [
        f"{city.where(Address(route, has_language=True))}?{OF_PAGES.format(value)}"
        for route, _who in LISTS.values()
    ]

    assert broken(city, wheres) == {}


@pytest.mark.parametrize("moment", MOMENTS + DAYS)
@pytest.mark.parametrize("end", ["start_date", "end_date"])
@pytest.mark.parametrize("what", ["requests", "servicerequestupdates"])
def test_other_programs_may_ask_for_any_day(city: City, what: str, end: str, moment: str) -> None:
    where = f"/open311/v2/{what}.json?{end}={moment.replace('+', '%2B')}"

    assert ask(everything(city), "get", where) in (200, 400)
