"""Addresses of mandates on paper."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import mandates, own_mandates

urlpatterns = [
    path("window/mandates/<int:person_id>/", mandates.listing, name="mandates"),
    path("window/mandates/of/<int:mandate_id>/<slug:move>", mandates.act, name="mandate_act"),
    path("me/mandates/", own_mandates.mine, name="my_mandates"),
    path("me/mandates/<int:mandate_id>/end", own_mandates.end, name="my_mandate_end"),
]
