"""Centres at the desk: the overview of a town or the city, one centre with all that belongs to it, its forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.offerings import permits
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.queries import centres as queries
from linli.offerings.queries.centre_hours import open_at
from linli.offerings.queries.norms import norms, platform_source, platforms
from linli.offerings.queries.windows import windows_of
from linli.offerings.services import centre_checks
from linli.offerings.types.centres import (
    BY_TITLES,
    CHECK_TITLES,
    CHECK_TONES,
    COST_TITLES,
    SOURCE_TITLES,
    CheckBy,
)
from linli.orgs import queries as orgs
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.asking import Way
from linli.ui.demo import demo_note
from linli.ui.formats import day_plain
from linli.ui.jinja import named
from linli.ui.picking import picked

LIST = "offerings.centres"
SHOWN = 50
FILTERS = ("place", "kind")


def way_of(centre: Any, *more: tuple[str, str]) -> Way:
    """Return the way from the overview to a page about a centre."""
    here = (named(centre), reverse("offerings:centre_desk", args=[centre.code]))
    return [(_("Service centres"), reverse("offerings:centre_list")), here, *more]


@require_safe
def listing(request: Request) -> HttpResponse:
    """The centres that one keeps, oversees or visits, in the order of places; nothing is ranked."""
    queries.require_any(request.actor)
    today, given = localdate(), request.GET
    rows = queries.centres_seen(request.actor, today)
    grounds = queries.grounds_of(rows)
    view = given.get("view", "") if given.get("view", "") in queries.VIEWS else ""
    kind = given.get("kind", "") if given.get("kind", "") in orgs.CENTRES else ""
    wanted = queries.CentresWanted(picked(grounds, given.get("place", "")), kind, view)
    lines = queries.lines_of(rows, wanted)
    form = given.get("format", "")
    if form in ("xlsx", "csv"):
        return _file(lines, form)
    found = page_of_rows(
        lines, lambda one: str(one.row.organisation.pk), cursor=given.get("cursor"),
        limit=clean_limit(given.get("limit") or (1000 if form == "print" else SHOWN)),
    )  # fmt: skip
    context: dict[str, object] = {
        "found": found, "here": address_of(request), "shown": FILTERS, "grounds": grounds, "place": wanted.path,
        "kind": kind, "kinds": [(k.code, named(k)) for k in orgs.kinds() if k.code in orgs.CENTRES],
        "view": view, "views_of_list": _views(), "norms": norms(), "platforms": len(platforms()), "today": today,
        "by": BY_TITLES, **offered(request.actor, LIST),
    }  # fmt: skip
    name = "list_print" if form == "print" else "list"
    return page(request, f"offerings/centres/{name}.html", context)


def _views() -> list[tuple[str, str]]:
    return [
        ("", _("All")), ("unchecked", _("Not checked yet")), ("unmet", _("Norms open")),
        ("unmerged", _("Platforms open")), ("broken", _("Equipment broken")),
    ]  # fmt: skip


def _file(lines: list[Any], form: str) -> HttpResponse:
    heads = [_("Place"), _("Centre"), _("Open since"), _("Windows"), _("Platforms merged"), pgettext("centre", "Equipment"),
             _("Equipment broken"), _("Last check"), _("Who checks"), *(named(one) for one in norms())]  # fmt: skip
    body = []
    for line in lines:
        body.append([
            named(line.row.organisation.place), named(line.row.organisation),
            day_plain(line.row.centre.opened_on) if line.row.centre.opened_on else "",
            line.windows, line.merged, line.devices, line.broken,
            day_plain(line.checked_on) if line.checked_on else "",
            str(BY_TITLES[CheckBy(line.checked_by)]) if line.checked_by else "",
            *(_of(line.tallies.get(one.key)) for one in norms()),
        ])  # fmt: skip
    return download([heads, *body], name=_("Service centres"), form=form, note=demo_note())


def _of(tally: Any) -> str:
    return (
        _("%(met)s of %(applies)s") % {"met": tally.met, "applies": tally.applies} if tally else ""
    )


@require_safe
def desk(request: Request, centre: str) -> HttpResponse:
    """One centre: platforms, staff by posts, equipment, checks beside each other, costs."""
    now, actor = timezone.now(), request.actor
    today = localdate(now)
    body = queries.seen_centre(actor, centre, today)
    sees_money = any(actor.may(one, at=body.path) for one in (queries.KEEPS, queries.OVERSEES))
    costs = queries.costs_of(body.pk) if sees_money else []
    form = request.GET.get("format", "")
    if form in ("xlsx", "csv") and sees_money:
        return _costs_file(body, costs, form)
    checks = held_checks.checks_of(body.pk)
    filed = [one for one in checks if one.filed_at is not None]
    context: dict[str, object] = {
        "centre": body, "today": today, "row": orgs.get_centre(body.pk), "opening": open_at(body.pk, now),
        "serves": [a.place for a in orgs.areas_of([body.pk], today)], "windows": list(windows_of(body.pk)),
        "platforms": platforms(), "merged": queries.platforms_of(body.pk), "platform_source": platform_source(),
        "posts": queries.posts_of(body, today), "training": queries.training_of(actor, body, today.year),
        "devices": queries.devices_of(body.pk), "costs": costs, "table_of_costs": queries.table_of(costs, today.year),
        "cost_titles": COST_TITLES, "source_titles": SOURCE_TITLES, "sees_money": sees_money, "checks": checks,
        "filed": list(reversed(filed)), "tallies": queries.tallies_of([one.pk for one in filed]), "norms": norms(),
        "by": BY_TITLES, "check_titles": CHECK_TITLES, "check_tones": CHECK_TONES,
        "may_keep": actor.may(permits.CENTRES, at=body.path), "may_check": bool(ways_to_check(actor, body)),
        "way": way_of(body)[:-1],
    }  # fmt: skip
    name = "desk_print" if form == "print" else "desk"
    return page(request, f"offerings/centres/{name}.html", context)


def _costs_file(centre: Any, costs: list[Any], form: str) -> HttpResponse:
    heads = [_("Year"), _("For what"), _("Yuan"), _("Whose money"), _("Document"), _("Note")]
    body = [
        [one.year, str(COST_TITLES[one.kind]), one.fen / 100, str(SOURCE_TITLES[one.source]), one.document, one.note]
        for one in costs
    ]  # fmt: skip
    name = _("Running costs of %(centre)s") % {"centre": named(centre)}
    return download([heads, *body], name=name, form=form, note=demo_note())


def ways_to_check(actor: Any, centre: Any) -> list[CheckBy]:
    return [one for one, permit in centre_checks.PERMITS.items() if actor.may(permit, at=centre.path)]  # fmt: skip
