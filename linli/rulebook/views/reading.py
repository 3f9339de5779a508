"""Pages that anyone may read: the list, one parameter, what changes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.clock import add_months
from linli.kernel.dates import NotADate, parse
from linli.kernel.paging import Page, decode_cursor, encode_cursor
from linli.kernel.permits import Actor
from linli.kernel.web import Request, page
from linli.rulebook import permits, queries
from linli.rulebook.errors import NotInForce
from linli.rulebook.law.model import Parameter
from linli.rulebook.law.values import parse_value
from linli.rulebook.queries import LocalRow
from linli.rulebook.types import Certainty, Level
from linli.rulebook.views import exporting
from linli.rulebook.views.wording import context, name, path_of, say, value_words
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.formats import listed

ROWS = 50


@require_safe
def parameter_list(request: Request) -> HttpResponse:
    """List the parameters with the values that hold, filtered, or as a file."""
    on, asked = _day(request), _asked(request)
    rows = queries.rows(asked, on)
    if (form := request.GET.get("format")) in ("csv", "xlsx"):
        return exporting.as_file(rows, on, form)
    found = _slice(rows, request.GET.get("cursor"))
    heads = {group.key: say(group.title) for group in queries.groups()}
    more = context(
        found=found, on=on, asked=asked, here=address_of(request), columns=_columns(),
        heads=heads, unsure=sum(1 for row in rows if _is_unsure(row)), all_count=len(rows),
        groups=[("", _("All areas")), *heads.items()], levels=_levels(), certainties=_certainties(),
        place_code=request.GET.get("place", ""), coming=len(_coming(on)),
        notes=_notes(request, "on"), **offered(request.actor, "rulebook.parameters"),
    )  # fmt: skip
    return page(request, "rulebook/list.html", more)


@require_safe
def parameter_detail(request: Request, key: str) -> HttpResponse:
    """Show one parameter: its value here and now, its history, readings, users and local values."""
    parameter, on = queries.get_parameter(key), _day(request)
    place = path_of(request.GET.get("place", ""))
    try:
        value = queries.lookup(key, place, on)
    except NotInForce:
        value = None
    more = context(
        parameter=parameter, value=value, on=on, words=say(queries.words(value)) if value else "",
        changes=list(reversed(queries.changes_of(parameter))), now=localdate(),
        local=[_shown(row, parameter, request.actor) for row in queries.local_values(key)],
        users=_apps(parameter.used_by), kept_for=_apps(parameter.kept_for),
        place_code=request.GET.get("place", ""),
        group=next(g for g in queries.groups() if g.key == parameter.group),
        may_set=bool(request.actor.paths(permits.SET_VALUE)) or request.actor.is_system,
        here=address_of(request), notes=_notes(request, "on"),
    )  # fmt: skip
    return page(request, "rulebook/detail.html", more)


def _apps(keys: tuple[str, ...]) -> str:
    return listed(name("apps", app) for app in keys)


@require_safe
def changes(request: Request) -> HttpResponse:
    """Show what changed lately and what will change, by day."""
    today = localdate()
    first, last = exporting.period_of(request.GET.dict(), today)
    words = request.GET.get("q", "")
    shows_all = bool(request.GET.get("all"))
    found = [
        c for c in queries.changes_between(first, last, words) if shows_all or not c.only_source
    ]
    days = sorted({change.on for change in found}, reverse=True)
    more = context(
        first=first, last=last, words=words, here=address_of(request), count=len(found), shows_all=shows_all,
        days=[(day, [c for c in found if c.on == day]) for day in days], now=today,
        notes=_notes(request, "from", "to"), **offered(request.actor, "rulebook.changes"),
    )  # fmt: skip
    return page(request, "rulebook/changes.html", more)


@require_safe
def calendar_now(request: Request) -> HttpResponse:
    """Lead to the calendar of this year."""
    return redirect("rulebook:calendar_year", year=localdate().year)


def _day(request: Request) -> date:
    return exporting.typed_day(request.GET.get("on", ""), localdate())


def _notes(request: Request, *days: str) -> list[str]:
    """Return what of the filters could not be used, in words."""
    found = []
    for key in days:
        text = request.GET.get(key, "").strip()
        try:
            if text:
                parse(text, today=localdate())
        except NotADate as fault:
            found.append(f"{text[:40]}: {fault.message}")
    code = request.GET.get("place", "").strip()
    if code and not path_of(code):
        found.append(_("There is no place with the code %(code)s.") % {"code": code[:24]})
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """One local value as its page shows it; `state` is what the state mark takes."""

    row: LocalRow
    words: str
    state: tuple[str, str]
    may_withdraw: bool


def _shown(row: LocalRow, parameter: Parameter, actor: Actor) -> Shown:
    words = value_words(parse_value(row.value), parameter.unit)
    may = row.withdrawn_from is None and actor.may(permits.SET_VALUE, at=row.place)
    return Shown(row, words, _standing(row, localdate()), may)


def _standing(row: LocalRow, today: date) -> tuple[str, str]:
    if row.withdrawn_from and row.withdrawn_from <= today:
        return (_("withdrawn"), "idle")
    if row.valid_from > today:
        return (_("to come"), "run")
    if row.valid_to and row.valid_to < today:
        return (_("lapsed"), "soon")
    return (_("in force"), "done")


def _asked(request: Request) -> queries.Asked:
    get = request.GET.get
    return queries.Asked(
        words=get("q", "")[:80],
        group=get("group", ""),
        certainty=get("certainty", ""),
        level=get("level", ""),
        place=path_of(get("place", "")),
    )


def _slice(rows: list[queries.Row], cursor: str | None) -> Page[queries.Row]:
    """Return one page of rows that are in memory already; the cursor names the first row."""
    keys = [row.key for row in rows]
    wanted = decode_cursor(cursor)[1] if cursor else []
    start = keys.index(wanted[0]) if wanted and wanted[0] in keys else 0
    following, before = start + ROWS, max(start - ROWS, 0)
    return Page(
        items=rows[start:following],
        next=encode_cursor([keys[following]]) if following < len(rows) else None,
        previous=encode_cursor([keys[before]]) if start else None,
        count=len(rows),
    )


def _columns() -> list[object]:
    return [
        col(_("Parameter")), col(_("Value")), col(_("Source")), col(_("Set by")),
        col(_("In force since")), col(_("Certainty")),
    ]  # fmt: skip


def _levels() -> list[tuple[str, str]]:
    return [("", _("All levels")), *((level.value, name("levels", level)) for level in Level)]


def _certainties() -> list[tuple[str, str]]:
    words = [(c.value, exporting.certainty_word(c)) for c in Certainty]
    return [("", _("Confirmed or not")), *words]


def _is_unsure(row: queries.Row) -> bool:
    return row.value is not None and row.value.certainty is Certainty.CHECK


def _coming(on: date) -> list[object]:
    horizon = add_months(on, exporting.LOOKAHEAD_MONTHS)
    return list(queries.changes_between(on + timedelta(days=1), horizon))
