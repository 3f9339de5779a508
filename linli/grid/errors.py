"""What the grid refuses with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal, WrongState


class AlreadyThere(WrongState):
    code = "already_there"
    message = _(
        "This post has this part in the cell already, in the same shift and at the same time."
    )


class SeatTaken(WrongState):
    code = "seat_taken"
    message = _("Somebody serves here already. End that term first, with the hand-over.")


class Over(WrongState):
    code = "over"
    message = _("This has ended already.")


class WhyMissing(Refusal):
    """A sealed value was asked for without a reason; it is recorded that it was asked for."""

    code = "why_missing"
    message = _("Say why you need it; the reason is recorded.")
