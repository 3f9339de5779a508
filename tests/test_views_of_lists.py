"""Every list with filters offers to keep them under a name, to those who are signed in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.kernel.testing import client_of
from linli.runtime.services import saved_views
from tests.addresses import Address
from tests.conftest import City

LINLI = Path(__file__).parent.parent / "linli"
OFFICE, PLAN = "ye.shaofen", "city.plan"
# name of the list → its address, and who sees it
LISTS = {
    "access.accounts": ("access/accounts/", OFFICE),
    "access.holders": ("access/holders/", OFFICE),
    "access.requests": ("access/data-requests/", OFFICE),
    "access.rights": ("access/rights/", OFFICE),
    "activities.bookings": ("desk/venues/bookings/", OFFICE),
    "activities.events": ("desk/events/", OFFICE),
    "activities.family_fees": ("desk/events/fees/", OFFICE),
    "activities.groups": ("desk/venues/groups/", OFFICE),
    "cases.calls": ("calls/", OFFICE),
    "cases.list": ("desk/cases/", OFFICE),
    "cases.ratings": ("ratings/", "zeng.xianzhang"),
    "cases.release": ("release/", OFFICE),
    "cases.reopening": ("reopening/", OFFICE),
    "documents.register": ("documents/", OFFICE),
    "documents.seal_book": ("seal-uses/", OFFICE),
    "exchange.letters": ("connections/letters/", "zhou.meiling"),
    "exchange.orders": ("hotline/", "zhou.meiling"),
    "formkit.forms": ("forms/", "zeng.xianzhang"),
    "grid.cells": ("grid/<str:code>/", OFFICE),
    "grid.checks": ("grid/checks/", OFFICE),
    "grid.events": ("grid/events/", OFFICE),
    "grid.heads": ("grid/<str:code>/heads/", OFFICE),
    "grid.homes": ("grid/<str:code>/storms/<int:storm_id>/", OFFICE),
    "grid.kept": ("grid/kept/", OFFICE),
    "grid.stops": ("grid/stops/", OFFICE),
    "grid.storms": ("grid/<str:code>/storms/", OFFICE),
    "grid.teams": ("grid/<str:code>/teams/", OFFICE),
    "notices.of_place": ("places/<str:code>/notices/", OFFICE),
    "notices.postings": ("notices/", OFFICE),
    "offerings.centres": ("desk/centres/", OFFICE),
    "offerings.fees_back": ("window/fees/", OFFICE),
    "offerings.home_visits": ("window/home/", OFFICE),
    "offerings.items": ("desk/items/", OFFICE),
    "offerings.hall_changes": ("connections/changes/", "zhou.meiling"),
    "offerings.pay_notices": ("connections/payments/", "zhou.meiling"),
    "offerings.reports": ("desk/reports/", OFFICE),
    "offerings.sent_in": ("connections/applications/", "zhou.meiling"),
    "offerings.visits": ("windows/visits/", OFFICE),
    "orgs.centres": ("places/<str:code>/centres/", OFFICE),
    "orgs.certificates": ("places/<str:code>/certificates/", OFFICE),
    "orgs.register": ("places/<str:code>/organisations/", OFFICE),
    "orgs.staff": ("places/<str:code>/staff/", OFFICE),
    "orgs.training": ("places/<str:code>/training/", OFFICE),
    "people.dwellings": ("people/dwellings/", OFFICE),
    "people.households": ("people/households/", OFFICE),
    "people.pairs": ("people/pairs/", OFFICE),
    "people.residents": ("people/", OFFICE),
    "people.rolls": ("people/rolls/", OFFICE),
    "places.parts": ("register/places/<str:code>/parts/", OFFICE),
    "places.register": ("register/places/", OFFICE),
    "places.then": ("register/places/on-a-day/", OFFICE),
    "plan.board": ("plan/", PLAN),
    "plan.cells": ("plan/cells/", PLAN),
    "plan.filings": ("plan/filings/", PLAN),
    "plan.funding": ("plan/funding/", PLAN),
    "plan.measures": ("plan/documents/<slug:code>/measures/", OFFICE),
    "plan.pilots": ("plan/pilots/", PLAN),
    "plan.practices": ("plan/practices/", PLAN),
    "plan.reports": ("plan/reports/", PLAN),
    "plan.visits": ("plan/visits/", PLAN),
    "portal.desk": ("desk/", OFFICE),
    "rulebook.changes": ("rulebook/changes/", OFFICE),
    "rulebook.parameters": ("rulebook/", OFFICE),
    "trail.entries": ("trail/", "auditor"),
}
# templates that filter something else than a list → why
NO_LIST = {
    "access/holder.html": "The search finds one account for a holder.",
    "access/deputies.html": "The search finds one post to name a deputy for.",
    "cases/board.html": "It shows the sums of one place.",
    "cases/calendar.html": "Its filters are those of the list, which keeps them; it gives a calendar file.",
    "cases/categories.html": "It is one tree on one page, in which a word finds a branch.",
    "cases/duties.html": "It shows one day.",
    "cases/hand_over.html": "It looks for one post.",
    "cases/report_where.html": "It looks for one village.",
    "cases/rule_compare.html": "It compares two sets of rules over some days.",
    "grid/figure_events.html": "It shows what one figure rests on.",
    "grid/figures.html": "It shows the sums of one place.",
    "grid/heads.html": "It looks for one head.",
    "grid/team.html": "It shows one month of one team.",
    "notify/telephone.html": "The telephone of the demo is nobody's work.",
    "people/found.html": "It shows what one search found.",
    "people/month.html": "It shows one month, which is over when it is opened again.",
    "portal/area_home.html": "It is the home of a town or the city.",
    "portal/search.html": "It shows what one search found.",
    "rulebook/detail.html": "It shows one parameter at a place and on a day.",
}
# what makes a page a list with filters: a bar of filters, or tabs that change the address
FILTERS = re.compile(r"import [^%]*\bfilters\b|role=\"search\"|\btabs\(\[.*here\.to\(")
OFFERED = re.compile(r"offered\([\w.]+, (?:\"([a-z._]+)\"|LIST)\)")
WHOLE = re.compile(r"{% extends")


def lists() -> list[Path]:
    """Return the templates of whole pages that filter."""
    return [
        path
        for path in LINLI.glob("*/jinja2/*/*.html")
        if path.parts[-4] != "ui"
        and WHOLE.search(text := path.read_text())
        and FILTERS.search(text)
    ]


def test_every_list_with_filters_offers_to_keep_them() -> None:
    """Add `offered(…)` to the view, `saved_views(…)` to the template, and the list to LISTS above."""
    found = {f"{path.parts[-2]}/{path.name}": path.read_text() for path in lists()}
    lacking = {name for name, text in found.items() if "saved_views(" not in text}

    assert len(found) > 25
    assert sorted(lacking - set(NO_LIST)) == []
    assert sorted(set(NO_LIST) - lacking) == []
    assert [name for name, why in NO_LIST.items() if not why.endswith(".")] == []


def test_every_list_that_is_offered_is_tried_here() -> None:
    code = "\n".join(p.read_text() for p in LINLI.glob("*/views*") if p.is_file())
    code += "\n".join(p.read_text() for p in LINLI.glob("*/views/*.py"))
    names = set(re.findall(r"offered\(request\.actor, \"([a-z._]+)\"\)", code))
    names |= set(re.findall(r"^LIST = \"([a-z._]+)\"", code, re.M))

    assert sorted(names) == sorted(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_offers_its_views(city: City, name: str) -> None:
    route, who = LISTS[name]
    actor = account_actor(Account.objects.get(username=who).pk, now=timezone.now())
    saved_views.save_view(name, name="本周", query="state=x", actor=actor, now=timezone.now())
    where = city.where(Address(route, has_language=True))

    answer = client_of(actor).get(where)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'name="list_name" value="{name}"' in html
    assert f'href="{where}?state=x">本周</a>' in html


@pytest.mark.parametrize(
    "route",
    [
        "places/<str:code>/organisations/", "plan/documents/<slug:code>/measures/", "rulebook/",
        "register/places/", "plan/",
    ],
)  # fmt: skip
def test_who_is_not_signed_in_is_offered_none(city: City, route: str) -> None:
    html = Client().get(city.where(Address(route, has_language=True))).content.decode()

    assert "list_name" not in html
