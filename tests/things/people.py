"""Things that fill the addresses of the register of people."""

from __future__ import annotations

from tests.city_life import PERSON
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    return page_and_api(
        {
            ("people/", "person_id"): pk("people.person", name=PERSON),
            ("people/households/", "household_id"): pk("people.household"),
            ("people/rolls/", "roll_id"): pk("people.roll"),
            ("people/documents/", "document_id"): pk("people.persondocument"),
            ("people/contacts/", "contact_id"): pk("people.contact"),
            ("people/stays/", "residency_id"): pk("people.residency", person__name=PERSON),
            ("people/members/", "member_id"): pk("people.householdmember"),
            ("people/dwellings/", "dwelling_id"): pk("people.dwelling"),
            ("people/parties/", "party_id"): pk("people.dwellingparty"),
            ("people/entries/", "entry_id"): pk("people.rollentry"),
            ("people/imports/", "run_id"): pk("people.importrun"),
            ("people/pairs/", "pair_id"): pk("people.duplicatepair"),
        }
    )
