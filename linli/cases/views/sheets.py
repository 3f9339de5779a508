"""The sheet of one case: what it is, what happened, who has it, and everything that may be done."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from linli.cases.errors import MovedMeanwhile
from linli.cases.forms.acts import form_of
from linli.cases.forms.sheet import Sent, moves_of, part_acts, steps_of, title_of
from linli.cases.permits import DISPATCH
from linli.cases.queries import sheet as sheets
from linli.cases.queries import telling
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import ceiling_of, get_case
from linli.cases.queries.story import story_of
from linli.cases.services.acting import act as do
from linli.cases.types.acting import Act, Typed
from linli.cases.types.moves import At
from linli.cases.types.sections import sections_of
from linli.files.services import FileRefused
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.web import Request, done, page

EVIDENCE = "evidence"


@require_GET
def sheet(request: Request, number: str) -> HttpResponse:
    """Show one case to who works on it."""
    return page(request, "cases/sheet.html", _context(request, number))


@require_GET
def sheet_print(request: Request, number: str) -> HttpResponse:
    """The same on paper, without what is offered to do."""
    return page(request, "cases/sheet_print.html", _context(request, number))


@require_POST
def act(request: Request, number: str, name: str) -> HttpResponse:
    """Make a move or take a step; what was typed stays when it is refused."""
    case = get_case(request.actor, number)
    kind = kind_of(case.kind, case.version)
    form = form_of(kind, name, request.POST, request.FILES)
    if form is None:
        raise NotFound()
    sent = Sent(name, form, _about(request.POST))
    if not form.is_valid():
        return _again(request, number, sent, status=422)
    given = form.cleaned_data
    typed = Typed(given, uploads=tuple(given.get(EVIDENCE) or ()))
    at = At(case.pk, given["expected_seq"])
    try:
        do(case, name, at, typed, actor=request.actor, now=timezone.now())
    except MovedMeanwhile as stale:
        seen = given["expected_seq"]
        form.renew("expected_seq", get_case(request.actor, number).seq)
        return _again(request, number, sent, status=stale.status, since=seen)
    except FileRefused as refused:
        form.add_error(EVIDENCE if EVIDENCE in form.fields else None, str(refused))
    except Invalid as refused:
        form.take(refused.fields)
    except WrongState as refused:
        form.add_error(None, str(refused))
        return _again(request, number, sent, status=refused.status)
    else:
        told = {"step": title_of(kind, name), "number": number}
        messages.success(request, _("Step taken on %(number)s: %(step)s.") % told)
        return done(request, reverse("cases:sheet", args=[number]))
    return _again(request, number, sent, status=422)


def _about(given: Mapping[str, Any]) -> str:
    """The part or clock that a form is about: there are several of the same form on a sheet."""
    return str(given.get("part") or given.get("clock") or "")


def _again(
    request: Request, number: str, sent: Sent, *, status: int, since: int | None = None
) -> HttpResponse:
    context = _context(request, number, sent)
    if since is not None:
        context["meanwhile"] = [line for line in context["story"] if line.seq > since]
    context["is_shown"] = _is_shown(context)
    if not context["is_shown"]:
        # what cannot be done any more has no form; what was written for it must not be lost
        context["kept"], context["refused"] = sent.form.written(), sent.form.faults
    return page(request, "cases/sheet.html", context, status=status)


def _is_shown(context: Mapping[str, Any]) -> bool:
    """Say whether the form that came back stands on the sheet again, with what is wrong beside it."""
    views = [*context["moves"], *context["steps"], *chain(*context["part_acts"].values())]
    return any(view.is_open and not view.is_bare for view in views)


def _context(request: Request, number: str, sent: Sent | None = None) -> dict[str, Any]:
    actor, now = request.actor, timezone.now()
    case = get_case(actor, number)
    kind = kind_of(case.kind, case.version)
    clocks, parts = sheets.clocks_of(actor, case, now), sheets.parts_of(actor, case)
    is_offered = any(Act.TAKE in part.acts for part in parts)
    waits_for = sheets.parts_awaited(case)
    moves = moves_of(actor, case, sent, is_offered=is_offered, waits_for=waits_for)
    return {
        "case": case,
        "kind": kind,
        "says": kind.says(case.state, case.lead_post_id, case.offered_post_id),
        "told": telling.told_rows(actor, [telling.row_of(case)], now)[0],
        "channel": telling.channel_words(case.channel),
        "story": story_of(case.pk, kind, ceiling=ceiling_of(actor, case)),
        "clocks": clocks,
        "parts": parts,
        "part_acts": part_acts(case, parts, sent),
        "links": sheets.links_of(actor, case),
        "moves": moves,
        "waits_for": waits_for,
        "steps": steps_of(actor, case, clocks, sent),
        "may_offer": case.is_open and actor.may(DISPATCH, at=case.path, level=case.level),
        "sections": _sections(request, case),
        "meanwhile": None,
        "is_shown": False,
        "kept": [],
        "refused": [],
        "faults": sent.form.faults if sent else [],
    }


def _drawn(request: Request, template: str, told: dict[str, Any]) -> Markup:
    # our own template, which escaped what people wrote when it drew it
    return Markup(render_to_string(template, told, request))  # noqa: S704


def _sections(request: Request, case: Any) -> list[tuple[int, Markup]]:
    """What others add to the sheet: the order and the text of each that has something."""
    found = [(one, one.context(request.actor, case)) for one in sections_of(case.kind)]
    return [
        (one.order, _drawn(request, one.template, {**told, "its": told, "case": case}))
        for one, told in found
        if told is not None
    ]
