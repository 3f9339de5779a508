"""Correcting beside the text: who comes second is told and keeps what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.plan import permits, queries, services
from linli.plan.forms import FIELD_TITLES, CorrectionForm
from linli.plan.rules import corrections as rules
from linli.plan.types import (
    Change,
    ItemKind,
)


@require_http_methods(["GET", "POST"])
def correct(request: Request, code: str, kind: str, item_id: int, field: str) -> HttpResponse:
    """Correct one field beside the text; who comes second is told and keeps what was typed."""
    plan = queries.get_document(code)
    require(request.actor, permits.CORRECT, at=plan.path)
    item = queries.get_item(plan, kind, item_id)
    if field not in rules.FIELDS.get(kind, {}):
        raise NotFound(field=field)
    form = CorrectionForm(
        field, request.POST or None, initial={"version": item.version, "value": _now(item, field)}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and _corrected(request, form, kind, item, field)
    ):
        messages.success(request, _("Corrected. The value as read stays beside it."))
        return done(request, _back(plan, kind, item))
    context: dict[str, object] = {
        "plan": plan, "item": item, "kind": kind, "form": form, "title": FIELD_TITLES[field],
        "text": plan.text[item.start : item.end], "back": _back(plan, kind, item),
        "now": _now(item, field),
        "corrections": list(
            queries.visible_corrections(request.actor, plan, kind=kind, item_id=item.pk)[:20]
        ),
        "fields": FIELD_TITLES,
    }  # fmt: skip
    return page(request, "plan/correct.html", context, status=422 if form.is_bound else 200)


def _now(item: Any, field: str) -> str:
    if field == "departments":
        rows = item.departments.filter(is_current=True).order_by("order")
        return "、".join(row.name for row in rows)
    return rules.shown(getattr(item, field))


def _corrected(request: Request, form: CorrectionForm, kind: str, item: Any, field: str) -> bool:
    data = form.cleaned_data
    change = Change(field, form.words(), data["why"], version=data["version"])
    try:
        services.correct_item(
            ItemKind(kind), item.pk, change, actor=request.actor, now=timezone.now()
        )
    except Stale as stale:
        fresh = queries.get_item(item.document, kind, item.pk)
        form.add_error(None, str(stale))
        form.add_error("value", _("It now says: %(value)s") % {"value": _now(fresh, field) or "—"})
        form.renew("version", fresh.version)  # who reads that and sends again means it
        return False
    except Invalid as wrong:
        form.take(wrong.fields)
        return False
    return True


def _back(plan: Any, kind: str, item: Any) -> str:
    if kind == ItemKind.TASK:
        return reverse("plan:task", args=[plan.code, item.number])
    if kind == ItemKind.TARGET:
        return reverse("plan:target", args=[plan.code, item.code])
    if kind == ItemKind.MEASURE and item.task:
        return reverse("plan:task", args=[plan.code, item.task.number])
    return reverse("plan:document", args=[plan.code])
