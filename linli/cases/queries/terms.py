"""Terms of clocks in words: how long, counted in what, and what the length stands on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.cases.models import CaseClock
from linli.cases.rules.clocks import local_day
from linli.cases.types.shapes import NAMED_BY
from linli.kernel.clock import Unit
from linli.rulebook import queries as rulebook
from linli.rulebook.types import Footing

# the last day was named by whoever asked, not by a rule
GIVEN = "given"


def footing_of(frozen: Mapping[str, Any], begun: datetime) -> str:
    """Return what a clock's term stands on: law, unread, practice, or a day that was given."""
    if "day" in frozen or not frozen.get("key"):
        return GIVEN
    return str(rulebook.footing(str(frozen["key"]), local_day(begun)))


def term_words(row: CaseClock) -> str:
    """Return how long a clock gives and why: by law only what was read in a law."""
    footing = footing_of(row.law, row.started_at)
    told = {
        "promise": amount_words(row.amount, row.unit),
        "law": amount_words(row.legal_amount, row.unit),
    }
    if NAMED_BY in row.law:
        return _("The guide of the item promises %(promise)s and allows %(law)s.") % told
    if footing == GIVEN:
        return _("The day was set by whoever gave it.")
    if row.legal_amount != row.amount:
        return {
            Footing.LAW: _("Promised %(promise)s, the law allows %(law)s."),
            Footing.UNREAD: _("Promised %(promise)s, the rule allows %(law)s, to be confirmed."),
            Footing.PRACTICE: _("Promised %(promise)s, usual are %(law)s, to be confirmed."),
        }[Footing(footing)] % told
    return {
        Footing.LAW: _("By law %(promise)s."),
        Footing.UNREAD: _("By the rule %(promise)s, to be confirmed."),
        Footing.PRACTICE: _("By practice %(promise)s, to be confirmed."),
    }[Footing(footing)] % told


def amount_words(amount: int, unit: str) -> str:
    """Return a term in words."""
    words = {
        Unit.WORKING_DAYS: ngettext("%(num)s working day", "%(num)s working days", amount),
        Unit.DAYS: ngettext("%(num)s day", "%(num)s days", amount),
        Unit.MONTHS: ngettext("%(num)s month", "%(num)s months", amount),
        Unit.HOURS: ngettext("%(num)s hour", "%(num)s hours", amount),
        Unit.WORKING_HOURS: ngettext("%(num)s working hour", "%(num)s working hours", amount),
    }.get(Unit(unit))
    return (words or f"%(num)s {unit}") % {"num": amount}


def unit_words(unit: str) -> str:
    """Return what a clock counts in, for the label of a field."""
    return {
        Unit.WORKING_DAYS: _("working days"),
        Unit.DAYS: _("days"),
        Unit.MONTHS: _("months"),
        Unit.HOURS: _("hours"),
        Unit.WORKING_HOURS: _("working hours"),
    }.get(Unit(unit), unit)


def extension_words(facts: Mapping[str, Any]) -> str:
    """Return how much longer a step gave, in the unit of its clock."""
    unit = next((one["unit"] for one in facts.get("clocks", ())), Unit.DAYS)
    return amount_words(int(facts["by_amount"]), unit)
