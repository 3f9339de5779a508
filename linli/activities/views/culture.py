"""Culture of a place for everybody: wish without a name, see what was asked, what is offered, what was done."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.activities.forms.culture import RevokeForm, WishTextForm
from linli.activities.queries import culture as queries
from linli.activities.queries import rounds, venues
from linli.activities.rules.culture import read_season, season_of, seasons_before
from linli.activities.services import culture as services
from linli.activities.services import talents
from linli.activities.types.culture import SUBJECT_TITLES, WISHED
from linli.activities.types.rounds import GROUP_TITLES
from linli.activities.views.frame import GET_POST
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, done, page
from linli.runtime.types import client_address, is_fresh, limited

SEASONS, MOST = 8, 60


def season_words(season: str) -> str:
    """Return a season as people say it."""
    year, quarter = season.split("-")
    months = ((1, 3), (4, 6), (7, 9), (10, 12))[int(quarter) - 1]
    return _("%(year)s, months %(first)s to %(last)s") % {
        "year": year, "first": months[0], "last": months[1],
    }  # fmt: skip


def season_choices(today: date) -> list[tuple[str, str]]:
    """Return the latest seasons with their words."""
    return [(one, season_words(one)) for one in seasons_before(season_of(today), SEASONS)]


@limited("activities.culture", WISHED, client_address, counts=is_fresh)
@require_http_methods(GET_POST)
def culture(request: Request, code: str) -> HttpResponse:
    """You asked, we did: wishes of a season by subject, released words, answers, offers, groups, talents."""
    place, today = venues.open_place(code), localdate()
    is_revoking = "code" in request.POST
    form = WishTextForm(None if is_revoking else request.POST or None)
    revoke = RevokeForm(request.POST if is_revoking else None)
    here = reverse("activities:culture", args=[place.code])
    if request.method == "POST" and (revoke if is_revoking else form).is_valid():
        try:
            if is_revoking:
                talents.revoke_talent(revoke.cleaned_data["code"], actor=request.actor, now=timezone.now())  # fmt: skip
                messages.success(request, _("Taken back. Name, words and number are gone."))
            else:
                said = form.cleaned_data
                services.wish_for(place, said["subject"], said["text"], actor=request.actor, now=timezone.now())  # fmt: skip
                messages.success(request, _("Thank you. Your wish counts from now on."))
        except Invalid as fault:
            form.take(fault.fields)
        except NotFound:
            revoke.add_error("code", _("Nobody is listed under this code."))
        else:
            return done(request, here)
    season = read_season(request.GET.get("season", ""), today)
    words = list(queries.shown_words(place.path, season))
    is_short = len(words) > MOST and request.GET.get("words") != "all"
    context: dict[str, object] = {
        "place": place, "season": season, "season_words": season_words(season), "seasons": season_choices(today),
        "form": form, "revoke": revoke, "counts": queries.counts_of(place.path, season),
        "words": words[:MOST] if is_short else words, "words_more": len(words) - MOST if is_short else 0,
        "answers": list(queries.answers_of(place.path, season)), "offers": list(queries.offers_at(place.path)),
        "talents": list(queries.talents_at(place.path)), "groups": list(rounds.shown_groups(place.path)), "group_titles": GROUP_TITLES,
        "subjects": SUBJECT_TITLES, "keeps": queries.keeps(request.actor, place.path),
        "address": settings.LINLI_PUBLIC_URL + here,
    }  # fmt: skip
    name = "paper" if request.GET.get("format") == "print" else "culture"
    status = 422 if form.is_bound or revoke.is_bound else 200
    return page(request, f"activities/culture/{name}.html", context, status=status)


culture.reads_freely = True  # type: ignore[attr-defined]  # looking at the page wishes nothing
