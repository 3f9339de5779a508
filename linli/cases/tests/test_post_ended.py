"""Whoever's post ended today is out from this day on: on the page, over the API, on the phone's list."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from linli.access.testing import make_staff, signed_in
from linli.cases.models import Case, CaseEvent
from linli.cases.testing import make_case
from linli.kernel.testing import post_json

pytestmark = pytest.mark.django_db
LIST = "/en/desk/cases/"


@pytest.fixture
def clerk() -> Client:
    """Somebody who handles cases in the village, signed in."""
    return signed_in(make_staff("clerk"))


def end_all_posts() -> None:
    """Let every holding end today: the first day on which the post is free."""
    apps.get_model("orgs", "PostHolding").objects.update(until=localdate(), end_reason="resigned")


def test_a_step_after_the_post_ended_is_refused_and_nothing_changes(clerk: Client) -> None:
    number = make_case(now=timezone.now()).held.number
    sheet = f"{LIST}{number}/"
    assert clerk.get(sheet).status_code == 200

    end_all_posts()
    page = clerk.post(f"{sheet}accept", {"key": str(uuid4()), "expected_seq": "1"})
    told = post_json(clerk, f"/api/v1/cases/{number}/accept", {"expected_seq": 1})
    seen = [clerk.get(sheet).status_code, clerk.get(LIST).status_code]
    listed = clerk.get("/api/v1/cases/")

    assert page.status_code in (403, 404) and told.status_code in (401, 403, 404)
    assert all(status in (403, 404) for status in seen)
    assert number not in listed.content.decode()
    assert (Case.objects.get().state, CaseEvent.objects.count()) == ("filed", 1)


def test_the_day_before_it_ends_the_post_still_acts(clerk: Client) -> None:
    number = make_case(now=timezone.now()).held.number
    tomorrow = localdate() + timedelta(days=1)
    apps.get_model("orgs", "PostHolding").objects.update(until=tomorrow, end_reason="resigned")

    page = clerk.post(f"{LIST}{number}/accept", {"key": str(uuid4()), "expected_seq": "1"})

    assert page.status_code == 303
    assert Case.objects.get().state == "at_work"
