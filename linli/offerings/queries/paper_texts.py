"""What the papers of applications say, from the application, its clocks and the steps that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.following import Told, steps_of
from linli.cases.queries.papers import due_day
from linli.kernel.money import Money
from linli.offerings.models import Application
from linli.offerings.queries.applications import payments_of
from linli.rulebook import queries as rulebook
from linli.ui import formats

Data = dict[str, Any]
LINE = "____________"


@dataclass(frozen=True, slots=True)
class Matter:
    """An application with its steps, for those who write its papers."""

    application: Application
    steps: Sequence[Told]

    @property
    def case(self) -> Any:
        return self.application.case

    def last(self, *moves: str) -> Told | None:
        return next((step for step in reversed(self.steps) if step.move in moves), None)


def matter_of(application: Application) -> Matter:
    """Return an application as its papers need it."""
    return Matter(application, steps_of(application.pk))


def _day(day: date | None) -> str:
    return formats.day_plain(day) if day else LINE


def _opening(matter: Matter) -> str:
    told = {
        "day": _day(localdate(matter.steps[0].at)),
        "item": matter.application.asked.name["zh" if formats.is_chinese() else "en"],
        "number": matter.case.number,
    }
    return _("Your application of %(day)s for “%(item)s” (number %(number)s) was looked at.") % told


def _letter(lines: Sequence[str]) -> Data:
    return {"addressee": None, "text": [one for one in lines if one], "copies": None}


def remedy(matter: Matter) -> str:
    """Return how one can object, and by when, with the terms of the law."""
    on = localdate(matter.steps[-1].at)
    days = rulebook.lookup("application.remedy_reconsider", matter.case.path, on).number
    months = rulebook.lookup("application.remedy_court", matter.case.path, on).number
    told = {"days": days, "months": months}
    return _("If you disagree, you may ask for administrative reconsideration within %(days)s days of learning of it, or go to court within %(months)s months.") % told  # fmt: skip


def accepted(matter: Matter) -> Data:
    """受理通知书: by when it is decided (art. 32)."""
    told = {"day": _day(due_day(matter.case, "solve"))}
    return _letter([_opening(matter), _("It is accepted. It is decided by %(day)s.") % told])


def correction(matter: Matter) -> Data:
    """补正告知书: everything that is missing, once, and by when it is to come (art. 32)."""
    step = matter.last("ask_correction")
    lines = step.text.splitlines() if step else []
    told = {"day": _day(due_day(matter.case, "supply"))}
    closing = _("Please bring or send all of this by %(day)s. Nothing else will be asked for. The time for the decision begins when all of it is here.")  # fmt: skip
    return _letter([_opening(matter), _("This is missing:"), *lines, closing % told])


def not_accepted(matter: Matter) -> Data:
    """不予受理通知书: with the rule, and how to object."""
    step = matter.last("refuse")
    basis = _("Basis: %(basis)s.") % {"basis": step.basis} if step and step.basis else ""
    said = step.text.splitlines() if step else []
    return _letter([_opening(matter), _("It is not accepted."), *said, basis, remedy(matter)])


def decision(matter: Matter) -> Data:
    """准予或不予决定书."""
    step = matter.last("grant", "deny")
    is_denied = step is not None and step.move == "deny"
    said = step.text.splitlines() if step else []
    basis = _("Basis: %(basis)s.") % {"basis": step.basis} if step and step.basis else ""
    head = _("It is denied.") if is_denied else _("It is granted.")
    return _letter([_opening(matter), head, *said, basis, remedy(matter) if is_denied else ""])


def fee(matter: Matter) -> Data:
    """Receipt of what was paid, in figures and in capitals."""
    lines = []
    for one in payments_of(matter.application.pk):
        amount = Money(one.amount_fen)
        told = {
            "number": one.number, "amount": formats.money(amount), "capitals": amount.capitals,
            "day": _day(localdate(one.paid_at)),
        }  # fmt: skip
        lines.append(_("Receipt %(number)s of %(day)s: %(amount)s (%(capitals)s).") % told)
        for back in one.refunds.all():
            back_told = {"amount": formats.money(back.amount_fen), "day": _day(localdate(back.refunded_at))}  # fmt: skip
            lines.append(_("Given back on %(day)s: %(amount)s.") % back_told)
    return _letter([_opening(matter), *lines])
