"""What the engine refuses with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.errors.after import (
    AlreadyDecided,
    AsksForTime,
    CalledAlready,
    CountsAnyway,
    DecidesOwnWork,
    HandledItself,
    HerOwnWord,
    NamesSomebody,
    NeverPublic,
    NobodyToAsk,
    NotCounted,
    NothingToRelease,
    NotRatable,
    RatedAlready,
    SenderDecides,
)
from linli.cases.errors.handing import (
    AlreadyAnswered,
    AlreadyOffered,
    CaseClosed,
    DecidedMeanwhile,
    HasOwnPage,
    NeverFollowed,
    NoSuchPart,
    NotForThisPost,
    NothingOffered,
    NotTheLead,
)
from linli.cases.errors.places import UnclearPlace
from linli.cases.errors.rule_sets import AlreadyBegun, AnotherBegins, NotADraft, TestsFail, Untested
from linli.kernel.errors import Invalid, Stale, WrongState

__all__ = [
    "AlreadyAnswered",
    "AlreadyBegun",
    "AlreadyDecided",
    "AlreadyOffered",
    "AnotherBegins",
    "CalledAlready",
    "CaseClosed",
    "CountsAnyway",
    "DecidedMeanwhile",
    "AsksForTime",
    "DecidesOwnWork",
    "HandledItself",
    "HerOwnWord",
    "HasOwnPage",
    "NamesSomebody",
    "NeverFollowed",
    "NeverPublic",
    "NobodyToAsk",
    "NoSuchPart",
    "NotADraft",
    "NotCounted",
    "NotForThisPost",
    "NotRatable",
    "NotTheLead",
    "NothingOffered",
    "NothingToRelease",
    "RatedAlready",
    "SenderDecides",
    "TestsFail",
    "UnclearPlace",
    "Untested",
]


class NotNow(WrongState):
    """A move that the kind does not have from where the case stands, told in words."""

    message = _("“%(move_words)s” is not possible while it is “%(state_words)s”.")


class MovedMeanwhile(Stale):
    """Somebody else moved the case after the actor had read it; `seq` is where it stands now."""

    code = "moved_meanwhile"
    message = _("This case was moved meanwhile. Look at what happened, then decide again.")


class Missing(Invalid):
    """A move lacks what it asks for."""

    code = "missing"


class DayGone(Invalid):
    """A last day that was given lies before today."""

    code = "day_gone"
    needed = _("Say by which day.")
    gone = _("This day has passed. Choose today or a later day.")
    far = _("This is more than two years ahead. Choose a nearer day.")


class OnlyReferred(WrongState):
    """An accusation is not handled here (AP-07)."""

    code = "only_referred"
    message = _(
        "Accusations against officials are only referred: 12388 or the sealed channel of discipline"
        " inspection."
    )


class TooManyVisitors(Invalid):
    """A joint visit has more representatives than the regulation allows (AP-06)."""

    code = "too_many_visitors"


class HandledElsewhere(WrongState):
    """The same matter is being handled within its time already (AP-10)."""

    code = "handled_elsewhere"
    message = _("The same matter is being handled already as %(number)s. Add to that case instead.")


class NotForVillages(Invalid):
    """A task for a committee lacks its legal basis or who bears the cost (BU-22)."""

    code = "not_for_villages"


class NoSuchPaper(WrongState):
    code = "no_such_paper"
    message = _("This paper cannot be written for the case as it stands.")


class ChildrenOpen(WrongState):
    code = "children_open"
    message = _("A part of this case is still open: %(numbers)s. Finish it first.")


class TooDeep(WrongState):
    code = "too_deep"
    message = _("A part of a case cannot be split again. Split the whole case instead.")


class SetElsewhere(WrongState):
    code = "set_elsewhere"
    message = _("The office that sent this set its last day. Ask there for more time.")


class LongerThanLaw(WrongState):
    code = "longer_than_law"
    message = _(
        "This is longer than the rule allows: at most %(more)s more, and only %(times)s times."
    )


class NoSuchMove(WrongState):
    code = "no_such_move"
    message = _("A case of this kind cannot be moved like this.")


class UnknownKind(WrongState):
    code = "unknown_kind"
    message = _("This kind of case is not known here.")


class WrongPlace(WrongState):
    code = "wrong_place"
    message = _("“%(kind)s” cannot be opened at this level. Ask the town or the city.")


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


class AlreadyMerged(WrongState):
    code = "already_merged"
    message = _("That case is itself the same as another. Choose the one that is being handled.")


class TargetOver(WrongState):
    """A case would be merged into one that is over: nothing would ever come of it."""

    code = "target_over"
    message = _("Nobody works on that case any more. Choose one that is still being handled.")


class NumbersInText(Invalid):
    """A text names or reaches people by numbers, and its writer has not said that this is meant."""

    code = "numbers_in_text"


class AccusesOfficial(Invalid):
    """A text accuses an official, and its writer was not yet told where that goes (AP-07)."""

    code = "accuses_official"

    def __init__(self) -> None:
        words = _(
            "This reads like an accusation of an official. The discipline inspection takes it: 12388, "
            "www.12388.gov.cn. Nothing was kept here. Sent once more as meant for here, a person reads it first."
        )
        super().__init__({"text": [str(words)]})


class OtherPlace(Invalid):
    """The point lies in another place than the one that was named; `nearest` is where it lies."""

    code = "other_place"


class AlreadyFiled(WrongState):
    code = "already_filed"
    message = _("This report came in already. Its number and code were shown then.")


class NotFollowable(Invalid):
    """The matter that somebody wants to follow is not public here, or is over."""

    code = "not_followable"

    def __init__(self) -> None:
        said = _("This matter is over, or is none of this place. Send yours as one of its own.")
        super().__init__({"same_as": [str(said)]})


class PhotoGone(Invalid):
    """A photo was kept for two days and is gone, or belongs to another report."""

    code = "photo_gone"


class CaseOver(WrongState):
    code = "case_over"
    message = _("This is closed, so nothing can be added. For something new, write a new report.")


class OwnMatter(WrongState):
    """Words in a report that only follows another would be read by nobody first (AP-07)."""

    code = "own_matter"
    message = _("This is a matter of its own. Write a new report, so that somebody reads it first.")


class TooLateToObject(WrongState):
    """The time to say that an end was wrong is over."""

    code = "too_late_to_object"
    message = _("The time to object is over. For something new, write a new report.")


class ReasonNeeded(Invalid):
    code = "reason_needed"

    def __init__(self) -> None:
        super().__init__({"reason": [str(_("Say why you need it; the person may read it."))]})
