"""Addresses for the tests of the middleware: acts that leave a number behind."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI, Schema

from linli.kernel.errors import NotAllowed
from linli.runtime.models import NumberSeries
from linli.runtime.services import numbers
from linli.runtime.types import Rate, is_fresh, limited, without_key

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
GATE = threading.Event()
INSIDE = threading.Event()


def act() -> str:
    return numbers.next_number("SF", "", 2026, now=NOON)


def file_report(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = f"/reports/{act()}/"
    return response


def reveal(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"441900199001011234 {act()}")


def slow(request: HttpRequest) -> HttpResponse:
    number = act()
    INSIDE.set()
    GATE.wait(10)
    return HttpResponse(number)


def faulty_form(request: HttpRequest) -> HttpResponse:
    act()
    return HttpResponse("please correct", status=422)


def forbidden(request: HttpRequest) -> HttpResponse:
    act()
    raise NotAllowed()


def broken(request: HttpRequest) -> HttpResponse:
    act()
    raise ZeroDivisionError


@without_key("switches the language and nothing else")
def switch(request: HttpRequest) -> HttpResponse:
    return HttpResponse("switched")


@limited("tests.once", Rate(1, timedelta(hours=1)), lambda request: request.META["REMOTE_ADDR"])
def once(request: HttpRequest) -> HttpResponse:
    act()
    raise NotAllowed()


A_DAY = timedelta(days=1)


@limited("tests.taken", Rate(1, A_DAY), lambda request: "all", counts=is_fresh)
@limited("tests.tries", Rate(5, A_DAY), lambda request: "all")
def taken(request: HttpRequest) -> HttpResponse:
    """Take what is right and count that alone; every try is counted beside it."""
    if request.POST["text"] == "refused":
        raise NotAllowed()
    return HttpResponse(act(), status=422 if request.POST["text"] == "faulty" else 200)


@transaction.atomic
def act_in_a_block(*, fails: bool = False) -> str:
    number = act()
    if fails:
        raise NotAllowed()
    return number


def blocks(request: HttpRequest, way: str = "") -> HttpResponse:
    try:
        act_in_a_block(fails=bool(way))
    except NotAllowed:
        if way == "refuse":
            raise
        act_in_a_block()
    return HttpResponse()


api = NinjaAPI(urls_namespace="runtime-tests")


class Report(Schema):
    text: str
    key: str = ""


@api.exception_handler(NotAllowed)
def refuse(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    request.waiting_refusals.append(refusal)  # type: ignore[attr-defined]
    return api.create_response(request, {"code": refusal.code}, status=refusal.status)


@api.post("/reports")
def create_report(request: HttpRequest, body: Report) -> dict[str, str]:
    return {"number": act(), "text": body.text}


@api.post("/forbidden")
def forbidden_call(request: HttpRequest) -> dict[str, str]:
    act()
    raise NotAllowed()


@api.get("/limited")
def read_limited(request: HttpRequest) -> dict[str, str]:
    return {}


@api.post("/limited")
@limited("tests.call", Rate(1, A_DAY), lambda request: "all")
def limited_call(request: HttpRequest, body: Report) -> dict[str, str]:
    return {"number": act()}


@api.post("/slow")
def slow_call(request: HttpRequest, body: Report) -> dict[str, str]:
    number = act()
    INSIDE.set()
    GATE.wait(10)
    return {"number": number}


@api.post("/crash")
def crashing_call(request: HttpRequest, body: Report) -> dict[str, str]:
    raise ZeroDivisionError


@api.post("/counted")
@limited("tests.counted", Rate(1, A_DAY), lambda request: "all", counts=is_fresh)
def counted_call(request: HttpRequest, body: Report) -> dict[str, str]:
    return {"number": act()}


@api.post("/by-hand")
def call_by_hand(request: HttpRequest, body: Report) -> dict[str, str]:
    """Read by a cursor of Django's before anything else."""
    NumberSeries.objects.count()
    return {"number": act()}


@api.post("/stubborn")
def stubborn_call(request: HttpRequest, body: Report) -> dict[str, str]:
    try:
        return {"number": act()}
    except BaseException:  # what no act may do
        return {"number": "made up"}


@api.post("/blocks/{way}")
def call_blocks(request: HttpRequest, way: str) -> dict[str, str]:
    blocks(request, "" if way == "do" else way)
    return {}


@api.post("/free")
@without_key("the partner's protocol has no keys")
def free_call(request: HttpRequest) -> dict[str, str]:
    return {"number": act()}


urlpatterns = [
    path("report", file_report),
    path("reveal", reveal),
    path("slow", slow),
    path("faulty", faulty_form),
    path("forbidden", forbidden),
    path("broken", broken),
    path("switch", switch),
    path("once", once),
    path("taken", taken),
    path("blocks", blocks),
    path("blocks/<way>", blocks),
    path("api/", api.urls),
    *import_module("linli.config.urls").urlpatterns,
]
