"""A mandate on paper of somebody who stands in no register here."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.identity import NotAPhone, read_phone, tidy_id, told_of_id
from linli.kernel.permits import PERSONAL, Actor, require
from linli.offerings import permits
from linli.offerings.clients.agents import mandate_row, masked, sealed_outside
from linli.offerings.models import AgentMandate
from linli.offerings.queries.checked_mandates import checked_agent
from linli.offerings.services.mandates import print_mandate
from linli.offerings.types.mandates import Agent, Giver, MandateFacts
from linli.people.queries.search import find_people
from linli.places import queries as places
from linli.places import services as register
from linli.ui.masks import mask_id


@transaction.atomic
def prepare_outside(
    place: str, giver: Giver, facts: MandateFacts, *, actor: Actor, now: datetime
) -> AgentMandate:
    """Print a mandate for somebody whom no register here has; it holds once the signed paper came back.

    Numbers and names of both lie sealed. Refuses with NotFound, Ended, NotAllowed, Invalid
    (giver_name, giver_id, giver_phone, name, id_number, until, item).
    """
    at = places.get_place(place)
    require(actor, permits.RECEIVE, at=at.path, level=PERSONAL)
    register.refuse_ended(at)
    giver, agent = _checked(giver, facts, at.path, actor, localdate(now))
    row = mandate_row(at.path, agent, facts)
    row.giver_masked = masked(giver.name, giver.id_number)
    for column, value in sealed_outside(giver, agent, row.code).items():
        setattr(row, column, value)
    who = (giver.name, mask_id(giver.id_number))
    return print_mandate(row, who, agent, facts, actor=actor, now=now)


def _checked(
    giver: Giver, facts: MandateFacts, path: str, actor: Actor, today: date
) -> tuple[Giver, Agent]:
    """Return both tidy. Refuses with Invalid, each fault at its field."""
    agent, faults = checked_agent(facts, path, today)
    name, number = giver.name.strip(), tidy_id(giver.id_number)
    if not name:
        faults["giver_name"] = [_("Write the name as it stands on the identity card.")]
    if fault := told_of_id(number):
        faults["giver_id"] = [fault]
    elif number == agent.id_number:
        faults["id_number"] = [_("The agent is somebody else than who gives the mandate.")]
    elif find_people(actor, number, limit=1).items:
        faults["giver_id"] = [
            _("This person is in the register. Find them at the window and print it there.")
        ]
    phone = giver.phone.strip()
    try:
        phone = read_phone(phone) if phone else ""
    except NotAPhone as wrong:
        faults["giver_phone"] = [str(wrong)]
    if faults:
        raise Invalid(faults)
    return Giver(name, number, phone), agent
