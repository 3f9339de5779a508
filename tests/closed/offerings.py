"""Who opens the addresses of what is offered: items at the desk, the window and its applications."""

from __future__ import annotations

OFFERINGS: dict[str, tuple[str, ...]] = {
    "offerings.write_items offerings.publish_items": (
        "desk/items/", "desk/items/new/", "desk/items/<slug:key>/", "desk/items/<slug:key>/preview/",
        "desk/items/<slug:key>/do/<slug:move>", "api/v1/item-work/", "api/v1/item-work/<slug:key>/",
        "api/v1/item-work/<slug:key>/<move>",
    ),
    "offerings.write_items": (
        "places/<str:code>/handbook/make", "desk/item-lists/", "desk/item-lists/<slug:code>/",
        "api/v1/item-lists/", "api/v1/item-lists/<slug:code>/", "api/v1/item-lists/<slug:code>/<move>",
        "desk/items/<slug:key>/edit/", "desk/items/<slug:key>/office/", "desk/items/<slug:key>/<slug:part>/new/",
        "desk/items/<slug:key>/<slug:part>/<str:number>/", "desk/items/<slug:key>/<slug:part>/<str:number>/<slug:act>",
        "api/v1/item-work/<slug:key>/parts/<part>/", "api/v1/item-work/<slug:key>/parts/<part>/<int:number>/",
        "api/v1/item-work/<slug:key>/parts/<part>/<int:number>/<move>",
    ),
    "offerings.receive": (
        "window/mandates/", "window/mandates/new/", "api/v1/mandates/outside/",
        "window/mandates/<int:person_id>/", "window/mandates/of/<int:mandate_id>/<slug:move>",
        "api/v1/mandates/", "api/v1/mandates/<int:mandate_id>/end", "api/v1/mandates/<int:mandate_id>/sign",
        "desk/reminders/", "desk/reminders/<slug:name>", "desk/benefits/<int:person_id>/",
        "desk/benefits/of/<int:benefit_id>/<slug:move>", "api/v1/reminders/", "api/v1/reminders/file", "api/v1/benefits/asked/", "api/v1/benefits/<int:benefit_id>/<move>",
        "api/v1/benefits/",
        "window/", "window/<slug:key>/", "applications/<str:number>/check/",
        "applications/<str:number>/distribute/", "applications/<str:number>/parts/<int:part_id>/",
        "applications/<str:number>/deliver/", "applications/<str:number>/pay/",
        "window/fees/", "api/v1/fees/back/", "applications/<str:number>/pay/<slug:act>", "applications/<str:number>/waive/",
        "api/v1/applications/<number>/fee/waive", "api/v1/applications/<number>/fee/waive/back",
        "api/v1/applications/<number>/fee/withdraw", "applications/<str:number>/waive/back/",
        "applications/<str:number>/payments/<str:receipt>/refund/",
        "applications/<str:number>/ask/<slug:key>/",
        "applications/<str:number>/reveal/", "api/v1/applications/<number>/reveal", "api/v1/applications/<number>/check",
        "api/v1/applications/<number>/payments/", "api/v1/applications/<number>/payments/<receipt>/refund",
        "api/v1/applications/<number>/distribute", "api/v1/applications/<number>/deliver",
        "api/v1/applications/<number>/take-supply", "api/v1/applications/<number>/parts/<int:part_id>/give",
        "api/v1/applications/<number>/records/<slug:key>/ask", "api/v1/home-visits/<slug:code>/apply",
    ),
    "offerings.receive offerings.decide": (
        "applications/<str:number>/papers/<slug:key>", "api/v1/applications/<number>/parts/",
        "api/v1/applications/<number>/records/", "api/v1/applications/<number>/papers/",
        "api/v1/applications/<number>/papers/<slug:key>",
    ),
    "offerings.serve offerings.windows": (
        "windows/", "windows/<slug:centre>/", "api/v1/windows/<slug:centre>/day/",
    ),
    "offerings.serve": (
        "windows/visits/", "windows/visits/<slug:code>/<slug:move>", "api/v1/visits/<code>/come",
        "api/v1/visits/<code>/undo", "api/v1/visits/", "api/v1/windows/<int:window_id>/call", "windows/<slug:centre>/ticket/", "windows/of/<int:window_id>/calls/",
        "windows/of/<int:window_id>/calls/<slug:move>", "window/home/", "window/home/<slug:code>/",
        "api/v1/home-visits/<slug:code>/", "api/v1/home-visits/<slug:code>/<move>",
    ),
    "offerings.call_back cases.review_ratings": (
        "windows/ratings/", "windows/ratings/<int:rating_id>/", "api/v1/visit-ratings/",
        "api/v1/visit-ratings/<int:rating_id>/", "api/v1/visit-ratings/<int:rating_id>/<move>",
    ),
    "offerings.reach": ("windows/visits/<slug:code>/reach/", "window/home/<slug:code>/way/", "api/v1/visits/<code>/reach", "api/v1/home-visits/<slug:code>/way"),
    "offerings.centres offerings.oversee_centres offerings.visit_centres": (
        "desk/centres/", "desk/centres/<slug:centre>/", "desk/centres/checks/<int:check_id>/",
        "api/v1/centre-records/", "api/v1/centre-records/<slug:code>/",
        "api/v1/centre-checks/<int:check_id>/",
    ),
    "offerings.centres offerings.visit_centres": (
        "api/v1/centre-checks/", "api/v1/centre-checks/key", "api/v1/centre-records/<slug:code>/checks",
    ),
    "offerings.visit_centres": (
        "api/v1/centre-checks/<int:check_id>/norms/<norm>", "api/v1/centre-checks/<int:check_id>/<slug:move>",
    ),
    "offerings.centres": (
        "desk/centres/<slug:centre>/<slug:what>/", "api/v1/centre-records/<slug:code>/platforms",
        "api/v1/centre-records/<slug:code>/equipment", "api/v1/centre-records/<slug:code>/costs",
        "api/v1/centre-records/<slug:code>/costs/<int:cost_id>/back",
    ),
    "offerings.ask_reports offerings.fill_reports": ("desk/reports/",),
    "offerings.ask_reports": (
        "desk/reports/new/", "desk/reports/<slug:code>/", "desk/reports/<slug:code>/do/<slug:move>",
        "api/v1/reporting/tasks/", "api/v1/reporting/tasks/<code>/",
        "api/v1/reporting/tasks/<code>/<step>", "api/v1/reporting/tasks/<code>/file/",
    ),
    "offerings.fill_reports": (
        "desk/reports/sheets/<slug:code>/", "desk/reports/sheets/<slug:code>/do/<slug:move>",
        "api/v1/reporting/sheets/", "api/v1/reporting/sheets/<code>/", "api/v1/reporting/sheets/<code>/cells",
        "api/v1/reporting/sheets/<code>/sign", "api/v1/reporting/sheets/<code>/rows/",
        "api/v1/reporting/sheets/<code>/<move>",
    ),
    "offerings.windows": (
        "windows/of/<int:window_id>/", "windows/of/<int:window_id>/hours/",
        "windows/of/<int:window_id>/end", "windows/closings/<int:closing_id>/back",
        "windows/<slug:centre>/new/", "windows/<slug:centre>/closings/", "windows/<slug:centre>/draws/",
        "windows/draws/<slug:code>/<slug:move>", "api/v1/windows/<int:window_id>/hours", "api/v1/closings/",
        "api/v1/windows/<int:window_id>/preview",
        "api/v1/windows/<int:window_id>/change", "api/v1/windows/<int:window_id>/end",
        "windows/of/<int:window_id>/tablets/", "windows/tablets/<int:tablet_id>/end",
        "api/v1/windows/<int:window_id>/tablets/", "api/v1/windows/<int:window_id>/tablets",
        "api/v1/rating-tablets/<int:tablet_id>/end",
        "api/v1/closings/<int:closing_id>/back", "api/v1/draws/<code>/steps/<move>",
    ),
}  # fmt: skip
