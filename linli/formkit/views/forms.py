"""The list of forms, one form with its versions, and what is done with a version as a whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.formkit import queries, services
from linli.formkit.errors import NotAForm, NotClean
from linli.formkit.forms.building import FormFilter, HeadForm, PublishForm
from linli.formkit.rules.shapes import is_too_deep
from linli.formkit.types import MOST_SPEC_BYTES, Audience
from linli.formkit.views.showing import place_names, printed_address
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.columns import col

if TYPE_CHECKING:
    from linli.formkit.models import Form, FormVersion


def require_designer(request: Request) -> None:
    """Refuse with NotFound whoever designs nowhere."""
    if not queries.designs_anywhere(request.actor):
        raise NotFound()


@require_GET
def form_list(request: Request) -> HttpResponse:
    """Show the forms of the places at which the actor designs."""
    require_designer(request)
    form, here = FormFilter(request.GET or None), address_of(request)
    shown = form.shown() if request.GET else queries.Filter()
    found = queries.list_forms(request.actor, shown, cursor=here.get("cursor") or None)
    context: dict[str, object] = {
        "form": form, "here": here, "found": found, "shown": shown,
        "versions": queries.versions_of(found.items), "states": queries.STATE_WORDS,
        "audiences": queries.AUDIENCE_WORDS,
        **offered(request.actor, "formkit.forms"),
        "places": {one.pk: (place_names(one.place) or [("", "")])[-1][0] for one in found.items},
        "columns": [col(_("Title")), col(_("Who fills it in")), col(_("Versions")), col(_("Responsible office")),
                    col(_("Last changed")), col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "formkit/list.html", context, part="formkit/_rows.html")


@require_http_methods(["GET", "HEAD", "POST"])
def form_new(request: Request) -> HttpResponse:
    """Begin a form, empty or from an exported file."""
    require_designer(request)
    if request.method != "POST":
        return page(request, "formkit/new.html", {"form": HeadForm(actor=request.actor)})
    form = HeadForm(request.POST, request.FILES, actor=request.actor)
    if form.is_valid():
        try:
            made = _made(form, request)
        except Invalid as refusal:
            form.take({"short" if name == "key" else name: m for name, m in refusal.fields.items()})
        except NotAForm as refusal:
            form.add_error("file", str(refusal))
        else:
            return done(request, reverse("formkit:edit", args=[made.key]))
    return page(request, "formkit/new.html", {"form": form}, status=422)


def _made(form: HeadForm, request: Request) -> Form:
    head, upload, now = form.head(), form.cleaned_data["file"], timezone.now()
    if not upload:
        return services.create_form(head, actor=request.actor, now=now)
    data = json_of(upload.read(MOST_SPEC_BYTES + 1))
    return services.import_form(head, data, actor=request.actor, now=now)


def json_of(content: bytes) -> object:
    """Return what a JSON file says. Refuses with NotAForm for what is none, or says a name twice."""
    try:
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NotAForm(path="/", why=queries.told_broken("no_json")) from error
    if is_too_deep(found):
        raise NotAForm(path="/", why=queries.told_broken("too_deep"))
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _value in pairs]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise NotAForm(path=twice[:80], why=queries.told_broken("double"))
    return dict(pairs)


def form_context(
    request: Request, form: Form, publish: PublishForm | None = None
) -> dict[str, object]:
    """Return what the page of one form shows."""
    versions = queries.versions_of([form])[form.pk]
    draft = queries.draft_of(form)
    findings = queries.findings_of(draft) if draft else []
    return {
        "one": form, "versions": versions, "draft": draft,
        "in_use": next((v for v in versions if v.state == "published"), None),
        "faults": sum(1 for f in findings if f.is_fault),
        "warnings": sum(1 for f in findings if not f.is_fault),
        **_asked(form, versions),
        "states": queries.STATE_WORDS, "audiences": queries.AUDIENCE_WORDS,
        "place": place_names(form.place), "tests": len(queries.tests_of(form)),
        "publish": publish or PublishForm(initial={"edition": draft.edition if draft else 0}),
        "columns": [col(_("Version")), col(_("State")), col(_("Since")), col(_("By")), col(_("Basis")),
                    col(_("Look at"), end=True)],
    }  # fmt: skip


def _asked(form: Form, versions: Sequence[FormVersion]) -> dict[str, object]:
    """Return where residents fill the form in, and the address that may be printed."""
    is_open = form.audience == Audience.RESIDENTS and any(v.state == "published" for v in versions)
    return {
        "is_open": is_open, "asked_at": queries.asked_at(form.key),
        "printed": printed_address(form.key),
    }  # fmt: skip


@require_GET
def form_fill(request: Request, key: str) -> HttpResponse:
    """Lead whoever is to fill a published form in to where it is asked; else to its paper.

    The address stands on papers and in codes: it stays, whatever becomes of the page behind it.
    """
    version = queries.get_published(NOBODY, key)
    return redirect(queries.asked_at(key) or reverse("formkit:paper", args=[version.form.key]))


@require_GET
def form_detail(request: Request, key: str) -> HttpResponse:
    """Show a form: its versions and what can be done with them."""
    form = queries.get_form(request.actor, key)
    return page(request, "formkit/detail.html", form_context(request, form))


@require_POST
def version_begin(request: Request, key: str) -> HttpResponse:
    """Begin a new version from the last."""
    form = queries.get_form(request.actor, key)
    services.new_version(form, actor=request.actor, now=timezone.now())
    return done(request, reverse("formkit:edit", args=[key]))


@require_POST
def version_publish(request: Request, key: str) -> HttpResponse:
    """Put the draft into use."""
    version = queries.get_draft_version(request.actor, key)
    form = PublishForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid({})
        services.publish_version(
            version, edition=form.cleaned_data["edition"], basis=form.cleaned_data["basis"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Invalid as refusal:
        form.take(refusal.fields)
        context = form_context(request, version.form, form)
        return page(request, "formkit/detail.html", context, status=422)
    except NotClean as refusal:
        messages.error(request, str(refusal))
        return done(request, reverse("formkit:edit", args=[key]) + "#findings")
    messages.success(request, _("Version %(number)s is in use now.") % {"number": version.number})
    return done(request, reverse("formkit:detail", args=[key]))


@require_POST
def version_retire(request: Request, key: str) -> HttpResponse:
    """Take the version in use out of use."""
    form = queries.get_form(request.actor, key)
    version = form.versions.filter(state="published").first()
    if version is None:
        raise NotFound()
    services.retire_version(version, actor=request.actor, now=timezone.now())
    messages.success(request, _("The form is out of use; nobody can begin it any more."))
    return done(request, reverse("formkit:detail", args=[key]))


@require_GET
def version_export(request: Request, key: str, number: int) -> HttpResponse:
    """Hand out a version as a JSON file for another installation."""
    version = queries.get_version(request.actor, key, number)
    content = json.dumps(version.spec, ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-{number}.json"'
    return response
