"""Two people at one form: the second is told what was saved, keeps what was typed, may send again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from linli.kernel.testing import client_of
from linli.plan import services
from linli.plan.models import Pilot, Report, TownPlan, Visit
from linli.plan.testing import CONTENTS, NOON, TODAY, city_lead, town_lead
from linli.plan.tests.test_pages import address, make_world, send

pytestmark = pytest.mark.usefixtures("plan_there")

SAVED = "别人刚保存的内容"


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    return make_world()


@pytest.fixture
def town() -> Client:
    return client_of(town_lead())


@pytest.fixture
def city() -> Client:
    return client_of(city_lead())


def version_on(page: str) -> str:
    """The version that the form takes along."""
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found, "a form with a version"
    return found[1]


def told(client: Client, url: str, typed: dict[str, Any], *shown: str) -> str:
    """Send from an old page; return the fresh version that the answer carries."""
    answer = send(client, url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (SAVED, *shown):
        assert words in page
    return version_on(page)


def test_who_checks_a_town_plan_second_reads_the_first_reasons(world: Any, city: Client) -> None:
    filed = world["filed"]
    reasons = {"goals": "缺目标"}
    services.check_town_plan(filed, reasons, version=1, actor=city_lead(), now=NOON)

    typed = {"version": 1, "steps": "我写的意见", "decision": "return"}
    assert told(city, address("check_filing", filed.pk), typed, "缺目标", "我写的意见") == "2"


def test_who_files_again_second_reads_what_was_filed(world: Any, town: Client) -> None:
    filed = world["filed"]
    back = services.check_town_plan(
        filed, {"goals": "缺目标"}, version=1, actor=city_lead(), now=NOON
    )
    services.refile_town_plan(back, CONTENTS, version=2, actor=town_lead(), now=NOON)

    typed = {**CONTENTS, "title": "我写的方案", "version": 2}
    assert told(town, address("refile", filed.pk), typed, "我写的方案") == "3"
    assert TownPlan.objects.get().title != "我写的方案"


def test_a_report_that_was_checked_meanwhile_keeps_what_was_typed(
    world: Any, town: Client, city: Client
) -> None:
    report, url = world["report"], address("report", world["report"].pk)
    services.check_report(report, reason="请附链接", version=1, actor=city_lead(), now=NOON)
    assert (
        told(
            city,
            url,
            {"reason": "我的意见", "version": 1, "decision": "return"},
            "请附链接",
            "我的意见",
        )
        == "2"
    )

    report.refresh_from_db()
    services.refile_report(
        report, "别人改的", evidence_count=1, version=2, actor=town_lead(), now=NOON
    )
    mine = {"text": "我改的报告", "evidence_count": 2, "version": 2}
    assert told(town, url, mine, "别人改的", "我改的报告") == "3"
    assert Report.objects.get().text == "别人改的"


def test_a_pilot_that_ended_meanwhile_keeps_the_second_summary(world: Any, town: Client) -> None:
    pilot = world["pilot"]
    services.end_pilot(
        pilot, summary="别人的总结", ended_on=TODAY, version=1, actor=town_lead(), now=NOON
    )

    typed = {"summary": "我的总结", "ended_on": "2026-11-24", "version": 1}
    fresh = told(town, address("pilot", pilot.pk), typed, "别人的总结", "我的总结")

    again = send(town, address("pilot", pilot.pk), {**typed, "version": fresh})
    assert again.status_code == 422
    assert "我的总结" in again.content.decode()
    assert Pilot.objects.get().summary == "别人的总结"


def test_a_visit_answered_meanwhile_keeps_the_second_answer(world: Any, town: Client) -> None:
    visit, url = world["visit"], address("visit_step", world["visit"].pk, "answer")
    services.answer_visit(visit, answer="别人的答复", version=1, actor=town_lead(), now=NOON)

    typed = {"answer": "我的答复", "version": 1}
    assert told(town, url, typed, "别人的答复", "我的答复") == "2"
    assert Visit.objects.get().answer == "别人的答复"


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "②"}])
def test_no_step_is_taken_without_its_version(
    world: Any, town: Client, city: Client, version: dict[str, str]
) -> None:
    visit = world["visit"]
    steps = [
        (city, address("check_filing", world["filed"].pk), {"decision": "accept"}),
        (city, address("report", world["report"].pk), {"reason": "", "decision": "accept"}),
        (town, address("pilot", world["pilot"].pk), {"summary": "x", "ended_on": "2026-11-24"}),
        (town, address("visit_step", visit.pk, "answer"), {"answer": "x"}),
        (city, address("visit_step", visit.pk, "close"), {}),
    ]

    for client, url, typed in steps:
        assert send(client, url, {**typed, **version}).status_code == 422

    assert (TownPlan.objects.get().version, Report.objects.get().version) == (1, 1)
    assert (Pilot.objects.get().version, Visit.objects.get().version) == (1, 1)
