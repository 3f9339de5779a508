"""Addresses of mandates on paper."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import mandates

urlpatterns = [
    path("window/mandates/<int:person_id>/", mandates.listing, name="mandates"),
    path("window/mandates/of/<int:mandate_id>/<slug:move>", mandates.act, name="mandate_act"),
]
