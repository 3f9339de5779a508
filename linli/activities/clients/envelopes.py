"""Names and telephones as they lie sealed in tables of activities."""

from __future__ import annotations

from linli.activities.types.events import TAKER_PHONE
from linli.activities.types.venues import BOOKER_PHONE
from linli.kernel.sealing import Blind, blind, open_sealed, seal

BOOKERS, GROUPS = "activities_bookingvault", "activities_groupvault"
TAKERS = "activities_enrolmentvault"
WISHES, TALENTS = "activities_culturewishvault", "activities_localtalentvault"
# table → its sealed columns and the column that names the row
COLUMNS = {
    BOOKERS: (("name", "phone"), "booking_id"),
    GROUPS: (("contact", "phone"), "group_id"),
    TAKERS: (("takers", "phone", "guardian"), "enrolment_id"),
    WISHES: (("text",), "wish_id"),
    TALENTS: (("contact", "phone"), "talent_id"),
}


def sealed(value: str, table: str, column: str, row: int) -> bytes:
    """Return a value as it lies in the table."""
    return seal(value, table=table, column=column, row=row)


def opened(value: bytes | memoryview, table: str, column: str, row: int) -> str:
    """Return a value as people read it."""
    return open_sealed(bytes(value), table=table, column=column, row=row)


def phone_index(phone: str) -> Blind:
    """Return what finds the bookings of one telephone."""
    return blind(phone, purpose=BOOKER_PHONE)


def taker_index(phone: str) -> Blind:
    """Return what finds the enrolments of one telephone."""
    return blind(phone, purpose=TAKER_PHONE)
