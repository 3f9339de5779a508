"""Addresses of those who report: the form, the counter's form, following a case."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from linli.cases.views import (
    asking,
    contacts,
    counter,
    following,
    receipts,
    report_worker,
    reporting,
    spots,
)

urlpatterns: list[URLPattern] = [
    path("report/", reporting.report, name="report"),
    path("report/suggest", asking.suggested, name="suggested"),
    path("report/worker.js", report_worker.worker, name="report_worker"),
    path("report/receipt/<str:number>/", receipts.receipt, name="receipt"),
    path("report/counter/", counter.on_behalf, name="on_behalf"),
    path("report/contact/<str:number>/", contacts.contact, name="contact"),
    path("report/spots/", spots.spots, name="spots"),
    path("report/spots/print/", spots.spot_sheets, name="spot_sheets"),
    path("report/spots/<slug:code>/end", spots.spot_end, name="spot_end"),
    path("follow/", following.find, name="find"),
    path("follow/<str:number>/", following.follow, name="follow"),
    path("follow/<str:number>/photos/<slug:file>/", following.picture, name="follow_picture"),
    path("follow/<str:number>/<slug:move>", following.act, name="follow_act"),
    path("me/reports/", following.mine, name="mine"),
]
# by the shape of a number: codes of feedback have the same beginning
bare_urlpatterns: list[URLPattern] = [
    re_path(
        r"^follow/(?P<number>[A-Za-z]{1,4}-?20\d\d-?\d{4,8})/?$",
        following.to_follow,
        name="to_follow",
    ),
]
