"""The number by which registers of the city know an applicant; opened only to ask them."""

from __future__ import annotations

from linli.kernel.errors import NotFound
from linli.kernel.permits import system_actor
from linli.offerings.clients.applicants import opened
from linli.offerings.models import Application
from linli.people.queries import persons
from linli.people.queries.vault import opened_vault

READER = system_actor("offerings.records")


def id_number_of(application: Application) -> str:
    """Return the number by which registers know the applicant: as she gave it, else as the register has it.

    Whoever asks with it recorded the reading.
    """
    given = opened(application.sealed, application.pk).id_number
    if given or application.person_id is None:
        return given
    try:
        person = persons.get_person(READER, application.person_id)
    except NotFound:
        return ""
    cards = [one for one in opened_vault(READER, person)["documents"] if one["until"] is None]
    return next((str(one["number"]) for one in cards if one["kind"] == "resident_id"), "")
