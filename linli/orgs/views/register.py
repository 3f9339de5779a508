"""Pages that show organisations: the list of a place, and one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request, page
from linli.orgs import permits, queries
from linli.orgs.queries.closing import may_close
from linli.orgs.queries.naming import place_name
from linli.orgs.queries.sheets import register_wanted
from linli.orgs.views.answering import name_of, way_to
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.runtime.queries import offered
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.downloads import list_download

# the day of the plan: what a department was called then stands beside its name of today
PLAN_DAY = date(2016, 12, 23)
FILES = ("csv", "xlsx")


@require_safe
def start(request: Request) -> HttpResponse:
    """Lead to the organisations of the place where the actor works, else to the city's."""
    paths = [grant.path for grant in request.actor.grants]
    if paths:
        return redirect("orgs:at", code=code_of(max(paths, key=len)))
    city = places.places_of_level("city").first()
    return redirect("orgs:at", code=city.code if city else "0")


@require_safe
def organisation_list(request: Request, code: str) -> HttpResponse:
    """List the organisations of a place, filtered, or as a file."""
    place, way = way_to(code, (_("Organisations"), ""))
    wanted, form = register_wanted(request.GET.dict(), place), request.GET.get("format", "")
    if form in FILES:
        found = queries.all_organisations(request.actor, wanted, on=localdate())
        return list_download(request, "orgs.register", found, place=code)
    limit, cursor = clean_limit(request.GET.get("limit")), request.GET.get("cursor")
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Organisations of %(place)s") % {"place": place_name(place)},
        "found": queries.organisations(
            request.actor, wanted, on=localdate(), cursor=cursor, limit=limit
        ),
        "wanted": wanted,
        "here": address_of(request),
        "kinds": [("", _("All kinds")), *((k.code, name_of(k)) for k in queries.kinds())],
        "columns": [
            col(_("Organisation")),
            col(_("Kind of body")),
            col(_("Place")),
            col(_("Office phone")),
        ],
        "doors": _doors(request.actor, place),
        "may_add": request.actor.may(permits.EDIT, at=place.path),
        "place_name": place_name,
        **offered(request.actor, "orgs.register"),
    }
    return page(request, "orgs/list.html", context, part="orgs/_rows.html")


def _doors(actor: Actor, place: PlaceRow) -> list[tuple[str, str, None, bool]]:
    """What else there is to see at a place, as far as the actor may."""
    pages = [(_("Service centres"), "orgs:centres"), (_("Pairings"), "orgs:pairings")]
    if actor.may(permits.STAFF_LIST, at=place.path):
        pages += [(_("Staff"), "orgs:staff"), (_("Certificates"), "orgs:certificates")]
        pages += [(_("Training"), "orgs:training")]
    if actor.may(permits.IMPORT, at=place.path):
        pages += [(_("Import posts and staff"), "orgs:import")]
    if actor.may(permits.PARTY, at=place.path):
        pages += [(_("Party organisations"), "orgs:party")]
    here = (_("Organisations"), reverse("orgs:at", args=[place.code]), None, True)
    return [here, *((t, reverse(name, args=[place.code]), None, False) for t, name in pages)]


@require_safe
def organisation_page(request: Request, code: str) -> HttpResponse:
    """Show one organisation: names by date, what it stands under, its posts and their holders."""
    actor, today = request.actor, localdate()
    organisation = queries.get_organisation(actor, code, on=today)
    place, way = way_to(organisation.place.code)
    lines = queries.reorganisations_of(actor, organisation)
    keeper = permits.keeper_of(organisation.level)
    context: dict[str, object] = {
        "organisation": organisation,
        "place": place,
        "way": [
            *way,
            (_("Organisations"), reverse("orgs:at", args=[place.code])),
            (name_of(organisation), ""),
        ],
        "title": name_of(organisation),
        "today": today,
        "versions": queries.versions_of(organisation),
        "relatives": queries.relatives_of(actor, organisation, on=today),
        "lines": lines,
        "names": queries.names_for_lines(lines, today),
        "then_and_now": _then_and_now(organisation, today) if lines else None,
        "may_edit": actor.may(keeper, at=organisation.path),
        "may_close": may_close(actor, organisation),
        "may_shape": actor.may(permits.kinds_of(organisation.level), at=organisation.path),
        "may_appoint": actor.may(permits.appointer_of(organisation.level), at=organisation.path),
        "may_reorganise": actor.may(permits.REORGANISE, at=organisation.path),
        "is_centre": organisation.kind_id in queries.CENTRES,
        "centre": queries.get_centre(organisation.pk),
        "ended": _ended(actor, organisation),
        **_posts(actor, organisation, today),
    }
    return page(request, "orgs/organisation.html", context)


def _posts(actor: Actor, organisation: Any, today: date) -> dict[str, object]:
    """The posts that the actor sees; who stands in for a vacant one is shown to staff alone."""
    sees_all = queries.sees_all_posts(actor, organisation)
    posts = queries.posts_with_holders(organisation, today, public_only=not sees_all)
    vacant = [post.post_id for post in posts if post.is_unmanned and post.seats == 1]
    acting = queries.acting_holders(vacant, today) if sees_all and vacant else {}
    return {"posts": posts, "acting": acting}


def _ended(actor: Actor, organisation: Any) -> list[Any]:
    """Whoever keeps the posts finds those that were closed, to open one again."""
    keeps = actor.may(permits.keeper_of(organisation.level), at=organisation.path)
    if not keeps or organisation.closed_on:
        return []
    return list(queries.closed_posts(actor, organisation))


def _then_and_now(organisation: Any, today: date) -> tuple[str, str]:
    return queries.name_on(organisation, PLAN_DAY), queries.name_on(organisation, today)
