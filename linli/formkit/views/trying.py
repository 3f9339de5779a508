"""Filling in a published form to try it: everything but that somebody gets it."""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.formkit import permits, queries, services
from linli.formkit.errors import SavedMeanwhile
from linli.formkit.forms.filling import sent_of
from linli.formkit.queries import OpenDraft
from linli.formkit.services.steps import CHECK, KEEP
from linli.formkit.types import Reading
from linli.formkit.views.showing import fill_context, place_names
from linli.formkit.views.testing import TRY
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.runtime.types import Rate, client_address, limited, without_key
from linli.ui.formats import clock

COOKIE = "linli-begun-"
BEGINS = Rate(30, timedelta(hours=1))
LOOKS = Rate(600, timedelta(minutes=10))
BINARY = "application/octet-stream"
KEEPS = Rate(600, timedelta(minutes=10))


@limited("formkit.begin", BEGINS, client_address)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, key: str) -> HttpResponse:
    """Say what the form is about, offer what was begun, and begin; designers also a version not in use."""
    number = whole_number(request.GET.get("version"), most=100_000)
    if number is None:
        version = queries.get_published(request.actor, key)
    else:
        version = queries.version_to_try(request.actor, key, number)
    now = timezone.now()
    if request.method == "POST":
        draft = services.start_draft(version, purpose=TRY, actor=request.actor, now=now)
        response = done(request, _address(key, draft, page=""))
        if getattr(request, "idle_seconds", None) is None:
            # on a counter's computer the next person must not be offered what she began
            response.set_cookie(
                COOKIE + key, draft.body.code, max_age=queries.LIFE, httponly=True,
                secure=request.is_secure(), samesite="Lax",
            )  # fmt: skip
        return response
    spec = queries.spec_of(version)
    context: dict[str, object] = {
        "version": version, "spec": spec, "begun": _begun(request, key),
        "place": place_names(version.form.place), "days": queries.LIFE.days,
    }  # fmt: skip
    return page(request, "formkit/start.html", context)


start.reads_freely = True  # type: ignore[attr-defined]  # reading about a form begins nothing


def _begun(request: Request, key: str) -> list[OpenDraft]:
    """What this account began, else what this browser began."""
    now = timezone.now()
    mine = queries.drafts_of(request.actor, key, now=now, purpose=TRY)
    code = request.COOKIES.get(COOKIE + key, "")
    if not code or any(draft.body.code == code for draft in mine):
        return mine
    try:
        return [*mine, queries.get_draft(request.actor, code, now=now, purpose=TRY)]
    except NotFound:
        return mine


def _address(key: str, draft: OpenDraft, **query: str) -> str:
    pairs = "&".join(f"{name}={value}" for name, value in query.items() if value)
    address = reverse("formkit:fill", args=[key, draft.body.code])
    return f"{address}?{pairs}" if pairs else address


def _draft(request: Request, key: str, code: str) -> OpenDraft:
    draft = queries.get_draft(request.actor, code, now=timezone.now(), purpose=TRY)
    if draft.version.form.key != key:
        raise NotFound()
    return draft


@without_key("each sending brings its page whole, so twice is as once, and the browser may go back")
@limited("formkit.fill", LOOKS, client_address)
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: Request, key: str, code: str) -> HttpResponse:
    """Show a page of the form; take what was sent and go on. Whatever is sent is kept first."""
    draft = _draft(request, key, code)
    if request.method == "POST":
        step = services.take_step(
            draft, sent_of(request, queries.spec_of(draft.version)),
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        if request.POST.get("step") == "save":
            messages.success(request, _("What you entered is kept."))
        if step.page == CHECK:
            return done(request, reverse("formkit:check", args=[key, code]))
        told = "1" if step.has_faults else ""
        anchor = f"#id_{step.at}" if step.at else ""
        return done(request, _address(key, step.draft, page=step.page, check=told) + anchor)
    spec = queries.spec_of(draft.version)
    shown = spec.page(request.GET.get("page", draft.body.page)) or spec.pages[0]
    context = fill_context(request, draft, shown, tells="check" in request.GET)
    # what must be refused is a test, too
    context["may_keep"] = bool(context["faults"]) and may_keep(request, draft)
    return kept_nowhere(page(request, "formkit/fill.html", context))


def may_keep(request: Request, draft: OpenDraft) -> bool:
    """Say whether what is filled in may be kept as a test: by whoever designs the form."""
    return request.actor.may(permits.DESIGN, at=draft.version.form.place)


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    """Let no browser, proxy or search engine keep a page with what somebody entered."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


@without_key(
    "keeps what is typed, which twice is as once; it never fails somebody who goes on typing"
)
@limited("formkit.keep", KEEPS, client_address)
@require_POST
def keep(request: Request, key: str, code: str) -> HttpResponse:
    """Keep what was typed so far, from the script of the page; answers when it was kept."""
    draft = _draft(request, key, code)
    edition = request.POST.get("edition", "")
    sent = sent_of(request, queries.spec_of(draft.version), step=KEEP, with_files=False)
    try:
        step = services.take_step(
            draft, sent, actor=request.actor, now=timezone.now(),
            edition=-1 if (found := whole_number(edition, most=10**9)) is None else found,
        )  # fmt: skip
    except SavedMeanwhile as refusal:
        return JsonResponse({"code": refusal.code}, status=refusal.status)
    kept_at = clock(step.draft.row.kept_at)
    return JsonResponse({"edition": step.draft.row.edition, "kept_at": kept_at})


def _whole(draft: OpenDraft) -> Reading:
    today = timezone.localdate()
    return queries.read_answers(draft.version, draft.body.typed, draft.body.files, today=today)


@limited("formkit.fill", LOOKS, client_address)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, key: str, code: str) -> HttpResponse:
    """Show what was answered, to be looked through; end the form, of which nothing is kept here."""
    draft = _draft(request, key, code)
    spec = queries.spec_of(draft.version)
    reading = _whole(draft)
    if reading.answers is None:
        wrong = next(p.key for p in spec.pages if any(_head(f) in p.items for f in reading.faults))
        return done(request, _address(key, draft, page=wrong, check="1"))
    language = request.LANGUAGE_CODE
    context: dict[str, object] = {
        "draft": draft, "version": draft.version, "spec": spec, "key": key,
        "told": queries.summary(spec, reading.answers.whole, language),
        "pages": queries.pages_of_answers(spec), "place": place_names(draft.version.form.place),
        "may_keep": may_keep(request, draft),
    }  # fmt: skip
    if request.method != "POST":
        return kept_nowhere(page(request, "formkit/check.html", context))
    data = json.dumps(reading.answers.whole, ensure_ascii=False, indent=1)
    services.drop_draft(draft, actor=request.actor, now=timezone.now())
    response = kept_nowhere(page(request, "formkit/done.html", {**context, "data": data}))
    response.delete_cookie(COOKIE + key)
    return response


def _head(path: str) -> str:
    return path.partition(".")[0]


@limited("formkit.fill", LOOKS, client_address)
@require_POST
def drop(request: Request, key: str, code: str) -> HttpResponse:
    """Throw away what was begun."""
    services.drop_draft(_draft(request, key, code), actor=request.actor, now=timezone.now())
    messages.success(request, _("What you had entered is thrown away."))
    response = done(request, reverse("formkit:start", args=[key]))
    response.delete_cookie(COOKIE + key)
    return response


@limited("formkit.fill", LOOKS, client_address)
@require_POST
def take_over(request: Request, key: str, code: str) -> HttpResponse:
    """Put what was begun without signing in under the account."""
    draft = services.take_over_draft(
        _draft(request, key, code), actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("You find it here whenever you sign in."))
    return done(request, _address(key, draft))


@limited("formkit.fill", LOOKS, client_address)
@require_GET
def picture(request: Request, key: str, code: str, file: str) -> HttpResponse:
    """Show a photo of an open form to whoever has the form's code."""
    draft = _draft(request, key, code)
    found, content = services.read_file(draft, file, actor=request.actor, now=timezone.now())
    is_photo = bool(found.width)
    response = HttpResponse(content, content_type="image/jpeg" if is_photo else BINARY)
    response["Content-Disposition"] = "inline" if is_photo else "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
