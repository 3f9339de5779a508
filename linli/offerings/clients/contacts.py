"""How somebody who booked is called and reached, as it lies sealed; the mark tells two of one number apart."""

from __future__ import annotations

import json
from typing import Any, Protocol

from linli.kernel.identity import NotAPhone, read_phone
from linli.kernel.sealing import open_sealed, seal
from linli.offerings.types.visits import Contact
from linli.runtime.services import origins
from linli.runtime.services.limits import subject_digest
from linli.ui.masks import mask_phone

# table → its sealed column; a row is named by its code
COLUMNS = {"offerings_appointment": "contact", "offerings_drawentry": "contact"}
APPOINTMENTS, ENTRIES = "offerings_appointment", "offerings_drawentry"


class Sealed(Protocol):
    """A row that keeps a contact."""

    @property
    def code(self) -> str: ...
    @property
    def contact(self) -> Any: ...


def as_kept(contact: Contact, code: str, table: str = APPOINTMENTS) -> dict[str, Any]:
    """Return the columns that keep a contact; nothing known is kept as nothing."""
    if not contact.is_known:
        return {"contact": None, "contact_mark": None, "phone_masked": ""}
    told = json.dumps({"name": contact.name, "phone": contact.phone}, ensure_ascii=False)
    return {
        "contact": seal(told, table=table, column="contact", row=code),
        "contact_mark": mark_of(contact.phone) if contact.phone else None,
        "phone_masked": mask_phone(contact.phone.removeprefix("+86")) if contact.phone else "",
    }


def contact_of(row: Sealed, table: str = APPOINTMENTS) -> Contact:
    """Return what is kept of somebody. Whoever shows it to a person records the reading."""
    if row.contact is None:
        return Contact()
    told = json.loads(open_sealed(bytes(row.contact), table=table, column="contact", row=row.code))
    return Contact(told["name"], told["phone"])


def origin_of(address: str, account_id: int | None = None) -> bytes | None:
    """Return what stands for the account that books, else for the network; None where neither is known."""
    return origins.origin_of("offerings.visits.origin", address, account_id)


def mark_said(words: str) -> bytes | None:
    """Return the mark of a whole telephone number as somebody typed it; None for other words."""
    try:
        phone = read_phone(words) if words else ""
    except NotAPhone:
        return None
    return mark_of(phone) if phone else None


def mark_of(phone: str) -> bytes:
    """Return what stands for a number where two of one are compared: unreadable without the server's secret."""
    return subject_digest("offerings.visits", phone)
