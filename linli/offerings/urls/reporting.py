"""Addresses of reports asked by spreadsheet."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import reporting, reporting_acts, reporting_lists, reporting_sheets

urlpatterns = [
    path("desk/reports/", reporting_lists.listing, name="reports"),
    path("desk/reports/new/", reporting.add, name="report_new"),
    path("desk/reports/<slug:code>/", reporting.detail, name="report"),
    path("desk/reports/<slug:code>/do/<slug:move>", reporting_acts.act, name="report_act"),
    path("desk/reports/sheets/<slug:code>/", reporting_sheets.sheet, name="report_sheet"),
    path("desk/reports/sheets/<slug:code>/do/<slug:move>", reporting_sheets.act, name="report_sheet_act"),
]  # fmt: skip
