"""What all answers have in common: HEAD as GET, failures in the shape of machines, a lost database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from jinja2 import TemplateError

from linli.config.tracebacks import AWAY
from linli.exchange.views.frame import in_standard_shape
from linli.kernel import errors
from linli.kernel.permits import NOBODY
from linli.ui import views

API = "/api/"
FAILED = 400
RETRY_SECONDS = 30
# what a status means that no refusal of ours told
SAID: dict[int, type[errors.Refusal]] = {
    HTTPStatus.UNAUTHORIZED: errors.NotAllowed,
    **{
        kind.status: kind
        for kind in (
            errors.NotAllowed, errors.NotFound, errors.WrongMethod, errors.NotJson, errors.Broken,
            errors.Busy, errors.Full, errors.OutOfRange,
        )
    },
}  # fmt: skip


def uniform(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer HEAD wherever GET is answered, and tell machines of failures in their own shape."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = get_response(request)
        if response.status_code >= FAILED:
            response = shaped(request, response)
        return without_body(response) if is_head else response

    return middleware


def without_body(response: HttpResponse) -> HttpResponse:
    """Keep the headers of an answer, its length among them."""
    if response.streaming:
        response.close()
        response.streaming_content = []  # type: ignore[attr-defined]
    else:
        length = str(len(response.content))
        response.content = b""
        response["Content-Length"] = length
    return response


def shaped(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return a failure as the program that asked can read it: pages are for people."""
    address = request.path_info
    shape = next((shape for start, shape in SHAPES.items() if address.startswith(start)), None)
    if shape is None:
        return asked_not_sent(request, response)
    with translation.override(translation.get_language_from_request(request)):
        refusal = SAID.get(response.status_code, errors.Refusal)()
        answer = shape(request, response, refusal)
    for name in ("Allow", "Retry-After"):
        if name in response:
            answer[name] = response[name]
    return answer


def asked_not_sent(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Help whoever came by the address of a form, after a refusal or by Back, to a page that is one."""
    is_bare = response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content
    if request.method != "GET" or not is_bare:
        return response
    answer = views.only_sent(request)
    answer["Allow"] = response["Allow"]
    return answer


def in_api_shape(
    request: HttpRequest, response: HttpResponse, refusal: errors.Refusal
) -> HttpResponse:
    """Return `{"code", "message", "fields"}` in the place of a page."""
    if response.get("Content-Type", "").startswith("application/json"):
        return response
    body = {"code": refusal.code, "message": str(refusal), "fields": {}}
    return JsonResponse(body, status=response.status_code)


SHAPES = {API: in_api_shape, "/open311/": in_standard_shape}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke here, 507 when a disk is full, or 503 when the database is away."""
    error = sys.exc_info()[1]
    if errors.is_full(error):
        return _page(request, HTTPStatus.INSUFFICIENT_STORAGE)
    away = isinstance(error, AWAY)
    status = HTTPStatus.SERVICE_UNAVAILABLE if away else HTTPStatus.INTERNAL_SERVER_ERROR
    # what a view ran into has its answer by then; this is past the views
    response = _page(request, status, errors.busy_in(error) if away else None)
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere; below /api/ without making a page first."""
    if request.path_info.startswith(API):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    return views.not_found(request, exception)


def _page(
    request: HttpRequest, status: HTTPStatus, refusal: errors.Refusal | None = None
) -> HttpResponse:
    if request.path_info.startswith(tuple(SHAPES)):
        return HttpResponse(status=status)
    # who asks is known from the database: a page about its failure is made for nobody
    request.actor = NOBODY  # type: ignore[attr-defined]
    kept = request.__dict__.pop("_messages", None)
    language = translation.get_language_from_request(request, check_path=True)
    try:
        with translation.override(language):
            return views._error(request, status, refusal)
    except (DatabaseError, TemplateError):
        # what broke the page breaks this one too
        return HttpResponse(PLAIN, status=status)
    finally:
        if kept is not None:
            request._messages = kept  # type: ignore[attr-defined]


PLAIN = """<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>邻里 Linli</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>暂时无法使用</h1><p>不是您的操作有误，系统已记录。请过几分钟再试，或拨打 12345。</p>
<h1 lang="en">Not available at the moment</h1>
<p lang="en">It was not your doing. Try again in a few minutes, or call 12345.</p></body></html>
"""
