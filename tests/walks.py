"""Who walks through which pages in the browser: every address that answers with a page is here.

`tests/test_walks.py` fails where a page is neither walked nor let out with a reason; the walk itself
(`tests/browser/test_pages.py`) where somebody named here does not see her page. Nobody is "", "party"
is a person of the demo who got rights on level 6; each page is given to the first who sees it.
"""

from __future__ import annotations

from zlib import crc32

# who → routes without language
WALKS: dict[str, tuple[str, ...]] = {
    "": (
        "", "_kit/", "_kit/<slug:face>/", "access/sign-in/", "access/sign-in/forgot/",
        "access/sign-in/resident/", "access/sign-out/", "accessibility/", "check/<slug:code>/",
        "demo/telephone/", "forms/<slug:key>/paper/", "forms/<slug:key>/try/", "feedback/", "feedback/<str:code>/", "feedback/follow/", "follow/",
        "follow/<str:number>/", "report/", "log/",
        "log/<int:index>/", "log/heads/", "me/", "objections/", "organisations/<slug:code>/",
        "places/<str:code>/", "places/<str:code>/centres/", "places/<str:code>/door/<slug:key>/",
        "places/<str:code>/cases/", "places/<str:code>/cases/<str:number>/",
        "notices/<slug:code>/", "places/<str:code>/map/", "places/<str:code>/notices/",
        "places/<str:code>/notices/screen/", "places/<str:code>/notices/touch/",
        "places/<str:code>/notices/touch/<slug:notice>/", "places/<str:code>/organisations/",
        "places/<str:code>/pairings/", "places/<str:code>/screen/", "places/<str:code>/touch/",
        "places/<str:code>/touch/<slug:key>/", "places/<str:code>/touch/feedback/",
        "places/<str:code>/weeks/", "places/<str:code>/weeks/<str:week>/", "plan/",
        "plan/cells/", "plan/documents/", "plan/documents/<slug:code>/",
        "plan/documents/<slug:code>/measures/", "plan/documents/<slug:code>/reading/",
        "plan/documents/<slug:code>/targets/",
        "plan/documents/<slug:code>/targets/<slug:target>/",
        "plan/documents/<slug:code>/tasks/<int:number>/", "plan/filings/", "plan/funding/",
        "plan/indicators/", "plan/indicators/<str:key>/", "plan/pilots/",
        "plan/pilots/<int:pilot_id>/", "plan/practices/", "plan/practices/<int:practice_id>/",
        "plan/print/", "plan/reports/", "plan/visits/", "posts/<int:post_id>/", "preferences/",
        "privacy/", "register/places/", "register/places/<str:code>/",
        "register/places/<str:code>/cells/", "register/places/<str:code>/parts/",
        "register/places/on-a-day/", "register/places/on-a-day/print/", "rulebook/", "rulebook/<str:key>/",
        "routing/responsibilities/<str:code>/", "rulebook/calendar/<int:year>/", "rulebook/changes/", "search/", "who-read-my-data/",
    ),
    "ye.shaofen": (
        "access/accounts/", "access/accounts/<int:account_id>/",
        "access/accounts/<int:account_id>/edit/", "access/accounts/new/", "access/data-requests/",
        "access/data-requests/<str:number>/", "access/deputies/", "access/devices/",
        "access/devices/new/", "access/import/<int:import_id>/", "access/my-data/",
        "access/my-data/new/", "access/posts/", "access/resets/", "access/residents/",
        "access/reviews/", "access/reviews/<int:right_id>/", "access/rights/",
        "access/rights/lists/<int:list_id>/", "access/security/",
        "access/security/authenticator/", "access/security/confirm/", "access/security/passkey/",
        "access/security/password/", "access/security/pin/", "access/security/recovery/",
        "access/special/", "access/templates/", "access/tokens/", "access/tokens/new/", "desk/",
        "routing/cases/<str:number>/", "desk/board/cases/", "desk/cases/", "desk/cases/<str:number>/",
        "desk/cases/<str:number>/hand-over/", "desk/cases/<str:number>/print/",
        "desk/cases/calendar/", "desk/cases/print/",
        "grid/<str:code>/", "grid/<str:code>/cells/<slug:layer>/<str:cell>/",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/contacts/new/",
        "grid/<str:code>/cells/<slug:layer>/<str:cell>/staff/new/",
        "grid/<str:code>/print/", "grid/today/", "grid/report/", "grid/events/",
        "grid/events/<str:number>/", "grid/stops/", "grid/stops/new/",
        "grid/stops/<int:stop_id>/visit/", "grid/checks/", "grid/checks/new/<slug:hazard>/",
        "grid/checks/<int:check_id>/", "grid/checks/<int:check_id>/again/", "grid/duties/<int:duty_id>/end/",
        "documents/", "documents/<slug:code>/", "feedback/inbox/", "feedback/inbox/<str:code>/",
        "handovers/<int:handover_id>/", "handovers/<int:handover_id>/sign/",
        "handovers/<int:handover_id>/withdraw/", "holdings/<int:holding_id>/correct/",
        "holdings/<int:holding_id>/end-at-once/", "holdings/<int:holding_id>/end/", "inbox/",
        "inbox/<slug:code>/", "inbox/choices/", "jobs/", "jobs/<slug:code>/",
        "notices/", "notices/new/", "notices/<slug:code>/edit/", "notices/<slug:code>/manage/",
        "organisations/<slug:code>/area/", "organisations/<slug:code>/centre/",
        "organisations/<slug:code>/close/", "organisations/<slug:code>/correct/",
        "organisations/<slug:code>/posts/new/", "organisations/<slug:code>/rename/",
        "organisations/<slug:code>/under/", "people/", "people/<int:person_id>/",
        "people/<int:person_id>/contacts/new/", "people/<int:person_id>/died/",
        "people/<int:person_id>/documents/new/", "people/<int:person_id>/edit/",
        "people/<int:person_id>/stays/new/", "people/counter/", "people/dwellings/",
        "people/dwellings/<int:dwelling_id>/", "people/dwellings/<int:dwelling_id>/edit/",
        "people/dwellings/new/", "people/entries/<int:entry_id>/end/", "people/households/",
        "people/households/<int:household_id>/", "people/households/new/", "people/imports/",
        "people/imports/<int:run_id>/", "people/imports/new/", "people/month/",
        "people/month/print/", "people/new/", "people/number/", "people/pairs/",
        "people/pairs/<int:pair_id>/", "people/rolls/", "people/rolls/<int:roll_id>/",
        "people/rolls/<int:roll_id>/enter/<int:person_id>/", "people/rolls/new/",
        "people/stays/<int:residency_id>/edit/", "people/stays/<int:residency_id>/leave/",
        "places/<str:code>/certificates/", "places/<str:code>/certificates/new/",
        "places/<str:code>/organisations/new/", "places/<str:code>/pairings/new/",
        "places/<str:code>/staff/", "places/<str:code>/training/",
        "places/<str:code>/training/new/", "posts/<int:post_id>/appoint/",
        "posts/<int:post_id>/change/", "posts/<int:post_id>/close/", "report/counter/",
        "report/spots/", "report/spots/print/", "seal-uses/",
        "seal-uses/<int:use_id>/", "seal-uses/apply/", "views/",
    ),
    "city.plan": (
        "organisations/<slug:code>/reorganise/", "pairings/<int:pairing_id>/end/",
        "plan/documents/<slug:code>/correct/<slug:kind>/<int:item_id>/<slug:field>/",
        "plan/filings/<int:plan_id>/", "plan/filings/<int:plan_id>/refile/", "plan/filings/call/",
        "plan/funding/<int:line_id>/withdraw/", "plan/funding/new/", "plan/pilots/new/",
        "plan/practices/new/", "plan/reports/<int:report_id>/", "plan/visits/<int:visit_id>/",
        "plan/visits/new/", "register/places/<str:code>/<slug:kind>/",
        "register/places/<str:code>/decide/<slug:topic>", "routing/categories/",
        "routing/categories/<slug:code>/", "routing/categories/<slug:code>/end/",
        "routing/categories/new/", "rulebook/<str:key>/add",
        "rulebook/calendar/load", "rulebook/values/<int:pk>/withdraw",
    ),
    "zeng.xianzhang": (
        "grid/",
        "forms/", "forms/<slug:key>/", "forms/<slug:key>/compare/", "forms/<slug:key>/edit/",
        "forms/<slug:key>/preview/", "forms/<slug:key>/tests/", "forms/new/",
        "forms/<slug:key>/edit/<str:path>/", "calls/", "calls/<int:call_id>/",
        "places/<str:code>/figures/", "release/", "release/<str:number>/", "reopening/",
        "reopening/<str:number>/",
        "people/<int:person_id>/erase/", "plan/filings/new/",
        "plan/reports/new/<int:number>/<slug:town>/", "register/parts/",
        "register/places/<str:code>/parts/import/", "register/places/<str:code>/parts/new/",
        "routing/lines/<int:line_id>/end/", "routing/places/<str:code>/",
        "routing/places/<str:code>/new/", "routing/responsibilities/<str:code>/new/",
        "routing/responsibilities/<str:code>/own/", "routing/rules/<int:set_id>/",
        "routing/rules/<int:set_id>/<int:rule_id>/",
        "routing/rules/<int:set_id>/<int:rule_id>/end/", "routing/rules/<int:set_id>/compare/",
        "routing/rules/<int:set_id>/in-force/", "routing/rules/<int:set_id>/new/",
        "routing/rules/<int:set_id>/tests/", "routing/rules/<int:set_id>/tests/<int:test_id>/",
        "routing/rules/<int:set_id>/tests/new/",
    ),
    "auditor": (
        "trail/", "trail/<int:entry_id>/",
    ),
    "security": (
        "access/import/", "access/rights/new/",
    ),
    "operator": (
        "deliveries/",
    ),
    "resident": (
        "me/data/", "me/email/", "me/reports/",
    ),
    "party": (
        "party/holdings/<int:holding_id>/origin/", "party/lines/<int:entry_id>/",
        "party/meetings/<int:meeting_id>/", "party/meetings/<int:meeting_id>/lines/new/",
        "party/meetings/<int:meeting_id>/units/new/", "party/organisations/<slug:code>/",
        "party/organisations/<slug:code>/count/", "party/organisations/<slug:code>/form/",
        "party/organisations/<slug:code>/manage/", "party/proposals/<int:proposal_id>/",
        "party/spots/<int:spot_id>/close/", "party/spots/<int:spot_id>/count/",
        "party/spots/<int:spot_id>/cover/", "places/<str:code>/party/",
        "places/<str:code>/party/coverage/", "places/<str:code>/party/coverage/new/",
        "places/<str:code>/party/meetings/", "places/<str:code>/party/meetings/new/",
        "places/<str:code>/party/named/", "places/<str:code>/party/new/",
        "places/<str:code>/party/proposals/", "places/<str:code>/staff/import/",
        "staff-lists/<int:list_id>/",
    ),
}  # fmt: skip
# addresses that answer a GET and are no page to walk → why
LET_OUT: dict[str, str] = {
    "me/email/code/": "Shown once an address was typed; `linli/notify/tests` asks for it.",
    "access/counter/": "Shown on an enrolled computer alone; `linli/access/tests/test_counter.py` walks it.",
    "access/counter/lock/": "Leads to the page of the locked counter.",
    "access/link/<str:secret>/": "Opens once, with a secret that stands in no list.",
    "access/set-up/": "A step behind a link that opens once.",
    "access/sign-in/again/": "Shown to whoever lost her session in the middle of a form.",
    "access/sign-in/factor/": "A step between the password and the session; `test_story` goes through it.",
    "files/<slug:code>/": "Bytes, not a page.",
    "follow/<str:number>/photos/<slug:file>/": "Bytes, not a page.",
    "report/contact/<str:number>/": "Asks for a sealed contact of a report; `linli/cases/tests/test_reporting_pages.py` asks for one.",
    "report/receipt/<str:number>/": "Opens with its code alone; `linli/cases/tests/test_reporting_pages.py` comes to it.",
    "forms/<slug:key>/try/<slug:code>/": "Opens with its code alone; `tests/browser/test_forms.py` fills it in.",
    "forms/<slug:key>/try/<slug:code>/check/": "The end of a form that somebody began; `tests/browser/test_forms.py` comes to it.",
    "forms/<slug:key>/try/<slug:code>/files/<slug:file>/": "Bytes, not a page.",
    "forms/<slug:key>/versions/<int:number>/export/": "A file, not a page.",
    "^files/(?P<code>[A-Z0-9]+)/(?P<side>1920|480)/$": "Bytes, not a page.",
    "people/imports/<int:run_id>/refused.csv": "A file, not a page.",
    "places/<str:code>/staff/import/blank": "A file, not a page.",
    "register/places/<str:code>/parts/import/blank": "A file, not a page.",
    "log/heads/<int:size>/note": "A note for machines, not a page.",
    "log/parts/<int:part>/": "Lines for machines, not a page.",
    "log/consistency/": "Leads to a page once two sizes are given.",
    "organisations/": "Leads to the organisations of the city.",
    "routing/": "Leads to the rules of the place where somebody keeps them.",
    "rulebook/calendar/": "Leads to the calendar of this year.",
    r"^party/proposals/(?P<proposal_id>\d+)/(?P<move>submit|approve|return|drop)/$": "Leads back to the proposal unless its state allows the move.",
}
# walked in both languages, with all of axe in both widths; of the others each part has its turn
MAIN = {
    "", "places/<str:code>/", "places/<str:code>/door/<slug:key>/", "places/<str:code>/map/",
    "report/", "follow/", "search/", "desk/", "me/", "me/data/", "feedback/", "feedback/<str:code>/", "feedback/inbox/",
    "feedback/inbox/<str:code>/", "access/sign-in/", "access/sign-in/resident/",
    "access/security/", "access/accounts/", "access/accounts/<int:account_id>/", "access/rights/",
    "access/deputies/", "access/tokens/new/", "access/data-requests/<str:number>/", "inbox/",
    "jobs/<slug:code>/", "documents/", "documents/<slug:code>/", "seal-uses/<int:use_id>/",
    "people/", "people/<int:person_id>/", "people/new/", "people/counter/", "people/pairs/<int:pair_id>/",
    "people/month/", "people/imports/<int:run_id>/", "places/<str:code>/organisations/",
    "organisations/<slug:code>/", "posts/<int:post_id>/", "places/<str:code>/party/", "plan/",
    "plan/documents/<slug:code>/tasks/<int:number>/", "plan/filings/<int:plan_id>/",
    "rulebook/", "rulebook/<str:key>/", "rulebook/<str:key>/add", "register/places/<str:code>/",
    "trail/", "trail/<int:entry_id>/", "who-read-my-data/", "log/", "forms/<slug:key>/try/",
    "forms/<slug:key>/edit/", "notices/<slug:code>/", "notices/<slug:code>/manage/", "places/<str:code>/notices/",
}  # fmt: skip
LANGUAGES = ("zh-hans", "en")


def languages_of(route: str) -> tuple[str, ...]:
    """Return the languages in which a page is walked: both, or the one whose turn it is."""
    return LANGUAGES if route in MAIN else (LANGUAGES[crc32(route.encode()) % 2],)


def is_full_on_phone(route: str) -> bool:
    """Say in which width all rules are asked of a page that is not walked in full."""
    return bool(crc32(route.encode()) & 2)
