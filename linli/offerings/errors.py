"""What offerings refuse with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, WrongState


class Incomplete(Invalid):
    """A step of an application lacks what it asks for."""

    code = "incomplete"
    message = _("Something is missing here.")


class AskedBefore(Invalid):
    """Something is asked for that was not on the one notice of what is missing."""

    code = "asked_before"
    message = _("What is missing is told once and completely.")


class PartsOpen(WrongState):
    code = "parts_open"
    message = _("A department still works on its part. Decide when all parts are done.")


class NotOffered(Invalid):
    """The item cannot be applied for here or today."""

    code = "not_offered"
    message = _("This cannot be applied for here. The guide says where to go.")


class NoMandate(Invalid):
    code = "no_mandate"
    message = _(
        "There is no mandate that holds today. She gives it at the window or in her account."
    )


class NotThatMuch(Invalid):
    code = "not_that_much"
    message = _("Not more than what is open can be paid or goes back.")


class AlreadyApplied(WrongState):
    code = "already_applied"
    message = _("This was sent before. Its receipt has number and code.")


class FeeOpen(WrongState):
    code = "fee_open"
    message = _("The fee is not paid yet. Note the payment first.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Say why you need it; the reason is recorded.")
