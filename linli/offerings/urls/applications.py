"""Addresses of applications: the resident's form and receipt, the window, the steps at the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.offerings.views import (
    applications,
    applying,
    fees,
    fees_back,
    outside_mandates,
    own_fee,
    paying,
    sealed_papers,
    supplying,
    window,
)

ONE = "applications/<str:number>/"
urlpatterns: list[URLPattern] = [
    path("items/<slug:key>/apply/", applying.apply, name="apply"),
    path("applications/receipt/<str:number>/", supplying.receipt, name="applied"),
    path(f"{ONE}supply/", supplying.supply, name="application_supply"),
    path("window/", window.window, name="window"),
    path("window/fees/", fees_back.listing, name="fees_back"),
    path("window/mandates/", outside_mandates.listing, name="outside_mandates"),
    path("window/mandates/new/", outside_mandates.new, name="outside_mandate_new"),
    path("window/<slug:key>/", window.window_apply, name="window_apply"),
    path(f"{ONE}check/", applications.check, name="application_check"),
    path(f"{ONE}distribute/", applications.distribute, name="application_distribute"),
    path(f"{ONE}parts/<int:part_id>/", applications.give_part, name="application_part"),
    path(f"{ONE}deliver/", applications.deliver, name="application_deliver"),
    path(f"{ONE}sealed/<slug:paper>.pdf", sealed_papers.sealed, name="application_sealed"),
    path(f"{ONE}fee/", own_fee.own_fee, name="application_fee"),
    path(f"{ONE}pay/", fees.pay, name="application_pay"),
    path(f"{ONE}waive/", fees.waive, name="application_waive"),
    path(f"{ONE}waive/back/", fees.take_waiver_back, name="application_waiver_back"),
    path(f"{ONE}pay/<slug:act>", paying.order, name="application_pay_order"),
    path(f"{ONE}payments/<str:receipt>/refund/", fees.refund, name="application_refund"),
    path(f"{ONE}ask/<slug:key>/", fees.ask, name="application_ask"),
    path(f"{ONE}reveal/", fees.reveal, name="application_reveal"),
    path(f"{ONE}papers/<slug:key>", applications.paper, name="application_paper"),
]
