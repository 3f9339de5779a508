"""Addresses of the register of people."""

from __future__ import annotations

from django.urls import path

from linli.people.views import (
    counter,
    dwellings,
    homes,
    imports,
    lists,
    me,
    month,
    pairs,
    person,
    rolls,
    stays,
    vault,
)

app_name = "people"
urlpatterns = [
    path("people/", lists.people_list, name="list"),
    path("people/export", lists.people_export, name="export"),
    path("people/counter/", counter.find, name="counter"),
    path("people/number/", lists.number_look_up, name="look_up"),
    path("people/new/", person.person_new, name="new"),
    path("people/<int:person_id>/", person.person, name="person"),
    path("people/<int:person_id>/edit/", person.person_edit, name="edit"),
    path("people/<int:person_id>/died/", person.person_died, name="died"),
    path("people/<int:person_id>/erase/", person.person_erase, name="erase"),
    path("people/<int:person_id>/documents/new/", vault.document_new, name="document_new"),
    path(
        "people/documents/<int:document_id>/reveal", vault.document_reveal, name="document_reveal"
    ),
    path("people/documents/<int:document_id>/end", vault.document_end, name="document_end"),
    path("people/<int:person_id>/contacts/new/", vault.contact_new, name="contact_new"),
    path("people/contacts/<int:contact_id>/reveal", vault.contact_reveal, name="contact_reveal"),
    path("people/contacts/<int:contact_id>/end", vault.contact_end, name="contact_end"),
    path("people/<int:person_id>/stays/new/", stays.stay_new, name="stay_new"),
    path("people/stays/<int:residency_id>/edit/", stays.stay_edit, name="stay_edit"),
    path("people/stays/<int:residency_id>/leave/", stays.stay_leave, name="stay_leave"),
    path("people/stays/<int:residency_id>/back", stays.stay_back, name="stay_back"),
    path("people/households/", homes.household_list, name="households"),
    path("people/households/export", homes.household_export, name="households_export"),
    path("people/households/new/", homes.household_new, name="household_new"),
    path("people/households/<int:household_id>/", homes.household, name="household"),
    path("people/households/<int:household_id>/add", homes.member_add, name="member_add"),
    path(
        "people/households/<int:household_id>/close", homes.household_close, name="household_close"
    ),
    path("people/members/<int:member_id>/change", homes.member_change, name="member_change"),
    path("people/dwellings/", dwellings.dwelling_list, name="dwellings"),
    path("people/dwellings/export", dwellings.dwelling_export, name="dwellings_export"),
    path("people/dwellings/new/", dwellings.dwelling_new, name="dwelling_new"),
    path("people/dwellings/<int:dwelling_id>/", dwellings.dwelling, name="dwelling"),
    path("people/dwellings/<int:dwelling_id>/edit/", dwellings.dwelling_edit, name="dwelling_edit"),
    path("people/dwellings/<int:dwelling_id>/declare", dwellings.dwelling_declare, name="declare"),
    path("people/dwellings/<int:dwelling_id>/party", dwellings.party_name, name="party_name"),
    path("people/parties/<int:party_id>/end", dwellings.party_end, name="party_end"),
    path("people/rolls/", rolls.roll_list, name="rolls"),
    path("people/rolls/new/", rolls.roll_new, name="roll_new"),
    path("people/rolls/<int:roll_id>/", rolls.roll, name="roll"),
    path("people/rolls/<int:roll_id>/enter/<int:person_id>/", rolls.roll_enter, name="roll_enter"),
    path("people/rolls/<int:roll_id>/export", rolls.roll_export, name="roll_export"),
    path("people/rolls/<int:roll_id>/close", rolls.roll_close, name="roll_close"),
    path("people/entries/<int:entry_id>/end/", rolls.entry_end, name="entry_end"),
    path("people/imports/", imports.import_list, name="imports"),
    path("people/imports/new/", imports.import_new, name="import_new"),
    path("people/imports/<int:run_id>/", imports.import_run, name="import_run"),
    path("people/imports/<int:run_id>/map", imports.import_map, name="import_map"),
    path("people/imports/<int:run_id>/take", imports.import_take, name="import_take"),
    path("people/imports/<int:run_id>/drop", imports.import_drop, name="import_drop"),
    path("people/imports/<int:run_id>/refused.csv", imports.import_refused, name="import_refused"),
    path("people/pairs/", pairs.pair_list, name="pairs"),
    path("people/pairs/<int:pair_id>/", pairs.pair, name="pair"),
    path("people/pairs/<int:pair_id>/decide", pairs.pair_decide, name="pair_decide"),
    path("people/month/", month.month, name="month"),
    path("people/month/print/", month.month_print, name="month_print"),
    path("people/month/export", month.month_export, name="month_export"),
    path("me/data/", me.me, name="me"),
    path("me/data/copy", me.me_copy, name="me_copy"),
]
