"""What a mandate on paper says, checked and tidied."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linli.kernel.clock import add_months
from linli.kernel.identity import tidy_id, told_of_id
from linli.offerings.queries.items import versions_named
from linli.offerings.types.mandates import Agent, MandateFacts
from linli.rulebook import queries as rulebook
from linli.ui.formats import day_plain

MOST = "application.mandate_most"


def checked_agent(
    facts: MandateFacts, path: str, today: date
) -> tuple[Agent, dict[str, list[str]]]:
    """Return the agent tidy, and what is wrong with a mandate that is too long or names nobody."""
    faults, number = dict[str, list[str]](), tidy_id(facts.agent.id_number)
    if not facts.agent.name.strip():
        faults["name"] = [_("Write the name as it stands on the identity card.")]
    if fault := told_of_id(number):
        faults["id_number"] = [fault]
    last = add_months(today, rulebook.lookup(MOST, path, today).number)
    if facts.until < today:
        faults["until"] = [_("This day is over. Choose today or a later one.")]
    elif facts.until > last:
        faults["until"] = [_("It may hold until %(day)s at most.") % {"day": day_plain(last)}]
    if facts.item and facts.item not in versions_named([facts.item], today):
        faults["item"] = [_("This cannot be applied for here. The guide says where to go.")]
    return Agent(facts.agent.name.strip(), number, facts.agent.phone.strip()), faults
