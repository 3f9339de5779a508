"""Centres at the desk: the overview of a town or the city, one centre with all that belongs to it, its forms."""

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
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.permits import require
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.forms.centres import (
    CheckForm,
    CostBackForm,
    CostForm,
    DeviceForm,
    PlatformForm,
)
from linli.offerings.queries import centres as queries
from linli.offerings.queries.centre_hours import open_at
from linli.offerings.queries.norms import norms, platform_source, platforms
from linli.offerings.queries.windows import windows_of
from linli.offerings.services import centre_checks, centres
from linli.offerings.types.centres import (
    BY_TITLES,
    CHECK_TITLES,
    CHECK_TONES,
    COST_TITLES,
    SOURCE_TITLES,
    CheckBy,
)
from linli.offerings.views.visit_frame import GET_POST, answer
from linli.orgs import queries as orgs
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.asking import Asking, Way
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
    checks = queries.checks_of(body.pk)
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
        "may_keep": actor.may(permits.CENTRES, at=body.path), "may_check": bool(_ways(actor, body)),
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


def _ways(actor: Any, centre: Any) -> list[CheckBy]:
    return [one for one, permit in centre_checks.PERMITS.items() if actor.may(permit, at=centre.path)]  # fmt: skip


@require_http_methods(GET_POST)
def form(request: Request, centre: str, what: str) -> HttpResponse:
    """A form about a centre: a platform, a piece of equipment, a cost, a check that begins."""
    body = queries.seen_centre(request.actor, centre, localdate())
    makers = {
        "platform": _platform, "device": _device, "cost": _cost, "cost-back": _cost_back,
        "check": _check, "platform-apart": _apart, "device-end": _device_end,
    }  # fmt: skip
    if what not in makers:
        raise NotFound(what=what)
    return makers[what](request, body)


def _asked(
    request: Request, centre: Any, form: Any, title: str, act: Callable[[], Any], *, said: str = "",
    submit: str = "",
) -> HttpResponse:  # fmt: skip
    to = reverse("offerings:centre_desk", args=[centre.code])
    asking = Asking(title=title, form=form, way=way_of(centre, (title, "")), to=to,
                    submit=submit or _("Save"), said=said or _("Saved."), lead=named(centre))  # fmt: skip
    return answer(request, asking, act)


def _platform(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    known = platforms().get(request.GET.get("key", ""))
    if known is None:
        raise NotFound()
    held = queries.platforms_of(centre.pk).get(known.key)
    initial = {"merged_on": held.merged_on, "document": held.document} if held else {}
    form = PlatformForm(request.POST or None, initial=initial)

    def act() -> None:
        said = form.cleaned_data
        centres.merge_platform(centre, known.key, said["merged_on"], said["document"],
                               actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, centre, form, named(known), act)


def _apart(request: Request, centre: Any) -> HttpResponse:
    key = request.GET.get("key", "")
    return _done(request, centre, lambda: centres.part_platform(
        centre, key, actor=request.actor, now=timezone.now()))  # fmt: skip


def _device(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    device = queries.get_device(centre.pk, whole_number(request.GET["id"]) or 0) if "id" in request.GET else None  # fmt: skip
    initial = (
        {"edition": device.edition, "title": device.name, "pieces": device.count, "broken": device.broken,
         "note": device.note}
        if device else {}
    )  # fmt: skip
    form = DeviceForm(request.POST or None, initial=initial)

    def act() -> None:
        centres.keep_device(centre, form.facts, device=device, edition=form.cleaned_data["edition"],
                            actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, centre, form, device.name if device else _("New equipment"), act)


def _device_end(request: Request, centre: Any) -> HttpResponse:
    device = queries.get_device(centre.pk, whole_number(request.GET.get("id")) or 0)
    return _done(request, centre, lambda: centres.end_device(
        centre, device, actor=request.actor, now=timezone.now()))  # fmt: skip


def _done(request: Request, centre: Any, act: Callable[[], Any]) -> HttpResponse:
    to = reverse("offerings:centre_desk", args=[centre.code])
    if request.method == "POST":
        act()
        messages.success(request, _("Saved."))
    return done(request, to)


def _cost(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    form = CostForm(request.POST or None, initial={"year": localdate().year})

    def act() -> None:
        centres.note_cost(centre, form.facts, actor=request.actor, now=timezone.now())

    return _asked(request, centre, form, _("Note a cost"), act)


def _cost_back(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    cost = queries.get_cost(centre.pk, whole_number(request.GET.get("id")) or 0)
    form = CostBackForm(request.POST or None)

    def act() -> None:
        centres.withdraw_cost(centre, cost, form.cleaned_data["why"], actor=request.actor, now=timezone.now())  # fmt: skip

    title = _("Take a cost back: %(document)s") % {"document": cost.document}
    return _asked(request, centre, form, title, act, submit=_("Take it back"))


def _check(request: Request, centre: Any) -> HttpResponse:
    ways = _ways(request.actor, centre)
    if not ways:
        raise NotFound(code=centre.code)
    form = CheckForm(request.POST or None, ways=ways, initial={"on": localdate()})

    def act() -> None:
        said = form.cleaned_data
        centre_checks.begin_check(centre, said["by"], said["on"], said.get("body", ""),
                                  actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, centre, form, _("Check the six norms"), act, submit=_("Begin"),
                  said=_("The check is begun. Answer norm by norm; it can wait in between."))  # fmt: skip
