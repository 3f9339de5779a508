"""What the words of the register are called on pages, and what each fault of a row means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.people.types.words import (
    Basis,
    ContactKind,
    DwellingKind,
    Fault,
    HouseholdKind,
    PartyRole,
    Relation,
    RollKind,
    Sex,
    Standing,
    Whereabouts,
)

SEX: dict[str, Any] = {Sex.MALE: _("male"), Sex.FEMALE: _("female"), Sex.UNKNOWN: _("not stated")}
STANDING: dict[str, Any] = {
    Standing.REGISTERED: _("registered resident"),
    Standing.NON_LOCAL: _("resident without local hukou"),
}
BASIS: dict[str, Any] = {
    Basis.HUKOU: _("hukou"),
    Basis.RESIDENCE_PERMIT: _("residence permit"),
    Basis.DECLARED: _("declared residence"),
    Basis.EMPLOYER: _("declared by the employer"),
    Basis.OWNER: _("owns a home here"),
    Basis.VISIT: _("noted on a visit"),
}
HOUSEHOLD: dict[str, Any] = {
    HouseholdKind.FAMILY: _("family household"),
    HouseholdKind.COLLECTIVE: _("collective household"),
}
RELATION: dict[str, Any] = {
    Relation.HEAD: _("head of household"),
    Relation.SPOUSE: _("spouse"),
    Relation.CHILD: _("child"),
    Relation.PARENT: _("parent"),
    Relation.GRANDCHILD: _("grandchild"),
    Relation.GRANDPARENT: _("grandparent"),
    Relation.SIBLING: _("sibling"),
    Relation.IN_LAW: _("relative by marriage"),
    Relation.OTHER: _("other member"),
    Relation.ROOMMATE: _("room-mate"),
}
DWELLING: dict[str, Any] = {
    DwellingKind.OWN: _("lived in by its owner"),
    DwellingKind.LET: pgettext_lazy("a dwelling", "let"),
    DwellingKind.DORMITORY: _("dormitory"),
    DwellingKind.EMPTY: pgettext_lazy("a dwelling", "empty"),
}
CONTACT: dict[str, Any] = {
    ContactKind.PHONE: _("telephone"),
    ContactKind.EMAIL: _("e-mail"),
    ContactKind.ADDRESS: _("postal address"),
    ContactKind.HUKOU_ADDRESS: _("hukou address"),
}
ROLL: dict[str, Any] = {
    RollKind.VOTER: _("voters"),
    RollKind.COLLECTIVE_MEMBER: _("members of the collective"),
    RollKind.SHAREHOLDER: _("shareholders"),
    RollKind.OWNER: _("owners"),
}
PARTY: dict[str, Any] = {
    PartyRole.LANDLORD: _("landlord"),
    PartyRole.MANAGER: _("sub-letting manager"),
}
WHEREABOUTS: dict[str, Any] = {
    Whereabouts.NONE: _("This number is not in the register."),
    Whereabouts.HERE: _("This number is in your register."),
    Whereabouts.ELSEWHERE: _("This number is in the register of another place."),
}
DOCUMENT: dict[str, Any] = {
    "resident_id": _("identity card"),
    "home_return": _("home-return permit (Hong Kong, Macau)"),
    "taiwan_permit": _("mainland travel permit (Taiwan)"),
    "hong_kong_residence": _("residence permit for Hong Kong residents"),
    "macau_residence": _("residence permit for Macau residents"),
    "taiwan_residence": _("residence permit for Taiwan residents"),
    "foreign_permanent": _("foreigner's permanent residence card"),
    "passport": _("passport"),
    "birth_certificate": _("birth certificate"),
}
IMPORT_STATE: dict[str, Any] = {
    "received": _("columns to be named"),
    "mapped": _("being checked"),
    "checked": _("checked, to be taken"),
    "running": _("being taken"),
    "done": _("taken"),
    "dropped": _("put away"),
}
PAIR_STATE: dict[str, Any] = {
    "open": _("to be compared"),
    "joined": _("joined"),
    "different": _("two people"),
}
PAIR_REASON: dict[str, Any] = {
    "same_number": _("both claim one document number"),
    "same_name_and_birth": _("same name and birth date"),
    "same_contact_and_birth": _("same telephone or address and birth date"),
}
FIELD: dict[str, Any] = {
    "name": pgettext_lazy("person", "name"),
    "other_name": _("other name"),
    "sex": _("sex"),
    "born_on": _("birth date"),
    "document_kind": _("kind of document"),
    "document_number": _("document number"),
    "document_until": _("document valid until"),
    "phone": _("telephone"),
    "place": _("village or community"),
    "group": _("residents' group"),
    "address": _("address here"),
    "hukou_address": _("hukou address"),
    "standing": _("kind of resident"),
    "basis": _("basis of residence"),
    "since": _("lives here since"),
    "until": _("left on"),
    "permit_until": _("residence permit valid until"),
    "household": _("household number"),
    "household_kind": _("kind of household"),
    "relation": _("relation to the head"),
    "dwelling_kind": _("use of the dwelling"),
    "employer": _("employer"),
    "room": _("room"),
    "bed": _("bed"),
    "": _("row"),
}
FAULT: dict[str, Any] = {
    "name_missing": _("The name is missing."),
    "name_too_long": _("The name is longer than 60 signs."),
    "name_signs": _(
        "A name has letters or characters only; signs and pictures do not belong in it."
    ),
    "number_missing": _("The document number is missing."),
    "excel_float": _(
        "The spreadsheet made a number of this and lost digits. Set the column to “text”, "
        "enter the number anew."
    ),
    "id_length": _("An identity number has 18 signs."),
    "id_digits": _("An identity number has digits; only the last sign may be X."),
    "id_date": _("The birth date inside the number does not exist."),
    "id_future": _("The birth date inside the number lies in the future."),
    "id_check": _("The check digit is wrong: a digit was mistyped or two were swapped."),
    "id_prefix": _("A number of this kind of document begins with other digits."),
    "number_shape": _("A number of this kind of document looks different."),
    "kind_unknown": _("This kind of document is not known."),
    "number_twice": _("The same document number stands in an earlier row."),
    "name_differs": _(
        "Your register has this number under another name. Compare with the document; correct "
        "the list or the register."
    ),
    "sex_unknown": _("Write male or female."),
    "sex_conflict": _("The document number says the other sex."),
    "born_conflict": _("The document number says another birth date."),
    "born_missing": _("This document does not tell the birth date: fill it in."),
    "phone_shape": _("This is not a telephone number."),
    "place_missing": _("The village or community is missing."),
    "place_unknown": _("No village or community has this name or code."),
    "place_ambiguous": _("Several villages have this name: write the code of 12 digits."),
    "place_outside": _("This village lies outside the place for which the list is imported."),
    "word_unknown": _("This word is not known here."),
    "text_too_long": _("This is too long."),
    "text_signs": _("There are signs in it that cannot be shown."),
    "too_many_cells": _("The row has more cells than the heading: a separator inside a cell?"),
    "head_twice": _("An earlier row is already the head of this household."),
    "day_future": _("This day lies in the future."),
    "before_birth": _("This day lies before the birth."),
    "ends_before_it_begins": _("The end lies before the beginning."),
    "registered_with_permit": _("Whoever has hukou here needs no residence permit."),
    "beds_range": _("Write a number of beds from 1 to 5,000."),
    "not_positive": _("Write a number above zero."),
    "column_missing": _("Choose the column that holds this."),
    "email_shape": _("This is not an e-mail address."),
    "value_missing": _("Nothing was written here."),
    "day_empty": _("Write a date, for example 2026-11-24."),
    "day_unclear": _("This is not a date. Write it like 20261124 or 2026-11-24."),
    "day_ambiguous": _("Day or month first? Write it like 2026-11-24."),
    "day_short_year": _("Write the year with four digits."),
    "day_no_such_day": _("There is no such day in the calendar."),
    "day_weekday": _("The date and the day of the week do not fit together."),
}


def fields_of(faults: Iterable[Fault]) -> dict[str, list[str]]:
    """Return the texts of faults by field, as a refusal carries them."""
    found: dict[str, list[str]] = {}
    for fault in faults:
        found.setdefault(fault.field or "row", []).append(str(FAULT[fault.code]))
    return found
