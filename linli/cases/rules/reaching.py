"""What becomes of how a reporter is reached when whoever sent her case corrects it."""

from __future__ import annotations

from linli.cases.types.filing import Contact, Correction, Naming
from linli.kernel.texts import clean_text

LONGEST_NAME = 60


def name_as_kept(name: str) -> str:
    """Return a name on one line, no longer than is kept."""
    return " ".join(clean_text(name).split())[:LONGEST_NAME]


def corrected(kept: Contact, naming: Naming, given: Correction) -> tuple[Contact, Naming]:
    """Return contact and naming after a correction; what it leaves out stays as it was.

    Who is withheld from handlers stays so. Who becomes known by it is named, unless it withholds her.
    """
    contact = Contact(
        name_as_kept(given.contact.name) or kept.name, given.contact.phone or kept.phone
    )
    if not contact.name and not contact.phone:
        return contact, naming
    if given.is_withheld:
        return contact, Naming.WITHHELD
    return contact, Naming.NAMED if naming is Naming.ANONYMOUS else naming
