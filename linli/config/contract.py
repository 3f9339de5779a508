"""What the contract of the API says besides shapes: how one signs in, sends once, reads on, and is refused."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation
from pydantic import BaseModel

from linli.config.examples import EXAMPLES_OF
from linli.config.strict import routers_in
from linli.kernel.api import COUNTED, PagedIn
from linli.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT

HEADER, COUNT_IS, AT_LEAST, EXACT = "Idempotency-Key", "Count-Is", "at-least", "exact"
REFUSAL, ONCE, KEY = "Refusal", "IdempotencyKey", "key"
SUCCEEDED = ("200", "201")
# the parts of every list, and the header that says what its count is
LISTED = frozenset({"count", "items", "next"})
ABOUT = cleandoc(f"""
    The API of a city's Linli. Whatever a page does, an address here does with the same rights and the same words.

    **Signing in.** What is public needs nothing. For the rest an office gives out a key, sent as
    `Authorization: Bearer <key>`; it opens what its holder may at that moment, cut down to the permits and
    the place of the key. What is not the caller's to see is not found (404).

    **Sending once.** Every POST carries `{HEADER}`, a value that is new for each act, such as a UUID. The
    same value with the same content acts once and is answered with what was answered first; with other
    content it is refused (`key_reused`). After a broken connection send again with the same value. An
    answer of 400 or more has undone everything, and its value may be used again.

    **Lists** are read page by page: `limit` is 1 to {MAX_LIMIT:,} ({DEFAULT_LIMIT} without), `next` of one
    page is `cursor` of the following one and null on the last.

    **Refusals** have one shape: `code` for programs, `message` for people in the language of the header
    `Accept-Language` (zh-Hans or en), `fields` with what is wrong with each field, `items.0.name` for one
    inside a list. A name in a body that its shape does not have is refused too.

    **Editions.** Where a body has `edition`, `version` or `expected_seq`, send what was read: if somebody
    else was faster the answer is 409 (`stale`) and nothing changes.

    **Values.** Days are `2026-11-24`, moments have a zone (without one the city's is meant), money is in
    fen, places are codes of 6, 9 or 12 digits, coordinates are longitude and latitude in degrees (WGS-84).
    Texts come in Chinese; where a shape has `name_en` beside `name`, in
    English as well. New fields may come at any time; none goes and none changes what it means.
""")  # fmt: skip
REFUSED = {
    "title": REFUSAL,
    "type": "object",
    "description": "A request that was understood and turned down; nothing was changed.",
    "required": ["code", "message", "fields"],
    "properties": {
        "code": {"type": "string", "description": "The same in every language, for programs."},
        "message": {"type": "string", "description": "For people; safe to show."},
        "fields": {
            "type": "object",
            "description": "Name of a field → what is wrong with it; empty where no field is at fault.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
}
EXAMPLES: dict[str, tuple[str, dict[str, Any]]] = {
    "invalid": ("422: a field is wrong", {"code": "invalid", "message": "Please mend what is marked.", "fields": {"phone": ["A mobile number has 11 digits, this one has 10."]}}),
    "not_found": ("404: it is not there, or not the caller's to see", {"code": "not_found", "message": "There is nothing here.", "fields": {}}),
    "not_allowed": ("403: the right is missing; 401 where nobody is signed in", {"code": "not_allowed", "message": "You may not do this here.", "fields": {}}),
    "stale": ("409: somebody else was faster; read again", {"code": "stale", "message": "This was changed meanwhile.", "fields": {}}),
    "key_missing": (f"400: a POST without {HEADER}", {"code": "key_missing", "message": f"This call needs a header “{HEADER}”.", "fields": {}}),
    "too_many": ("429: wait for as many seconds as Retry-After says", {"code": "too_many", "message": "Too many attempts. Try again in 30 seconds.", "fields": {}}),
}  # fmt: skip


def complete(contract: dict[str, Any], api: NinjaAPI) -> None:
    """Add to a contract of shapes what holds for every address, and what shapes of filters say."""
    contract["info"]["description"] = ABOUT
    contract["security"] = [{}, {KEY: []}]
    parts = contract["components"]
    parts["schemas"][REFUSAL] = REFUSED
    parts["securitySchemes"] = {KEY: {"type": "http", "scheme": "bearer", "description": "A key that an office gave out."}}  # fmt: skip
    parts["parameters"] = {ONCE: _once()}
    parts["responses"] = {REFUSAL: _refusal()}
    for name, shape in parts["schemas"].items():
        _tell_of_list(shape)
        if name in EXAMPLES_OF:
            shape["examples"] = EXAMPLES_OF[name]
    told = {
        one.operation_id or api.get_openapi_operation_id(one): one for one in operations_of(api)
    }
    for methods in contract["paths"].values():
        for method, operation in methods.items():
            _complete(operation, method, told[operation["operationId"]], parts["schemas"])


def operations_of(api: NinjaAPI) -> Iterator[Operation]:
    """Yield every operation of the API."""
    for router in (one for _prefix, top in api._routers for one in routers_in(top)):
        for view in router.path_operations.values():
            yield from view.operations


def _once() -> dict[str, Any]:
    words = "A value that is new for each act; the same value acts once, however often it is sent."
    schema = {"type": "string", "minLength": 1, "maxLength": 200}
    return {"name": HEADER, "in": "header", "required": True, "description": words, "schema": schema,
            "example": "5f0c3d0e-2d0e-4b0e-9a55-0c5f6a1f7a11"}  # fmt: skip


def _refusal() -> dict[str, Any]:
    examples = {name: {"summary": said, "value": value} for name, (said, value) in EXAMPLES.items()}
    wait = {"description": "After how many seconds to try again.", "schema": {"type": "integer"}}
    return {
        "description": "Refused; nothing was changed.", "headers": {"Retry-After": wait},
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{REFUSAL}"}, "examples": examples}},
    }  # fmt: skip


def _tell_of_list(shape: dict[str, Any]) -> None:
    said = shape.get("properties", {})
    if said.keys() >= LISTED:
        said["count"].setdefault("description", COUNTED)
        said["next"].setdefault("description", "`cursor` of the next page; null on the last.")


def _complete(
    told: dict[str, Any], method: str, operation: Operation, shapes: dict[str, Any]
) -> None:
    given = told.setdefault("parameters", [])
    for one in given:
        if one["in"] == "header":
            # the library names them as Python does, and what lies before a server drops such headers
            one["name"] = "-".join(word.capitalize() for word in one["name"].split("_"))
    if method == "post" and not getattr(operation.view_func, "without_key", None):
        given.append({"$ref": f"#/components/parameters/{ONCE}"})
    if words := "\n\n".join(_words_of_filters(operation)):
        told["description"] = f"{told['description']}\n\n{words}"
    told["responses"]["default"] = {"$ref": f"#/components/responses/{REFUSAL}"}
    for status, answer in told["responses"].items():
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        shape = shapes.get(schema.get("$ref", "").rpartition("/")[2], {})
        if str(status) in SUCCEEDED and shape.get("properties", {}).keys() >= LISTED:
            words_of_count = "Whether `count` is how many there are, or the least there are."
            answer["headers"] = {COUNT_IS: {"description": words_of_count, "schema": {"enum": [EXACT, AT_LEAST]}}}  # fmt: skip


def _words_of_filters(operation: Operation) -> Iterator[str]:
    """Yield what the shapes say that are parted into parameters, and so have no name in the contract."""
    for model in operation.models:
        if getattr(model, "__ninja_param_source__", "") == "query":
            for field in model.model_fields.values():
                shape = field.annotation
                is_shape = isinstance(shape, type) and issubclass(shape, BaseModel)
                if is_shape and shape is not PagedIn and (words := shape.__dict__.get("__doc__")):
                    yield cleandoc(words)
