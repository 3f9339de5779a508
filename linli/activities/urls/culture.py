"""Addresses of culture: wishes, offers, answers, talents."""

from __future__ import annotations

from django.urls import path

from linli.activities.views import care, culture, culture_desk

PLACE = "places/<str:code>/culture"
urlpatterns = [
    path("places/<str:code>/care/", care.care, name="care"),
    path(f"{PLACE}/", culture.culture, name="culture"),
    path(f"{PLACE}/desk/", culture_desk.desk, name="culture_desk"),
    path(f"{PLACE}/desk/<slug:what>/", culture_desk.form, name="culture_form"),
]
