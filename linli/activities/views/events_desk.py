"""The office's pages of events: list, new, publish, call off, who takes part, check-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.activities.forms.culture import EventPhotosForm, TalkWishForm
from linli.activities.forms.events_desk import CallOffForm, WordsForm
from linli.activities.forms.lists import FamilyFilter, WordsFilter
from linli.activities.forms.taking_part import CheckInForm, OthersForm
from linli.activities.queries import care as care_queries
from linli.activities.queries import events as queries
from linli.activities.queries import narrowing, outcomes
from linli.activities.queries.fees import kept_by, owed_by, stays_of
from linli.activities.services import attending, care, events, takers, thoughts
from linli.activities.types.culture import WISH_TITLES, WISH_TONES
from linli.activities.types.events import seat_in_words
from linli.activities.views.events import event_frame
from linli.activities.views.frame import desk_way, file_kind
from linli.activities.views.list_rows import family_rows
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.ui.asking import acted
from linli.ui.demo import demo_note
from linli.ui.downloads import list_download
from linli.ui.jinja import named

BY_STATE = Keyset("state", ("state", "entered_at", "id"))
PAGE, FEW = 100, 10


def _frame(
    request: Request, event: Any, found: Page[Any] | None = None, /, **more: Any
) -> dict[str, object]:
    """Return what the page takes: families a page at a time, masked, unless all are given in full."""
    form, today, shown = FamilyFilter(request.GET or None), localdate(), event_frame(event)
    families = narrowing.families_wanted(queries.enrolled(event), form.wanted()).select_related(
        "event"
    )
    found = found or page_of(families, BY_STATE, cursor=request.GET.get("cursor"), limit=PAGE)
    sessions: Any = shown["sessions"]
    return {
        **shown, "may_call_off": queries.may_call_off(event, timezone.now()), "due": [one.pk for one in sessions if localdate(one.starts_at) <= today], "found": found,
        "kept": kept_by(found.items), "owed": {one.pk: owed_by(one) for one in found.items}, "filter": form, "seat": seat_in_words,
        "came": queries.came(event, *found.items) if found.items else {}, "told": {}, "call_off": CallOffForm(stays_fen=stays_of(event, timezone.now())), "check": CheckInForm(),
        "wish": TalkWishForm(), "photo_form": EventPhotosForm(), "shots": care_queries.photos_of(event),
        "wishes": care_queries.wishes_of(event), "said": list(outcomes.thoughts_of(event)[: FEW + 1]), "few": FEW,
        "word_states": WISH_TITLES, "word_tones": WISH_TONES,
        "way": desk_way((_("Events and courses"), reverse("activities:events_desk")), (named(event), "")), **more,
    }  # fmt: skip


@require_safe
def detail(request: Request, event_id: int) -> HttpResponse:
    """An event for the office; who takes part is masked."""
    event = queries.kept_event(request.actor, event_id)
    if request.GET.get("view") == "words":
        return _words(request, event)
    return page(request, "activities/events/desk.html", _frame(request, event))


def _words(request: Request, event: Any) -> HttpResponse:
    """All that families said of an event, what waits for release first: a page at a time, as a file."""
    form = WordsFilter(request.GET)
    found = narrowing.thoughts_wanted(outcomes.thoughts_of(event), form.wanted())
    if file_kind(request.GET):
        return list_download(request, "activities.words", found, about={"event": event.pk})
    to = reverse("activities:event_desk", args=[event.pk])
    context: dict[str, object] = {
        "event": event, "filter": form, "word_states": WISH_TITLES, "word_tones": WISH_TONES,
        "found": page_of(found, outcomes.WAITING_FIRST, cursor=request.GET.get("cursor"), limit=PAGE),
        "way": desk_way(
            (_("Events and courses"), reverse("activities:events_desk")), (named(event), to),
            (_("What people said"), ""),
        ),
    }  # fmt: skip
    return page(request, "activities/events/words.html", context)


@never_cache
@require_POST
def people(request: Request, event_id: int) -> HttpResponse:
    """The list of who takes part in full, to print and to call, or as a file; the look is recorded."""
    event = queries.kept_event(request.actor, event_id)
    told = takers.read_takers(
        event, _("List of who takes part"), actor=request.actor, now=timezone.now()
    )
    families = list(queries.enrolled(event).select_related("event"))
    if kind := file_kind(request.POST):
        rows = family_rows(event, families, told)
        return download(rows, name=named(event), form=kind, note=demo_note())
    whole = Page(families, None, None, len(families))
    return page(request, "activities/events/desk.html", _frame(request, event, whole, told=told))


@require_POST
def act(request: Request, event_id: int, move: str) -> HttpResponse:
    """Publish an event, call it off with a reason, or decide on what was said of it."""
    event, now = queries.kept_event(request.actor, event_id), timezone.now()
    if move == "publish":
        events.publish_event(event, actor=request.actor, now=now)
    elif move in ("wish", "photos", "photo-away"):
        return _more(request, event, move)
    elif move == "words":
        said = WordsForm(request.POST).accepted()
        _decide_words(request, event, said["thought"], said["shown"])
    elif move == "cancel":
        return _call_off(request, event)
    else:
        raise NotFound(id=event_id)
    messages.success(request, _("Recorded."))
    to = reverse("activities:event_desk", args=[event.pk])
    return done(request, f"{to}?view=words" if request.POST.get("view") == "words" else to)


def _call_off(request: Request, event: Any) -> HttpResponse:
    """Call an event off; of a course that has begun it is asked what of the fee stays."""
    now = timezone.now()
    form = CallOffForm(request.POST, stays_fen=stays_of(event, now))

    def act() -> None:
        events.cancel_event(
            event, form.cleaned_data["reason"], stays_fen=form.stays_fen, actor=request.actor, now=now
        )  # fmt: skip

    if acted(request, form, act) is None:
        frame = _frame(request, event, None, call_off=form)
        return page(request, "activities/events/desk.html", frame, status=422)
    messages.success(request, _off_words(len(queries.taking_part(event))))
    return done(request, reverse("activities:event_desk", args=[event.pk]))


def _off_words(families: int) -> str:
    """Return what the office reads once an event is called off: whether anybody had to be told."""
    if not families:
        return _("Called off. Nobody was enrolled.")
    told = ngettext(
        "Called off. %(num)s family that was enrolled is told why.",
        "Called off. All %(num)s families that were enrolled are told why.", families,
    )  # fmt: skip
    return told % {"num": families}


def _decide_words(request: Request, event: Any, thought: int, shown: str) -> None:
    """Release words as they are to be shown, keep them unseen, or let them wait again."""
    actor, now, step = request.actor, timezone.now(), request.POST.get("step", "")
    if step == "back":
        thoughts.take_words_back(event, thought, actor=actor, now=now)
    else:
        thoughts.decide_words(event, thought, shown if step == "show" else "", actor=actor, now=now)


def _more(request: Request, event: Any, move: str) -> HttpResponse:
    """A wish of a talk becomes a case; photos are hung on the event, or one is taken away."""
    now, frame = timezone.now(), dict[str, object]()
    wish, photos = TalkWishForm(request.POST), EventPhotosForm(request.POST, request.FILES)
    form: Any = wish if move == "wish" else photos
    try:
        if move == "photo-away":
            care.take_photo_away(event, request.POST.get("file", "")[:20], actor=request.actor, now=now)  # fmt: skip
        elif not form.is_valid():
            frame = {"wish" if move == "wish" else "photo_form": form}
        elif move == "wish":
            care.note_wish(event, wish.cleaned_data["wish"], actor=request.actor, now=now)
        else:
            said = photos.cleaned_data
            care.keep_photos(event, said["photos"], has_consent=said["consent"], actor=request.actor, now=now)  # fmt: skip
    except Invalid as fault:
        form.take(fault.fields)
        frame = {"wish" if move == "wish" else "photo_form": form}
    if frame:
        return page(
            request,
            "activities/events/desk.html",
            _frame(request, event, None, **frame),
            status=422,
        )
    messages.success(request, _("Recorded."))
    return done(request, reverse("activities:event_desk", args=[event.pk]))


@require_POST
def check_in(request: Request, event_id: int, session_id: int) -> HttpResponse:
    """Record who came to a session, by the code on her page or from the list."""
    event, form = queries.kept_event(request.actor, event_id), CheckInForm(request.POST)

    def act() -> None:
        session = queries.session_of(event, session_id)
        try:
            found = queries.enrolment_by_code(form.cleaned_data["code"])
        except NotFound as unknown:
            raise Invalid({"code": [_("This code has no place at this event.")]}) from unknown
        attending.check_in(
            session, found, form.cleaned_data["people"], actor=request.actor, now=timezone.now()
        )

    return _noted(request, event, form, act)


@require_POST
def others(request: Request, event_id: int, session_id: int) -> HttpResponse:
    """Record how many came to a session without signing up."""
    event, form = queries.kept_event(request.actor, event_id), OthersForm(request.POST)

    def act() -> None:
        session = queries.session_of(event, session_id)
        attending.count_others(session, form.cleaned_data["others"], actor=request.actor, now=timezone.now())  # fmt: skip

    return _noted(request, event, form, act)


def _noted(request: Request, event: Any, form: Any, act: Callable[[], None]) -> HttpResponse:
    if acted(request, form, act) is None:
        frame = _frame(request, event, check=form)
        return page(request, "activities/events/desk.html", frame, status=422)
    messages.success(request, _("Recorded."))
    return done(request, reverse("activities:event_desk", args=[event.pk]))
