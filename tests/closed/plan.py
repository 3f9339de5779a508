"""Who opens the addresses of the plan and what towns did about it."""

from __future__ import annotations

PLAN: dict[str, tuple[str, ...]] = {
    "plan.correct": (
        "plan/documents/<slug:code>/correct/<slug:kind>/<int:item_id>/<slug:field>/",
    ),
    "plan.manage": (
        "plan/documents/<slug:code>/targets/<slug:target>/bind", "plan/filings/call/",
        "plan/filings/call/<int:call_id>/end", "api/v1/plan/targets/<code>/bind",
        "api/v1/plan/calls/<int:call_id>/end",
    ),
    "plan.check": (
        "plan/filings/<int:plan_id>/check", "api/v1/plan/town-plans/<int:plan_id>/check",
        "api/v1/plan/reports/<int:report_id>/check",
    ),
    "plan.file": (
        "plan/filings/new/", "plan/reports/new/<int:number>/<slug:town>/",
        "api/v1/plan/town-plans/<int:plan_id>/refile",
        "api/v1/plan/reports/<int:report_id>/refile", "api/v1/plan/visits/<int:visit_id>/answer",
    ),
    "plan.fund": ("plan/funding/new/", "api/v1/plan/funding/<int:line_id>/withdraw"),
    "plan.pilot": ("plan/pilots/new/", "api/v1/plan/pilots/<int:pilot_id>/end"),
    "plan.practice": (
        "plan/practices/new/", "plan/practices/<int:practice_id>/withdraw",
        "api/v1/plan/practices/<int:practice_id>/withdraw",
    ),
    "plan.supervise": (
        "plan/visits/new/", "api/v1/plan/visits/<int:visit_id>/reopen",
        "api/v1/plan/visits/<int:visit_id>/close",
    ),
    "plan.supervise plan.file": ("plan/visits/<int:visit_id>/<slug:step>",),
    "plan.view plan.fund": (
        "api/v1/plan/funding/<int:line_id>/", "plan/funding/<int:line_id>/withdraw/",
    ),
    "plan.view plan.check plan.file": (
        "api/v1/plan/reports/<int:report_id>/", "api/v1/plan/town-plans/<int:plan_id>/",
        "plan/filings/<int:plan_id>/", "plan/filings/<int:plan_id>/refile/",
        "plan/reports/<int:report_id>/",
    ),
    "plan.view plan.file plan.supervise": (
        "api/v1/plan/visits/<int:visit_id>/", "plan/visits/<int:visit_id>/",
    ),
}  # fmt: skip
