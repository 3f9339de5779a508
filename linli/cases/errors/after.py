"""What releasing words, rating, calling back and reviewing are refused with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, TooMany, WrongState


class NothingToRelease(WrongState):
    code = "nothing_to_release"
    message = _("There are no words or photos here that could be shown. They may have been erased.")


class AlreadyDecided(WrongState):
    code = "already_decided"
    message = _("Somebody decided on this already. Take that back first if it was wrong.")


class NeverPublic(WrongState):
    code = "never_public"
    message = _("Cases like this one are never shown to everybody.")


class NamesSomebody(Invalid):
    """Words that are to be released still hold a number or a name that must not be read."""

    code = "names_somebody"


class NotRatable(WrongState):
    code = "not_ratable"
    message = _("This can be rated once it was answered or ended.")


class RatedAlready(WrongState):
    code = "rated_already"
    message = _("You have rated this already. Thank you.")


class DecidesOwnWork(WrongState):
    code = "decides_own_work"
    message = _("You handled this matter yourself. Somebody else decides on it.")


class NobodyToAsk(WrongState):
    """Whoever reported it first took hers back: it goes on for those who reported the same."""

    code = "nobody_to_ask"
    message = _("Whoever reported this took it back. Nobody is left to ask; it goes on for others.")


class AsksForTime(WrongState):
    """Who has a case gives herself no more time: another post that supervises does (AP-04)."""

    code = "asks_for_time"
    message = _(
        "Your post has this case. Ask for more time; another post that supervises gives it."
    )


class SenderDecides(WrongState):
    """An objection is decided by the office that passed the case on, not by the one that objects (AP-03)."""

    code = "sender_decides"
    message = _("The office that passed this on decides about the objection.")


class HerOwnWord(WrongState):
    """Nobody says for a resident that she takes back what he handles or is meant by (AP-07)."""

    code = "her_own_word"
    message = _(
        "Whoever took this down may note that it is taken back, or a post that does not have it. With the code, the reporter can take it back directly."
    )


class HandledItself(WrongState):
    code = "handled_itself"
    message = _("Your post handled this case. Somebody else has to call.")


class NotCounted(WrongState):
    code = "not_counted"
    message = _("This rating counts in no figure anyway.")


class CountsAnyway(WrongState):
    code = "counts_anyway"
    message = _("This rating counts. There is nothing to take back.")


class CalledAlready(WrongState):
    code = "called_already"
    message = _("The result of this call is written down already.")


class WrongCodes(TooMany):
    """Many wrong codes for one number; whoever has the right one is not kept out by others' guesses."""

    message = after_minutes = _(
        "Many wrong codes were tried for this number. Compare yours sign by sign: the right one opens at any time."
    )
