"""The contract of the API: what is committed is what is served, and it keeps to the agreed shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from linli.kernel.api import PagedIn
from tests.each import each
from tests.make_docs import DOCS, api_contract

COMMITTED = DOCS / "openapi.json"
CONTRACT: dict[str, Any] = json.loads(api_contract())
OPERATIONS = [
    (path, method, operation)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
]
LIST = {"count", "items", "next"}
# the days of one year that differ: about forty
NEVER_LONG = {"/api/v1/rulebook/calendar/"}


def answer_of(operation: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of what an operation gives when all goes well; empty if it is no JSON."""
    content = operation["responses"].get(200, operation["responses"].get("200", {}))
    schema = content.get("content", {}).get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rpartition("/")[2]
    return CONTRACT["components"]["schemas"].get(name, {})


def named(path: str, method: str, operation: Any) -> str:
    """Return how an operation is called when a check fails."""
    return f"{method} {path}"


def test_the_committed_contract_is_the_one_served() -> None:
    """`make docs` mends it; look at the difference before you commit it."""
    assert COMMITTED.exists()
    assert json.loads(COMMITTED.read_text()) == CONTRACT


@pytest.mark.django_db
def test_the_contract_is_served() -> None:
    served = Client().get("/api/v1/openapi.json").json()

    assert set(served["paths"]) == set(CONTRACT["paths"])


def test_no_two_shapes_bear_one_name() -> None:
    """Of two that do, the contract tells one, and promises it for both."""
    seen: dict[str, set[str]] = {}
    waiting: list[type[Any]] = [Schema]
    while waiting:
        for shape in waiting.pop().__subclasses__():
            waiting.append(shape)
            home, _, rest = shape.__module__.partition(".")
            # what only parts an address into parameters has no name in the contract
            if home == "linli" and not issubclass(shape, PagedIn):
                name = f"{rest.partition('.')[0]}.{shape.__name__}"
                seen.setdefault(name, set()).add(shape.__module__)

    assert {name: sorted(at) for name, at in seen.items() if len(at) > 1} == {}


@each(OPERATIONS, named)
def test_things_end_in_a_slash_and_moves_do_not(path: str, method: str, operation: Any) -> None:
    assert path.endswith("/") or method == "post" or path == "/api/v1/log/checkpoint/"


@each(OPERATIONS, named)
def test_every_operation_says_what_it_does(path: str, method: str, operation: Any) -> None:
    assert operation.get("description"), path
    assert method in ("get", "post")


@each(
    [
        one
        for one in OPERATIONS
        if "items" in answer_of(one[2]).get("properties", {}) and one[0] not in NEVER_LONG
    ],
    named,
)
def test_every_list_is_paged(path: str, method: str, operation: Any) -> None:
    assert set(answer_of(operation)["properties"]) >= LIST
    asked = {parameter["name"] for parameter in operation.get("parameters", ())}
    assert {"limit", "cursor"} <= asked
