"""Correcting, calling, filing, piloting, supervising, funding: who may, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from linli.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from linli.kernel.money import Money
from linli.kernel.permits import NOBODY, Actor, Permit
from linli.kernel.testing import OTHER_TOWN, TOWN, make_actor
from linli.places.testing import make_town, seed
from linli.plan import permits, queries, services
from linli.plan.errors import (
    AlreadyCalled,
    AlreadyFiled,
    LackingContents,
    NotCalled,
    ProtectedItem,
    ReturnedAlready,
)
from linli.plan.models import Correction, FundingLine, Pilot, Report, Target, Task, TownPlan, Visit
from linli.plan.testing import (
    CONTENTS,
    NOON,
    SYSTEM,
    TODAY,
    call,
    city_lead,
    make_filed_plan,
    make_plan,
    town_lead,
)
from linli.plan.types import CallKind, Change, ItemKind
from linli.trail.models import Entry

pytestmark = pytest.mark.usefixtures("plan_there")

Step = Callable[[Actor, Any, Any], Any]


def task_of(number: int = 8) -> Task:
    return Task.objects.select_related("document").get(number=number)


VISIT = {"visited_on": TODAY, "visitors": "市民政局", "findings": "公示栏未更新"}
MONEY = {"year": 2026, "source": "town", "amount": Money(100), "purpose": "议事点"}
CARD = {"title": "t", "problem": "p", "steps": "s", "effect": "e"}
STEPS: list[tuple[str, Permit, Step]] = [
    ("bind", permits.MANAGE, lambda a, d, t: services.bind_target_to_indicator(
        Target.objects.get(code="T12-1"), "", actor=a, now=NOON)),
    ("link", permits.MANAGE, lambda a, d, t: services.link_departments(d, actor=a, now=NOON)),
    ("call", permits.MANAGE, lambda a, d, t: services.call_towns(
        d, CallKind.REPORT, path=TOWN, due_on=None, basis="x", actor=a, now=NOON)),
    ("measure", permits.MANAGE, lambda a, d, t: services.measure_all(TODAY, actor=a, now=NOON)),
    ("correct", permits.CORRECT, lambda a, d, t: services.correct_item(
        ItemKind.TASK, task_of().pk, Change("name", "新名", "因为"), actor=a, now=NOON)),
    ("groups", permits.CORRECT, lambda a, d, t: services.name_groups(d, {}, actor=a, now=NOON)),
    ("pilot", permits.PILOT, lambda a, d, t: services.start_pilot(
        d, t, [task_of()], {"title": "x", "started_on": TODAY}, actor=a, now=NOON)),
    ("practice", permits.PRACTICE, lambda a, d, t: services.add_practice(
        d, t, [task_of()], CARD, actor=a, now=NOON)),
    ("visit", permits.SUPERVISE, lambda a, d, t: services.record_visit(
        d, t, [task_of()], VISIT, actor=a, now=NOON)),
    ("fund", permits.FUND, lambda a, d, t: services.add_funding_line(d, t, MONEY, actor=a, now=NOON)),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "permit", "step"), STEPS, ids=lambda one: str(one)[:12])
def test_each_step_takes_its_own_permit_at_the_place(name: str, permit: Permit, step: Step) -> None:
    document, town = make_plan(), make_town()
    others = [p for p in vars(permits).values() if isinstance(p, Permit) and p != permit]
    for refused in (
        NOBODY,
        make_actor("别处", permit, at=OTHER_TOWN),
        make_actor("别的", *others, at="441900/", ceiling=6),
    ):
        with pytest.raises(NotAllowed):
            step(refused, document, town)
    step(make_actor("本处", permit, at="441900/", ceiling=6), document, town)


@pytest.mark.django_db
def test_a_refused_step_changes_nothing() -> None:
    document, town = make_plan(), make_town()
    before = (Correction.objects.count(), Entry.objects.count())
    for _name, _permit, step in STEPS:
        with pytest.raises(NotAllowed):
            step(NOBODY, document, town)
    assert (Correction.objects.count(), Entry.objects.count()) == before
    assert not any(t.objects.exists() for t in (Pilot, Visit, FundingLine, TownPlan, Report))


@pytest.mark.django_db
def test_the_second_of_two_correctors_is_told_and_the_first_value_stays() -> None:
    make_plan()
    task = task_of()
    change = Change("force", "鼓励", "原件如此", version=task.version)
    services.correct_item(ItemKind.TASK, task.pk, change, actor=city_lead(), now=NOON)
    with pytest.raises(Stale):
        services.correct_item(
            ItemKind.TASK, task.pk, Change("force", "探索", "另一看法", version=task.version),
            actor=city_lead(), now=NOON,
        )  # fmt: skip
    task.refresh_from_db()
    assert (task.force, task.read["force"]) == ("encourage", "要求")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Change("force", "必须", "x"), "value"),
        (Change("force", "鼓励", " "), "why"),
        (Change("force", "要求", "x"), "value"),
        (Change("departments", "", "x"), "value"),
        (Change("read", "x", "x"), "value"),
    ],
)
def test_a_correction_that_says_nothing_is_refused(change: Change, field: str) -> None:
    make_plan()
    before = Correction.objects.count()
    with pytest.raises(Invalid) as refused:
        services.correct_item(ItemKind.TASK, task_of().pk, change, actor=city_lead(), now=NOON)
    assert list(refused.value.fields) == [field]
    assert Correction.objects.count() == before


@pytest.mark.django_db
def test_corrected_departments_lead_in_the_new_order_and_the_read_ones_stay_on_record() -> None:
    make_plan()
    task = task_of(16)
    change = Change("departments", "市司法局、市委政法委", "牵头单位已调整")
    services.correct_item(ItemKind.TASK, task.pk, change, actor=city_lead(), now=NOON)
    current = task.departments.filter(is_current=True).order_by("order")
    assert [(d.name, d.leads, d.is_read) for d in current] == [
        ("市司法局", True, False),
        ("市委政法委", False, False),
    ]
    assert task.departments.filter(is_current=False, is_read=True).count() == 4


@pytest.mark.django_db
def test_nobody_is_late_who_was_not_asked() -> None:
    document = make_plan()
    make_town()
    assert queries.late_towns(city_lead(), document, TODAY) == []
    call(document, CallKind.TOWN_PLAN, due_on=date(2026, 11, 1))
    assert [t.code for t in queries.late_towns(city_lead(), document, TODAY)] == ["441900005"]
    assert queries.late_towns(NOBODY, document, TODAY) == []


@pytest.mark.django_db
def test_asking_the_whole_city_means_its_official_towns() -> None:
    seed(invented=True)
    document = make_plan()
    call(document, CallKind.TOWN_PLAN, path="441900/", due_on=date(2026, 11, 1))
    late = queries.late_towns(city_lead(), document, TODAY)
    assert len(late) == 36
    assert not any(town.is_invented for town in late)


@pytest.mark.django_db
def test_towns_are_asked_once_for_the_same_thing() -> None:
    document = make_plan()
    call(document, CallKind.TOWN_PLAN)
    with pytest.raises(AlreadyCalled):
        call(document, CallKind.TOWN_PLAN, path="441900/")
    with pytest.raises(Invalid):
        services.call_towns(
            document, CallKind.REPORT, path=TOWN, due_on=None, basis=" ", actor=SYSTEM, now=NOON
        )


@pytest.mark.django_db
def test_a_plan_is_filed_only_when_asked_for_and_once() -> None:
    document, town = make_plan(), make_town()
    with pytest.raises(NotCalled):
        services.file_town_plan(document, town, CONTENTS, actor=town_lead(), now=NOON)
    call(document, CallKind.TOWN_PLAN)
    services.file_town_plan(document, town, CONTENTS, actor=town_lead(), now=NOON)
    with pytest.raises(AlreadyFiled):
        services.file_town_plan(document, town, CONTENTS, actor=town_lead(), now=NOON)
    assert TownPlan.objects.count() == 1


@pytest.mark.django_db
def test_a_plan_is_returned_once_with_all_reasons_and_not_twice() -> None:
    filed = make_filed_plan(make_plan(), steps="", schedule="")
    with pytest.raises(LackingContents):
        services.check_town_plan(filed, {}, version=1, actor=city_lead(), now=NOON)
    reasons = {"steps": "没有推进步骤", "schedule": "没有进度", "unknown": "x"}
    back = services.check_town_plan(filed, reasons, version=1, actor=city_lead(), now=NOON)
    assert (back.state, sorted(back.lacking)) == ("returned", ["schedule", "steps"])
    again = services.refile_town_plan(back, CONTENTS, version=2, actor=town_lead(), now=NOON)
    with pytest.raises(ReturnedAlready):
        services.check_town_plan(again, reasons, version=3, actor=city_lead(), now=NOON)
    done = services.check_town_plan(again, {}, version=3, actor=city_lead(), now=NOON)
    assert (done.state, done.return_count) == ("accepted", 1)


@pytest.mark.django_db
def test_a_returned_plan_is_not_filed_again_with_a_content_empty() -> None:
    filed = make_filed_plan(make_plan(), steps="")
    back = services.check_town_plan(
        filed, {"steps": "没有推进步骤"}, version=1, actor=city_lead(), now=NOON
    )

    with pytest.raises(Invalid) as refused:
        services.refile_town_plan(
            back, {**CONTENTS, "steps": " "}, version=2, actor=town_lead(), now=NOON
        )

    back.refresh_from_db()
    assert list(refused.value.fields) == ["steps"]
    assert (back.state, back.version) == ("returned", 2)


@pytest.mark.django_db
def test_a_plan_that_was_filed_again_incomplete_in_former_days_finds_a_way_out() -> None:
    filed = make_filed_plan(make_plan(), steps="")
    TownPlan.objects.filter(pk=filed.pk).update(return_count=1)

    back = services.check_town_plan(
        filed, {"steps": "没有推进步骤"}, version=1, actor=city_lead(), now=NOON
    )

    assert back.state == "returned"


@pytest.mark.django_db
def test_a_town_neither_checks_its_own_plan_nor_another_file_it() -> None:
    filed = make_filed_plan(make_plan())
    with pytest.raises(NotAllowed):
        services.check_town_plan(filed, {}, version=1, actor=town_lead(), now=NOON)
    with pytest.raises(Stale):
        services.check_town_plan(filed, {}, version=9, actor=city_lead(), now=NOON)
    filed.refresh_from_db()
    assert filed.state == "filed"


@pytest.mark.django_db
def test_party_tasks_are_neither_reported_nor_piloted_nor_visited_here() -> None:
    document, town = make_plan(), make_town()
    call(document, CallKind.REPORT)
    party = task_of(1)
    with pytest.raises(ProtectedItem):
        services.file_report(party, town, "x", actor=town_lead(), now=NOON)
    with pytest.raises(ProtectedItem):
        services.start_pilot(
            document,
            town,
            [party],
            {"title": "x", "started_on": TODAY},
            actor=town_lead(),
            now=NOON,
        )
    with pytest.raises(ProtectedItem):
        services.add_practice(document, town, [party], CARD, actor=town_lead(), now=NOON)
    with pytest.raises(ProtectedItem):
        services.record_visit(document, town, [party], VISIT, actor=city_lead(), now=NOON)
    assert not any(t.objects.exists() for t in (Report, Pilot, Visit))


@pytest.mark.django_db
def test_a_pilot_ends_with_a_summary_and_not_before_it_began() -> None:
    document, town = make_plan(), make_town()
    pilot = services.start_pilot(
        document,
        town,
        [task_of()],
        {"title": "x", "started_on": TODAY},
        actor=town_lead(),
        now=NOON,
    )
    for summary, day in ((" ", TODAY), ("好", date(2020, 1, 1))):
        with pytest.raises(Invalid):
            services.end_pilot(
                pilot, summary=summary, ended_on=day, version=1, actor=town_lead(), now=NOON
            )
    services.end_pilot(pilot, summary="好", ended_on=TODAY, version=1, actor=town_lead(), now=NOON)
    pilot.refresh_from_db()
    with pytest.raises(WrongState):
        services.end_pilot(
            pilot, summary="好", ended_on=TODAY, version=2, actor=town_lead(), now=NOON
        )
    assert pilot.state == "ended"
    with pytest.raises(Invalid):
        services.start_pilot(
            document, town, [], {"title": "x", "started_on": TODAY}, actor=town_lead(), now=NOON
        )


@pytest.mark.django_db
def test_cards_are_found_by_every_word_and_leave_when_withdrawn() -> None:
    document, town = make_plan(), make_town()
    card = services.add_practice(
        document, town, [task_of()], {**CARD, "title": "楼栋议事", "problem": "ＷＩＦＩ弱"},
        actor=town_lead(), now=NOON,
    )  # fmt: skip
    assert [c.pk for c in queries.found_practices("议事 wifi")] == [card.pk]
    assert not queries.found_practices("议事 停车").exists()
    assert queries.found_practices(task=8).exists()
    assert not queries.found_practices(task=9).exists()
    services.withdraw_practice(card, actor=town_lead(), now=NOON)
    assert not queries.found_practices("议事").exists()


@pytest.mark.django_db
def test_a_visit_without_anything_to_mend_is_closed_at_once() -> None:
    document, town = make_plan(), make_town()
    visit = services.record_visit(document, town, [], VISIT, actor=city_lead(), now=NOON)
    assert visit.state == "closed"
    with pytest.raises(Invalid):
        services.record_visit(
            document, town, [], {**VISIT, "due_on": date(2020, 1, 1)}, actor=city_lead(), now=NOON
        )


@pytest.mark.django_db
def test_a_visit_is_answered_asked_again_and_closed() -> None:
    document, town = make_plan(), make_town()
    visit = services.record_visit(
        document,
        town,
        [task_of()],
        {**VISIT, "due_on": date(2026, 12, 1)},
        actor=city_lead(),
        now=NOON,
    )
    with pytest.raises(NotAllowed):
        services.answer_visit(visit, answer="x", version=1, actor=city_lead(), now=NOON)
    services.answer_visit(visit, answer="已更新", version=1, actor=town_lead(), now=NOON)
    services.reopen_visit(visit, version=2, actor=city_lead(), now=NOON)
    services.answer_visit(visit, answer="再更新", version=3, actor=town_lead(), now=NOON)
    closed = services.close_visit(visit, version=4, actor=city_lead(), now=NOON)
    assert (closed.state, closed.answer) == ("closed", "再更新")


@pytest.mark.django_db
def test_money_is_summed_by_year_and_source_without_what_was_withdrawn() -> None:
    document, town = make_plan(), make_town()
    for fen, source in ((100, "town"), (200, "town"), (400, "social")):
        services.add_funding_line(
            document, town, {**MONEY, "amount": Money(fen), "source": source},
            actor=town_lead(), now=NOON,
        )  # fmt: skip
    services.withdraw_funding_line(
        FundingLine.objects.get(amount_fen=200), why="重复", actor=town_lead(), now=NOON
    )
    found = queries.visible_funding(town_lead())
    assert queries.funding_sums(found) == [(2026, "social", 400), (2026, "town", 100)]
    for wrong in ({"amount": Money(0)}, {"source": "x"}, {"year": 26}):
        with pytest.raises(Invalid):
            services.add_funding_line(
                document, town, {**MONEY, **wrong}, actor=town_lead(), now=NOON
            )


@pytest.mark.django_db
def test_every_step_stands_in_the_trail() -> None:
    document, town = make_plan(), make_town()
    for _name, _permit, step in STEPS:
        step(SYSTEM, document, town)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {
        "plan.imported", "plan.corrected", "plan.target_bound", "plan.towns_called",
        "plan.pilot_started", "plan.practice_added", "plan.visit_recorded", "plan.funding_added",
        "plan.measured",
    } <= verbs  # fmt: skip
