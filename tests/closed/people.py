"""Who opens the addresses of people and rolls."""

from __future__ import annotations

PEOPLE: dict[str, tuple[str, ...]] = {
    "people.view": (
        "people/", "people/counter/", "people/<int:person_id>/", "people/dwellings/",
        "people/dwellings/<int:dwelling_id>/", "people/households/",
        "people/households/<int:household_id>/", "people/month/", "people/month/print/",
        "api/v1/people/<int:person_id>/", "api/v1/people/households/",
        "api/v1/people/households/<int:household_id>/", "api/v1/people/dwellings/",
        "api/v1/people/months/<int:year>/<int:month>/", "api/v1/people/",
        "api/v1/people/dwellings/<int:dwelling_id>/",
        "people/<int:person_id>/contacts/new/", "people/dwellings/<int:dwelling_id>/edit/",
        "people/stays/<int:residency_id>/edit/", "people/stays/<int:residency_id>/leave/",
    ),
    "people.look_up": ("people/number/", "api/v1/people/look-up"),
    "people.erase": ("people/<int:person_id>/erase/", "api/v1/people/<int:person_id>/erase"),
    "people.edit": (
        "people/new/", "people/<int:person_id>/edit/", "people/<int:person_id>/died/", "people/<int:person_id>/lives/",
        "people/<int:person_id>/documents/new/", "people/<int:person_id>/stays/new/",
        "people/contacts/<int:contact_id>/end", "people/documents/<int:document_id>/end",
        "people/dwellings/new/", "people/dwellings/<int:dwelling_id>/declare",
        "people/dwellings/<int:dwelling_id>/party", "people/households/new/",
        "people/households/<int:household_id>/add", "people/households/<int:household_id>/close",
        "people/members/<int:member_id>/change", "people/parties/<int:party_id>/end",
        "people/stays/<int:residency_id>/back",
        "api/v1/people/<int:person_id>/correct", "api/v1/people/<int:person_id>/died", "api/v1/people/<int:person_id>/lives",
        "api/v1/people/<int:person_id>/stays/", "api/v1/people/<int:person_id>/documents/",
        "api/v1/people/<int:person_id>/contacts/", "api/v1/people/documents/<int:document_id>/end",
        "api/v1/people/contacts/<int:contact_id>/end",
        "api/v1/people/stays/<int:residency_id>/correct",
        "api/v1/people/stays/<int:residency_id>/leave",
        "api/v1/people/stays/<int:residency_id>/back",
        "api/v1/people/households/<int:household_id>/add",
        "api/v1/people/households/<int:household_id>/close",
        "api/v1/people/members/<int:member_id>/change",
        "api/v1/people/dwellings/<int:dwelling_id>/correct",
        "api/v1/people/dwellings/<int:dwelling_id>/declare",
        "api/v1/people/dwellings/<int:dwelling_id>/party",
        "api/v1/people/parties/<int:party_id>/end",
    ),
    "people.reveal": (
        "people/contacts/<int:contact_id>/reveal", "people/documents/<int:document_id>/reveal",
    ),
    "people.export": (
        "people/export", "people/month/export", "people/households/export",
        "people/dwellings/export", "people/rolls/<int:roll_id>/export", "api/v1/people/export",
    ),
    "people.import": (
        "people/imports/", "people/imports/new/", "people/imports/<int:run_id>/",
        "people/imports/<int:run_id>/map", "people/imports/<int:run_id>/take",
        "people/imports/<int:run_id>/drop", "people/imports/<int:run_id>/refused.csv",
        "api/v1/people/imports/", "api/v1/people/imports/<int:run_id>/",
        "api/v1/people/imports/<int:run_id>/map", "api/v1/people/imports/<int:run_id>/take",
        "api/v1/people/imports/<int:run_id>/drop",
        "files/<slug:code>/", "api/v1/files/<code>/", "api/v1/files/<slug:code>/content/",
    ),
    "people.merge": (
        "people/pairs/", "people/pairs/<int:pair_id>/", "people/pairs/<int:pair_id>/decide",
        "api/v1/people/pairs/", "api/v1/people/pairs/<int:pair_id>/",
        "api/v1/people/pairs/<int:pair_id>/decide",
    ),
    "rolls.view": (
        "people/rolls/", "people/rolls/<int:roll_id>/", "people/entries/<int:entry_id>/end/",
        "people/rolls/<int:roll_id>/enter/<int:person_id>/", "api/v1/people/rolls/",
        "api/v1/people/rolls/<int:roll_id>/entries/",
    ),
    "rolls.edit": (
        "people/rolls/new/", "people/rolls/<int:roll_id>/close",
        "api/v1/people/rolls/<int:roll_id>/close", "api/v1/people/entries/<int:entry_id>/end",
    ),
}  # fmt: skip
