"""Tables of people."""

from linli.people.models.households import Dwelling, DwellingParty, Household, HouseholdMember
from linli.people.models.persons import NameTerm, Person, Residency
from linli.people.models.rolls import Roll, RollEntry
from linli.people.models.vault import Contact, PersonDocument, PersonKey
from linli.people.models.work import (
    DuplicatePair,
    ImportRow,
    ImportRun,
    ImportSource,
)

__all__ = [
    "Contact",
    "Dwelling",
    "DwellingParty",
    "DuplicatePair",
    "Household",
    "HouseholdMember",
    "ImportRow",
    "ImportRun",
    "ImportSource",
    "NameTerm",
    "Person",
    "PersonDocument",
    "PersonKey",
    "Residency",
    "Roll",
    "RollEntry",
]
