"""The refusals of the rulebook."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotFound, WrongState


class UnknownParameter(NotFound):
    """A key that is in no file: a misspelt key never gives a number."""

    code = "unknown_parameter"
    message = _("The rulebook has no parameter “%(key)s”.")


class NotInForce(NotFound):
    """A day before the first known value, or a place for which the rule was not made."""

    code = "not_in_force"
    message = _("“%(key)s” has no value for this place on %(on)s.")


class UnknownReading(NotFound):
    code = "unknown_reading"
    message = _("“%(key)s” has no reading called “%(reading)s”.")


class Overlaps(WrongState):
    code = "overlapping_value"
    message = _(
        "A value of %(issuer)s already holds in this period (%(document)s). "
        "Withdraw it first, or choose another period."
    )


class AlreadyWithdrawn(WrongState):
    code = "already_withdrawn"
    message = _("This value was withdrawn before.")
