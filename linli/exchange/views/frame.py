"""How GeoReport v2 answers: in the form that the address ends with, refusals in the standard's shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from linli.exchange.errors import NoAddress, NoJurisdiction
from linli.exchange.rules.wire import MIME, XML, written
from linli.exchange.types import JURISDICTION, NAMES_OF_CITY, POSTS, READS
from linli.kernel.errors import Invalid, Refusal, WrongMethod
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.web import Request
from linli.runtime.services import limits
from linli.runtime.types import client_address, without_key

# what our fields are called in the standard
CALLED = {"text": "description", "point": "lat, long", "place": "address_id"}
# root of the answer, its value, status
Told = tuple[str, Any, int]
View = Callable[..., Told]


def georeport(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make an address of the standard of a function that returns root, value and status."""

    def mark(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: Request, form: str = XML, **given: Any) -> HttpResponse:
            shown, form = (view, form) if form in MIME else (_no_such_form, XML)
            root, value, status = _tried(shown, methods, request, given)
            return _response(request, root, value, form, status)

        return csrf_exempt(without_key("a program sends its own mark, or means it twice")(answered))

    return mark


def _no_such_form(request: Request, **given: Any) -> Told:
    raise NoAddress()


def _tried(view: View, methods: tuple[str, ...], request: Request, given: dict[str, Any]) -> Told:
    try:
        if request.method not in methods and request.method != "HEAD":
            raise WrongMethod()
        _take_limit(request)
        _check_jurisdiction(request)
        return view(request, **given)
    except Refusal as refusal:
        ON_REFUSAL.call(request.actor, refusal, request.path)
        return "errors", faults_of(refusal), _status_of(refusal)


def _take_limit(request: Request) -> None:
    rate = POSTS if request.method == "POST" else READS
    bucket = f"exchange.{'post' if request.method == 'POST' else 'read'}"
    limits.take(bucket, client_address(request), rate=rate, now=timezone.now())


def _check_jurisdiction(request: Request) -> None:
    given = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or ""
    host = settings.LINLI_PUBLIC_URL.partition("://")[2]
    if given.strip() and given.strip() not in {*NAMES_OF_CITY, host}:
        raise NoJurisdiction(ours=JURISDICTION)


def _status_of(refusal: Refusal) -> int:
    """The standard knows 400 for what cannot be taken; what else it has keeps its number."""
    kept = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED,
            HTTPStatus.TOO_MANY_REQUESTS)  # fmt: skip
    return refusal.status if refusal.status in kept else HTTPStatus.BAD_REQUEST


def faults_of(refusal: Refusal, code: int | None = None) -> list[dict[str, Any]]:
    """Return a refusal as the standard's errors, one for each field."""
    code = int(_status_of(refusal)) if code is None else code
    if isinstance(refusal, Invalid) and refusal.fields:
        return [
            {"code": code, "description": f"{CALLED.get(name, name)}: {message}"}
            for name, messages in refusal.fields.items()
            for message in messages
        ]
    return [{"code": code, "description": str(refusal)}]


def in_standard_shape(
    request: HttpRequest, response: HttpResponse, refusal: Refusal
) -> HttpResponse:
    """Return the standard's errors in the place of a page that something outside our views made."""
    form = request.path_info.rpartition(".")[2]
    form = form if form in MIME else XML
    if response.get("Content-Type", "") == MIME[form]:
        return response
    told = faults_of(refusal, response.status_code)
    return HttpResponse(
        written("errors", told, form), content_type=MIME[form], status=response.status_code,
        headers={"Cache-Control": "no-store"},
    )  # fmt: skip


def _response(request: Request, root: str, value: Any, form: str, status: int) -> HttpResponse:
    response = HttpResponse(written(root, value, form), content_type=MIME[form], status=status)
    if request.method != "POST":
        # what is public may be read by pages of others
        response["Access-Control-Allow-Origin"] = "*"
    # a refusal is for who asked alone: a cache between must not hand her limit to others
    is_hers = request.method == "POST" or status >= HTTPStatus.BAD_REQUEST
    response["Cache-Control"] = "no-store" if is_hers else "public, max-age=60"
    patch_vary_headers(response, ["Accept-Language"])
    return response
