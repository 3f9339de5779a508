"""The frame's own pages: preferences, the style page, and errors that help."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.errors import NotFound, Refusal
from linli.ui import kit as samples
from linli.ui.context import CONTRAST_COOKIE, TYPE_COOKIE
from linli.ui.entries import page_of
from linli.ui.kept_words import shown_fields
from linli.ui.old_forms import sent_again

YEAR = 365 * 24 * 3600
# what codes and machines lead to, and the pages of those who work here or ask for what is theirs
MACHINES = ("/api/", "/q/", "/follow/")
NOT_FOR_ROBOTS = (
    "access/", "bookings/", "calls/", "cases/", "certificates/", "check/", "connections/", "deliveries/", "demo/", "desk/", "documents/", "enrolments/", "feedback/",
    "files/", "grid/", "handovers/", "holdings/", "hotline/", "inbox/", "jobs/", "me/", "pairings/", "party/", "people/", "preferences/", "ratings/", "release/", "reopening/",
    "seal-uses/", "search/", "staff-lists/", "trail/", "views/", "who-read-my-data/", "_kit/", "draws/entries/", "rate/visits/", "tickets/", "visits/home/", "visits/of/", "window/", "windows/",
)  # fmt: skip
CHOICES = (("type", TYPE_COOKIE, ("", "large")), ("contrast", CONTRAST_COOKIE, ("", "high")))


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and remember type size and contrast; `set=1` in the address is the one-tap switch."""
    given = request.POST if request.method == "POST" else request.GET
    back = _safe(request, given.get("next", ""))
    if request.method != "POST" and given.get("set") != "1":
        return render(request, "ui/preferences.html", {"back": back})
    response = HttpResponseRedirect(back or page_of("portal:home") or "/")
    for name, cookie, allowed in CHOICES:
        if name in given and given[name] in allowed:
            _remember(response, cookie, given[name])
    return response


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    if value:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(cookie, samesite="Lax")


def _safe(request: HttpRequest, to: str) -> str:
    """Return the address if it leads to this site; a foreign one is dropped."""
    hosts = {request.get_host()}
    return to if url_has_allowed_host_and_scheme(to, hosts, request.is_secure()) else ""


@require_GET
def robots(request: HttpRequest) -> HttpResponse:
    """Tell machines that collect pages: what is public may be found, work and people's affairs not."""
    pages = [f"/{code}/{part}" for code, _name in settings.LANGUAGES for part in NOT_FOR_ROBOTS]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in (*MACHINES, *pages)),
        "Allow: /",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead a browser that asks at the root to the sign of the pages."""
    return HttpResponseRedirect(static("ui/linli.svg"))


@require_GET
def kit(request: HttpRequest) -> HttpResponse:
    """Show every component, in the demo only."""
    _only_in_demo()
    return render(request, "ui/kit.html", samples.sample())


@require_GET
def kit_face(request: HttpRequest, face: str) -> HttpResponse:
    """Show one face with sample content, in the demo only."""
    _only_in_demo()
    if face not in samples.FACES:
        raise NotFound
    return render(request, f"ui/kit/{face}.html", samples.sample())


def _only_in_demo() -> None:
    if not settings.LINLI_DEMO:
        raise NotFound


def _error(
    request: HttpRequest, status: HTTPStatus, refusal: Refusal | None = None
) -> HttpResponse:
    found = {"status": int(status), "refusal": refusal}
    return render(request, "ui/error.html", found, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return _error(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer one who may not."""
    return _error(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that no longer fits the sign-in of its browser: what was written comes back to be sent again."""
    fields = sent_again(request)
    if not fields:
        return render(request, "ui/error.html", {"status": 403, "is_old_form": True}, status=403)
    frame = {
        "fields": fields, "shown": shown_fields(request.path_info, fields),
        "had_files": bool(request.FILES), "has_cookies": bool(request.COOKIES),
    }  # fmt: skip
    return render(request, "ui/old_form.html", frame, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return _error(request, HTTPStatus.NOT_FOUND)


def only_sent(request: HttpRequest) -> HttpResponse:
    """Answer the address of a form that nobody can look at."""
    return _error(request, HTTPStatus.METHOD_NOT_ALLOWED)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when something broke here; needs neither database nor actor."""
    return _error(request, HTTPStatus.INTERNAL_SERVER_ERROR)
