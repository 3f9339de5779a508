"""Makers of plans, towns and actors for tests of this and other apps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from linli.kernel.permits import PERSONAL, PROTECTED, Actor, Permit, system_actor
from linli.kernel.testing import CITY, TOWN, make_actor
from linli.places.testing import make_town
from linli.plan import imports, permits, services
from linli.plan.models import PlanDocument
from linli.plan.types import CallKind

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
SYSTEM = system_actor("test")
CONTENTS = {
    "title": "某镇城乡社区建设工作方案",
    "document_number": "某府〔2017〕3号",
    "goals": "到2019年底初步建成现代生活共同体",
    "approach": "试点先行，逐步推广",
    "tasks": "规范民主选举、健全协商议事",
    "departments": "镇社会事务局牵头",
    "schedule": "2017年2月至2019年12月",
    "steps": "拟制方案、开展试点、全面铺开",
}


def make_plan() -> PlanDocument:
    """Return the packaged plan with its corrections, imported unless it is there already."""
    known = PlanDocument.objects.filter(code="dongguan-2016").first()
    if known:
        services.link_departments(known, actor=SYSTEM, now=NOON)
        return known
    return imports.dongguan_2016(actor=SYSTEM, now=NOON)


def town_lead(*more: Permit) -> Actor:
    """Somebody who files for one town."""
    return make_actor("镇社会事务局", permits.VIEW, permits.FILE, permits.PILOT, permits.PRACTICE,
                      permits.FUND, *more, at=TOWN)  # fmt: skip


def city_lead(*more: Permit) -> Actor:
    """Somebody of the leading department of the city."""
    return make_actor(
        "市民政局", permits.VIEW, permits.IMPORT, permits.CORRECT, permits.MANAGE, permits.CHECK,
        permits.SUPERVISE, *more, at=CITY, ceiling=PERSONAL,
    )  # fmt: skip


def party_actor() -> Actor:
    """Somebody with a grant to see the values of Party tasks."""
    return make_actor("市委组织部", permits.VIEW, permits.PARTY, at=CITY, ceiling=PROTECTED)


def call(
    document: PlanDocument, kind: CallKind, *, path: str = TOWN, due_on: date | None = None
) -> Any:
    """Ask a town for its plan or its reports."""
    return services.call_towns(
        document, kind, path=path, due_on=due_on, basis="实施方案四（一）", actor=SYSTEM, now=NOON
    )


def make_filed_plan(document: PlanDocument, **facts: str) -> Any:
    """File a town's plan that was asked for."""
    town = make_town()
    call(document, CallKind.TOWN_PLAN, due_on=date(2026, 12, 31))
    return services.file_town_plan(
        document, town, {**CONTENTS, **facts}, actor=town_lead(), now=NOON
    )
