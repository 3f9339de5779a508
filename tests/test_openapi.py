"""The contract of the API: what is committed is what is served, and it keeps to the agreed shapes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from ninja import Schema

from linli.config.examples import EXAMPLES_OF
from linli.kernel.api import PagedIn
from tests.each import each
from tests.make_docs import DOCS, api_contract

COMMITTED = DOCS / "openapi.json"
# making the contract takes longer than all that is asked of it: one test makes it and compares
CONTRACT: dict[str, Any] = json.loads(COMMITTED.read_text())
OPERATIONS = [
    (path, method, operation)
    for path, methods in CONTRACT["paths"].items()
    for method, operation in methods.items()
]
LIST = {"count", "items", "next"}
# the days of one year that differ: about forty
NEVER_LONG = {"/api/v1/rulebook/calendar/"}
# whose second copy is told apart by what is sent: a queue's own keys, a try that is counted
SENT_AGAIN = {
    "/api/v1/inbox/email/confirm",
    "/api/v1/cases/{number}/contact",
    "/api/v1/desk/events/door/came",
    "/api/v1/draws/{code}/mine",
    "/api/v1/replay/",
}


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
    assert json.loads(api_contract()) == CONTRACT


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


def test_every_example_is_what_its_shape_takes() -> None:
    shapes = CONTRACT["components"]["schemas"]
    told = [(name, one) for name, shape in shapes.items() for one in shape.get("examples", ())]

    wrong = {
        name: [fault.message for fault in faults]
        for name, one in told
        if (faults := list(_validator(shapes[name]).iter_errors(one)))
    }
    refused = CONTRACT["components"]["responses"]["Refusal"]["content"]["application/json"]
    bad = [
        name
        for name, one in refused["examples"].items()
        if not _validator(shapes["Refusal"]).is_valid(one["value"])
    ]

    assert {name for name, _one in told} == set(EXAMPLES_OF)
    assert (wrong, bad) == ({}, [])


def _validator(shape: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator(
        {**shape, "components": CONTRACT["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


@each(OPERATIONS, named)
def test_every_operation_says_how_it_is_refused_and_how_it_is_sent_once(
    path: str, method: str, operation: Any
) -> None:
    given = operation["parameters"]
    # what lies before a server drops headers with an underscore
    assert [one for one in given if one.get("in") == "header" and "_" in one["name"]] == []
    in_path = {one["name"] for one in given if one.get("in") == "path"}
    assert in_path == set(re.findall(r"\{(\w+)\}", path))
    assert operation["responses"]["default"] == {"$ref": "#/components/responses/Refusal"}
    sent_once = {"$ref": "#/components/parameters/IdempotencyKey"} in given
    assert sent_once == (method == "post" and path not in SENT_AGAIN)


def test_what_the_contract_points_to_is_there_and_ids_are_told_apart() -> None:
    pointed = set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(CONTRACT)))
    lost = []
    for way in pointed:
        at: Any = CONTRACT
        for step in way.split("/"):
            at = at.get(step, {})
        if not at:
            lost.append(way)

    ids = [operation["operationId"] for _path, _method, operation in OPERATIONS]
    assert lost == []
    assert len(ids) == len(set(ids))
