"""Addresses of the handbook of a place."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import handbooks

urlpatterns = [
    path("places/<str:code>/handbook/", handbooks.handbook, name="handbook"),
    path("places/<str:code>/handbook/make", handbooks.make, name="handbook_make"),
]
