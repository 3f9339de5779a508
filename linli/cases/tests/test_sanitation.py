"""Task 18: what residents report of cleanliness, counted by place; nothing reported is unknown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from linli.cases.kinds.sanitation import sanitation
from linli.cases.models import Case, Category
from linli.cases.queries import sanitation_export
from linli.cases.queries.sanitation import Sanitation, sanitation_counts
from linli.cases.queries.sanitation_export import sanitation_lines
from linli.cases.rules.recounting_sanitation import recount_sanitation
from linli.cases.services import property
from linli.cases.services.sweeping import sweep
from linli.cases.testing import NOON, clerk_of, make_case, move
from linli.cases.tests.offices import SECOND, TOWN, VILLAGE, post_at
from linli.cases.types.openings import Complaining
from linli.kernel.permits import VAULT, Actor, system_actor
from linli.kernel.testing import client_of
from linli.places.queries import chain_of

pytestmark = pytest.mark.django_db
CLERK, SYSTEM = clerk_of(TOWN), system_actor("test")
SPAN = (NOON - timedelta(days=30), NOON + timedelta(days=30))
DONE = {"public": {"text": "Cleaned."}, "facts": {"files": ["f"]}}


def reported(category: str, code: str = "441900005001", now: datetime = NOON) -> int:
    found = Category.objects.get(code=category)
    return make_case(code, category_id=found.pk, now=now).held.id


def test_reports_on_sanitation_are_counted_by_place_and_others_are_not() -> None:
    first = reported("sanitation")
    reported("waste_dumping")
    reported("street_lamp")
    reported("sanitation", "441900005002")
    move(first, "accept", CLERK)
    move(first, "finish", CLERK, **DONE)
    sweep(actor=SYSTEM, now=NOON + timedelta(days=20))

    assert sanitation_counts(TOWN, *SPAN) == [
        Sanitation(VILLAGE, came=2, solved=1, open=1, late=1),
        Sanitation(SECOND, came=1, solved=0, open=1, late=1),
    ]
    assert [row.path for row in sanitation_counts(SECOND, *SPAN)] == [SECOND]


def test_what_a_company_is_to_clean_counts_and_what_was_withdrawn_does_not() -> None:
    make_case()
    complaint = Complaining("441900005001", "The stairs are dirty.", "Estates", matter="cleaning")
    case_id = property.open_property_complaint(complaint, actor=CLERK, now=NOON).held.id
    assert sanitation_counts(VILLAGE, *SPAN)[0].came == 1

    move(case_id, "withdraw", SYSTEM)

    assert sanitation_counts(VILLAGE, *SPAN) == []


def test_the_indicator_is_unknown_where_nobody_reported_anything() -> None:
    day = date(2026, 8, 20)
    assert sanitation(VILLAGE, day).numerator is None
    reported("sanitation", now=NOON - timedelta(days=500))
    assert sanitation(VILLAGE, day).denominator is None

    reported("sanitation")

    found = sanitation(VILLAGE, day)
    assert (found.numerator, found.denominator) == (0, 1)
    assert found.evidence[0].path == VILLAGE


def test_t18_1_is_counted_again_from_its_file_and_a_lie_in_it_is_found() -> None:
    done = reported("sanitation")
    move(done, "accept", CLERK)
    move(done, "finish", CLERK, **DONE)
    move(reported("waste_dumping"), "withdraw", SYSTEM)
    reported("sanitation", "441900005002")
    sweep(actor=SYSTEM, now=NOON + timedelta(days=20))
    town = chain_of("441900005")[-1]

    lines = list(sanitation_lines(CLERK, town, date(2026, 8, 1), date(2026, 8, 31)))
    lying = [line.replace('"solved":1', '"solved":2') for line in lines]

    assert recount_sanitation(lines).problems == []
    assert (recount_sanitation(lines).cases, recount_sanitation(lines).published) == (3, 2)
    assert recount_sanitation(lying).problems != []
    assert recount_sanitation(["{}"]).problems and recount_sanitation([]).problems
    page = client_of(CLERK).get("/en/places/441900005/figures/?format=sanitation")
    assert recount_sanitation(page.streaming_content).problems == []


def file_for(actor: Actor, code: str) -> list[dict[str, Any]]:
    """Return the lines of the file as an actor gets it, which come to the same again."""
    span = "first=2026-08-01&last=2026-08-31"
    page = client_of(actor).get(f"/en/places/{code}/figures/?format=sanitation&{span}")
    lines = b"".join(page.streaming_content).decode().splitlines()
    assert recount_sanitation(lines).problems == []
    return [json.loads(line) for line in lines]


def numbers_in(told: list[dict[str, Any]], what: str) -> dict[str, int]:
    return {row[what]["place"]: row[what]["counts"]["came"] for row in told if what in row}


def test_nobody_is_told_of_a_case_about_her_post_nor_by_subtraction() -> None:
    post = post_at(VILLAGE, kind="committee_chair")
    plain, about, high = (reported("sanitation") for _number in range(3))
    Case.objects.filter(pk=about).update(about_post_id=post)
    Case.objects.filter(pk=high).update(level=VAULT)
    accused = replace(clerk_of(VILLAGE), posts=frozenset({post}))

    told = file_for(accused, "441900005001")

    number = Case.objects.values_list("number", flat=True).get(pk=plain)
    assert [row["case"] for row in told if "case" in row] == [number]
    assert (numbers_in(told, "unseen"), numbers_in(told, "published")) == ({}, {"441900005001": 1})
    assert sanitation(VILLAGE, date(2026, 8, 20)).denominator == 1


def test_what_she_does_not_see_is_told_of_the_town_alone_and_no_small_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen = reported("sanitation")
    monkeypatch.setattr(sanitation_export, "_seen", lambda *asked: {seen})
    for code in ("441900005001", "441900005001", "441900005001", "441900005002"):
        reported("sanitation", code)

    few = file_for(CLERK, "441900005")
    reported("sanitation", "441900005002")
    enough = file_for(CLERK, "441900005")

    assert (numbers_in(few, "unseen"), numbers_in(few, "published")) == ({}, {"441900005001": 1})
    assert numbers_in(enough, "unseen") == {"441900005": 5}
    assert numbers_in(enough, "published") == {"441900005": 5, "441900005001": 1}
    assert numbers_in(file_for(CLERK, "441900005001"), "published") == {"441900005001": 1}


def test_the_evidence_of_each_place_leads_to_its_own_cases() -> None:
    reported("sanitation")
    move(reported("sanitation", "441900005002"), "withdraw", SYSTEM)
    reported("sanitation", "441900005002")

    old = reported("sanitation", now=NOON - timedelta(days=500))
    since = "2025-08-21"
    found = sanitation(TOWN, date(2026, 8, 20)).evidence

    assert [dict(parse_qsl(urlsplit(one.url).query)) for one in found] == [
        {"place": "441900005001", "since": since, "view": "open", "category": "appearance"},
        {"place": "441900005002", "since": since, "view": "open", "category": "appearance"},
        {"place": "441900005", "since": since, "kind": "property_complaint", "matter": "cleaning"},
    ]
    page = client_of(CLERK).get(found[0].url)
    assert page.status_code == 200 and page.content.decode().count("JB-2026-") >= 1
    assert Case.objects.get(pk=old).number not in page.content.decode()
