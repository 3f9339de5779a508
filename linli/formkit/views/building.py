"""The builder: a draft is shown question by question and changed by small steps, each of them saved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.formkit import queries, services
from linli.formkit.errors import SavedMeanwhile
from linli.formkit.forms.building import HeadWordsForm
from linli.formkit.forms.fields import FieldForm, column_kinds
from linli.formkit.rules.edits import EditRefused, put
from linli.formkit.rules.edits_pages import rename
from linli.formkit.rules.pages import page_of
from linli.formkit.rules.steps import make_step
from linli.formkit.types import Field, Finding, Spec
from linli.formkit.views.showing import place_names
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number

if TYPE_CHECKING:
    from linli.formkit.models import FormVersion

DESIGNED = "formkit/edit.html"


@require_GET
def edit(request: Request, key: str) -> HttpResponse:
    """Show the draft with what is wrong beside each question."""
    version = queries.get_draft_version(request.actor, key)
    return page(request, DESIGNED, edit_context(request, version))


def edit_context(
    request: Request, version: FormVersion, head: HeadWordsForm | None = None
) -> dict[str, object]:
    """Return what the builder shows; `head` is the title as it was typed, if it is refused."""
    spec, findings = queries.spec_of(version), queries.findings_of(version)
    words = {"title_zh": spec.title.zh, "title_en": spec.title.en,
             "intro_zh": spec.intro.zh, "intro_en": spec.intro.en}  # fmt: skip
    return {
        "version": version, "one": version.form, "spec": spec, "key": version.form.key,
        "by_path": by_path(findings),
        "findings": [(f, queries.told_finding(f), place_of_finding(spec, f)) for f in findings],
        "faults": sum(1 for f in findings if f.is_fault),
        "kinds": queries.KIND_WORDS, "column_kinds": column_kinds(),
        "head": head or HeadWordsForm(initial=words), "revisions": queries.revisions_of(version),
        "steps": queries.STEP_WORDS, "place": place_names(version.form.place),
        "when": {path: queries.condition_words(spec, one.show, request.LANGUAGE_CODE)
                 for path in spec.paths if (one := spec.find(path)) and one.show},
    }  # fmt: skip


def by_path(findings: list[Finding]) -> dict[str, list[tuple[bool, str]]]:
    """Return what was found, by the question where it stands."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    for one in findings:
        found[one.path].append((one.is_fault, queries.told_finding(one)))
    return dict(found)


def place_of_finding(spec: Spec, finding: Finding) -> str:
    """Return the label of the question where something was found, or the page."""
    one = spec.find(finding.path) if finding.path else None
    return (one.label.zh or finding.path) if one else ""


@require_POST
def step(request: Request, key: str) -> HttpResponse:
    """Make one small step: add, copy, move, take out, name, or return to an earlier save."""
    version = queries.get_draft_version(request.actor, key)
    edition = _edition(request)
    name, _colon, target = request.POST.get("step", "").partition(":")
    if name == "head":
        head = HeadWordsForm(request.POST)
        if not head.is_valid():
            return page(request, DESIGNED, edit_context(request, version, head), status=422)
    anchor = ""
    try:
        if name == "return" and (step := whole_number(target)) is not None:
            services.return_to(
                version, step, edition=edition, actor=request.actor, now=timezone.now()
            )
        else:
            values = {name: value for name, value in request.POST.items() if isinstance(value, str)}
            spec, anchor = make_step(queries.spec_of(version), name, target, values)
            services.save_draft_version(
                version, spec, edition=edition, step=name, actor=request.actor, now=timezone.now()
            )
    except EditRefused as refusal:
        messages.error(request, str(queries.EDIT_WORDS.get(refusal.code, refusal.code)))
    except SavedMeanwhile as refusal:
        messages.error(request, str(refusal))
    if name in ("add", "column") and anchor:
        return done(request, reverse("formkit:field", args=[key, anchor]))
    return done(request, reverse("formkit:edit", args=[key]) + (f"#q-{anchor}" if anchor else ""))


def _edition(request: Request) -> int:
    text = request.POST.get("edition", "")
    return whole_number(text, most=10**9) or 0


@require_http_methods(["GET", "HEAD", "POST"])
def field(request: Request, key: str, path: str) -> HttpResponse:
    """Edit one question in a plain form."""
    version = queries.get_draft_version(request.actor, key)
    spec = queries.spec_of(version)
    one = spec.find(path)
    if one is None:
        raise NotFound()
    data = request.POST if request.method == "POST" else None
    form = FieldForm(spec, path, one, data, place=version.form.place)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _saved(request, version, path, form):
            messages.success(request, _("Saved."))
            return done(request, reverse("formkit:edit", args=[key]) + f"#q-{path}")
    context = _field_context(version, one, path, form)
    return page(request, "formkit/field.html", context, status=status)


def _saved(request: Request, version: FormVersion, path: str, form: FieldForm) -> bool:
    """Save a question, or put what speaks against it onto the form."""
    try:
        services.save_draft_version(
            version, _changed(queries.spec_of(version), path, form), edition=_edition(request),
            step="field", actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except EditRefused as refusal:
        form.add_error(
            "short" if "short" in form.fields else None,
            str(queries.EDIT_WORDS.get(refusal.code, refusal.code)),
        )
    except SavedMeanwhile as refusal:
        # sent once more, it meets the form as it is now
        version.refresh_from_db()
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def _changed(spec: Spec, path: str, form: FieldForm) -> Spec:
    changed = put(spec, path, form.changed())
    new = form.cleaned_data.get("short", "")
    return rename(changed, path, new) if new and new != path.rpartition(".")[2] else changed


def _field_context(
    version: FormVersion, one: Field, path: str, form: FieldForm
) -> dict[str, object]:
    spec = queries.spec_of(version)
    found = [f for f in queries.findings_of(version) if f.path == path]
    names = [name for name in form.fields if not name.startswith(("if_", "of_"))]
    return {
        "version": version, "key": version.form.key, "one": one, "path": path, "form": form,
        "spec": spec, "kind": queries.KIND_WORDS[one.kind], "names": names,
        "findings": [(f.is_fault, queries.told_finding(f)) for f in found],
        "page": page_of(spec, path), "place": place_names(version.form.place),
        "lines": [f"if_{number}" for number in range(3)], "parts": [f"of_{number}" for number in range(5)],
    }  # fmt: skip
