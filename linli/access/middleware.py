"""Who is behind a request, and what happens when a session is locked or gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linli.access import rules
from linli.access.entering import KEPT_COOKIE, device_at
from linli.access.entering.last import last_account, remember_last
from linli.access.errors import SignInNeeded, TokenRefused
from linli.access.queries.actors import actor_of, lost_post
from linli.access.queries.tokens import token_actor
from linli.access.secrets import hash_secret
from linli.access.services.kept_forms import forget_form, keep_form
from linli.access.sessions import SessionStore
from linli.access.types import RightKind, SessionRow
from linli.kernel.errors import Refusal, TooMany
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.texts import OF_ITS_PAGE, PROOFS, is_kept_as_typed
from linli.kernel.web import Request
from linli.runtime.services import limits
from linli.runtime.types import Rate, client_address

API = "/api/"
# a field by which a page knows that its form is one that was kept
KEPT_AGAIN = "kept_again"
LOST_RATE = Rate(60, timedelta(hours=1))
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
# fields that are never kept: secrets, and what belongs to the browser's next form
NOT_KEPT = OF_ITS_PAGE | PROOFS | {"code"}


@dataclass(frozen=True, slots=True)
class Banner:
    """One line on every page while something unusual holds, and the page where it ends."""

    words: str
    url: str
    more: str


def actor_of_request(request: HttpRequest) -> Actor:
    """Return the actor of a key or of a session; at most one query for either."""
    # `headers` would take all of them apart for this one
    given = request.META.get("HTTP_AUTHORIZATION", "")
    if given.startswith("Bearer ") and request.path.startswith(API):
        return _actor_of_key(request, given.removeprefix("Bearer ").strip())
    session = getattr(request, "session", None)
    if not isinstance(session, SessionStore) or session.session_key is None:
        return NOBODY
    session.get("", None)
    row = session.row
    if row is None or row.locked_at is not None:
        return NOBODY
    actor = actor_of(row, now=timezone.now())
    request.banners = banners_of(row, actor)  # type: ignore[attr-defined]
    if row.device_id is not None:
        request.idle_seconds = row.idle_seconds  # type: ignore[attr-defined]
    return actor


def _actor_of_key(request: HttpRequest, secret: str) -> Actor:
    request.is_by_key = True  # type: ignore[attr-defined]
    found = token_actor(hash_secret("token", secret), now=timezone.now())
    if found is None:
        request.key_refused = True  # type: ignore[attr-defined]
        return NOBODY
    return found


def banners_of(row: SessionRow, actor: Actor) -> list[Banner]:
    """Return what every page says on top: a chosen post that ended, acting, emergency, full session."""
    found = []
    if lost_post(row):
        words = _("The post that you chose has ended. You act by none until you choose again.")
        found.append(Banner(words, reverse("access:posts"), _("Choose a post")))
    if actor.acting_for is not None:
        words = _("You are acting for %(name)s: %(reason)s") % {
            "name": row.acting_name,
            "reason": row.purpose,
        }
        found.append(Banner(words, reverse("access:posts"), _("Stop")))
    for right in row.rights:
        if right[5] == RightKind.BREAK_GLASS:
            words = _("Emergency access is open: %(reason)s") % {"reason": right[6]}
            found.append(Banner(words, reverse("access:special"), _("End it now")))
        if right[5] == RightKind.OPERATOR:
            words = _("A full session is open: %(reason)s") % {"reason": right[6]}
            found.append(Banner(words, reverse("access:special"), _("End it now")))
    return found


class AccessMiddleware:
    """Answers for keys that do not open, locked counters and sessions that ended in a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.csrf = CsrfViewMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if getattr(request, "key_refused", False):
            return refused_call(request, TokenRefused())
        response = self.get_response(request)
        remember_last(request, response)
        is_page = request.method == "POST" and not request.path.startswith(API)
        if "/access/" in request.path and is_ours(response):
            # links, keys and codes are shown once: no copy of them stays in a browser or proxy
            response["Cache-Control"] = "no-store"
        if is_page and KEPT_AGAIN in request.POST and response.status_code < 400:
            self._forget(request, response)
        if is_page and getattr(response, "asks_sign_in", False):
            return _lost(request, response)
        return response

    def _forget(self, request: HttpRequest, response: HttpResponse) -> None:
        """A kept form was sent again and taken: nothing of it stays."""
        secret = request.COOKIES.get(KEPT_COOKIE)
        actor = getattr(request, "actor", NOBODY)
        forget_form(secret, actor=actor, now=timezone.now())
        response.delete_cookie(KEPT_COOKIE)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Runs after the CSRF check of pages and before the view."""
        if request.path.startswith(API):
            return self._check_call(request)
        if getattr(view, "is_way_in", False) or request.path.startswith("/static/"):
            return None
        session = request.session
        if not isinstance(session, SessionStore) or request.META.get("test.actor"):
            return None
        if session.row is not None and session.row.locked_at is not None:
            return _to(request, "access:counter", session.row)
        if request.method == "POST" and session.gone is not None and session.gone.account_id:
            return _to(request, "access:sign_in", session.gone)
        return None

    def _check_call(self, request: Request) -> HttpResponse | None:
        """A call by a session must prove that it comes from our own page; a key proves itself."""
        by_session = request.actor.account_id is not None and not getattr(
            request, "is_by_key", False
        )
        if not by_session or request.method in SAFE or request.META.get("test.actor"):
            return None
        # views of the API are exempt from Django's check, since most calls come with a key
        if self.csrf.process_view(request, _checked, (), {}) is not None:
            return refused_call(request, SignInNeeded())
        return None


def _checked(request: HttpRequest) -> HttpResponse:
    """Stands for the API's view in the CSRF check, without its exemption."""
    return HttpResponse()


def _to(request: Request, page: str, row: SessionRow) -> HttpResponse:
    """Send a browser to sign in (again), with what was typed kept for its owner."""
    is_post = request.method == "POST"
    response = _led(request, page, "" if is_post else request.get_full_path())
    if is_post and row.account_id:
        _keep(request, response, row.account_id, fields_of(request))
    return response


def _led(request: HttpRequest, page: str, to: str) -> HttpResponse:
    address = reverse(page) + (f"?{urlencode({'next': to})}" if to else "")
    if getattr(request, "htmx", None):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _lost(request: Any, response: HttpResponse) -> HttpResponse:
    """A form came without its session: keep what was typed for whoever used the browser last.

    A browser that does not know who that was keeps it under its secret alone; a computer of a
    counter, where many sign in, keeps nothing. So many in an hour from one address.
    """
    fields, now = fields_of(request), timezone.now()
    if request.META.get("test.actor") or not any(value.strip() for _name, value in fields):
        return response
    if device_at(request, now) is not None:
        return response
    try:
        limits.take("access.kept", client_address(request), rate=LOST_RATE, now=now)
    except TooMany:
        return response
    led = _led(request, "access:sign_in", "")
    return led if _keep(request, led, last_account(request), fields) else response


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, without secrets and what belongs to the browser's next form."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and not is_kept_as_typed(name)
        for value in values
    ]


def _keep(
    request: Request, response: HttpResponse, account_id: int | None, fields: list[tuple[str, str]]
) -> bool:
    secret = keep_form(
        account_id,
        request.get_full_path(),
        fields,
        had_files=bool(request.FILES),
        actor=request.actor,
        now=timezone.now(),
    )
    if secret is None:
        return False
    response.set_cookie(
        KEPT_COOKIE,
        secret,
        max_age=rules.KEPT_LIFE,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return True


def is_ours(response: HttpResponse) -> bool:
    """Say whether an answer is a page or JSON of ours, not a file with its own rules."""
    return response.get("Content-Type", "").startswith(("text/html", "application/json"))


def refused_call(request: HttpRequest, refusal: Refusal) -> JsonResponse:
    """Answer a refused call in the shape of the API."""
    ON_REFUSAL.call(getattr(request, "actor", None), refusal, request.path)
    body = {"code": refusal.code, "message": str(refusal), "fields": {}}
    response = JsonResponse(body, status=refusal.status)
    if refusal.status == TokenRefused.status:
        response["WWW-Authenticate"] = 'Bearer realm="linli"'
    return response
