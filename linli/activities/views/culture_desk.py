"""Culture at the desk: words to release, wishes by subject and season, offers, answers, talents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.activities import permits
from linli.activities.forms.culture import CultureAnswerForm, OfferForm, ReleaseForm, TalentForm
from linli.activities.queries import care, venues
from linli.activities.queries import culture as queries
from linli.activities.rules.culture import read_season
from linli.activities.services import care as care_services
from linli.activities.services import culture as services
from linli.activities.services import talents
from linli.activities.types.culture import SUBJECT_TITLES, WISH_TITLES, WISH_TONES, WishState
from linli.activities.views.culture import season_choices, season_words
from linli.activities.views.frame import GET_POST, answer, desk_way, grounds_of
from linli.kernel.errors import NotFound
from linli.kernel.money import Money
from linli.kernel.paging import Keyset, page_of
from linli.kernel.permits import PERSONAL, require
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.demo import demo_note
from linli.ui.jinja import named

WAITING_FIRST, PAGE = Keyset("waiting", ("-state", "-said_at", "-id")), 25


@never_cache
@require_safe
def desk(request: Request, code: str) -> HttpResponse:
    """The wishes of a season with their sealed words, for whoever releases and answers them."""
    place = venues.open_place(code)
    require(request.actor, permits.EVENTS, at=place.path, level=PERSONAL)
    season = read_season(request.GET.get("season", ""), localdate())
    counts = queries.counts_of(place.path, season)
    form = request.GET.get("format", "")
    if form in ("xlsx", "csv"):
        return _file(counts, season, form)
    found = page_of(queries.wishes_of(place.path, season), WAITING_FIRST, cursor=request.GET.get("cursor"), limit=PAGE)  # fmt: skip
    context: dict[str, object] = {
        "place": place, "season": season, "season_words": season_words(season), "seasons": season_choices(localdate()),
        "found": found, "words": services.read_wishes(place, found.items, actor=request.actor, now=timezone.now()),
        "counts": counts, "subjects": SUBJECT_TITLES, "states": WISH_TITLES, "tones": WISH_TONES,
        "offers": list(queries.offers_at(place.path)), "answers": list(queries.answers_of(place.path, season)),
        "talents": list(queries.talents_at(place.path)), "works": care.with_photos(list(care.care_at(place.path, WishState.WAITS)[:PAGE])),
        "grounds": [one for one in grounds_of(request.actor.paths(permits.EVENTS)) if one[0] != place.code],
        "way": desk_way((_("Culture: wishes and offers"), "")),
    }  # fmt: skip
    return page(request, "activities/culture/desk.html", context)


def _file(counts: list[Any], season: str, form: str) -> HttpResponse:
    heads = [
        pgettext("culture", "Season"),
        _("Subject"),
        _("Wishes"),
        _("Answered"),
        _("Programmes on offer"),
    ]
    rows = [[season, str(SUBJECT_TITLES[one.subject]), one.wishes, one.answered, one.offers] for one in counts]  # fmt: skip
    return download([heads, *rows], name=_("Wishes in culture"), form=form, note=demo_note())


@never_cache
@require_http_methods(GET_POST)
def form(request: Request, code: str, what: str) -> HttpResponse:
    """A form or step about culture: release, offer, offer-end, answer, answer-back, talent, talent-end, talent-reach."""
    place = venues.open_place(code)
    require(request.actor, permits.EVENTS, at=place.path, level=PERSONAL)
    forms = {"offer": _offer, "answer": _answer, "talent": _talent}
    if what in forms:
        return forms[what](request, place)
    steps = {
        "release": _release, "offer-end": _offer_end, "answer-back": _answer_back,
        "talent-end": _talent_end, "talent-reach": _talent_reach, "care": _care,
    }  # fmt: skip
    if what not in steps:
        raise NotFound(what=what)
    if request.method == "POST":
        messages.success(request, steps[what](request, place, whole_number(request.GET.get("id")) or 0))  # fmt: skip
    return done(request, reverse("activities:culture_desk", args=[place.code]))


def _asked(
    request: Request, place: Any, form: Any, title: str, act: Callable[[], Any], said: str = ""
) -> HttpResponse:
    to = reverse("activities:culture_desk", args=[place.code])
    way = desk_way((_("Culture: wishes and offers"), to), (title, ""))
    return answer(request, Asking(title, form, way, to, _("Save"), said or _("Saved."), named(place)), act)  # fmt: skip


def _offer(request: Request, place: Any) -> HttpResponse:
    offer = queries.get_offer(request.actor, whole_number(request.GET["id"]) or 0) if "id" in request.GET else None  # fmt: skip
    initial: dict[str, Any] = {"cost": Money(0)}
    if offer is not None:
        names = ("edition", "who", "subject", "about", "often", "needs")
        initial = {
            **{name: getattr(offer, name) for name in names},
            "programme": offer.title, "programme_en": offer.title_en, "cost": Money(offer.cost_fen),
        }  # fmt: skip
    form = OfferForm(request.POST or None, initial=initial)

    def act() -> None:
        services.keep_offer(
            places.open_place(place.code), form.facts, offer=offer, edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    return _asked(request, place, form, _("Programme on offer"), act)


def _answer(request: Request, place: Any) -> HttpResponse:
    offers = [(str(one.pk), one.title) for one in queries.offers_at(place.path)]
    initial = {name: request.GET.get(name, "") for name in ("season", "subject")}
    form = CultureAnswerForm(
        request.POST or None, seasons=season_choices(localdate()), offers=offers, initial=initial
    )

    def act() -> None:
        services.answer_wishes(places.open_place(place.code), form.facts, actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, place, form, _("Answer wishes"), act, _("Answered; it stands on the public page."))  # fmt: skip


def _talent(request: Request, place: Any) -> HttpResponse:
    form = TalentForm(request.POST or None)
    made: list[Any] = []

    def act() -> None:
        made.append(talents.add_talent(places.open_place(place.code), form.facts, actor=request.actor, now=timezone.now()))  # fmt: skip

    response = _asked(request, place, form, _("Local talent"), act, _("Entered as agreed."))
    if made:
        words = _(
            "Give them this code: %(code)s. With it they can take their consent back at once."
        )
        messages.success(request, words % {"code": made[0].code})
    return response


def _release(request: Request, place: Any, wish_id: int) -> str:
    wish = queries.get_wish(request.actor, wish_id)
    said = ReleaseForm(request.POST).accepted()
    shown = said["shown"] if request.POST.get("step") != "unseen" else ""
    services.release_wish(wish, shown, actor=request.actor, now=timezone.now())
    return _("Released.") if shown else _("It counts; its words are not shown.")


def _offer_end(request: Request, place: Any, offer_id: int) -> str:
    services.end_offer(place, offer_id, actor=request.actor, now=timezone.now())
    return _("Taken off the list.")


def _answer_back(request: Request, place: Any, answer_id: int) -> str:
    found = queries.get_answer(request.actor, answer_id)
    services.take_answer_back(found, actor=request.actor, now=timezone.now())
    return _("Taken back; these wishes wait for an answer again.")


def _care(request: Request, place: Any, work_id: int) -> str:
    work, is_shown = care.get_work(request.actor, work_id), request.POST.get("step") != "unseen"
    care_services.decide_care(work, is_shown=is_shown, actor=request.actor, now=timezone.now())
    return _("Released.") if is_shown else _("Not shown; its photos are gone.")


def _talent_end(request: Request, place: Any, talent_id: int) -> str:
    found = queries.get_talent(request.actor, talent_id)
    talents.revoke_talent(found.code, actor=request.actor, now=timezone.now())
    return _("Taken back. Name, words and number are gone.")


def _talent_reach(request: Request, place: Any, talent_id: int) -> str:
    found = queries.get_talent(request.actor, talent_id)
    contact, phone = talents.read_talent(found, _("To ask them"), actor=request.actor, now=timezone.now())  # fmt: skip
    return f"{contact} {phone}"
