"""What activities refuse with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, NotFound, Refusal, WrongState


class JustTaken(WrongState):
    """Somebody else got the time a moment earlier; the table itself refuses a second one."""

    code = "just_taken"
    message = _("Somebody else has just taken this time. Choose another one.")


class TooManyOpen(WrongState):
    code = "too_many_open"
    message = _(
        "%(most)s bookings of this venue lie ahead under this telephone. Cancel one, or ask at the counter."
    )


class TooManyHere(WrongState):
    """One address or account holds as many times of a day in a place as it may."""

    code = "too_many_here"
    message = _(
        "As many times of this day as one address may hold are booked from here. Call the office or come: it books for you."
    )


class TooManyFamiliesHere(WrongState):
    """From one address or account as many families are enrolled for an event as may be."""

    code = "too_many_here"
    message = _(
        "As many families as one address may enrol are enrolled from here. Call whoever is named on the page."
    )


class VenueEnded(WrongState):
    code = "venue_ended"
    message = _("This venue cannot be booked any more.")


class TooLateToMove(WrongState):
    code = "too_late_to_move"
    message = _("It has begun already. Tell the office what happened.")


class TooLateToAgree(WrongState):
    code = "too_late_to_agree"
    message = _(
        "Its time is over: nobody can have it any more. Refuse it, so that whoever asked is told."
    )


class RoundClosed(WrongState):
    code = "round_closed"
    message = _("This is closed: its last day is past, or it is not open yet.")


class AlreadyPosted(WrongState):
    code = "already_posted"
    message = _("The outcome is posted as a notice already.")


class EnrolmentClosed(WrongState):
    code = "enrolment_closed"
    message = _("Enrolment is closed. Call whoever is named on the page.")


class AlreadyIn(WrongState):
    code = "already_in"
    message = _(
        "These people are enrolled under this telephone already, or as many as one family may. With the code you see your places."
    )


class EventOver(WrongState):
    code = "event_over"
    message = _("It is over: it cannot be called off any more.")


class FullUp(WrongState):
    code = "full_up"
    message = _("All places are taken, and the waiting list is full too.")


class NotYet(WrongState):
    code = "not_yet"
    message = _("This can be told when the time has begun.")


class NoCertificate(WrongState):
    code = "no_certificate"
    message = _("The certificate is for who came every time, once the event is over.")


class NoSuchCertificate(NotFound):
    """Somebody looks whether a certificate is genuine, and it is not, or it does not hold any more."""

    code = "no_such_certificate"
    message = _(
        "No certificate with this code holds. Compare the code with the paper; if it is right, the paper is not."
    )


class HasBookings(WrongState):
    """Something would take the time of bookings away without a word to those who have them."""

    code = "has_bookings"
    message = _("%(num)s bookings lie on it. Look at them and say that they are cancelled.")


class WhyMissing(Refusal):
    code = "why_missing"
    message = _("Say why you need it; the reason is recorded.")


# why a time cannot be booked, as rules.venues names it
TIME_FAULTS = {
    "order": _("The end comes after the beginning."),
    "past": _("This time is past."),
    "late": _("This time begins too soon to be booked here. Call the office."),
    "far": _("This day is too far ahead. It opens later."),
    "long": _("One booking here is not so long. Choose a shorter time."),
    "closed": _("The venue is not open at this time."),
}

# why the times of an event cannot be, as rules.events names it
SPAN_FAULTS = {
    "number": _("Give one to %(most)s times."),
    "order": _("The end comes after the beginning."),
    "overlap": _("Two times overlap."),
}


class NothingStays(Invalid):
    """What of a fee stays is said of an event that costs nothing, or of which nothing took place."""

    code = "nothing_stays"
    message = _("Nothing of it took place: the whole fee goes back.")

    def __init__(self) -> None:
        super().__init__({"stays": [str(self.message)]})
