"""Addresses of those who work on cases: lists, sheets, moves, the supervisor's board."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.cases.views import boards, bulk, exports, handing, lists, sheets

urlpatterns: list[URLPattern] = [
    path("desk/board/cases/", boards.board, name="board"),
    path("desk/cases/", lists.case_list, name="list"),
    path("desk/cases/print/", lists.case_list_print, name="list_print"),
    path("desk/cases/calendar/", boards.calendar, name="calendar"),
    path("desk/cases/bulk", bulk.bulk, name="bulk"),
    path("desk/cases/export", exports.export, name="export"),
    path("desk/cases/<str:number>/", sheets.sheet, name="sheet"),
    path("desk/cases/<str:number>/print/", sheets.sheet_print, name="sheet_print"),
    path("desk/cases/<str:number>/hand-over/", handing.hand_over, name="hand_over"),
    path("desk/cases/<str:number>/<slug:name>", sheets.act, name="act"),
]
