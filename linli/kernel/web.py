"""How pages answer: whole or in part, and with a refusal shown where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from mimetypes import guess_type
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from linli.kernel.calendar_files import KIND
from linli.kernel.errors import NotAllowed, Refusal, refusal_in
from linli.kernel.paging import Keyset, M, Page, clean_limit, page_of
from linli.kernel.permits import Actor
from linli.kernel.registries import ON_REFUSAL

SHUT = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class Request(HttpRequest):
    """A request after our middleware: it has an actor and htmx details."""

    actor: Actor
    htmx: HtmxDetails
    # what the page of the answer is told with, as far as it is made by `page`
    answers_with: int


def own_account_id(request: Request) -> int:
    """Return the account of whoever asks for things of her own: messages, views, requests.

    Refuses with NotAllowed for nobody, and for a key: what its keeper gets is not its.
    """
    account_id = request.actor.account_id
    if account_id is None or request.actor.is_machine:
        raise NotAllowed()
    return account_id


def page(
    request: Request,
    whole: str,
    context: dict[str, object],
    *,
    part: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render a whole page, or only `part` of it when htmx asked for a part."""
    request.answers_with = status
    wants_part = bool(part and request.htmx and not request.htmx.boosted)
    response = render(request, part if wants_part and part else whole, context, status=status)
    if part:
        patch_vary_headers(response, ["HX-Request"])
    return response


def page_asked(request: Request, found: QuerySet[M], sort: Keyset) -> Page[M]:
    """Return the page of a list that the address asks for. Refuses with Invalid."""
    asked = request.GET
    return page_of(found, sort, cursor=asked.get("cursor"), limit=clean_limit(asked.get("limit")))


def done(
    request: Request, to: str, part: str | None = None, context: dict[str, object] | None = None
) -> HttpResponse:
    """Answer a successful POST: the changed part for htmx, otherwise a redirect to `to`."""
    if part and request.htmx and not request.htmx.boosted:
        return render(request, part, context or {})
    response = redirect(to)
    response.status_code = 303
    return response


def calendar_answer(text: str, name: str) -> HttpResponse:
    """Answer with a calendar file under a name, which a telephone offers to take in."""
    response = HttpResponse(text, content_type=f"{KIND}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def drawing_answer(drawn: bytes, name: str) -> HttpResponse:
    """Answer with a picture or a sheet that the browser shows, under the name by which it is kept."""
    response = HttpResponse(drawn, content_type=guess_type(name)[0])
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def asks_sign_in(request: Request, refusal: Refusal) -> bool:
    """Say whether a refusal is answered by asking to sign in, whatever exists at the address.

    It depends on the page alone: nobody who is not signed in learns from it what there is.
    """
    found = request.resolver_match
    if request.actor.account_id is not None or request.actor.is_system or found is None:
        return False
    route = found.route.removeprefix(f"{get_language()}/")
    return refusal.status in SHUT and route not in settings.LINLI_OPEN_PAGES


def is_open_page(address: str) -> bool:
    """Say whether a page of this site opens to whoever is not signed in."""
    parts = urlsplit(address)
    if parts.netloc:
        return False
    try:
        found = resolve(parts.path)
    except Resolver404:
        return False
    return found.route.removeprefix(f"{get_language()}/") in settings.LINLI_OPEN_PAGES


class RefusalMiddleware:
    """Turn a Refusal that a view let through into a page or a fragment.

    The view's transaction is rolled back by then; ON_REFUSAL records the refusal in one of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        refusal = refusal_in(error)
        if refusal is None:
            return None
        ON_REFUSAL.call(request.actor, refusal, request.path)
        name = "sign_in_first" if asks_sign_in(request, refusal) else "refusal"
        response = page(
            request,
            f"ui/{name}.html",
            {"refusal": refusal},
            part=f"ui/_{name}.html",
            status=refusal.status,
        )
        response.asks_sign_in = name != "refusal"  # type: ignore[attr-defined]
        if request.htmx:
            # into the notice area, whatever part of the page was asked for
            response["HX-Retarget"], response["HX-Reswap"] = "#notice", "innerHTML"
        if "retry_after" in refusal.details:
            response["Retry-After"] = str(refusal.details["retry_after"])
        return response
