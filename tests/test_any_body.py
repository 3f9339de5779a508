"""Whatever a program sends that its shape allows is taken or refused with a word, never broken by."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Any

import pytest
from ninja.operation import PathView
from ninja.params.models import BodyModel

from linli.config.api import api
from linli.demo.cast import VILLAGE_1
from linli.kernel.permits import PERMITS, SEALED, Actor, Grant
from tests.addresses import Address, addresses
from tests.conftest import City
from tests.test_urls import PATHS, ask

Shape = Mapping[str, Any]
# what people and programs have sent: nothing, spaces, half a pair, another direction, four bytes, a formula
WORDS = (
    "",
    " ",
    "0",
    "a",
    "是",
    "·𠮷\u202e",
    "=1+1",
    "x" * 300,
    VILLAGE_1,
    "13800000990",
    "11.24",
    "-1",
)
DAYS = ("2026-11-29", "2027-02-28", "1900-01-01", "9999-12-31", "0001-01-01")
MOMENTS = (
    "2026-11-29T01:00:00Z",
    "2026-12-01T09:30:00",
    "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00Z",
)
NUMBERS = (0, 1, 2, -1, 7, 441900, 2**31, 2**63 - 1, 10**18)
TRIES = 3


def takes_json(view: PathView) -> bool:
    """Say whether an address is sent JSON, without the contract: writing that takes two seconds."""
    sent = [one for one in view.operations if "POST" in one.methods]
    return any(issubclass(model, BodyModel) for one in sent for model in one.models)


def routes_with_bodies() -> set[str]:
    """Return each address that takes JSON, by its route without names."""
    routes = {
        f"api/v1/{prefix}/{path}"
        for prefix, router in api._routers
        for path, view in router.path_operations.items()
        if takes_json(view)
    }
    return {re.sub(r"\{[^}]*\}", "<>", re.sub("/+", "/", route)) for route in routes}


@cache
def bodies() -> dict[str, Shape]:
    """Return the shape of the body of each address that takes JSON, by its route without names."""
    found = {}
    for path, operations in api.get_openapi_schema()["paths"].items():
        content = operations.get("post", {}).get("requestBody", {}).get("content", {})
        if "application/json" in content:
            found[re.sub(r"\{[^}]*\}", "<>", path.lstrip("/"))] = content["application/json"][
                "schema"
            ]
    return found


def bare(route: str) -> str:
    return re.sub(r"<[^>]*>", "<>", route)


ROUTES = routes_with_bodies()
ALL = [address for address in addresses() if bare(address.route) in ROUTES]


def something(shape: Shape, chance: Random, depth: int = 0) -> Any:
    """Return a value that a shape allows, as odd as people make it."""
    if "$ref" in shape:
        name = shape["$ref"].rsplit("/", 1)[1]
        return something(api.get_openapi_schema()["components"]["schemas"][name], chance, depth)
    for many in ("anyOf", "oneOf", "allOf"):
        if many in shape:
            return something(chance.choice(shape[many]), chance, depth)
    if "const" in shape or "enum" in shape:
        return chance.choice(shape.get("enum") or [shape["const"]])
    return OF_TYPE.get(shape.get("type", ""), _word)(shape, chance, depth)


def _word(shape: Shape, chance: Random, _depth: int) -> str:
    known = {"date": DAYS, "date-time": MOMENTS, "uuid": ("00000000-0000-4000-8000-000000000001",)}
    word = chance.choice(known.get(shape.get("format", ""), WORDS))
    return word[: shape.get("maxLength", 10_000)].ljust(shape.get("minLength", 0), "字")


def _number(shape: Shape, chance: Random, _depth: int) -> int:
    least = shape.get("minimum", shape.get("exclusiveMinimum", -(10**19)))
    most = shape.get("maximum", shape.get("exclusiveMaximum", 10**19))
    return int(chance.choice([n for n in NUMBERS if least <= n <= most] or [least]))


def _list(shape: Shape, chance: Random, depth: int) -> list[Any]:
    count = chance.choice((shape.get("minItems", 0), 1, 2)) if depth < 5 else 0
    made = [something(shape.get("items", {}), chance, depth + 1) for _ in range(count)]
    return made[: shape.get("maxItems", 2)]


def _object(shape: Shape, chance: Random, depth: int) -> dict[str, Any]:
    needed, fields = set(shape.get("required", ())), shape.get("properties", {})
    made = {
        name: something(field, chance, depth + 1)
        for name, field in fields.items()
        if name in needed or chance.random() < 0.7
    }
    more = shape.get("additionalProperties")
    if isinstance(more, Mapping):
        keys = chance.sample(("a", "q1", "x·𠮷", ""), 2)
        made |= {key: something(more, chance, depth + 1) for key in keys}
    return made


OF_TYPE = {
    "integer": _number, "number": _number, "array": _list, "object": _object,
    "boolean": lambda _shape, chance, _depth: chance.random() < 0.5,
    "null": lambda *_: None,
}  # fmt: skip


@pytest.mark.load
@pytest.mark.parametrize("address", ALL, ids=str)
def test_no_body_that_fits_its_shape_breaks_anything(city: City, address: Address) -> None:
    grants = tuple(Grant(name, PATHS["city"], SEALED) for name in PERMITS)
    who, where = Actor(city.clerk_id, None, "everything", grants), city.where(address)
    chance = Random(str(address))

    for _ in range(TRIES):
        body = something(bodies()[bare(address.route)], chance)
        got = ask(who, "post", where, body=body)

        assert isinstance(got, int) and got < 500, (got, body)


def test_nearly_all_addresses_that_take_a_body_are_tried() -> None:
    assert len(ALL) > 0.95 * len(bodies()) > 200
    assert set(bodies()) == ROUTES
