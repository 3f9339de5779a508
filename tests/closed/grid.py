"""Who opens the addresses of the grid: cells, rounds, teams, storms, heads of buildings."""

from __future__ import annotations

GRID: dict[str, tuple[str, ...]] = {
    "grid.see": (
        "grid/",
        "api/v1/grid/duties/",
        "grid/storms/<int:storm_id>/sums/<str:code>/",
        "api/v1/grid/storms/<int:storm_id>/sums/<code>/",
        "api/v1/grid/teams/",
    ),
    "grid.keep": (
        "grid/duties/<int:duty_id>/end/",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/staff/new/", "grid/<str:code>/cells/<slug:layer>/<str:cell>/parts/",
        "api/v1/grid/villages/<code>/cells/<layer>/<cell>/parts",
        "api/v1/grid/duties/<int:duty_id>/end", "grid/<str:code>/teams/new/",
        "grid/watch/teams/<int:team_id>/seats/new/", "grid/watch/teams/<int:team_id>/fill/",
        "grid/watch/teams/<int:team_id>/end",
        "grid/watch/teams/<int:team_id>/change/", "api/v1/grid/teams/<int:team_id>/correct",
        "grid/watch/seats/<int:seat_id>/off", "api/v1/grid/teams/<int:team_id>/seats/",
        "api/v1/grid/teams/<int:team_id>/fill", "api/v1/grid/teams/<int:team_id>/end",
        "api/v1/grid/watch/seats/<int:seat_id>/off",
    ),
    "grid.storm": (
        "grid/<str:code>/storms/shelters/new/", "grid/<str:code>/storms/shelters/<int:shelter_id>/end",
        "grid/<str:code>/storms/shelters/<int:shelter_id>/change/", "grid/storms/homes/<int:home_id>/change/",
        "grid/storms/homes/<int:home_id>/strike/", "grid/storms/homes/<int:home_id>/restore",
        "grid/<str:code>/storms/<int:storm_id>/homes/new/",
        "grid/<str:code>/storms/<int:storm_id>/sheet/", "api/v1/grid/storms/<int:storm_id>/sheets/<code>/type",
        "grid/storms/homes/<int:home_id>/<slug:move>",
        "api/v1/grid/villages/<code>/shelters/<int:shelter_id>/correct",
        "api/v1/grid/villages/<code>/shelters/<int:shelter_id>/end",
        "api/v1/grid/storms/homes/<int:home_id>/strike", "api/v1/grid/storms/homes/<int:home_id>/restore",
        "api/v1/grid/storms/homes/<int:home_id>/correct", "api/v1/grid/storms/homes/<int:home_id>/mark",
    ),
    "grid.declare": (
        "grid/<str:code>/storms/new/", "grid/<str:code>/storms/<int:storm_id>/end",
        "grid/<str:code>/storms/<int:storm_id>/keep", "api/v1/grid/storms/<int:storm_id>/keep",
        "api/v1/grid/storms/<int:storm_id>/end",
        "grid/<str:code>/warnings/new/", "grid/warnings/<int:warning_id>/correct/",
        "grid/warnings/<int:warning_id>/lift", "api/v1/grid/warnings/<code>/",
        "api/v1/grid/warnings/<int:warning_id>/correct", "api/v1/grid/warnings/<int:warning_id>/lift",
    ),
    "grid.declare+notices.write+notices.publish": (
        "grid/warnings/<int:warning_id>/post/", "api/v1/grid/warnings/<int:warning_id>/post",
    ),
    "grid.work grid.keep": (
        "grid/watch/", "grid/watch/teams/<int:team_id>/note/", "api/v1/grid/watch/seats/",
        "api/v1/grid/watch/swaps/",
    ),
    "grid.heads access.reside": ("places/<str:code>/heads/stand/",),
    "grid.heads": (
        "grid/heads/<int:head_id>/choice/", "grid/heads/<int:head_id>/end/", "grid/heads/<int:head_id>/person/", "api/v1/grid/heads/<int:head_id>/tie",
        "grid/<str:code>/heads/", "api/v1/grid/heads/<int:head_id>/choice",
        "api/v1/grid/heads/<int:head_id>/end", "api/v1/grid/villages/<code>/heads/",
    ),
    "grid.work grid.see": ("api/v1/grid/subclasses/",),
    "grid.work": (
        "grid/today/", "grid/report/", "grid/events/", "grid/stops/", "grid/stops/new/",
        "grid/stops/<int:stop_id>/visit/", "grid/stops/<int:stop_id>/end", "grid/checks/",
        "grid/checks/new/<slug:hazard>/", "grid/checks/<int:check_id>/",
        "grid/checks/<int:check_id>/again/", "api/v1/grid/events/", "api/v1/grid/stops/",
        "api/v1/grid/stops/<int:stop_id>/visit", "api/v1/grid/checks/",
        "api/v1/grid/day/", "api/v1/grid/queues/", "api/v1/grid/stops/<int:stop_id>/end",
        "api/v1/grid/checks/<int:check_id>/again",
    ),
    "grid.contacts": (
        "grid/contacts/<int:contact_id>/person/", "api/v1/grid/contacts/<int:contact_id>/tie",
        "grid/contacts/<int:contact_id>/show", "grid/contacts/<int:contact_id>/end",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/contacts/new/",
        "api/v1/grid/contacts/", "api/v1/grid/contacts/<int:contact_id>/end",
    ),
    "grid.see grid.declare grid.storm grid.work": (
        "api/v1/grid/storms/", "api/v1/grid/storms/<int:storm_id>/sheets/<code>/",
        "api/v1/grid/storms/<int:storm_id>/homes/<code>/", "api/v1/grid/villages/<code>/shelters/",
        "grid/<str:code>/storms/", "grid/<str:code>/storms/<int:storm_id>/",
        "grid/<str:code>/storms/<int:storm_id>/print/", "grid/warnings/<int:warning_id>/",
    ),
    "grid.see grid.keep grid.work": (
        "api/v1/grid/teams/<int:team_id>/roster/", "api/v1/grid/teams/<int:team_id>/note",
        "api/v1/grid/watch/seats/<int:seat_id>/swap", "grid/watch/seats/<int:seat_id>/swap/",
        "grid/watch/teams/<int:team_id>/", "grid/watch/teams/<int:team_id>/print/",
    ),
    "grid.see grid.contacts grid.keep grid.work": (
        "api/v1/grid/villages/<code>/cells/",
        "api/v1/grid/villages/<code>/cells/<layer>/<cell>/objects/",
        "api/v1/grid/places/<code>/figures/", "api/v1/grid/places/<code>/figures/<key>/", "grid/<str:code>/",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/", "grid/<str:code>/figures/",
        "grid/<str:code>/print/", "grid/<str:code>/teams/",
    ),
}  # fmt: skip
