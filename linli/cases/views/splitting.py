"""A case is split on a page of its own: a row for each part, more rows where they are asked for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.cases.errors import MovedMeanwhile
from linli.cases.forms.splitting import ROWS, SplitForm
from linli.cases.queries.candidates import candidates
from linli.cases.queries.categories import category_choices
from linli.cases.queries.intake import files_of_case
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import get_case
from linli.cases.queries.sheet import may_split
from linli.cases.services.splitting import split_case
from linli.cases.types.moves import At
from linli.cases.types.splitting import MOST_PARTS
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Actor
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number

MORE = 3


@require_http_methods(["GET", "POST"])
def split(request: Request, number: str) -> HttpResponse:
    """Split a case: what each part is, its category, its post, its photos."""
    case = get_case(request.actor, number)
    if not may_split(request.actor, case):
        raise NotFound()
    rows = whole_number(request.POST.get("rows"), least=1, most=MOST_PARTS) or ROWS
    offers = _offers(request.actor, case)
    if request.method == "POST" and "more" not in request.POST:
        form = SplitForm(request.POST, offers=offers, count=rows)
        if form.is_valid() and _is_split(request, case, form):
            messages.success(request, _("Each part has its own number and goes to its post."))
            return done(request, reverse("cases:sheet", args=[number]))
        return _shown(request, case, form, status=422)
    rows = min(rows + (MORE if "more" in request.POST else 0), MOST_PARTS)
    form = SplitForm(initial=_kept(case, request.POST, rows), offers=offers, count=rows)
    return _shown(request, case, form)


def _is_split(request: Request, case: Any, form: SplitForm) -> bool:
    """Split the case; what is refused stands on the form."""
    at = At(case.pk, form.cleaned_data["expected_seq"])
    try:
        split_case(case, at, form.wanted(), actor=request.actor, now=timezone.now())
    except MovedMeanwhile as stale:
        form.add_error(None, str(stale))
        form.renew("expected_seq", get_case(request.actor, case.number).seq)
    except WrongState as refused:
        form.add_error(None, str(refused))
    except Invalid as refused:
        form.take(refused.fields)
    else:
        return True
    return False


def _shown(request: Request, case: Any, form: SplitForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, object] = {
        "case": case, "form": form, "kind": kind_of(case.kind, case.version),
        "photos": [one.file for one in files_of_case(case.pk) if one.file.width],
    }  # fmt: skip
    return page(request, "cases/split.html", context, status=status)


def _offers(actor: Actor, case: Any) -> dict[str, list[tuple[str, str]]]:
    on = timezone.localdate()
    photos = [one for one in files_of_case(case.pk) if one.file.width]
    return {
        "category": [(str(pk), name) for pk, name in category_choices(on)],
        "post": [(str(one.post_id), one.name) for one in candidates(actor, [case], "", on)],
        "photos": [
            (one.file.code, _("Photo %(number)s") % {"number": at})
            for at, one in enumerate(photos, 1)
        ],
    }


def _kept(case: Any, given: QueryDict, rows: int) -> dict[str, Any]:
    """Return what stands in the rows: what was typed before more of them were asked for."""
    typed: dict[str, Any] = {
        name: given.getlist(name) if name.startswith("photos-") else given[name]
        for name in given
        if "-" in name
    }
    for number in range(1, rows + 1):
        if f"title-{number}" in given:
            typed[f"required-{number}"] = f"required-{number}" in given
    return {**typed, "rows": rows, "expected_seq": given.get("expected_seq") or case.seq}
