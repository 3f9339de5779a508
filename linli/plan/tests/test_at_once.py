"""Two people at the same moment: one acts, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from linli.kernel.errors import Refusal
from linli.places.models import Place
from linli.places.testing import make_town
from linli.plan import services
from linli.plan.models import Correction, PlanDocument, Task, TownPlan
from linli.plan.testing import CONTENTS, NOON, SYSTEM, call, city_lead, make_plan, town_lead
from linli.plan.types import CallKind, Change, ItemKind, Origin

TEXT = "一、工作任务\n1.整治环境。清理河道。市水务局、市民政局\n2.绿化村庄。种树。市林业局\n"


def twice(step: Any) -> list[str]:
    """Do a step twice at once, each on its own connection; say what came of each."""

    def once(_number: int) -> str:
        try:
            step()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(once, range(2)))


@pytest.mark.django_db(transaction=True)
def test_a_town_plan_sent_twice_at_once_is_filed_once() -> None:
    document = make_plan()
    make_town()
    call(document, CallKind.TOWN_PLAN)
    town = Place.objects.get(code="441900005")

    def file() -> None:
        services.file_town_plan(document, town, CONTENTS, actor=town_lead(), now=NOON)

    assert twice(file) == ["already_filed", "done"]
    assert TownPlan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_corrections_of_one_version_at_once_keep_one_and_tell_the_other() -> None:
    make_plan()
    task = Task.objects.get(number=8)
    before = Correction.objects.count()

    def correct() -> None:
        change = Change("force", "鼓励", "原件如此", version=task.version)
        services.correct_item(ItemKind.TASK, task.pk, change, actor=city_lead(), now=NOON)

    assert twice(correct) == ["done", "stale"]
    assert Correction.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_plan_imported_twice_at_once_is_kept_once() -> None:
    origin = Origin("other", "other.txt", "441900/")

    def import_() -> None:
        services.import_plan(TEXT.encode(), origin, actor=SYSTEM, now=NOON)

    assert twice(import_) == ["done", "done"]
    assert PlanDocument.objects.count() == 1
