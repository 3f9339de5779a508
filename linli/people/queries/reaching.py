"""How to reach a person: for messages that the system sends, not for people to look at."""

from __future__ import annotations

from linli.kernel import sealing
from linli.people.models import Contact
from linli.people.queries.persons import entries_of_one
from linli.people.types import ContactKind


def phone_for_message(person_id: int) -> str:
    """Return the mobile number by which a person is reached today, by any of her entries, or nothing.

    Row security shows it to the system alone (linli.system) or to the person: call it from a job.
    """
    contact = (
        Contact.objects.filter(
            person_id__in=entries_of_one(person_id), kind=ContactKind.PHONE, until__isnull=True
        )
        .order_by("-id")
        .first()
    )
    if contact is None:
        return ""
    return sealing.open_sealed(
        bytes(contact.value), table="people_contact", column="value", row=contact.pk
    )
