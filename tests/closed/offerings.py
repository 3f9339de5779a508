"""Who opens the addresses of what is offered: items at the desk, the window and its applications."""

from __future__ import annotations

OFFERINGS: dict[str, tuple[str, ...]] = {
    "offerings.write_items offerings.publish_items": (
        "desk/items/", "desk/items/new/", "desk/items/<slug:key>/", "desk/items/<slug:key>/preview/",
        "desk/items/<slug:key>/do/<slug:move>",
    ),
    "offerings.write_items": (
        "places/<str:code>/handbook/make",
        "desk/items/<slug:key>/edit/", "desk/items/<slug:key>/office/", "desk/items/<slug:key>/<slug:part>/new/",
        "desk/items/<slug:key>/<slug:part>/<str:number>/", "desk/items/<slug:key>/<slug:part>/<str:number>/<slug:act>",
    ),
    "offerings.receive": (
        "window/", "window/<slug:key>/", "applications/<str:number>/check/",
        "applications/<str:number>/distribute/", "applications/<str:number>/parts/<int:part_id>/",
        "applications/<str:number>/deliver/", "applications/<str:number>/pay/",
        "applications/<str:number>/payments/<str:receipt>/refund/",
        "applications/<str:number>/reveal/", "api/v1/applications/<number>/check",
        "api/v1/applications/<number>/payments/",
    ),
    "offerings.receive offerings.decide": ("applications/<str:number>/papers/<slug:key>",),
}  # fmt: skip
