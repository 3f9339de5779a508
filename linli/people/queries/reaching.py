"""How to reach a person: for messages that the system sends, not for people to look at."""

from __future__ import annotations

from django.db.models import QuerySet

from linli.kernel import sealing
from linli.people.models import Contact
from linli.people.queries.persons import entries_of_one
from linli.people.types import ContactKind


def phone_for_message(person_id: int) -> str:
    """Return the mobile number by which a person is reached today, by any of her entries, or nothing.

    Row security shows it to the system alone (linli.system) or to the person: call it from a job.
    """
    contact = _numbers(person_id).order_by("-id").first()
    if contact is None:
        return ""
    return sealing.open_sealed(
        bytes(contact.value), table="people_contact", column="value", row=contact.pk
    )


def has_number(person_id: int) -> bool:
    """Say whether a mobile number of today is kept of a person; seen by whom `phone_for_message` is."""
    return _numbers(person_id).exists()


def _numbers(person_id: int) -> QuerySet[Contact]:
    return Contact.objects.filter(
        person_id__in=entries_of_one(person_id), kind=ContactKind.PHONE, until__isnull=True
    )
