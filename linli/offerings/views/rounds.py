"""Draws for scarce dates: announced and made by the office, entered and checked by everybody."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.ids import code_typed
from linli.kernel.paging import page_of
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.errors import NothingFree
from linli.offerings.forms.rounds import DrawForm, EntryForForm, EntryForm, RoundForm
from linli.offerings.queries import rounds as queries
from linli.offerings.queries.hall import choices_of_items
from linli.offerings.services import draw_offers, drawing, rounds
from linli.offerings.types.rounds import STATE_WORDS
from linli.offerings.types.visits import BOOKS, LOOKS, Way
from linli.offerings.views.tickets import centre_of
from linli.offerings.views.visit_frame import GET_POST, centre_for, way_to
from linli.runtime.types import came_at, client_address, in_line, is_fresh, limited
from linli.ui.formats import day_short

MOST_SHOWN, MOST_ROWS = 500, 30


@require_http_methods(GET_POST)
def listing(request: Request, centre: str) -> HttpResponse:
    """The draws of a centre at the desk, and a new one."""
    body = centre_for(request, centre, permits.WINDOWS)
    form = RoundForm(request.POST or None, items=choices_of_items(localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            made = rounds.open_round(
                body.pk, body.path, form.facts, actor=request.actor, now=timezone.now()
            )
        except Invalid as fault:
            form.take(
                {
                    {"name": "title", "takes_until": "until"}.get(k, k): v
                    for k, v in fault.fields.items()
                }
            )
        else:
            messages.success(
                request, _("The draw is announced. Its days are kept for it from now on.")
            )
            return done(request, reverse("offerings:draw_round", args=[made.code]))
    shown = page_of(
        queries.rounds_of(body.pk),
        queries.LATEST,
        cursor=request.GET.get("cursor"),
        limit=MOST_ROWS,
    )
    context: dict[str, object] = {
        "centre": body, "form": form, "rows": shown.items, "found": shown, "states": STATE_WORDS,
        "progress": queries.progress_of(shown.items),
        "way": way_to(body, (_("Dates by draw"), "")), "now": timezone.now(), "draw_form": DrawForm(),
    }  # fmt: skip
    return page(
        request, "offerings/rounds/list.html", context, status=422 if form.is_bound else 200
    )


@require_POST
def step(request: Request, code: str, move: str) -> HttpResponse:
    """Close, draw or call off."""
    one = queries.round_called(code)
    if not request.actor.may(permits.WINDOWS, at=one.path):
        raise NotFound()
    now, actor = timezone.now(), request.actor
    try:
        if move == "close":
            drawing.close_round(one, actor=actor, now=now)
        elif move == "draw":
            form = DrawForm(request.POST)
            drawing.draw_round(one, form.accepted()["public_value"], actor=actor, now=now)
        elif move == "call-off":
            rounds.call_off(one, actor=actor, now=now)
        else:
            raise NotFound()
    except (WrongState, Invalid) as fault:
        said = " ".join(text for texts in getattr(fault, "fields", {}).values() for text in texts)
        messages.error(request, said or str(fault))
    return done(request, reverse("offerings:draw_rounds", args=[centre_of(one.centre_id).code]))


@in_line
@limited("offerings.draws", BOOKS, client_address, counts=is_fresh)
@require_http_methods(GET_POST)
def public(request: Request, code: str) -> HttpResponse:
    """A draw for everybody: how it works, the form while entries are taken, the outcome with its file."""
    one = queries.round_called(code)
    if asked := code_typed(request.GET.get("entry", "")[:40]):
        # not looked up here: the page of entries counts who guesses codes
        return redirect("offerings:entry", asked.upper() if asked.isascii() else "-")
    serves = request.actor.may(permits.SERVE, at=one.path)
    times = queries.times_of(one) if one.state not in queries.MADE else {}
    days = [
        (on.isoformat(), _("%(day)s, %(count)s times") % {"day": day_short(on), "count": len(free)})
        for on, free in times.items()
    ]
    form = (EntryForForm if serves else EntryForm)(request.POST or None, days=days)
    if request.method == "POST" and form.is_valid():
        way = form.chosen if isinstance(form, EntryForForm) else Way.ONLINE
        try:
            made = rounds.enter(
                one, form.wishes, form.contact, way=way, language=get_language() or "zh-hans",
                actor=request.actor, now=came_at(request),
            )  # fmt: skip
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            return done(request, reverse("offerings:entry", args=[made.code]))
    drawn = list((one.file or {}).get("drawn", {}).items())
    context: dict[str, object] = {
        "round": one, "centre": centre_of(one.centre_id), "form": form, "states": STATE_WORDS,
        "is_open": one.state == "open" and timezone.now() < one.takes_until,
        "days": queries.day_runs(one), "entries": queries.count_entries(one), "drawn": drawn[:MOST_SHOWN], "places": sum(map(len, times.values())),
    }  # fmt: skip
    return page(
        request, "offerings/rounds/round.html", context, status=422 if form.is_bound else 200
    )


public.reads_freely = True  # type: ignore[attr-defined]


@require_safe
def file(request: Request, code: str) -> HttpResponse:
    """The file of a draw that was made, as `linli verify draw` reads it. Refuses with NotFound before."""
    one = queries.round_called(code)
    if one.file is None:
        raise NotFound()
    response = JsonResponse(one.file, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="draw-{one.code}.json"'
    return response


@limited("offerings.codes", LOOKS, client_address)
@require_safe
def entry(request: Request, code: str) -> HttpResponse:
    """An entry for whoever has its code: the wishes, the sign in the list, what came of it."""
    found = queries.entry_called(code)
    one = found.round
    drawn_for = queries.drawn_day(found)
    context: dict[str, object] = {
        "drawn_for": day_short(drawn_for) if drawn_for else "",
        "is_offered": found.visit is not None and found.visit.state == "offered",
        "entry": found, "round": one, "centre": centre_of(one.centre_id), "states": STATE_WORDS,
        "place": queries.place_of(found), "days": [day_short(date.fromisoformat(one)) for one in found.wishes],
        "may_withdraw": one.state == "open" and timezone.now() < one.takes_until and not found.withdrawn_at,
    }  # fmt: skip
    return page(request, "offerings/rounds/entry.html", context)


@limited("offerings.codes", LOOKS, client_address)
@require_POST
def answer(request: Request, code: str, move: str) -> HttpResponse:
    """Take an entry back, or answer what is offered to it."""
    actor, now = request.actor, timezone.now()
    try:
        if move == "back":
            found = rounds.withdraw(code, actor=actor, now=now)
            messages.success(request, _("Your entry is taken back."))
            return done(request, reverse("offerings:draw_round", args=[found.round.code]))
        if move == "take":
            draw_offers.take(code, actor=actor, now=now)
            messages.success(request, _("It is yours. See you there."))
        elif move == "pass":
            draw_offers.pass_on(code, actor=actor, now=now)
            messages.success(request, _("Thank you. It goes to the next in line."))
        else:
            raise NotFound()
    except NothingFree as fault:
        messages.error(request, str(fault))
    return done(request, reverse("offerings:entry", args=[code]))
