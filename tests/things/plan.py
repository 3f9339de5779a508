"""Things that fill the addresses of the plan."""

from __future__ import annotations

from linli.demo.cast import TOWN
from tests.city_life import one
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    plan_code = one("plan.plandocument").code
    shared = page_and_api(
        {
            ("plan/reports/", "report_id"): pk("plan.report"),
            ("plan/pilots/", "pilot_id"): pk("plan.pilot"),
            ("plan/practices/", "practice_id"): pk("plan.practice"),
            ("plan/visits/", "visit_id"): pk("plan.visit"),
            ("plan/funding/", "line_id"): pk("plan.fundingline"),
        }
    )
    return {
        **shared,
        ("plan/documents/", "code"): plan_code,
        ("api/v1/plan/", "code"): plan_code,
        ("api/v1/plan/targets/", "code"): "T12-1",
        ("api/v1/plan/", "key"): "T12-1",
        ("api/v1/plan/", "place"): TOWN,
        ("api/v1/plan/calls/", "call_id"): pk("plan.call"),
        ("api/v1/plan/town-plans/", "plan_id"): pk("plan.townplan"),
        ("plan/documents/", "kind"): "task",
        ("plan/documents/", "item_id"): pk("plan.task", number=8),
        ("plan/documents/", "field"): "departments",
        ("plan/indicators/", "key"): "T12-1",
        ("plan/filings/call/", "call_id"): pk("plan.call"),
        ("plan/filings/", "plan_id"): pk("plan.townplan"),
        ("plan/visits/", "step"): "answer",
    }
