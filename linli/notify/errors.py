"""Refusals that only notify has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import TooMany, WrongState


class CostCapReached(WrongState):
    code = "cost_cap"
    message = _(
        "The money for text messages is used up at this place until %(until)s. "
        "The message is in the inbox; call if it is urgent."
    )


class NotDead(WrongState):
    code = "delivery_not_dead"
    message = _("Only a message that was given up can be sent again.")


class TooManyCodes(TooMany):
    code = "too_many_codes"
    message = _("Too many codes were sent to this number. Wait %(retry_after)s seconds.")
    after_minutes = _("Too many codes were sent to this number. Wait %(minutes)s minutes.")
