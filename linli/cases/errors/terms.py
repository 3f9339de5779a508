"""What is refused of days and clocks: more time, other days, why something is late."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, WrongState


class DayGone(Invalid):
    """A last day that was given lies before today."""

    code = "day_gone"
    needed = _("Say by which day.")
    gone = _("This day has passed. Choose today or a later day.")
    far = _("This is more than two years ahead. Choose a nearer day.")


class SetElsewhere(WrongState):
    code = "set_elsewhere"
    message = _("The office that sent this set its last day. Ask there for more time.")


class LongerThanLaw(WrongState):
    code = "longer_than_law"
    message = _(
        "This is longer than the rule allows: at most %(more)s more, and only %(times)s times."
    )


class NoSuchClock(WrongState):
    code = "no_such_clock"
    message = _("No clock of this name runs in this case.")


class NotLate(WrongState):
    """Why something is late can be said only of what is late, and of what the reporter waits for."""

    code = "not_late"
    message = _("This is not late. Words to the reporter can be sent at any time.")


class NotExtendable(WrongState):
    code = "not_extendable"
    message = _("The time for this cannot be extended.")
