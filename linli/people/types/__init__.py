"""Words and values of the people register that cross the app's edge."""

from linli.people.types.words import (
    Basis,
    ContactKind,
    DwellingKind,
    Fault,
    HouseholdKind,
    PartyRole,
    PersonRow,
    Relation,
    RollKind,
    Sex,
    Standing,
    Whereabouts,
)

__all__ = [
    "Basis",
    "ContactKind",
    "DwellingKind",
    "Fault",
    "HouseholdKind",
    "PartyRole",
    "PersonRow",
    "Relation",
    "RollKind",
    "Sex",
    "Standing",
    "Whereabouts",
]
