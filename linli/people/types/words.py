"""Words and values of the people register that cross the app's edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Sex(StrEnum):
    """As on the identity document."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Which part of the population somebody belongs to at a place (户籍 or 非户籍常住)."""

    REGISTERED = "registered_resident"
    NON_LOCAL = "non_local_resident"


class Basis(StrEnum):
    """On what a residency rests."""

    HUKOU = "hukou"
    RESIDENCE_PERMIT = "residence_permit"
    DECLARED = "declared"
    EMPLOYER = "employer"
    OWNER = "owner"
    VISIT = "visit"


class HouseholdKind(StrEnum):
    """A family, or people who share a dormitory, a site or an institution."""

    FAMILY = "family"
    COLLECTIVE = "collective"


class Relation(StrEnum):
    """What somebody is to the head of the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    SIBLING = "sibling"
    IN_LAW = "in_law"
    OTHER = "other"
    ROOMMATE = "roommate"


class DwellingKind(StrEnum):
    """How a dwelling is used."""

    OWN = "own"
    LET = "let"
    DORMITORY = "dormitory"
    EMPTY = "empty"


class ContactKind(StrEnum):
    """What is kept in the vault about how to reach somebody."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    HUKOU_ADDRESS = "hukou_address"


class RollKind(StrEnum):
    """Rolls that are kept apart; none is ever derived from another."""

    VOTER = "voter"
    COLLECTIVE_MEMBER = "collective_member"
    SHAREHOLDER = "shareholder"
    OWNER = "owner"


class PartyRole(StrEnum):
    """Who answers for a dwelling: 房东, 二房东."""

    LANDLORD = "landlord"
    MANAGER = "manager"


class Whereabouts(StrEnum):
    """All that the question "is this number known?" ever answers."""

    NONE = "none"
    HERE = "here"
    ELSEWHERE = "elsewhere"


class Fault(NamedTuple):
    """One thing that is wrong: in which field, which rule, and what stood there."""

    field: str
    code: str
    value: str = ""


@dataclass(slots=True)
class PersonRow:
    """What one row of a list says about a person, in the register's own words."""

    line: int
    name: str = ""
    kind: str = ""
    number: str = ""
    village: str = ""
    other_name: str = ""
    sex: str = Sex.UNKNOWN.value
    born_on: date | None = None
    document_until: date | None = None
    phone: str = ""
    group: str = ""
    address: str = ""
    hukou_address: str = ""
    standing: str = Standing.NON_LOCAL.value
    basis: str = ""
    since: date | None = None
    until: date | None = None
    permit_until: date | None = None
    household: str = ""
    household_kind: str = HouseholdKind.FAMILY.value
    relation: str = ""
    dwelling_kind: str = ""
    employer: str = ""
    room: str = ""
    bed: str = ""
