"""Connections to other systems: how they stand, letters that go out, days that were compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.exchange.forms import LetterForm
from linli.exchange.queries import connections as queries
from linli.exchange.queries.connection_tabs import tabs_for
from linli.exchange.queries.connections import LettersWanted
from linli.exchange.services import letters as services
from linli.exchange.types import connection_titles as titles
from linli.exchange.types.connections import System
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.asking import Asking, answer_with
from linli.ui.demo import demo_note
from linli.ui.downloads import list_download
from linli.ui.formats import day_plain, money

GET_POST = ["GET", "HEAD", "POST"]
LIST = "exchange.letters"
SHOWN = 50
FILTERS = ("state", "system", "q")


def tabs_of(request: Request, current: str) -> list[tuple[Any, str, None, bool]]:
    """Return the tabs of the pages about connections."""
    return [
        (words, reverse(name), None, key == current) for key, words, name in tabs_for(request.actor)
    ]


@require_safe
def overview(request: Request) -> HttpResponse:
    """Every connection: whether there is one, when it last went well, what went wrong since."""
    queries.require_any(request.actor)
    rows = [
        (one, titles.SYSTEM[one.system], queries.way_of(System(one.system)),
         titles.fault_words(one.row.fault) if one.row and one.row.fault else "")
        for one in queries.standings(request.actor)
    ]  # fmt: skip
    context: dict[str, object] = {"tabs": tabs_of(request, "connections"), "rows": rows}
    return page(request, "exchange/connections/overview.html", context)


def wanted_of(given: Any) -> LettersWanted:
    """Return which letters an address asks for. Refuses with Invalid."""
    state, system = given.get("state", ""), given.get("system", "")
    if (state and state not in titles.LETTER_STATE) or (system and system not in titles.SYSTEM):
        raise Invalid(
            {"state": [", ".join(titles.LETTER_STATE)], "system": [", ".join(titles.SYSTEM)]}
        )
    return LettersWanted(state, system, given.get("q", "").strip()[:64])


@require_safe
def letter_list(request: Request) -> HttpResponse:
    """Letters by where they stand; those that could not be sent wait for a person."""
    queries.require_any(request.actor)
    wanted = wanted_of(request.GET)
    if request.GET.get("format") in ("xlsx", "csv"):
        return list_download(request, LIST, queries.narrowed(request.actor, wanted))
    found = queries.list_letters(
        request.actor, wanted, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit") or SHOWN),
    )  # fmt: skip
    context: dict[str, object] = {
        "tabs": tabs_of(request, "letters"), "found": found, "here": address_of(request), "shown": FILTERS,
        "states": titles.LETTER_STATE, "tones": titles.LETTER_TONE, "systems": titles.SYSTEM,
        "told": titles.told_words, "fault_words": titles.fault_words,
        "names": PLACE_NAMES.call([one.path for one in found.items]), **offered(request.actor, LIST),
    }  # fmt: skip
    return page(request, "exchange/connections/letters.html", context)


@never_cache
@require_http_methods(GET_POST)
def letter(request: Request, letter_id: int) -> HttpResponse:
    """One letter: what it tells, what became of it; one that could not be sent goes again or is let go."""
    found = queries.get_letter(request.actor, letter_id)
    form, is_again = LetterForm(request.POST or None), request.POST.get("move") == "again"

    def act() -> None:
        if is_again:
            services.revive_letter(found, actor=request.actor, now=timezone.now())
        else:
            why = form.cleaned_data["why"]
            services.drop_letter(found, why, actor=request.actor, now=timezone.now())

    title, home = f"{found.ref} / {found.seq}", reverse("exchange:letters")
    said = (
        _("It is sent again within a minute.")
        if is_again
        else _("It is let go; what waited behind it goes on.")
    )
    asking = Asking(
        title, form, [(_("Letters out"), home), (title, "")], home, _("Let it go"), said
    )
    context: dict[str, object] = {
        "one": found, "states": titles.LETTER_STATE, "tones": titles.LETTER_TONE,
        "system": titles.SYSTEM[found.system], "told": titles.told_words, "answered": titles.ANSWERED,
        "fault": titles.fault_words(found.fault) if found.fault else "",
        "before": queries.letters_before(found), "place": PLACE_NAMES.call([found.path]).get(found.path, ""),
    }  # fmt: skip
    return answer_with("exchange/connections/letter.html", request, asking, act, **context)


@require_safe
def day_list(request: Request) -> HttpResponse:
    """Days that were compared with the other side, newest first."""
    found = queries.comparisons(
        request.actor, cursor=request.GET.get("cursor"), limit=clean_limit(SHOWN)
    )
    context: dict[str, object] = {
        "tabs": tabs_of(request, "days"), "found": found, "systems": titles.SYSTEM,
    }  # fmt: skip
    return page(request, "exchange/connections/days.html", context)


@require_safe
def day(request: Request, system: str, on: str) -> HttpResponse:
    """What both sides counted of a day, and every row in which they differ; also as a file."""
    try:
        asked = date.fromisoformat(on)
    except ValueError:
        raise NotFound(on=on) from None
    found = queries.get_comparison(request.actor, system, asked)
    rows = [
        (
            number,
            titles.COMPARED.get(what, what),
            _said(found.system, theirs),
            _said(found.system, ours),
        )
        for number, what, theirs, ours in found.differences
    ]
    form = request.GET.get("format", "")
    if form in ("xlsx", "csv"):
        heads = [_("Their number"), _("Difference"), _("The other side says"), _("We say")]
        sums = [[_("Day"), day_plain(found.on), found.theirs, found.ours]]
        name = _("Comparison of %(day)s") % {"day": found.on.isoformat()}
        lines = [[number, str(what), theirs, ours] for number, what, theirs, ours in rows]
        return download([heads, *sums, *lines], name=name, form=form, note=demo_note())
    context: dict[str, object] = {
        "one": found, "rows": rows, "system": titles.SYSTEM[found.system], "here": address_of(request),
    }  # fmt: skip
    return page(request, "exchange/connections/day.html", context)


def _said(system: str, state: str) -> str:
    if system == System.PAYMENTS:
        return money(int(state)) if state else ""
    return str(titles.HALL_STATE.get(state) or titles.ANSWERED.get(state, state))
