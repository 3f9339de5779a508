"""Addresses of visits at home."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import home_visits

urlpatterns = [
    path("items/<slug:key>/home/", home_visits.ask, name="item_home"),
    path("visits/home/<slug:code>/", home_visits.follow, name="home_visit"),
    path("window/home/", home_visits.listing, name="home_visits"),
    path("window/home/<slug:code>/", home_visits.one, name="home_visit_desk"),
    path("window/home/<slug:code>/way/", home_visits.way, name="home_visit_way"),
]
