"""No number and no day, however far away, brings an address down; what they ask is not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

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


def filled(schema: dict[str, Any], odd: dict[str, Any], depth: int = 0) -> Any:
    """Return a value of the shape that an address asks for, of nothing that makes sense."""
    if "$ref" in schema:
        schema = CONTRACT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    schema = next((one for one in schema.get("anyOf", []) if one.get("type") != "null"), schema)
    kind = schema.get("format") if schema.get("format") in VALUES else schema.get("type")
    if "$ref" in schema:
        return filled(schema, odd, depth + 1)
    if "enum" in schema or "const" in schema:
        return schema.get("enum", [schema.get("const")])[-1]
    if kind == "object":
        parts = schema.get("properties", {})
        return (
            {} if depth > 5 else {name: filled(one, odd, depth + 1) for name, one in parts.items()}
        )
    if kind == "array":
        return [filled(schema.get("items", {}), odd, depth + 1)]
    return odd.get(str(kind), True if kind == "boolean" else odd["string"])


ODDITIES = [
    {"string": "x", "integer": 9223372036854775807, "number": 1e300, "date": "9999-12-31",
     "date-time": MOMENTS[1]},
    {"string": "𠮷<b>%s\\", "integer": -1, "number": -0.0, "date": "0001-01-01", "date-time": MOMENTS[0]},
    {"string": "", "integer": 0, "number": 0, "date": "2026-02-28", "date-time": "2026-02-28T00:00:00Z"},
]  # fmt: skip


@pytest.mark.parametrize("odd", ODDITIES, ids=["far", "strange", "nothing"])
def test_programs_may_send_any_value_of_the_right_shape(city: City, odd: dict[str, Any]) -> None:
    routes = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{a.route}"): a for a in addresses()}
    actor, broken = everything(city), {}
    for path, operations in CONTRACT["paths"].items():
        content = operations.get("post", {}).get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            continue
        body = filled(content["application/json"]["schema"], odd)
        got = ask(actor, "post", city.where(routes[path]), body=body)
        if isinstance(got, str) or got >= 500:
            broken[path] = got

    assert broken == {}
