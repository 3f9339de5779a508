"""Addresses of the register of places."""

from __future__ import annotations

from django.urls import path

from linli.places.views import (
    cells,
    changes,
    drawing,
    layers,
    outlines,
    part_lists,
    parts,
    register,
    then,
)

app_name = "places"
urlpatterns = [
    path("register/places/", register.listing, name="register"),
    path("register/places/on-a-day/", then.listing, name="then"),
    path("register/places/on-a-day/print/", then.paper, name="then_print"),
    path("register/places/<str:code>/", register.detail, name="detail"),
    path("register/layers/", layers.listing, name="layers"),
    path("register/layers/new/", layers.add, name="layer_new"),
    path("register/layers/<slug:key>/", layers.change, name="layer"),
    path("register/layers/<slug:key>/close", layers.close, name="layer_close"),
    path("register/outlines/", outlines.load, name="outlines"),
    path("register/outlines/<int:pk>/withdraw", outlines.withdraw, name="outlines_withdraw"),
    path("register/parts/", parts.mine, name="parts_mine"),
    path("register/places/<str:code>/parts/", parts.listing, name="parts"),
    path("register/places/<str:code>/parts/new/", parts.add, name="part_new"),
    path("register/places/<str:code>/parts/import/", part_lists.hand_in, name="parts_import"),
    path("register/places/<str:code>/parts/import/blank", part_lists.blank, name="parts_blank"),
    path("register/places/<str:code>/decide/<slug:topic>", changes.decide, name="decide"),
    path("register/places/<str:code>/cells/", cells.listing, name="cells"),
    path("register/places/<str:code>/cells/import", cells.load, name="cells_import"),
    path("register/places/<str:code>/cells/<slug:layer>/draw/", drawing.draw, name="cell_draw"),
    path("register/places/<str:code>/cells/<int:pk>/close", cells.close, name="cell_close"),
    path("register/places/<str:code>/<slug:kind>/", changes.change, name="change"),
]
