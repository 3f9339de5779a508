"""What windows, visits, the queue, draws and ratings refuse with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, WrongState


class TimeTaken(WrongState):
    code = "time_taken"
    message = _("Somebody took this time a moment ago. Choose another one.")


class NoSuchTime(WrongState):
    code = "no_such_time"
    message = _("This time is not offered any more: it is past, or the window is closed then.")


class NoSuchDay(Invalid):
    """Nobody comes to a home on such a day."""

    code = "no_such_day"
    message = _("Nobody comes on this day. Choose another one.")


class TextedBefore(WrongState):
    code = "texted_before"
    message = _("This ticket was sent by message already. Write the number down.")


class NotServed(Invalid):
    """What somebody comes for is not done at this window, or not at this place."""

    code = "not_served"
    message = _("This is not done here. Choose a time of a window that does it.")

    def __init__(self) -> None:
        super().__init__({"item": [str(self.message)]})


class KeptTime(WrongState):
    code = "kept_time"
    message = _("This time is still kept for those who call or come. Choose another one.")


class TooManyVisits(WrongState):
    code = "too_many_visits"
    message = _("%(most)s visits are booked under this number already. Cancel one of them first.")


class TooManyHere(WrongState):
    """One address holds as many times of a day as it may."""

    code = "too_many_here"
    message = _(
        "As many times of this day as one address may hold are booked from here. Leave a mobile number, or call or come: the counter books for you."
    )


class WindowEnded(WrongState):
    code = "window_ended"
    message = _("This window is not in use any more.")


class NobodyWaits(WrongState):
    code = "nobody_waits"
    message = _("Nobody waits for this window at the moment.")


class CalledMeanwhile(WrongState):
    """A page that is not of today's moment: whoever stands at the window was called after it was loaded."""

    code = "called_meanwhile"
    message = _("%(ticket)s stands at this window meanwhile. Look, and press again.")


class GoneMeanwhile(WrongState):
    """A page that still shows a ticket which was finished, skipped or sent on meanwhile."""

    code = "gone_meanwhile"
    message = _(
        "Nobody stands at this window any more: the ticket your page showed was ended meanwhile. Look, and press again."
    )


class WindowBusy(WrongState):
    code = "window_busy"
    message = _("Somebody stands at this window already. Finish or skip that ticket first.")


class HallClosed(WrongState):
    code = "hall_closed"
    message = _("The windows do not open any more today: nobody would call a ticket.")


class LineFull(WrongState):
    code = "line_full"
    message = _("No more tickets are given out today.")


class NotYetRatable(WrongState):
    code = "not_yet_ratable"
    message = _("A visit is rated once it has ended, and at most %(days)s days later.")


class RatedBefore(WrongState):
    code = "rated_before"
    message = _("This visit was rated already. Each is rated once.")


class EnteredBefore(WrongState):
    code = "entered_before"
    message = _(
        "This number is in the draw already. Each enters once. Open that entry with its code to see it or to take it back; once it is taken back, the number can enter anew. Without the code, or if you did not enter, open it by your number on this page."
    )


class NothingFree(WrongState):
    code = "nothing_free"
    message = _("Nothing is offered to this entry any more: its term is over, or it was answered.")


class NotTaken(WrongState):
    code = "not_taken"
    message = _("No entries are taken any more for this draw.")


class DatesOver(WrongState):
    code = "dates_over"
    message = _(
        "All dates of this draw are past or too near. Call it off: what is left opens to all."
    )


class WaitsForDraw(NoSuchTime):
    code = "waits_for_draw"
    message = _(
        "This day is given by draw. Enter the draw instead; what is left opens to all afterwards."
    )
