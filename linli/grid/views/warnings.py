"""Warnings of weather: everybody reads them; an office passes them on, with picture and texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.grid import permits
from linli.grid.clients.pictures import picture_of
from linli.grid.forms.warnings import PostForm, WarningForm
from linli.grid.queries import storms
from linli.grid.queries import warnings as queries
from linli.grid.services import warning_posts as posts
from linli.grid.services import warnings
from linli.grid.views.frame import GET_POST, answer
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.paging import Keyset, page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request, done, drawing_answer, page
from linli.notices.permits import PUBLISH, WRITE
from linli.orgs.queries.homes import office_of
from linli.places import queries as places
from linli.rulebook.types import Certainty
from linli.ui.asking import Asking, Way
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.grid.models import WeatherWarning
    from linli.places.models import Place

NEWEST = Keyset("new", ("-issued_at", "-id"))
PAGE = 20
# how long a warning stands among the notices if nobody lifts it
USUAL_DAYS = 3


@dataclass(frozen=True, slots=True)
class There:
    """A warning with its place, as an address names it."""

    warning: WeatherWarning
    place: Place

    @property
    def url(self) -> str:
        return reverse("grid:warning", args=[self.warning.pk])


@require_safe
def public(request: Request, code: str) -> HttpResponse:
    """The warnings for a place: those that hold in full, and those that are over."""
    place = places.get_place(code)
    past = page_of(
        queries.warnings_at(place.path).filter(lifted_at__isnull=False), NEWEST,
        cursor=request.GET.get("cursor"), limit=PAGE,
    )  # fmt: skip
    context: dict[str, object] = {
        "place": place, "found": past, "past": queries.told_of(past.items),
        "held": queries.told_of(queries.in_force(place.path)[:PAGE]),
        "may_declare": request.actor.may(permits.DECLARE, at=place.path),
    }  # fmt: skip
    return page(request, "grid/warnings.html", context)


@require_safe
def picture(request: Request, warning_id: int) -> HttpResponse:
    """The picture of a warning, to be sent on and hung up; for everybody."""
    at = _there(warning_id)
    drawn = picture_of(_words(at), is_invented=at.place.is_invented)
    return drawing_answer(drawn, f"warning-{warning_id}.png")


@require_http_methods(GET_POST)
def pass_on(request: Request, code: str) -> HttpResponse:
    """Pass a warning on to a place and all below it."""
    place = storms.ground_for(request.actor, code)
    require(request.actor, permits.DECLARE, at=place.path)
    office = office_of(place.path, localdate())
    form = _form(request, place, {"call": office.phone if office else ""})
    made: list[WeatherWarning] = []

    def act() -> None:
        made.append(warnings.pass_on(
            places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
        ))  # fmt: skip

    title = _("Pass a warning on")
    asking = Asking(
        title=title, form=form, way=_way(request, place, (title, "")), to=_storms(place), submit=_("Pass on"),
        said=_("Passed on. Picture and texts are ready."), lead=_where_from(place),
    )  # fmt: skip
    response = answer(request, asking, act)
    return done(request, There(made[0], place).url) if made else response


@require_safe
def detail(request: Request, warning_id: int) -> HttpResponse:
    """A warning at the desk: its picture, the text for a posting, the text to be read out."""
    at = _here(request, warning_id)
    told = _words(at)
    context: dict[str, object] = {
        "one": at.warning, "place": at.place, "told": told, "texts": queries.texts_of(told),
        "way": _way(request, at.place, (told.title, "")), "law": at.warning.law["values"][0],
        "may_declare": request.actor.may(permits.DECLARE, at=at.place.path),
        "may_post": _may_post(request, at), "posted": queries.posted_of(at.warning),
    }  # fmt: skip
    name = "warning_print" if request.GET.get("format") == "print" else "warning"
    return page(request, f"grid/{name}.html", context)


@require_http_methods(GET_POST)
def correct(request: Request, warning_id: int) -> HttpResponse:
    """Correct the words of a warning that holds."""
    at = _here(request, warning_id)
    require(request.actor, permits.DECLARE, at=at.place.path)
    one = at.warning
    initial = {
        "edition": one.edition, "signal": f"{one.kind}:{one.level}", "origin": one.origin,
        "coming": one.coming, "advice": "\n".join(one.advice), "call": one.phone,
    }  # fmt: skip
    form = _form(request, at.place, initial)

    def act() -> None:
        warnings.correct_warning(
            one, form.facts, edition=form.cleaned_data["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("Correct a warning")
    asking = Asking(
        title=title, form=form, to=at.url, submit=_("Record"), said=_("The warning is corrected."),
        way=_way(request, at.place, (_words(at).title, at.url), (title, "")),
        lead=_("Another signal is a new warning: pass it on anew."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def post(request: Request, warning_id: int) -> HttpResponse:
    """Post a warning as a notice: on the list and the page, the feed, the touch screen, on paper."""
    at = _here(request, warning_id)
    if not _may_post(request, at):
        raise NotAllowed(permit=PUBLISH.name, at=at.place.path)
    form = PostForm(
        request.POST or None, initial={"edition": at.warning.edition, "days": USUAL_DAYS}
    )

    def act() -> None:
        given = form.cleaned_data
        posts.post_warning(
            at.warning, days=given["days"], edition=given["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("Post it as a notice")
    asking = Asking(
        title=title, form=form, to=at.url, submit=_("Publish"), said=_("Posted; everybody reads it now."),
        way=_way(request, at.place, (_words(at).title, at.url), (title, "")),
        lead=_("It stands among the notices of the place and all below it: page, feed, touch screen and paper."),
    )  # fmt: skip
    return answer(request, asking, act)


def _may_post(request: Request, at: There) -> bool:
    """Say whether the actor may pass warnings on and publish notices there."""
    return all(
        request.actor.may(one, at=at.place.path) for one in (permits.DECLARE, WRITE, PUBLISH)
    )


@require_POST
def lift(request: Request, warning_id: int) -> HttpResponse:
    """Say that a warning does not hold any more."""
    at = _here(request, warning_id)
    warnings.lift_warning(at.warning, actor=request.actor, now=timezone.now())
    messages.success(request, _("Lifted. Picture and texts now say so."))
    return done(request, at.url)


def _there(warning_id: int) -> There:
    one = queries.get_warning(warning_id)
    return There(one, places.get_place(code_of(one.path)))


def _here(request: Request, warning_id: int) -> There:
    """Return a warning that concerns a place where the actor works. Refuses with NotFound."""
    at = _there(warning_id)
    if not storms.concerns(request.actor, at.place.path):
        raise NotFound(id=warning_id)
    return at


def _words(at: There) -> Any:
    return queries.words_of(at.warning, named(at.place))


def _form(request: Request, place: Place, initial: dict[str, Any]) -> WarningForm:
    signals = queries.signal_choices(place.path)
    return WarningForm(request.POST or None, signals=[("", _("Choose")), *signals], initial=initial)


def _where_from(place: Place) -> str:
    """Return where the list of signals comes from, and how sure it is."""
    found = queries.signals_at(place.path, localdate())
    if not found:
        return ""
    value = found[0][2]
    source = queries.in_language(value.source)
    said = _("Signals by: %(source)s") % {"source": source}
    return f"{said} ({_('to be confirmed')})" if value.certainty == Certainty.CHECK else said


def _storms(place: Place) -> str:
    return reverse("grid:storms", args=[place.code])


def _way(request: Request, place: Place, *more: tuple[str, str]) -> Way:
    here = (_("Flood, typhoon, drought"), _storms(place))
    is_seen = any(request.actor.may(one, at=place.path) for one in storms.SEEN_WITH)
    return [(_("Grid"), reverse("grid:mine")), *([here] if is_seen else []), *more]
