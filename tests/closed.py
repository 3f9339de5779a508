"""Who may open the addresses that are not for everybody: anyone signed in, or holders of a permit."""

from __future__ import annotations

from linli.demo.cast import TOWN
from linli.kernel.permits import PERMITS, Actor

CITY_PATH, TOWN_PATH = "441900/", f"441900/{TOWN}/"

# for everybody who is signed in: one's own things, each answered for its owner alone
OWN = {
    "access/import/<int:import_id>/", "access/deputies/", "access/deputies/<int:deputy_id>/end", "access/my-data/",
    "access/my-data/new/", "access/posts/", "access/posts/act", "access/posts/choose",
    "access/security/", "access/security/authenticator/", "access/security/confirm/",
    "access/security/factors/<int:factor_id>/remove", "access/security/passkey/",
    "access/security/password/", "access/security/pin/", "access/security/recovery/",
    "access/security/sessions/<int:session_id>/end", "access/security/sessions/end",
    "access/special/", "access/tokens/", "access/tokens/<int:token_id>/revoke",
    "access/tokens/new/", "access/data-requests/<str:number>/withdraw",
    "access/mandates/<int:mandate_id>/end",
    "api/v1/access/me/", "api/v1/access/accounts/", "api/v1/access/rights/",
    "api/v1/trail/mine/", "documents/", "files/drafts/add",
    r"^files/(?P<code>[A-Z0-9]+)/(?P<side>1920|480)/$",
    "inbox/", "inbox/read", "inbox/choices/", "inbox/choices/<str:purpose>/choose",
    "inbox/choices/<str:purpose>/way", "me/email/", "me/email/code/", "me/email/drop",
    "inbox/<slug:code>/", "jobs/", "jobs/<slug:code>/", "jobs/<slug:code>/cancel",
    "me/data/", "me/data/copy", "me/reports/", "views/", "views/save", "views/<int:view_id>/share",
    "views/<int:view_id>/delete", "views/<int:view_id>/rename",
    "api/v1/me/", "api/v1/jobs/", "api/v1/jobs/<code>/", "api/v1/jobs/<code>/cancel",
    "api/v1/views/", "api/v1/views/save", "api/v1/views/<int:view_id>/rename",
    "api/v1/views/<int:view_id>/share", "api/v1/views/<int:view_id>/delete",
    "api/v1/inbox/", "api/v1/inbox/read", "api/v1/inbox/choices/",
    "api/v1/inbox/choices/<purpose>/choose", "api/v1/inbox/<code>/", "api/v1/inbox/<code>/read",
    "api/v1/files/drafts/add",
    "api/v1/access/deputies/", "api/v1/access/deputies/name",
    "api/v1/access/deputies/<int:deputy_id>/end", "api/v1/access/sessions/",
    "api/v1/access/sessions/end", "api/v1/access/sessions/<int:session_id>/end",
    "api/v1/access/tokens/", "api/v1/access/tokens/make",
    "api/v1/access/tokens/<int:token_id>/revoke", "api/v1/access/my-data/",
    "api/v1/access/my-data/file", "api/v1/access/data-requests/<number>/withdraw",
    "api/v1/access/acting/", "api/v1/access/acting/choose", "api/v1/access/acting/start",
    "api/v1/access/acting/stop", "api/v1/access/mandates/", "api/v1/access/special/",
    "api/v1/access/mandates/<int:mandate_id>/end",
    "grid/watch/swaps/<int:swap_id>/<slug:move>",
    "me/heads/", "me/heads/words/<slug:word>/", "heads/<int:head_id>/withdraw",
    # entries of one's own phone; those of others are found by whoever oversees them
    "grid/kept/", "grid/kept/<int:entry_id>/", "api/v1/replay/", "api/v1/grid/kept/",
    "api/v1/grid/kept/<int:entry_id>/apply", "api/v1/grid/kept/<int:entry_id>/drop",
}  # fmt: skip

# permits, any of which opens → the addresses
BY_PERMIT: dict[str, tuple[str, ...]] = {
    "access.manage access.grant access.review access.enrol access.approve_reset": (
        "access/accounts/", "access/accounts/<int:account_id>/",
        "api/v1/access/accounts/<int:account_id>/",
    ),
    "access.manage": (
        "access/accounts/new/", "access/accounts/<int:account_id>/edit/",
        "access/accounts/<int:account_id>/<slug:move>",
        "api/v1/access/accounts/<int:account_id>/change",
        "api/v1/access/accounts/<int:account_id>/disable",
        "api/v1/access/accounts/<int:account_id>/enable",
        "api/v1/access/accounts/<int:account_id>/link",
        "api/v1/access/accounts/<int:account_id>/reset",
    ),
    "access.enrol": (
        "access/accounts/<int:account_id>/badge", "access/devices/", "access/devices/new/",
        "access/devices/<int:device_id>/revoke", "access/residents/", "access/residents/tie",
        "access/residents/mandate", "api/v1/access/accounts/<int:account_id>/badge",
        "api/v1/access/residents/find", "api/v1/access/residents/tie",
        "api/v1/access/residents/mandate",
        "api/v1/access/devices/", "api/v1/access/devices/<int:device_id>/revoke",
    ),
    "access.answer": (
        "access/data-requests/", "access/data-requests/<str:number>/",
        "access/data-requests/<str:number>/take", "access/data-requests/<str:number>/answer",
        "api/v1/access/data-requests/", "api/v1/access/data-requests/<number>/",
        "api/v1/access/data-requests/<number>/take", "api/v1/access/data-requests/<number>/answer",
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
    "cases.keep_rules": (
        "routing/", "routing/categories/", "routing/categories/<slug:code>/",
        "routing/categories/<slug:code>/end/", "routing/categories/new/",
        "routing/lines/<int:line_id>/end/", "routing/places/<str:code>/",
        "routing/places/<str:code>/new/", "routing/responsibilities/<str:code>/new/",
        "routing/responsibilities/<str:code>/own/", "routing/rules/<int:set_id>/",
        "routing/rules/<int:set_id>/<int:rule_id>/",
        "routing/rules/<int:set_id>/<int:rule_id>/drop",
        "routing/rules/<int:set_id>/<int:rule_id>/end/",
        "routing/rules/<int:set_id>/<int:rule_id>/move", "routing/rules/<int:set_id>/compare/",
        "routing/rules/<int:set_id>/do/<slug:move>", "routing/rules/<int:set_id>/drop",
        "routing/rules/<int:set_id>/in-force/", "routing/rules/<int:set_id>/new/",
        "routing/rules/<int:set_id>/tests/", "routing/rules/<int:set_id>/tests/<int:test_id>/",
        "routing/rules/<int:set_id>/tests/<int:test_id>/drop",
        "routing/rules/<int:set_id>/tests/new/",
        "api/v1/routing/categories/<code>/change", "api/v1/routing/categories/<code>/end",
        "api/v1/routing/responsibilities/<int:line_id>/end", "api/v1/routing/rules/",
        "api/v1/routing/rules/<int:set_id>/", "api/v1/routing/rules/<int:set_id>/comparison/",
        "api/v1/routing/rules/<int:set_id>/drop", "api/v1/routing/rules/<int:set_id>/edit-again",
        "api/v1/routing/rules/<int:set_id>/hand-backs/",
        "api/v1/routing/rules/<int:set_id>/put-in-force",
        "api/v1/routing/rules/<int:set_id>/rules/",
        "api/v1/routing/rules/<int:set_id>/rules/<int:rule_id>/change",
        "api/v1/routing/rules/<int:set_id>/rules/<int:rule_id>/drop",
        "api/v1/routing/rules/<int:set_id>/rules/<int:rule_id>/end",
        "api/v1/routing/rules/<int:set_id>/rules/<int:rule_id>/move",
        "api/v1/routing/rules/<int:set_id>/take-back",
        "api/v1/routing/rules/<int:set_id>/tests/",
        "api/v1/routing/rules/<int:set_id>/tests/<int:test_id>/change",
        "api/v1/routing/rules/<int:set_id>/tests/<int:test_id>/drop",
        "api/v1/routing/rules/<int:set_id>/watch",
    ),
    "notices.write notices.publish": (
        "notices/", "notices/<slug:code>/manage/", "notices/<slug:code>/edit/",
        r"^notices/(?P<code>[0-9A-Za-z]+)/(?P<move>submit|return|publish|drop|withdraw)$",
        "api/v1/desk/notices/", "api/v1/desk/notices/<code>/", "api/v1/notices/<code>/submit",
        "api/v1/notices/<code>/return", "api/v1/notices/<code>/publish",
        "api/v1/notices/<code>/drop", "api/v1/notices/<code>/withdraw",
    ),
    "notices.write": (
        "notices/new/", "notices/<slug:code>/correct", "notices/<slug:code>/papers",
        "notices/<slug:code>/photos", "notices/<slug:code>/files/<slug:file>/drop",
        "notices/<slug:code>/print", "api/v1/notices/<code>/save", "api/v1/notices/<code>/correct",
        "api/v1/notices/<code>/save-correction",
    ),
    "cases.see": (
        "grid/events/<str:number>/", "grid/events/<str:number>/<slug:move>",
        "desk/cases/", "desk/cases/print/", "desk/cases/calendar/", "desk/cases/bulk",
        "desk/cases/export", "desk/cases/<str:number>/", "desk/cases/<str:number>/print/",
        "desk/cases/<str:number>/<slug:name>", "places/<str:code>/figures/",
        "api/v1/routing/cases/<number>/suggestions/",
        "api/v1/cases/", "api/v1/cases/<number>/", "api/v1/cases/<number>/<move>",
        "api/v1/cases/bulk/<move>",
    ),
    "cases.dispatch": (
        "desk/cases/<str:number>/hand-over/", "routing/cases/<str:number>/",
        "cases/<str:number>/steps/company/",
        "api/v1/routing/cases/<number>/put-right",
    ),
    "cases.supervise": ("desk/board/cases/", "reopening/", "reopening/<str:number>/"),
    "cases.petition_work cases.visits cases.handle cases.direct cases.papers": (
        "cases/new/", "cases/new/referred/", "cases/new/<slug:kind>/",
        "cases/<str:number>/papers/<slug:key>",
        "api/v1/cases/<number>/papers/", "api/v1/cases/<number>/papers/<key>",
        "api/v1/cases/<number>/steps/<name>",
    ),
    "cases.petition_work cases.petitions": (
        "cases/<str:number>/steps/transfer/", "cases/<str:number>/steps/review/",
    ),
    "cases.petition_work": ("api/v1/cases/new/petition/",),
    "cases.visits": ("cases/<str:number>/steps/forward/", "api/v1/cases/new/visit/"),
    "cases.handle": (
        "api/v1/cases/new/property_complaint/", "hotline/cases/<str:number>/hand-back/",
    ),
    "cases.direct": ("cases/<str:number>/steps/day/", "api/v1/cases/new/directive/"),
    "cases.papers": (
        "cases/<str:number>/steps/circulate/", "cases/<str:number>/steps/hand-out/",
        "api/v1/cases/new/incoming/",
    ),
    "documents.read documents.issue": ("documents/export",),
    "documents.read": ("documents/<slug:code>/",),
    "documents.issue": ("documents/<slug:code>/reprint",),
    "documents.withdraw": ("documents/<slug:code>/withdraw",),
    "documents.read documents.apply_seal documents.approve_seal documents.keep_seal": (
        "seal-uses/", "seal-uses/export", "seal-uses/<int:use_id>/",
    ),
    "documents.apply_seal": ("seal-uses/apply/",),
    "documents.approve_seal": (
        r"^seal-uses/(?P<use_id>\d+)/(?P<move>approve|refuse)$",
    ),
    "documents.keep_seal": (
        "seal-uses/print", "seal-uses/<int:use_id>/stamp", "seal-uses/<int:use_id>/cancel",
    ),
    "cases.release": (
        "release/", "release/<str:number>/", "release/<str:number>/photos/<int:photo_id>",
    ),
    "cases.review_ratings": (
        "ratings/", "ratings/<int:rating_id>/", "api/v1/ratings/",
        "api/v1/ratings/<int:rating_id>/exclude", "api/v1/ratings/<int:rating_id>/include",
    ),
    "exchange.hotline": (
        "hotline/", "hotline/waiting/", "hotline/orders/<str:number>/",
        "hotline/orders/<str:number>/again", "hotline/orders/<str:number>/looked",
        "hotline/orders/<str:number>/lead-away", "hotline/lists/", "hotline/lists/new/",
        "hotline/lists/<int:list_id>/", "hotline/lists/<int:list_id>/columns",
        "hotline/lists/<int:list_id>/take", "hotline/lists/<int:list_id>/drop",
        "hotline/lists/<int:list_id>/lines", "hotline/results/", "hotline/results/<str:number>/",
        "hotline/hand-backs/", "hotline/hand-backs/<int:hand_back_id>/",
        "api/v1/hotline/orders/", "api/v1/hotline/orders/<number>/",
        "api/v1/hotline/orders/<number>/place", "api/v1/hotline/orders/<number>/lead-away",
        "api/v1/hotline/orders/<number>/again", "api/v1/hotline/lists/",
        "api/v1/hotline/lists/<list_id>/", "api/v1/hotline/lists/<list_id>/columns",
        "api/v1/hotline/lists/<list_id>/take", "api/v1/hotline/lists/<list_id>/drop",
        "api/v1/hotline/results/", "api/v1/hotline/results/<number>/",
        "api/v1/hotline/hand-backs/", "api/v1/hotline/hand-backs/<hand_back_id>/decide",
    ),
    "cases.call_back": ("calls/", "calls/<int:call_id>/"),
    "formkit.design": (
        "forms/", "forms/new/", "forms/<slug:key>/", "forms/<slug:key>/begin",
        "forms/<slug:key>/publish", "forms/<slug:key>/retire", "forms/<slug:key>/edit/",
        "forms/<slug:key>/edit/step",
        "forms/<slug:key>/edit/<str:path>/",
        "forms/<slug:key>/preview/", "forms/<slug:key>/tests/",
        "forms/<slug:key>/tests/<int:test_id>/drop", "forms/<slug:key>/compare/",
        "api/v1/forms/<key>/begin", "api/v1/forms/<key>/publish",
    ),
    "grid.see": (
        "grid/", "grid/<str:code>/", "grid/<str:code>/print/", "grid/<str:code>/figures/",
        "api/v1/grid/villages/<code>/figures/",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/", "api/v1/grid/villages/<code>/cells/",
        "api/v1/grid/duties/", "grid/<str:code>/teams/", "grid/<str:code>/storms/", "grid/<str:code>/storms/<int:storm_id>/",
        "grid/<str:code>/storms/<int:storm_id>/print/", "grid/storms/<int:storm_id>/sums/<str:code>/",
        "grid/warnings/<int:warning_id>/", "api/v1/grid/storms/", "api/v1/grid/storms/<int:storm_id>/sums/<code>/",
        "api/v1/grid/storms/<int:storm_id>/sheets/<code>/",
        "grid/watch/teams/<int:team_id>/",
        "grid/watch/teams/<int:team_id>/print/", "grid/watch/seats/<int:seat_id>/swap/",
        "api/v1/grid/teams/", "api/v1/grid/teams/<int:team_id>/roster/",
    ),
    "grid.keep": (
        "grid/duties/<int:duty_id>/end/",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/staff/new/",
        "api/v1/grid/duties/<int:duty_id>/end", "grid/<str:code>/teams/new/",
        "grid/watch/teams/<int:team_id>/seats/new/", "grid/watch/teams/<int:team_id>/fill/",
        "grid/watch/teams/<int:team_id>/end",
        "grid/watch/teams/<int:team_id>/change/", "api/v1/grid/teams/<int:team_id>/correct",
        "grid/watch/seats/<int:seat_id>/off", "api/v1/grid/teams/<int:team_id>/seats/",
        "api/v1/grid/teams/<int:team_id>/fill",
    ),
    "grid.storm": (
        "grid/<str:code>/storms/shelters/new/", "grid/<str:code>/storms/shelters/<int:shelter_id>/end",
        "grid/<str:code>/storms/shelters/<int:shelter_id>/change/", "grid/storms/homes/<int:home_id>/change/",
        "grid/<str:code>/storms/<int:storm_id>/homes/new/",
        "grid/<str:code>/storms/<int:storm_id>/sheet/", "api/v1/grid/storms/<int:storm_id>/sheets/<code>/type",
        "grid/storms/homes/<int:home_id>/<slug:move>",
    ),
    "grid.declare": (
        "grid/<str:code>/storms/new/", "grid/<str:code>/storms/<int:storm_id>/end",
        "grid/<str:code>/warnings/new/", "grid/warnings/<int:warning_id>/correct/",
        "grid/warnings/<int:warning_id>/lift", "api/v1/grid/warnings/<code>/",
        "api/v1/grid/warnings/<int:warning_id>/correct", "api/v1/grid/warnings/<int:warning_id>/lift",
    ),
    "grid.work grid.keep": ("grid/watch/", "grid/watch/teams/<int:team_id>/note/"),
    "grid.heads access.reside": ("places/<str:code>/heads/stand/",),
    "grid.heads": (
        "grid/heads/<int:head_id>/choice/", "grid/heads/<int:head_id>/end/",
        "grid/<str:code>/heads/", "api/v1/grid/heads/<int:head_id>/choice",
        "api/v1/grid/heads/<int:head_id>/end",
    ),
    "grid.work": (
        "grid/today/", "grid/report/", "grid/events/", "grid/stops/", "grid/stops/new/",
        "grid/stops/<int:stop_id>/visit/", "grid/stops/<int:stop_id>/end", "grid/checks/",
        "grid/checks/new/<slug:hazard>/", "grid/checks/<int:check_id>/",
        "grid/checks/<int:check_id>/again/", "api/v1/grid/events/", "api/v1/grid/stops/",
        "api/v1/grid/stops/<int:stop_id>/visit", "api/v1/grid/checks/",
        "api/v1/grid/day/", "api/v1/grid/queues/",
    ),
    "grid.contacts": (
        "grid/contacts/<int:contact_id>/show", "grid/contacts/<int:contact_id>/end",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/contacts/new/",
        "api/v1/grid/contacts/", "api/v1/grid/contacts/<int:contact_id>/end",
    ),
    "notify.oversee": (
        "deliveries/", "deliveries/<slug:ref>/drop", "deliveries/<slug:ref>/revive",
        "api/v1/deliveries/", "api/v1/deliveries/<ref>/drop", "api/v1/deliveries/<ref>/revive",
    ),
    "orgs.edit": (
        "organisations/<slug:code>/area/", "organisations/<slug:code>/centre/",
        "organisations/<slug:code>/close/", "organisations/<slug:code>/correct/",
        "organisations/<slug:code>/posts/new/", "organisations/<slug:code>/rename/",
        "organisations/<slug:code>/under/", "pairings/<int:pairing_id>/end/",
        "places/<str:code>/organisations/new/", "places/<str:code>/pairings/new/",
        "posts/<int:post_id>/change/", "posts/<int:post_id>/close/",
        "api/v1/organisations/<slug:code>/close", "api/v1/organisations/<slug:code>/hanging/", "api/v1/organisations/<slug:code>/correct",
        "api/v1/organisations/<slug:code>/rename", "api/v1/organisations/<slug:code>/under",
        "api/v1/posts/<int:post_id>/change", "api/v1/posts/<int:post_id>/close",
        "api/v1/centres/<slug:code>/area", "api/v1/centres/<slug:code>/describe",
        "api/v1/pairings/<int:pairing_id>/end",
    ),
    "orgs.reorganise": (
        "organisations/<slug:code>/reorganise/", "api/v1/organisations/<slug:code>/reorganise",
    ),
    "orgs.appoint orgs.party_keep": ("api/v1/handovers/",),
    "orgs.appoint": (
        "handovers/<int:handover_id>/", "handovers/<int:handover_id>/sign/",
        "handovers/<int:handover_id>/withdraw/", "holdings/<int:holding_id>/correct/",
        "holdings/<int:holding_id>/end-at-once/", "holdings/<int:holding_id>/end/",
        "posts/<int:post_id>/appoint/",
        "api/v1/handovers/<int:handover_id>/", "api/v1/handovers/<int:handover_id>/sign",
        "api/v1/handovers/<int:handover_id>/withdraw", "api/v1/holdings/<int:holding_id>/correct",
        "api/v1/holdings/<int:holding_id>/end", "api/v1/holdings/<int:holding_id>/end-at-once",
        "api/v1/posts/<int:post_id>/appoint",
    ),
    "orgs.staff": (
        "places/<str:code>/staff/", "places/<str:code>/certificates/", "places/<str:code>/training/",
        "api/v1/staff/", "api/v1/certificates/", "api/v1/training/",
    ),
    "orgs.staff_keep": (
        "places/<str:code>/certificates/new/", "places/<str:code>/training/new/",
        "certificates/<int:certificate_id>/remove",
        "api/v1/certificates/<int:certificate_id>/remove",
    ),
    "orgs.import": (
        "places/<str:code>/staff/import/", "places/<str:code>/staff/import/blank",
        "staff-lists/<int:list_id>/", "staff-lists/<int:list_id>/take",
        "staff-lists/<int:list_id>/drop", "api/v1/staff-lists/",
        "api/v1/staff-lists/<int:list_id>/", "api/v1/staff-lists/<int:list_id>/take",
        "api/v1/staff-lists/<int:list_id>/drop",
    ),
    "orgs.party": (
        "places/<str:code>/party/", "places/<str:code>/party/coverage/",
        "places/<str:code>/party/meetings/", "places/<str:code>/party/proposals/",
        "party/meetings/<int:meeting_id>/", "party/organisations/<slug:code>/",
        "party/proposals/<int:proposal_id>/",
        "api/v1/party/organisations/", "api/v1/party/organisations/<slug:code>/",
        "api/v1/party/duties/", "api/v1/party/spots/", "api/v1/party/proposals/",
        "api/v1/party/proposals/<int:proposal_id>/", "api/v1/party/meetings/",
        "api/v1/party/meetings/<int:meeting_id>/",
    ),
    "orgs.party_keep": (
        r"^party/proposals/(?P<proposal_id>\d+)/(?P<move>submit|approve|return|drop)/$",
        "party/holdings/<int:holding_id>/origin/", "party/lines/<int:entry_id>/",
        "party/meetings/<int:meeting_id>/lines/new/", "party/meetings/<int:meeting_id>/units/new/",
        "party/organisations/<slug:code>/count/", "party/organisations/<slug:code>/form/",
        "party/organisations/<slug:code>/manage/", "party/spots/<int:spot_id>/close/",
        "party/spots/<int:spot_id>/count/", "party/spots/<int:spot_id>/cover/",
        "party/units/<int:member_id>/leave", "places/<str:code>/party/coverage/new/",
        "places/<str:code>/party/meetings/new/", "places/<str:code>/party/new/",
        "places/<str:code>/party/proposals/make",
        "api/v1/party/organisations/<slug:code>/count", "api/v1/party/organisations/<slug:code>/form",
        "api/v1/party/organisations/<slug:code>/manage",
        "api/v1/party/holdings/<int:holding_id>/origin", "api/v1/party/spots/<int:spot_id>/cover",
        "api/v1/party/spots/<int:spot_id>/count", "api/v1/party/spots/<int:spot_id>/close",
        "api/v1/party/proposals/make", "api/v1/party/proposals/<int:proposal_id>/<slug:move>",
        "api/v1/party/meetings/<int:meeting_id>/join", "api/v1/party/meetings/<int:meeting_id>/enter",
        "api/v1/party/units/<int:member_id>/leave", "api/v1/party/lines/<int:entry_id>/move",
    ),
    "orgs.party_decide": ("places/<str:code>/party/named/",),
    "people.view": (
        "people/", "people/counter/", "people/<int:person_id>/", "people/dwellings/",
        "people/dwellings/<int:dwelling_id>/", "people/households/",
        "people/households/<int:household_id>/", "people/month/", "people/month/print/",
        "api/v1/people/<int:person_id>/", "api/v1/people/households/",
        "api/v1/people/households/<int:household_id>/", "api/v1/people/dwellings/",
        "api/v1/people/months/<int:year>/<int:month>/", "api/v1/people/",
        "people/<int:person_id>/contacts/new/", "people/dwellings/<int:dwelling_id>/edit/",
        "people/stays/<int:residency_id>/edit/", "people/stays/<int:residency_id>/leave/",
    ),
    "people.look_up": ("people/number/", "api/v1/people/look-up"),
    "people.erase": ("people/<int:person_id>/erase/",),
    "people.edit": (
        "people/new/", "people/<int:person_id>/edit/", "people/<int:person_id>/died/",
        "people/<int:person_id>/documents/new/", "people/<int:person_id>/stays/new/",
        "people/contacts/<int:contact_id>/end", "people/documents/<int:document_id>/end",
        "people/dwellings/new/", "people/dwellings/<int:dwelling_id>/declare",
        "people/dwellings/<int:dwelling_id>/party", "people/households/new/",
        "people/households/<int:household_id>/add", "people/households/<int:household_id>/close",
        "people/members/<int:member_id>/change", "people/parties/<int:party_id>/end",
        "people/stays/<int:residency_id>/back",
    ),
    "people.reveal": (
        "people/contacts/<int:contact_id>/reveal", "people/documents/<int:document_id>/reveal",
    ),
    "people.export": ("people/export", "people/month/export"),
    "people.import": (
        "people/imports/", "people/imports/new/", "people/imports/<int:run_id>/",
        "people/imports/<int:run_id>/map", "people/imports/<int:run_id>/take",
        "people/imports/<int:run_id>/drop", "people/imports/<int:run_id>/refused.csv",
        "files/<slug:code>/", "api/v1/files/<code>/", "api/v1/files/<slug:code>/content/",
    ),
    "people.merge": (
        "people/pairs/", "people/pairs/<int:pair_id>/", "people/pairs/<int:pair_id>/decide",
    ),
    "rolls.view": (
        "people/rolls/", "people/rolls/<int:roll_id>/", "people/entries/<int:entry_id>/end/",
        "people/rolls/<int:roll_id>/enter/<int:person_id>/", "api/v1/people/rolls/",
        "api/v1/people/rolls/<int:roll_id>/entries/",
    ),
    "rolls.edit": ("people/rolls/new/", "people/rolls/<int:roll_id>/close"),
    "places.change": (
        "register/places/<str:code>/<slug:kind>/", "api/v1/places/<code>/preview/",
        "api/v1/places/<code>/rename", "api/v1/places/<code>/move", "api/v1/places/<code>/merge",
        "api/v1/places/<code>/split", "api/v1/places/<code>/end",
    ),
    "cases.contact": ("report/contact/<str:number>/",),
    "cases.intake": ("report/counter/",),
    "cases.spots": ("report/spots/", "report/spots/print/", "report/spots/<slug:code>/end"),
    "places.tend": (
        "register/parts/", "register/places/<str:code>/parts/new/",
        "register/places/<str:code>/parts/import/",
        "register/places/<str:code>/parts/import/blank",
    ),
    "places.decide": (
        "register/places/<str:code>/decide/<slug:topic>", "api/v1/places/<code>/decide/<topic>",
    ),
    "places.draw": (
        "register/places/<str:code>/cells/import", "register/places/<str:code>/cells/<int:pk>/close",
        "register/places/<str:code>/cells/<slug:layer>/draw/", "api/v1/places/<code>/cells/<layer>/check",
        "api/v1/places/<code>/cells/<layer>/draw",
    ),
    "plan.correct": (
        "plan/documents/<slug:code>/correct/<slug:kind>/<int:item_id>/<slug:field>/",
    ),
    "plan.manage": (
        "plan/documents/<slug:code>/targets/<slug:target>/bind", "plan/filings/call/",
        "plan/filings/call/<int:call_id>/end", "api/v1/plan/targets/<code>/bind",
        "api/v1/plan/calls/<int:call_id>/end",
    ),
    "plan.view": (
        "plan/filings/<int:plan_id>/", "plan/filings/<int:plan_id>/refile/",
        "plan/reports/<int:report_id>/", "plan/visits/<int:visit_id>/",
        "plan/funding/<int:line_id>/withdraw/", "api/v1/plan/town-plans/<int:plan_id>/",
        "api/v1/plan/reports/<int:report_id>/", "api/v1/plan/visits/<int:visit_id>/",
        "api/v1/plan/funding/<int:line_id>/",
    ),
    "plan.check": (
        "plan/filings/<int:plan_id>/check", "api/v1/plan/town-plans/<int:plan_id>/check",
        "api/v1/plan/reports/<int:report_id>/check",
    ),
    "plan.file": (
        "plan/filings/new/", "plan/reports/new/<int:number>/<slug:town>/",
        "api/v1/plan/town-plans/<int:plan_id>/refile",
        "api/v1/plan/reports/<int:report_id>/refile", "api/v1/plan/visits/<int:visit_id>/answer",
    ),
    "plan.fund": ("plan/funding/new/", "api/v1/plan/funding/<int:line_id>/withdraw"),
    "plan.pilot": ("plan/pilots/new/", "api/v1/plan/pilots/<int:pilot_id>/end"),
    "plan.practice": (
        "plan/practices/new/", "plan/practices/<int:practice_id>/withdraw",
        "api/v1/plan/practices/<int:practice_id>/withdraw",
    ),
    "plan.supervise": (
        "plan/visits/new/", "api/v1/plan/visits/<int:visit_id>/reopen",
        "api/v1/plan/visits/<int:visit_id>/close",
    ),
    "plan.supervise plan.file": ("plan/visits/<int:visit_id>/<slug:step>",),
    "portal.answer": (
        "feedback/inbox/", "feedback/inbox/<str:code>/", "api/v1/feedback/inbox/",
        "api/v1/feedback/inbox/<code>/", "api/v1/feedback/inbox/<code>/answer",
    ),
    "rulebook.set_value": (
        "rulebook/<str:key>/add", "rulebook/values/<int:pk>/withdraw", "api/v1/rulebook/<key>/add",
        "api/v1/rulebook/values/<int:value_id>/withdraw",
    ),
    "rulebook.load_calendar": ("rulebook/calendar/load", "api/v1/rulebook/calendar/load"),
    "trail.read": (
        "trail/", "trail/export", "trail/<int:entry_id>/", "api/v1/trail/entries/",
        "api/v1/trail/entries/<entry_id>/", "api/v1/trail/state/",
    ),
    "*": ("desk/", "api/v1/desk/"),
}  # fmt: skip
NEEDS = {route: names for names, routes in BY_PERMIT.items() for route in routes}
# the things behind these lie above the village of the tests
ABOVE = {
    **{
        route: TOWN_PATH
        for route in NEEDS
        if route.startswith(("plan/", "api/v1/plan/", "pairings/", "api/v1/pairings/", "register/"))
        and route != "register/parts/"
    },
    **{route: CITY_PATH for route in BY_PERMIT["plan.correct"] + BY_PERMIT["plan.manage"][:1]},
    "api/v1/places/<code>/decide/<topic>": TOWN_PATH,
    # categories are the city's
    **{
        route: CITY_PATH
        for route in BY_PERMIT["cases.keep_rules"]
        if "categories/" in route and route != "routing/categories/"
    },
    "rulebook/values/<int:pk>/withdraw": TOWN_PATH,
    "api/v1/rulebook/values/<int:value_id>/withdraw": TOWN_PATH,
}


def may_open(actor: Actor, route: str, village: str) -> bool:
    """Say whether an actor holds what a closed address asks for."""
    if NEEDS.get(route) == "*":
        return bool(actor.grants)
    at = ABOVE.get(route, village)
    return any(actor.may(PERMITS[name], at=at) for name in NEEDS.get(route, "").split())
