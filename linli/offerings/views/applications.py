"""Steps of an application at the desk: checked, given to departments, handed over, paid, printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.queries.candidates import Candidate, candidates
from linli.cases.types import AssignmentRole
from linli.cases.types.moves import At, To
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import Permit
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms import distributing
from linli.offerings.forms import window as forms
from linli.offerings.forms.applying import BROUGHT
from linli.offerings.queries.applications import Overview, application_of, case_for, overview_of
from linli.offerings.queries.deciding import deciding
from linli.offerings.services import checking, delivering, papers, parts
from linli.offerings.types.applications import Checked, Handed, Paper, PartWish
from linli.ui.asking import acted
from linli.ui.formats import money
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]


def opened(request: Request, number: str, permit: Permit = permits.RECEIVE) -> tuple[Any, Overview]:
    """Return the case and its application to who holds the permit. Refuses with NotFound."""
    case = case_for(request.actor, number, permit)
    found = overview_of(case.pk)
    assert found is not None, "the case of an application"
    return case, found


def sheet_of(number: str) -> str:
    return reverse("cases:sheet", args=[number])


@never_cache
@require_http_methods(GET_POST)
def check(request: Request, number: str) -> HttpResponse:
    """Look at each paper: accept, tell once what is missing, or take in what was missing."""
    case, it = opened(request, number)
    is_supply = case.state == "correction"
    hers = [one for one in it.papers if one.row is not None]
    asked = [one for one in hers if not is_supply or one.row and one.row.state == Paper.LACKING]
    first = {
        f"{BROUGHT}{one.material.key}": one.row is not None
        and one.row.state in (Paper.GIVEN, Paper.CHECKED)
        for one in asked
    }
    form = forms.CheckForm(
        request.POST or None, papers=[one.material for one in asked],
        initial={"expected_seq": case.seq, **first},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return _checked(request, case, form)
        except Invalid as wrong:
            form.take(_as_fields(wrong.fields))
        except WrongState as wrong:
            form.add_error(None, str(wrong))
    frame = {"case": case, "form": form, "it": it, "is_supply": is_supply}
    status = 422 if form.is_bound else 200
    return page(request, "offerings/applications/check.html", frame, status=status)


def _as_fields(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is wrong with a paper stands beside its box."""
    return {name.replace("paper_", BROUGHT, 1): words for name, words in fields.items()}


def _checked(request: Request, case: Any, form: forms.CheckForm) -> HttpResponse:
    at, actor, now = At(case.pk, form.cleaned_data["expected_seq"]), request.actor, timezone.now()
    step = request.POST.get("step", "")
    if step == "supply":
        checking.take_supply(at, form.brought(), actor=actor, now=now)
        messages.success(request, _("It is taken in; five working days begin anew."))
        return done(request, reverse("offerings:application_check", args=[case.number]))
    if lost := form.lost(accepts=step == "accept"):
        raise Invalid(lost)
    words = form.cleaned_data["words"]
    if step == "accept":
        checking.tick_papers(case.pk, form.brought(), actor=actor, now=now)
        checking.accept_application(at, words, actor=actor, now=now)
        messages.success(request, _("It is accepted. Print the notice on the sheet."))
    elif step == "missing":
        told = Checked(form.lacking(), words)
        checking.ask_correction(at, told, actor=actor, now=now)
        messages.success(
            request,
            _("The applicant has been told what is missing. Print the notice on the sheet."),
        )
    else:
        raise NotFound()
    return done(request, sheet_of(case.number))


def step_of(
    request: Request,
    case: Any,
    form: Form,
    act: Callable[[dict[str, Any]], str],
    **told: Any,
) -> HttpResponse:
    """Show a step's form, or take it: what it came to is told on the sheet."""
    words = acted(request, form, lambda: act(form.cleaned_data))
    if words is not None:
        messages.success(request, words[0])
        return done(request, sheet_of(case.number))
    frame = {"case": case, "form": form, "lead": "", "told": (), **told}
    return page(
        request, "offerings/applications/step.html", frame, status=422 if form.is_bound else 200
    )


@never_cache
@require_http_methods(GET_POST)
def distribute(request: Request, number: str) -> HttpResponse:
    """Choose who decides, and who does a part of it, side by side or one after the other."""
    case, _it = opened(request, number)
    found = {one.post_id: one for one in candidates(request.actor, [case], "", localdate())}
    form = distributing.DistributeForm(
        request.POST or None, posts=_titles(found), leads=_titles(deciding(case, found)),
        initial={"expected_seq": case.seq},
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        lead = found[int(said["lead"])]
        wishes = [
            PartWish(found[post].org_id, post, task, turn) for post, task, turn in form.parts()
        ]
        to = To(AssignmentRole.LEAD, lead.org_id, lead.post_id)
        at = At(case.pk, said["expected_seq"])
        parts.distribute(at, to, wishes, actor=request.actor, now=timezone.now())
        return _("It is with the departments.")

    words = _("Give it to the departments")
    lead = _("Who received it decides nothing. Parts of one turn run side by side.")
    return step_of(request, case, form, act, title=words, button_words=words, lead=lead)


def _titles(found: Mapping[int, Candidate]) -> list[tuple[str, str]]:
    return [(str(one.post_id), f"{one.name} · {one.why}") for one in found.values()]


@never_cache
@require_http_methods(GET_POST)
def deliver(request: Request, number: str) -> HttpResponse:
    """Note how the result was handed over."""
    case, it = opened(request, number)
    form = forms.DeliverForm(request.POST or None, initial={"way": it.application.delivery})

    def act(said: dict[str, Any]) -> str:
        handed = Handed(said["way"], said["proof"])
        delivering.deliver(At(case.pk), handed, actor=request.actor, now=timezone.now())
        return _("It is noted that it was handed over.")

    words, lead = _("Hand the result over"), ""
    if it.open_fen and case.state != "denied":
        lead = _(
            "%(yuan)s of the fee are open. It is handed over once they are paid or let off."
        ) % {"yuan": money(it.open_fen)}
    return step_of(request, case, form, act, title=words, button_words=words, lead=lead)


@never_cache
@require_http_methods(GET_POST)
def give_part(request: Request, number: str, part_id: int) -> HttpResponse:
    """Give a part that was handed back to another post."""
    case, it = opened(request, number)
    part = next((one.part for one in it.parts if one.part.pk == part_id), None)
    if part is None:
        raise NotFound()
    found = {one.post_id: one for one in candidates(request.actor, [case], "", localdate())}
    form = distributing.PartForm(request.POST or None, posts=_titles(found))

    def act(said: dict[str, Any]) -> str:
        to = To(AssignmentRole.JOINT, found[int(said["post"])].org_id, int(said["post"]))
        parts.give_part_to(case.pk, part_id, to, actor=request.actor, now=timezone.now())
        return _("The part is offered to the post.")

    words = _("Give it to another post")
    return step_of(request, case, form, act, title=words, button_words=words, lead=part.task)


@require_POST
def paper(request: Request, number: str, key: str) -> HttpResponse:
    """Number and print a paper of an application, and show it."""
    case = case_for(request.actor, number, permits.RECEIVE, permits.DECIDE)
    made = papers.issue_paper(application_of(case.pk), key, actor=request.actor, now=timezone.now())
    told = {"title": made.title, "number": made.number}
    messages.success(request, _("%(title)s is numbered %(number)s.") % told)
    return done(request, reverse("documents:detail", args=[made.code]))
