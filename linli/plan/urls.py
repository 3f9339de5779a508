"""Addresses of the plan."""

from __future__ import annotations

from django.urls import path

from linli.plan.views import (
    boards,
    correcting,
    filings,
    indicators,
    money,
    pilots,
    reports,
    texts,
    visits,
)

app_name = "plan"
urlpatterns = [
    path("plan/", boards.board, name="board"),
    path("plan/print/", boards.board_print, name="board_print"),
    path("plan/cells/", boards.cells, name="cells"),
    path("plan/indicators/", indicators.indicators, name="indicators"),
    path("plan/indicators/<str:key>/", indicators.indicator, name="indicator"),
    path("plan/documents/", texts.documents, name="documents"),
    path("plan/documents/<slug:code>/", texts.document, name="document"),
    path("plan/documents/<slug:code>/reading/", texts.reading, name="reading"),
    path("plan/documents/<slug:code>/measures/", texts.measures, name="measures"),
    path("plan/documents/<slug:code>/targets/", texts.targets, name="targets"),
    path("plan/documents/<slug:code>/targets/<slug:target>/", texts.target, name="target"),
    path("plan/documents/<slug:code>/targets/<slug:target>/bind", texts.bind, name="bind"),
    path("plan/documents/<slug:code>/tasks/<int:number>/", texts.task, name="task"),
    path(
        "plan/documents/<slug:code>/correct/<slug:kind>/<int:item_id>/<slug:field>/",
        correcting.correct,
        name="correct",
    ),
    path("plan/filings/", filings.filings, name="filings"),
    path("plan/filings/new/", filings.new_filing, name="new_filing"),
    path("plan/filings/call/", filings.new_call, name="new_call"),
    path("plan/filings/call/<int:call_id>/end", filings.end_call, name="end_call"),
    path("plan/filings/<int:plan_id>/", filings.filing, name="filing"),
    path("plan/filings/<int:plan_id>/check", filings.check, name="check_filing"),
    path("plan/filings/<int:plan_id>/refile/", filings.refile, name="refile"),
    path("plan/reports/", reports.reports, name="reports"),
    path("plan/reports/new/<int:number>/<slug:town>/", reports.new_report, name="new_report"),
    path("plan/reports/<int:report_id>/", reports.report, name="report"),
    path("plan/pilots/", pilots.pilots, name="pilots"),
    path("plan/pilots/new/", pilots.new_pilot, name="new_pilot"),
    path("plan/pilots/<int:pilot_id>/", pilots.pilot, name="pilot"),
    path("plan/practices/", pilots.practices, name="practices"),
    path("plan/practices/new/", pilots.new_practice, name="new_practice"),
    path("plan/practices/<int:practice_id>/", pilots.practice, name="practice"),
    path("plan/practices/<int:practice_id>/withdraw", pilots.withdraw, name="withdraw_practice"),
    path("plan/visits/", visits.visits, name="visits"),
    path("plan/visits/new/", visits.new_visit, name="new_visit"),
    path("plan/visits/<int:visit_id>/", visits.visit, name="visit"),
    path("plan/visits/<int:visit_id>/<slug:step>", visits.step, name="visit_step"),
    path("plan/funding/", money.funding, name="funding"),
    path("plan/funding/new/", money.new_line, name="new_funding"),
    path("plan/funding/<int:line_id>/withdraw/", money.withdraw, name="withdraw_funding"),
]
