"""Merges by a decision that looks back, and merges of towns, take along what a town has of its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.cases.models import Responsibility, RuleSet
from linli.orgs.models import NonLocalDuty, ServiceArea
from linli.places import services
from linli.places.models import Place
from linli.places.services.changes import Decree, NewPlace
from linli.places.testing import make_town
from tests.two_villages import (
    DAY,
    LEAD,
    NOON,
    duty,
    furnish,
    in_charge,
    kept,
    lost,
    merge,
    rules,
    series,
    spot,
    value,
    villages,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def test_what_began_after_the_day_of_a_late_decision_stays_on_record() -> None:
    furnished, late = furnish(), date(2026, 11, 10)
    for model in (ServiceArea, NonLocalDuty, Responsibility, RuleSet):
        model._default_manager.update(since=late)

    new = merge()

    for model in (ServiceArea, NonLocalDuty):
        rows = model._default_manager.filter(until=None)
        assert [(one.path, one.since) for one in rows] == [(new.path, late)]
    named = Responsibility.objects.filter(until=None)
    assert {(one.path, one.since) for one in named} == {(new.path, late)} and named.count() == 3
    sets = RuleSet.objects.exclude(state="draft").values_list("path", "since", "until")
    assert sorted(sets) == [(one.path, late, late + timedelta(1)) for one in furnished]


def test_two_towns_of_which_each_has_its_own_rules_and_people_in_charge_merge() -> None:
    make_town()
    make_town("441900006")
    towns = list(Place.objects.filter(level="town").order_by("code"))
    for at in towns:
        for make in (in_charge, rules, value, series, spot, duty):
            make(at)
    before = kept()

    new = services.merge_places(
        towns, into=NewPlace("441900900", "新镇", "New Town", "新镇"),
        decree=Decree("粤民〔2026〕1号", DAY), actor=LEAD, now=NOON,
    )  # fmt: skip

    assert lost(before) == {}
    assert {one.path.startswith(new.path) for one in villages()} == {True}
    named = Responsibility.objects.filter(until=None, path=new.path)
    assert [one.duty for one in named.order_by("pk")] == ["responsible", "informed", "informed"]
    assert RuleSet.objects.filter(path=new.path, state="draft").count() == 2
