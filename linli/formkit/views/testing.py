"""Looking at a draft: as it will be shown, with random answers, against saved tests, beside another."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from linli.formkit import queries, services
from linli.formkit.rules.comparing import compare
from linli.formkit.rules.reading import known_names
from linli.formkit.rules.samples import sample
from linli.formkit.types import Kind, Reading, Spec
from linli.formkit.views.showing import phone_address, place_names
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

# for what somebody fills a form in to try it
TRY = "formkit.try"
LANGUAGES = (("zh-hans", "中文"), ("en", "English"))


def version_asked(request: Request, key: str) -> FormVersion:
    """Return the version that the address names, else the draft, else the one in use."""
    number = whole_number(request.GET.get("version"), most=100_000)
    return queries.version_to_try(request.actor, key, number)


def _sampled(version: FormVersion, seed: int) -> tuple[dict[str, Any], Reading]:
    spec, today = queries.spec_of(version), timezone.localdate()
    places = {
        one.root: [code for code, _name in queries.places_under(one.root)]
        for one in spec.fields.values()
        if one.kind is Kind.PLACE and one.root
    }
    values = sample(spec, seed=seed, today=today, places=places)
    typed, files = queries.typed_of(spec, values)
    return values, queries.read_answers(version, typed, files, today=today)


@require_GET
def preview(request: Request, key: str) -> HttpResponse:
    """Show all pages in both languages, side by side at the width of a phone."""
    version = version_asked(request, key)
    spec, today = queries.spec_of(version), timezone.localdate()
    seed = whole_number(request.GET.get("seed"), most=10**6)
    reading = (
        queries.read_answers(version, {}, {}, today=today, only=())
        if seed is None
        else _sampled(version, seed)[1]
    )
    shown, bodies = [], {}
    for code, name in LANGUAGES:
        with translation.override(code):
            drawn = queries.draw_all(spec, reading, today=today, language=code)
            pages = [apart(one, code) for one in drawn]
            parts = [render(request, "formkit/_preview_page.html", {"drawn": one}) for one in pages]
        shown.append((code, name, pages))
        bodies[code] = [Markup(part.content.decode()) for part in parts]  # noqa: S704 - our own page
    context: dict[str, object] = {
        "bodies": bodies,
        "version": version, "one": version.form, "spec": spec, "key": key, "shown": shown,
        "seed": seed, "place": place_names(version.form.place),
    }  # fmt: skip
    return page(request, "formkit/preview.html", context)


def apart(drawn: queries.Drawn, prefix: str) -> queries.Drawn:
    """Return a page whose names begin with a language, so that two on one sheet do not meet."""

    def named(item: queries.Item) -> queries.Item:
        rows = tuple(replace(row, items=tuple(map(named, row.items))) for row in item.rows)
        return replace(item, name=f"{prefix}-{item.name}", rows=rows)

    sections = tuple((title, tuple(map(named, items))) for title, items in drawn.sections)
    return replace(drawn, sections=sections)


@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: Request, key: str) -> HttpResponse:
    """Show random answers, save them as a test with what they must give, and run all tests."""
    version = version_asked(request, key)
    seed = whole_number(request.GET.get("seed"), most=10**6) or 1
    values, reading = _sampled(version, seed)
    given = json.dumps(dict(reading.typed), ensure_ascii=False, indent=1)
    faults: list[tuple[str, str]] = []
    if request.method == "POST":
        given = request.POST.get("given", "")
        try:
            _save(request, version)
        except Invalid as refusal:
            faults = [(f"id_{name}", str(m)) for name, said in refusal.fields.items() for m in said]
        else:
            messages.success(request, _("The test is saved."))
            return done(request, reverse("formkit:tests", args=[key]))
    context: dict[str, object] = {
        "version": version, "one": version.form, "key": key, "seed": seed, "given": given,
        "told": queries.summary(queries.spec_of(version), values, request.LANGUAGE_CODE),
        "outcomes": queries.run_tests(version), "faults": faults, "name": request.POST.get("name", ""),
        "place": place_names(version.form.place),
    }  # fmt: skip
    return page(request, "formkit/tests.html", context, status=422 if faults else 200)


def _save(request: Request, version: FormVersion) -> None:
    """Keep what was filled in, or what is in the box, with what it gives now; that is what it must give."""
    version, typed = _sent(request, version)
    name = request.POST.get("name", "")
    services.keep_test(version, name, typed, actor=request.actor, now=timezone.now())


def _sent(request: Request, version: FormVersion) -> tuple[FormVersion, dict[str, list[str]]]:
    """Return what the test is of, and what was typed. Refuses with Invalid, NotFound."""
    code = request.POST.get("draft", "")
    if not code:
        return version, _typed(queries.spec_of(version), request.POST.get("given", ""))
    draft = queries.get_draft(request.actor, code, now=timezone.now(), purpose=TRY)
    if draft.version.form_id != version.form_id:
        raise NotFound()
    return draft.version, known_names(queries.spec_of(draft.version), draft.body.typed)


def _typed(spec: Spec, text: str) -> dict[str, list[str]]:
    """Return typed answers from JSON: names with lists of texts. Refuses with Invalid."""
    wrong = Invalid({"given": [_("Names with lists of texts are expected, as in the example.")]})
    try:
        found = json.loads(text[:100_000])
    except (ValueError, RecursionError):
        raise wrong from None
    if not isinstance(found, dict) or not all(
        isinstance(texts, list) and all(isinstance(one, str) for one in texts)
        for texts in found.values()
    ):
        raise wrong
    return known_names(spec, found)


@require_POST
def test_drop(request: Request, key: str, test_id: int) -> HttpResponse:
    """Throw a test away."""
    form = queries.get_form(request.actor, key)
    services.drop_test(form, test_id, actor=request.actor, now=timezone.now())
    return done(request, reverse("formkit:tests", args=[key]))


@require_GET
def comparison(request: Request, key: str) -> HttpResponse:
    """Show what differs between two versions, question by question."""
    form = queries.get_form(request.actor, key)
    numbers = sorted(form.versions.values_list("number", flat=True))
    if len(numbers) < 2:
        raise NotFound()
    old = whole_number(request.GET.get("from")) or numbers[-2]
    new = whole_number(request.GET.get("to")) or numbers[-1]
    one, other = (queries.get_version(request.actor, key, number) for number in (old, new))
    spec, changed = queries.spec_of(one), queries.spec_of(other)
    context: dict[str, object] = {
        "one": form, "key": key, "old": old, "new": new, "numbers": numbers,
        "changes": compare(spec, changed, request.LANGUAGE_CODE), "spec": changed, "was": spec,
        "names": queries.PROPERTY_WORDS, "place": place_names(form.place),
    }  # fmt: skip
    return page(request, "formkit/compare.html", context)


@require_GET
def paper(request: Request, key: str) -> HttpResponse:
    """Show the empty form as a sheet to be printed and written on by hand."""
    version = (
        version_asked(request, key)
        if "version" in request.GET
        else queries.get_published(request.actor, key)
    )
    today, language = timezone.localdate(), request.LANGUAGE_CODE
    reading = queries.read_answers(version, {}, {}, today=today, only=())
    context: dict[str, object] = {
        "version": version, "spec": queries.spec_of(version), "key": key,
        "pages": queries.draw_all(queries.spec_of(version), reading, today=today, language=language),
        "address": phone_address(key),
        "place": place_names(version.form.place),
    }  # fmt: skip
    return page(request, "formkit/paper.html", context)
