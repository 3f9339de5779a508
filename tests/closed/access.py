"""Who opens the addresses of who signs in, which rights they hold, and reviews of both."""

from __future__ import annotations

ACCESS: dict[str, tuple[str, ...]] = {
    "access.manage access.grant access.review access.enrol access.approve_reset": (
        "access/accounts/", "access/accounts/<int:account_id>/",
        "api/v1/access/accounts/<int:account_id>/",
    ),
    "access.manage": (
        "access/accounts/new/", "access/accounts/<int:account_id>/edit/",
        "access/accounts/<int:account_id>/<slug:move>", "access/accounts/<int:account_id>/ask",
        "api/v1/access/accounts/<int:account_id>/ask",
        "api/v1/access/accounts/<int:account_id>/change",
        "api/v1/access/accounts/<int:account_id>/disable",
        "api/v1/access/accounts/<int:account_id>/enable",
        "api/v1/access/accounts/<int:account_id>/link",
        "api/v1/access/accounts/<int:account_id>/reset",
    ),
    "access.enrol": (
        "access/accounts/<int:account_id>/badge", "access/devices/", "access/devices/new/",
        "access/devices/<int:device_id>/revoke", "access/residents/", "access/residents/tie",
        "access/residents/<int:account_id>/close", "api/v1/access/residents/<int:account_id>/close",
        "access/residents/mandate", "api/v1/access/accounts/<int:account_id>/badge",
        "api/v1/access/residents/find", "api/v1/access/residents/tie",
        "api/v1/access/residents/mandate",
        "api/v1/access/devices/", "api/v1/access/devices/<int:device_id>/revoke",
    ),
    "access.answer": (
        "access/data-requests/", "access/data-requests/<str:number>/",
        "access/data-requests/<str:number>/erase", "api/v1/access/data-requests/<number>/erase",
        "access/data-requests/<str:number>/take", "access/data-requests/<str:number>/answer",
        "api/v1/access/data-requests/", "api/v1/access/data-requests/<number>/",
        "api/v1/access/data-requests/<number>/take", "api/v1/access/data-requests/<number>/answer",
    ),
    "access.answer+access.act_for": (
        "access/data-requests/<str:number>/receipt", "api/v1/access/data-requests/<number>/receipt",
    ),
    "access.import": (
        "access/import/", "api/v1/access/imports/", "api/v1/access/imports/<int:import_id>/",
    ),
    "access.approve_reset": (
        "access/resets/", "access/resets/<int:reset_id>/approve",
        "access/resets/<int:reset_id>/refuse", "api/v1/access/resets/",
        "api/v1/access/resets/<int:reset_id>/approve",
        "api/v1/access/resets/<int:reset_id>/refuse",
    ),
    "access.review": (
        "access/reviews/", "access/reviews/<int:right_id>/", "api/v1/access/reviews/",
        "api/v1/access/reviews/<int:right_id>/", "api/v1/access/reviews/<int:right_id>/review",
        "access/rights/lists/<int:list_id>/sign",
        "api/v1/access/rights/lists/<int:list_id>/sign", "api/v1/access/rights/lists/make",
    ),
    "access.grant access.grant_special": ("access/rights/new/", "api/v1/access/rights/give"),
    "access.grant access.grant_special access.review": ("api/v1/access/rights/given/",),
    "access.grant": ("access/rights/<int:right_id>/end", "api/v1/access/rights/<int:right_id>/end"),
    "access.grant access.review": (
        "access/rights/lists/make",
        "access/rights/", "access/rights/lists/<int:list_id>/", "access/templates/",
        "api/v1/access/rights/lists/", "api/v1/access/rights/lists/<int:list_id>/",
        "api/v1/access/templates/",
    ),
    "access.break_glass": (
        "access/special/break-glass", "api/v1/access/special/break-glass",
    ),
    "access.operate": ("access/special/full-session", "api/v1/access/special/full-session"),
}  # fmt: skip
