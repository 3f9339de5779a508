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


class ShelterFull(WrongState):
    code = "shelter_full"
    message = _("The shelter has no room for so many people. Choose another one.")


class ShelterTaken(WrongState):
    code = "shelter_taken"
    message = _("People are named for this shelter. Bring them home or elsewhere first.")


class DayIsPast(WrongState):
    code = "day_is_past"
    message = _("This day is past. The roster of past days stays as it was.")


class Over(WrongState):
    code = "over"
    message = _("This has ended already.")


class StillOpen(WrongState):
    """Whoever ends a storm knows who is left waiting in it."""

    code = "still_open"
    message = _("%(open)s Look at it, then end it all the same if it is over.")


class Merged(WrongState):
    """The case was joined to another after the phone had seen it; a person decides where it goes."""

    code = "merged"
    message = _("This case was joined to another meanwhile. Decide there.")


class MovedOn(WrongState):
    """Others changed what a move rests on after the phone had seen the case."""

    code = "moved_meanwhile"
    message = _("This case was moved meanwhile. Look at what happened, then decide again.")


class Decided(WrongState):
    code = "decided"
    message = _("This has been decided already.")


class AlreadyPosted(WrongState):
    code = "already_posted"
    message = _("This warning is posted as a notice already.")


class HeadHasNoPage(WrongState):
    """Who was entered at the office has no account: what was said to her nobody would read."""

    code = "head_has_no_page"
    message = _("This head reads no messages here. Write to the office, it passes your word on.")


class WhyMissing(Refusal):
    """A sealed value was asked for without a reason; it is recorded that it was asked for."""

    code = "why_missing"
    message = _("Say why you need it; the reason is recorded.")


# why an entry of a phone was kept, in words for its sender and whoever decides
REASONS = {
    "moved_meanwhile": MovedOn.message,
    "merged": Merged.message,
    "over": Over.message,
    "not_the_lead": _("Another post has this case now."),
    "wrong_state": _("The case does not stand where this step begins any more."),
    "already_answered": _("The offer was answered by somebody else meanwhile."),
    "not_allowed": _("The person who sent it may not do this here any more, or not yet."),
    "not_found": _(
        "What it is about is not there any more, or the person who sent it may not see it."
    ),
    "place_ended": _("This place has ended."),
    "invalid": _("Something in it is missing or cannot be right."),
    "missing": _("Something in it is missing or cannot be right."),
    "seq_taken": _("The phone counted wrong; it sends this again under another number."),
    "long_ago": _("This was done long ago."),
}


def reason_words(reason: str) -> str:
    """Return why something was kept, in words; nothing if it was not."""
    if not reason:
        return ""
    return str(REASONS.get(reason, _("It could not be done.")))
