"""Addresses of the pages that mix many apps."""

from __future__ import annotations

from django.urls import path

from linli.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("places/<str:code>/", views.place_home, name="place"),
    path("places/<str:code>/map/", views.place_map, name="map"),
    path("places/<str:code>/<slug:key>/", views.place_door, name="door"),
    path("search/", views.search, name="search"),
]
bare_urlpatterns = [path("", views.to_language, name="root")]
