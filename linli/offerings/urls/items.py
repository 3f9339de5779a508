"""Addresses of items of service."""

from __future__ import annotations

from django.urls import path

from linli.offerings.views import item_desk, item_editing, item_lists, items

PART = "desk/items/<slug:key>/<slug:part>/"
urlpatterns = [
    path("items/", items.entrance, name="items"),
    path("items/<slug:key>/", items.guide, name="item"),
    path("items/<slug:key>/print.pdf", items.sheet, name="item_sheet"),
    path("desk/item-lists/", item_lists.listing, name="item_lists"),
    path("desk/item-lists/<slug:code>/", item_lists.detail, name="item_list"),
    path("desk/items/", item_desk.listing, name="desk_items"),
    path("desk/items/new/", item_editing.add, name="desk_item_new"),
    path("desk/items/<slug:key>/", item_desk.detail, name="desk_item"),
    path("desk/items/<slug:key>/edit/", item_editing.edit, name="desk_item_edit"),
    path("desk/items/<slug:key>/office/", item_editing.office, name="desk_item_office"),
    path("desk/items/<slug:key>/preview/", item_desk.preview, name="desk_item_preview"),
    path("desk/items/<slug:key>/do/<slug:move>", item_desk.move, name="desk_item_move"),
    path(f"{PART}new/", item_editing.part, name="desk_item_part_new"),
    path(f"{PART}<str:number>/", item_editing.part, name="desk_item_part"),
    path(f"{PART}<str:number>/<slug:act>", item_editing.part_move, name="desk_item_part_move"),
]
