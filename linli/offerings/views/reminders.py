"""The list of a month at the desk, an application begun from it, and what people receive."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.queries.intake import choices_of_places
from linli.kernel.clock import add_months
from linli.kernel.errors import NotFound
from linli.kernel.paging import page_of, page_of_rows
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.errors import AlreadyApplied
from linli.offerings.forms.applying import QuestionsForm, words_of
from linli.offerings.forms.reminders import AGREED_CHOICES, BenefitForm, DecideForm, month_in
from linli.offerings.queries import benefits as queries
from linli.offerings.queries.applicants import Known, known_person
from linli.offerings.queries.item_versions import item_asked
from linli.offerings.queries.reminders import MOST, list_of, place_of
from linli.offerings.queries.window import offered_at_window, window_places
from linli.offerings.rules.applications import known_answers, open_questions
from linli.offerings.services import benefits, reminder_files
from linli.offerings.services.reminding import apply_on_behalf
from linli.offerings.types.reminders import BENEFIT_TITLES, CAUSE_TITLES, Line
from linli.people import permits as people
from linli.people.queries.scopes import Node, node_of_id
from linli.people.queries.turning import names_of
from linli.ui.asking import Asking, answer_with
from linli.ui.downloads import cut_note

GET_POST = ["GET", "HEAD", "POST"]
SHOWN, FIRST_STOPS, MOST_ITEMS = 100, 20, 200
DECISIONS: dict[str, Any] = {
    "stop": gettext_lazy("Stop it"),
    "go_on": gettext_lazy("It goes on"),
    "end": pgettext_lazy("benefit", "It is over"),
}


@never_cache
@require_safe
def listing(request: Request) -> HttpResponse:
    """What falls due in a month at a village, and what the post is asked to stop."""
    place = place_of(request.actor, request.GET.get("place", "").strip()[:24])
    first = month_in(request.GET.get("month", ""), localdate())
    if request.GET.get("view") == reminder_files.STOPS:
        return _stops(request, place, first)
    found = list_of(request.actor, place, first)
    is_paper = request.GET.get("format") == "print"
    stops = queries.asked_to_stop(request.actor, place.path)
    stops_count = stops.count()
    shown = page_of_rows(
        found.lines,
        _mark,
        cursor=request.GET.get("cursor"),
        limit=len(found.lines) or 1 if is_paper else SHOWN,
    )
    frame: dict[str, object] = {
        **_frame(request, place, first, list(stops[: MOST if is_paper else FIRST_STOPS])),
        "found": found, "shown": shown, "lines": shown.items, "before": add_months(first, -1),
        "after": add_months(first, 1), "agreed": AGREED_CHOICES, "village_of": node_of_id,
        "stops_count": stops_count, "cut": cut_note(stops_count, MOST), "elsewhere": queries.asked_to_stop(request.actor).count() - stops_count,
    }  # fmt: skip
    name = "list_print" if is_paper else "list"
    return page(request, f"offerings/reminders/{name}.html", frame)


def _mark(line: Line) -> str:
    due = line.due
    return f"{due.on} {due.person_id} {due.occasion.key} {due.benefit_id}"


def _frame(request: Request, place: Node, first: date, stops: list[Any]) -> dict[str, object]:
    """Return what both lists show: the place and month, and what is asked to stop with names."""
    return {
        "place": place, "first": first, "stamp": f"{first:%Y-%m}",
        "places": choices_of_places(request.actor, permits.RECEIVE), "stops": stops,
        "names": names_of(one.person_id for one in stops), "causes": CAUSE_TITLES,
        "kinds": BENEFIT_TITLES, "may_export": request.actor.may(people.EXPORT, at=place.path),
    }  # fmt: skip


def _stops(request: Request, place: Node, first: date) -> HttpResponse:
    """All that is asked to stop at a place, page by page."""
    found = page_of(
        queries.asked_to_stop(request.actor, place.path), queries.LONGEST_ASKED,
        cursor=request.GET.get("cursor"), limit=SHOWN,
    )  # fmt: skip
    frame = {**_frame(request, place, first, found.items), "found": found}
    return page(request, "offerings/reminders/stops.html", frame)


@require_POST
def act(request: Request, name: str) -> HttpResponse:
    """Order the list as a file, or begin an application for somebody on it."""
    if name == "file":
        return _file(request)
    if name != "apply":
        raise NotFound()
    return _applied(request)


def _file(request: Request) -> HttpResponse:
    job = reminder_files.order_file(
        request.POST.get("place", ""), month_in(request.POST.get("month", ""), localdate()),
        request.POST.get("format", ""), what=request.POST.get("what", ""), actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    messages.success(request, _("The file is being made. You may leave this page."))
    return done(request, reverse("runtime:job_detail", args=[job.code]))


def _person(request: Request, text: str) -> Known:
    person_id = whole_number(text, least=1)
    person = known_person(request.actor, person_id) if person_id else None
    if person is None or not request.actor.paths(permits.RECEIVE):
        raise NotFound()
    return person


def _applied(request: Request) -> HttpResponse:
    given = request.POST
    person, agreed = _person(request, given.get("person", "")), given.get("agreed", "")
    item = item_asked(given.get("item", "")[:80], localdate())
    answers = known_answers(item, given.dict())
    open_ones = open_questions(item, answers)
    if open_ones and agreed:
        form = QuestionsForm(item=item, keys=open_ones)
        frame: dict[str, Any] = {
            "form": form, "item": item, "person": person, "answers": answers, "agreed": agreed,
        }  # fmt: skip
        return page(request, "offerings/reminders/questions.html", frame)
    try:
        applied = apply_on_behalf(
            person.person_id, item.key, agreed, answers=answers, actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
    except AlreadyApplied as again:
        return done(request, reverse("cases:sheet", args=[again.details["number"]]))
    query = urlencode({"code": applied.code, "at": "window"})
    return done(request, f"{reverse('offerings:applied', args=[applied.number])}?{query}")


act.reads_freely = True  # type: ignore[attr-defined]  # questions that are still open take nothing in


@never_cache
@require_http_methods(GET_POST)
def receives(request: Request, person_id: int) -> HttpResponse:
    """What somebody receives or holds, and what is entered besides."""
    person = _person(request, str(person_id))
    here = reverse("offerings:benefits", args=[person.person_id])
    places = [path for path, _name in window_places(request.actor)]
    found = offered_at_window("", localdate(), MOST_ITEMS, places=places)
    items = [(one.key, words_of(one.name)) for one in found]
    form = BenefitForm(request.POST or None, items=items)
    asking = Asking(
        title=person.name, form=form, to=here, submit=_("Enter it"), said=_("It is entered."),
        way=[(_("What falls due"), reverse("offerings:reminders")), (person.name, "")],
    )  # fmt: skip
    return answer_with(
        "offerings/reminders/benefits.html", request, asking,
        lambda: benefits.add_benefit(
            person.person_id, form.facts, actor=request.actor, now=timezone.now()
        ),
        person=person, rows=queries.benefits_of(request.actor, person.person_id),
        kinds=BENEFIT_TITLES, causes=CAUSE_TITLES,
    )  # fmt: skip


@never_cache
@require_http_methods(GET_POST)
def decide(request: Request, benefit_id: int, move: str) -> HttpResponse:
    """Decide that something stops, goes on or is over, with a reason."""
    row = queries.get_benefit(request.actor, benefit_id)
    if move not in DECISIONS:
        raise NotFound()
    person = _person(request, str(row.person_id))
    form = DecideForm(request.POST or None, initial={"version": row.version})
    back = reverse("offerings:benefits", args=[person.person_id])
    asking = Asking(
        title=f"{DECISIONS[move]}: {row.name}", form=form, to=back,
        submit=str(DECISIONS[move]), said=_("It is noted."), lead=_lead(row, person),
        way=[(_("What falls due"), reverse("offerings:reminders")), (person.name, back), (row.name, "")],
    )  # fmt: skip
    return answer_with(
        "offerings/visits/form.html", request, asking,
        lambda: benefits.decide_benefit(
            row.pk, move, form.cleaned_data["reason"], version=form.cleaned_data["version"],
            actor=request.actor, now=timezone.now(),
        ),
    )  # fmt: skip


def _lead(row: Any, person: Known) -> str:
    return _(
        "%(name)s. The payment itself is changed where it is paid; here stands who decided."
    ) % {"name": person.name}
