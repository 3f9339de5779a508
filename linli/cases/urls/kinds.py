"""Addresses at which staff open cases of a kind, and take the steps that have a form of their own."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.cases.views import openings, splitting, steps

STEP = "cases/<str:number>/steps"
urlpatterns: list[URLPattern] = [
    path("cases/new/", openings.new_list, name="new_list"),
    path("cases/new/referred/", openings.referred, name="new_referred"),
    path("cases/new/<slug:kind>/", openings.new_case, name="new"),
    path(f"{STEP}/transfer/", steps.step, {"name": "transfer"}, name="petition_transfer"),
    path(f"{STEP}/review/", steps.step, {"name": "review"}, name="petition_review"),
    path(f"{STEP}/forward/", steps.step, {"name": "forward"}, name="visit_forward"),
    path(f"{STEP}/company/", steps.step, {"name": "company"}, name="report_company"),
    path(f"{STEP}/split/", splitting.split, name="split"),
    path(f"{STEP}/circulate/", steps.step, {"name": "circulate"}, name="incoming_circulate"),
    path(f"{STEP}/hand-out/", steps.step, {"name": "hand-out"}, name="incoming_hand_out"),
    path(f"{STEP}/day/", steps.step, {"name": "day"}, name="directive_day"),
    path("cases/<str:number>/papers/<slug:key>", steps.paper_issue, name="paper_issue"),
]
