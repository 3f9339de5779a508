"""Heads of plan follow when places move or merge."""

from __future__ import annotations

import pytest

from linli.kernel.permits import system_actor
from linli.places.models import Place
from linli.places.models.following import follow
from linli.places.testing import make_town
from linli.plan import queries, services
from linli.plan.models import FundingLine, IndicatorValue, Pilot, Task, TownPlan
from linli.plan.testing import NOON, SYSTEM, TODAY, make_filed_plan, make_plan, town_lead

OLD, NEW = "441900/441900005/", "441900/441900777/"


def make_work() -> None:
    document = make_plan()
    make_filed_plan(document)
    town = Place.objects.get(code="441900005")
    tasks = [Task.objects.get(document=document, number=8)]
    facts = {"title": "邻里议事", "started_on": TODAY}
    services.start_pilot(document, town, tasks, facts, actor=town_lead(), now=NOON)
    services.measure_all(TODAY, actor=SYSTEM, now=NOON, keys=["S01"])


@pytest.mark.django_db
def test_a_moved_subtree_takes_its_heads_demands_and_values_along() -> None:
    make_work()
    Place.objects.filter(code="441900005").update(path=NEW)

    follow(OLD, NEW)
    services.follow_places(actor=system_actor("test"), now=NOON)

    assert Pilot.objects.get().path == NEW
    assert TownPlan.objects.get().path == NEW
    assert not IndicatorValue.objects.filter(path=OLD).exists()
    assert IndicatorValue.objects.filter(path=NEW).exists()
    assert services.follow_places(actor=system_actor("test"), now=NOON) == 0


@pytest.mark.django_db
def test_a_merge_moves_the_work_and_leaves_what_the_town_filed() -> None:
    make_work()
    old, new = Place.objects.get(code="441900005"), make_town("441900006")
    assert (queries.work_at(old.pk), queries.filings_at(old.pk)) == (1, 1)

    assert services.rehouse(old.pk, new.pk, actor=system_actor("test"), now=NOON) == 1

    assert (Pilot.objects.get().place_id, Pilot.objects.get().path) == (new.pk, new.path)
    assert TownPlan.objects.get().place_id == old.pk
    assert not FundingLine.objects.exists()
