"""Puts the apps' routers together, and shows every Refusal in one shape."""

from __future__ import annotations

import re
from functools import cached_property
from importlib import import_module
from json import JSONDecodeError
from typing import Any

from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.functional import Promise
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi import schema
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import CoreModeRef, CoreRef, DefsRef
from pydantic_core import to_json

from linli.config import apps
from linli.config.contract import AT_LEAST, COUNT_IS, EXACT, LISTED, complete
from linli.config.strict import take_nothing_unnamed
from linli.kernel.errors import Invalid, NoJson, NotFound, NotJson, Refusal, refusal_in
from linli.kernel.given import words_of
from linli.kernel.paging import COUNT_LIMIT
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.texts import clean_json


class CleanBodies(Parser):
    """Reads a body as JSON whose texts can be kept, and are what they look like."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Refuses with Invalid or NoJson, which the library puts behind a failure of its own."""
        try:
            return clean_json(request.body)
        except JSONDecodeError as error:
            raise NoJson(line=error.lineno, column=error.colno) from error
        except (ValueError, RecursionError) as error:
            raise NoJson(line=1, column=1) from error


class PlainAnswers(BaseRenderer):
    """Writes answers in one go, with every sign as it is: half the bytes of what is Chinese."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """Return data as JSON: moments in UTC, with as many digits of a second as they have."""
        return to_json(data, fallback=_in_words)


def _in_words(value: Any) -> str:
    """Return words whose language is chosen only now, that of who asks. Raises TypeError for anything else."""
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value).__name__} is nothing that an answer tells")


OURS = re.compile(r"(linli\.(\w+)\.(?:\w+\.)*)(\w+)(?=:)")


class NamesOfApps(NinjaGenerateJsonSchema):
    """Calls a shape by its app, too: several have a CellOut, and the contract has one list of shapes."""

    def get_defs_ref(self, core_mode_ref: CoreModeRef) -> DefsRef:
        """Return the name under which a shape stands in the contract: GridCellOut."""
        ref, mode = core_mode_ref
        called = OURS.sub(lambda found: f"{found[1]}{found[2].capitalize()}{found[3]}", ref)
        return super().get_defs_ref((CoreRef(called), mode))


# the library names its own generator inside a function; there is no other way to give it another
schema.NinjaGenerateJsonSchema = NamesOfApps  # type: ignore[attr-defined]


class Api(NinjaAPI):
    """Writes its contract once: that takes a second of work, and anybody may ask for it."""

    @cached_property
    def contract(self) -> OpenAPISchema:
        """The contract of this code; nothing in it depends on who asks."""
        contract = super().get_openapi_schema()
        complete(contract, self)
        return contract

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Answer; a list says whether its count is how many there are, or the least there are."""
        response = super().create_response(request, data, **options)
        if isinstance(data, dict) and data.keys() >= LISTED:
            response[COUNT_IS] = AT_LEAST if data["count"] == COUNT_LIMIT else EXACT
        return response

    def get_openapi_schema(self, **_ignored: Any) -> OpenAPISchema:
        """Return the contract; the API stands at one address."""
        return self.contract


api = Api(
    title="Linli",
    version="1",
    urls_namespace="api",
    docs_url=None,
    parser=CleanBodies(),
    renderer=PlainAnswers(),
)
for name in apps.WITH_API:
    api.add_router("", import_module(f"{name}.api").router)
take_nothing_unnamed(api)


@api.exception_handler(Refusal)
def show_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer `{"code", "message", "fields"}` with the refusal's status."""
    waiting = getattr(request, "waiting_refusals", None)
    if waiting is None:
        ON_REFUSAL.call(getattr(request, "actor", None), refusal, request.path)
    else:
        # inside the one transaction of a POST: recorded once that is rolled back
        waiting.append(refusal)
    body = {
        "code": refusal.code,
        "message": str(refusal),
        "fields": getattr(refusal, "fields", {}),
    }
    response = api.create_response(request, body, status=refusal.status)
    if "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    return response


@api.exception_handler(ValidationError)
def show_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what the schema refused in the shape of every other refusal."""
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        # of a body the second part names our parameter, which nobody outside knows
        kind, *names = fault["loc"]
        names = names[1:] if kind == "body" and len(names) > 1 else names
        fields.setdefault(".".join(map(str, names)), []).append(words_of(fault))
    return show_refusal(request, Invalid(fields))


@api.exception_handler(OverflowError)
@api.exception_handler(DataError)
@api.exception_handler(IntegrityError)
@api.exception_handler(OperationalError)
def show_turned_down(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database turned down what was sent: out of range, taken, or in use at that moment; anything else broke here."""
    refusal = refusal_in(error)
    if refusal is None:
        raise error
    return show_refusal(request, refusal)


@api.exception_handler(RawPostDataException)
def show_no_json(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    """A form was sent where JSON is read: its body is gone by the time the schema asks for it."""
    return show_refusal(request, NotJson())


@api.exception_handler(Http404)
def show_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    """A view of a library that knows Django's own words only."""
    return show_refusal(request, NotFound())


@api.exception_handler(HttpError)
@api.exception_handler(AuthenticationError)
def show_failure(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The API's library refused by itself: `answers.uniform` gives it our shape."""
    if isinstance(error.__cause__, Refusal):
        return show_refusal(request, error.__cause__)
    return HttpResponse(status=error.status_code)
