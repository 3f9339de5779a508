"""Two people at the same moment: one acts, the other is told."""

from __future__ import annotations

import pytest

from linli.places.models import Place
from linli.places.testing import make_town
from linli.plan import services
from linli.plan.models import Correction, PlanDocument, Task, TownPlan
from linli.plan.testing import CONTENTS, NOON, SYSTEM, call, city_lead, make_plan, town_lead
from linli.plan.types import CallKind, Change, ItemKind, Origin
from linli.runtime.testing import at_once

TEXT = "一、工作任务\n1.整治环境。清理河道。市水务局、市民政局\n2.绿化村庄。种树。市林业局\n"


@pytest.mark.django_db(transaction=True)
def test_a_town_plan_sent_twice_at_once_is_filed_once() -> None:
    document = make_plan()
    make_town()
    call(document, CallKind.TOWN_PLAN)
    town = Place.objects.get(code="441900005")

    def file() -> None:
        services.file_town_plan(document, town, CONTENTS, actor=town_lead(), now=NOON)

    assert sorted(at_once(file, file)) == ["", "already_filed"]
    assert TownPlan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_corrections_of_one_version_at_once_keep_one_and_tell_the_other() -> None:
    make_plan()
    task = Task.objects.get(number=8)
    before = Correction.objects.count()

    def correct() -> None:
        change = Change("force", "鼓励", "原件如此", version=task.version)
        services.correct_item(ItemKind.TASK, task.pk, change, actor=city_lead(), now=NOON)

    assert sorted(at_once(correct, correct)) == ["", "stale"]
    assert Correction.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_plan_imported_twice_at_once_is_kept_once() -> None:
    origin = Origin("other", "other.txt", "441900/")

    def import_() -> None:
        services.import_plan(TEXT.encode(), origin, actor=SYSTEM, now=NOON)

    assert sorted(at_once(import_, import_)) == ["", ""]
    assert PlanDocument.objects.count() == 1
