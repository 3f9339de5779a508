"""The window: who stands here, what she comes for, what lies on the table; everything by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.cases.types import Channel
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paths import code_of
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings.errors import AlreadyApplied
from linli.offerings.forms.applying import QuestionsForm
from linli.offerings.forms.window import WindowForm
from linli.offerings.queries.applicants import Known, known_person, village_of
from linli.offerings.queries.home_visits import get_home_visit
from linli.offerings.queries.item_versions import item_asked
from linli.offerings.queries.mandates import holding
from linli.offerings.queries.outside_mandates import in_view, under_number
from linli.offerings.queries.window import Choices, choices_at_window, window_places
from linli.offerings.rules.alike import DIGITS
from linli.offerings.rules.applications import (
    asks_whose,
    is_at_window,
    is_for_other,
    known_answers,
    materials_of,
    open_questions,
    turned,
    with_whose,
)
from linli.offerings.services.home_visits import apply_at_home
from linli.offerings.services.window import take_in
from linli.offerings.states import AgencyState
from linli.offerings.types.applications import Applicant, Applied, Applying, ItemAsked
from linli.offerings.views.applying import is_changed
from linli.offerings.views.by_mandate import mandate_asked, refused
from linli.offerings.views.photos_of_papers import (
    KeptPapers,
    form_asked,
    form_given,
    keep_papers,
)
from linli.offerings.views.who_stands_here import MOST, who_stands_here

if TYPE_CHECKING:
    from linli.offerings.models import AgentMandate
    from linli.offerings.views.who_stands_here import Standing

GET_POST = ["GET", "HEAD", "POST"]


def _places(request: Request) -> list[tuple[str, str]]:
    """The places of the window, as (path, name). Refuses with NotFound who takes nothing in."""
    found = window_places(request.actor)
    if not found:
        raise NotFound()
    return found


def _takes_in(places: list[tuple[str, str]], item: ItemAsked) -> list[tuple[str, str]]:
    """The places of the window that offer an item, as (code, name). Refuses with NotFound without one."""
    found = [(code_of(path), name) for path, name in places if item.is_offered_at(path)]
    if not found or not is_at_window(item):
        raise NotFound()
    return found


@never_cache
@require_http_methods(GET_POST)
def window(request: Request) -> HttpResponse:
    """Who stands here, then what for. What was scanned never gets into an address or a history."""
    places = _places(request)
    found = who_stands_here(request)
    outside = _of_card(request, found)
    if found.chosen is not None and not outside:
        query = urlencode({"person": found.chosen})
        return done(request, f"{reverse('offerings:window')}?{query}")
    person, by = _person(request), mandate_asked(request)
    if gone := refused(request, by):
        return gone
    words = request.GET.get("item", "")[:60]
    has_person = person is not None or request.GET.get("person") == "0"
    frame: dict[str, object] = {
        "found": found, "digits": DIGITS, "person": person, "words": words,
        "person_id": person.person_id if person else 0, "has_person": has_person,
        "choices": _may_ask(by, _offered(words, places)) if has_person else None, "by": by,
        "outside": outside[: MOST - (found.chosen is not None)],
        "has_more": len(outside) > MOST - (found.chosen is not None),
    }  # fmt: skip
    return page(request, "offerings/applications/window.html", frame)


def _may_ask(by: AgentMandate | None, found: Choices) -> Choices:
    """What is applied for by a mandate: all, or the one matter that it is for."""
    if by is None or not by.item_key:
        return found
    try:
        return Choices([], [item_asked(by.item_key, localdate())])
    except NotFound:
        return Choices([], [])


def _of_card(request: Request, found_here: Standing) -> list[AgentMandate]:
    """The mandates of somebody of no register by which whoever has the card comes today; she may live here."""
    if not found_here.asked or found_here.is_name:
        return []
    hers = under_number(request.actor, found_here.asked)
    return list(in_view(hers, AgencyState.HELD, localdate())[: MOST + 1])


def _offered(words: str, places: list[tuple[str, str]]) -> Choices:
    return choices_at_window(words, localdate(), MOST, places=[path for path, _name in places])


def _person(request: Request) -> Known | None:
    given = request.POST if request.method == "POST" else request.GET
    person_id = whole_number(given.get("person", ""), least=1)
    return known_person(request.actor, person_id) if person_id else None


@never_cache
@require_http_methods(GET_POST)
def window_apply(request: Request, key: str) -> HttpResponse:
    """Take an application in: questions, papers on the table, then accepted or told what is missing."""
    item, person = item_asked(key, localdate()), _person(request)
    places = _takes_in(_places(request), item)
    by = mandate_asked(request)
    if gone := refused(request, by, item.key):
        return gone
    given = request.POST if request.method == "POST" else request.GET
    answers = with_whose(item, known_answers(item, given.dict()), is_by_agent=by is not None)
    open_ones = open_questions(item, answers)
    frame: dict[str, Any] = {
        "item": item, "person": person, "person_id": person.person_id if person else 0,
        "answers": answers, "visit": given.get("visit", "")[:16], "by": by,
    }  # fmt: skip
    if open_ones:
        frame["form"] = QuestionsForm(item=item, keys=open_ones)
        return page(request, "offerings/applications/window_questions.html", frame)
    return _form(request, item, person, places, frame)


window_apply.reads_freely = True  # type: ignore[attr-defined]  # opening the form takes nothing in


def _form(
    request: Request,
    item: ItemAsked,
    person: Known | None,
    places: list[tuple[str, str]],
    frame: dict[str, Any],
) -> HttpResponse:
    papers, is_post = materials_of(item, frame["answers"]), request.method == "POST"
    home = village_of(request.actor, person) if person else ""
    if frame["visit"]:
        home = code_of(get_home_visit(request.actor, frame["visit"]).path)
    helps = is_for_other(item, frame["answers"])
    form = WindowForm(
        request.POST if is_post else None, request.FILES or None, item=item, papers=papers,
        is_for_other=helps, by_mandate=frame["by"] is not None,
        places=places, is_known=person is not None or frame["by"] is not None,
        mandates=_mandates(person, frame["by"], item),
        initial={"uuid": uuid4(), "place": home if home in dict(places) else places[0][0]},
    )  # fmt: skip
    frame |= {
        "form": form,
        "papers": papers,
        "asked": form_asked(request, item),
        "kept": KeptPapers(),
        "is_one_place": len(places) == 1,
        "is_for_other": helps,
        "turn": turned(frame["answers"]) if asks_whose(item) and not frame["by"] else None,
    }
    if not is_post:
        return page(request, "offerings/applications/window_apply.html", frame)
    kept = keep_papers(request, form)
    frame["kept"] = kept
    asked = frame["asked"]
    frame["is_changed"] = is_changed(request, item)
    if not frame["is_changed"] and form.is_valid() and not (asked and asked.faults):
        try:
            return _taken(request, item, form, frame)
        except Invalid as refusal:
            form.take(refusal.fields)
    status = 200 if kept.is_fresh else 422
    return page(request, "offerings/applications/window_apply.html", frame, status=status)


def _mandates(
    person: Known | None, by: AgentMandate | None, item: ItemAsked
) -> list[tuple[int, str]]:
    if by is not None:
        return [(by.pk, by.agent_masked)]
    found = holding(person.person_id, item.key, localdate()) if person else []
    return [(one.pk, one.agent_masked) for one in found]


def _taken(
    request: Request, item: ItemAsked, form: WindowForm, frame: dict[str, Any]
) -> HttpResponse:
    said, person = form.cleaned_data, frame["person"]
    applicant = Applicant(
        said.get("name") or (person.name if person else ""), said.get("id_number", ""),
        said["phone"], said.get("agent_name", ""), said.get("agent_id", ""), said.get("agent_phone", ""), said["address"],
    )  # fmt: skip
    applying = Applying(
        item=item.key, place=said["place"], applicant=applicant, answers=frame["answers"],
        photos={key: codes for key, codes in frame["kept"].codes.items() if codes},
        brought=form.brought(), delivery=said["delivery"], channel=Channel.VISIT if frame["visit"] else Channel.COUNTER,
        by_sms=said["by_sms"], person_id=person.person_id if person else None,
        agent_basis=said.get("agent_basis", ""), agent_relation=said["agent_relation"],
        agent_mandate_id=said.get("mandate"), language=get_language() or "zh-hans", uuid=said["uuid"],
        item_version=item.version, **form_given(request),
    )  # fmt: skip
    try:
        applied = _filed(frame["visit"], applying, request)
    except AlreadyApplied as again:
        return done(request, reverse("cases:sheet", args=[again.details["number"]]))
    query = urlencode({"code": applied.code, "at": "window"})
    return done(request, f"{reverse('offerings:applied', args=[applied.number])}?{query}")


def _filed(visit: str, applying: Applying, request: Request) -> Applied:
    """Take an application in: at the counter, or at the home that a visit went to."""
    if visit:
        return apply_at_home(visit, applying, actor=request.actor, now=timezone.now())
    return take_in(applying, actor=request.actor, now=timezone.now())
