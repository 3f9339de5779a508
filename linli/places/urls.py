"""Addresses of the register of places."""

from __future__ import annotations

from django.urls import path

from linli.places.views import cells, changes, register

app_name = "places"
urlpatterns = [
    path("register/places/", register.listing, name="register"),
    path("register/places/<str:code>/", register.detail, name="detail"),
    path("register/places/<str:code>/decide/<slug:topic>", changes.decide, name="decide"),
    path("register/places/<str:code>/cells/", cells.listing, name="cells"),
    path("register/places/<str:code>/cells/import", cells.load, name="cells_import"),
    path("register/places/<str:code>/cells/<int:pk>/close", cells.close, name="cell_close"),
    path("register/places/<str:code>/<slug:kind>/", changes.change, name="change"),
]
