"""Every list with filters offers to keep them under a name, to those who are signed in."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.kernel.testing import client_of
from linli.runtime.services import saved_views
from tests.addresses import Address
from tests.conftest import City

LISTS = [
    ("portal.feedback", "feedback/inbox/", "ye.shaofen"),
    ("access.accounts", "access/accounts/", "ye.shaofen"),
    ("access.requests", "access/data-requests/", "ye.shaofen"),
    ("orgs.register", "places/<str:code>/organisations/", "ye.shaofen"),
    ("people.residents", "people/", "ye.shaofen"),
    ("people.dwellings", "people/dwellings/", "ye.shaofen"),
    ("plan.measures", "plan/documents/<slug:code>/measures/", "ye.shaofen"),
    ("trail.entries", "trail/", "auditor"),
]


@pytest.mark.parametrize(("name", "route", "who"), LISTS)
def test_a_list_offers_its_views(city: City, name: str, route: str, who: str) -> None:
    actor = account_actor(Account.objects.get(username=who).pk, now=timezone.now())
    saved_views.save_view(name, name="本周", query="state=x", actor=actor, now=timezone.now())
    where = city.where(Address(route, has_language=True))

    html = client_of(actor).get(where).content.decode()

    assert f'name="list_name" value="{name}"' in html
    assert f'href="{where}?state=x">本周</a>' in html


@pytest.mark.parametrize(
    "route", ["places/<str:code>/organisations/", "plan/documents/<slug:code>/measures/"]
)
def test_who_is_not_signed_in_is_offered_none(city: City, route: str) -> None:
    html = Client().get(city.where(Address(route, has_language=True))).content.decode()

    assert "list_name" not in html
