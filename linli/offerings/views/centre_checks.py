"""One check of the six norms: norm by norm with evidence, filed at the end; the empty sheet for a visit on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.cases.queries.reading import cases_numbered
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.offerings.forms.centres import FileCheckForm, NormForm
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.queries.norms import norms
from linli.offerings.rules.centres import tally_of
from linli.offerings.services import centre_checks as services
from linli.offerings.types.centres import (
    BY_TITLES,
    CHECK_TITLES,
    CHECK_TONES,
    MET_TITLES,
    MET_TONES,
    CheckBy,
)
from linli.offerings.views.centre_desk import way_of
from linli.offerings.views.visit_frame import GET_POST
from linli.orgs import queries as orgs
from linli.ui.formats import day_plain


@require_http_methods(GET_POST)
def check(request: Request, check_id: int) -> HttpResponse:
    """A check: what was found, the form of one norm while it is filled in, and how it is filed."""
    found = held_checks.get_check(request.actor, check_id)
    fills = found.filed_at is None and held_checks.may_fill(request.actor, found)
    said = held_checks.said_of(found)
    chosen = next((n for n in norms() if n.key == request.GET.get("norm")), norms()[0])
    ask = NormForm(
        request.POST or None if "file" not in request.POST else None, request.FILES or None,
        points=chosen.points, said=said, initial={"edition": found.edition},
    )  # fmt: skip
    end = FileCheckForm(
        request.POST if "file" in request.POST else None, initial={"edition": found.edition}
    )
    if request.method == "POST":
        require(request.actor, services.PERMITS[CheckBy(found.by)], at=found.path)
        moved = _moved(request, found, chosen.key, ask, end)
        if moved is not None:
            return moved
    body = orgs.organisation_by_id(request.actor, found.centre_id, on=localdate())
    numbers = [one.case_number for one in said.values() if one.case_number]
    title = f"{BY_TITLES[CheckBy(found.by)]} {day_plain(found.on)}"
    context: dict[str, object] = {
        "check": found, "centre": body, "said": said, "norms": norms(), "chosen": chosen, "fills": fills,
        "tallies": tally_of(norms(), {key: one.met for key, one in said.items()}),
        "evidence": held_checks.evidence_of(said), "form": ask, "end": end, "met": MET_TITLES, "tones": MET_TONES,
        "cases": {one.number: one for one in cases_numbered(request.actor, numbers)}, "title": title,
        "states": CHECK_TITLES, "state_tones": CHECK_TONES, "way": way_of(body, (title, "")),
    }  # fmt: skip
    name = "sheet" if request.GET.get("format") == "print" else "check"
    status = 422 if ask.is_bound or end.is_bound else 200
    return page(request, f"offerings/centres/{name}.html", context, status=status)


def _moved(
    request: Request, found: Any, norm: str, ask: NormForm, end: FileCheckForm
) -> HttpResponse | None:
    """Do what was sent; nothing where it has to be corrected."""
    now, here = timezone.now(), reverse("offerings:centre_check", args=[found.pk])
    form = end if "file" in request.POST else ask
    if "drop" in request.POST:
        services.drop_check(found, actor=request.actor, now=now)
        messages.success(request, _("Put away."))
        body = orgs.organisation_by_id(request.actor, found.centre_id, on=localdate(now))
        return done(request, reverse("offerings:centre_desk", args=[body.code]))
    if not form.is_valid():
        return None
    edition = form.cleaned_data["edition"]
    try:
        if form is end:
            services.file_check(found, end.cleaned_data["summary"], edition=edition,
                                actor=request.actor, now=now)  # fmt: skip
            messages.success(request, _("Filed. What is not met is with the office as a task."))
            return done(request, here)
        services.answer_norm(found, norm, ask.said, edition=edition, actor=request.actor, now=now)
    except Invalid as fault:
        form.take(fault.fields)
        return None
    except WrongState as fault:
        form.add_error(None, str(fault))
        return None
    messages.success(request, _("Saved."))
    keys = [one.key for one in norms()]
    after = keys[keys.index(norm) + 1] if norm != keys[-1] else norm
    return done(request, f"{here}?norm={after}")
