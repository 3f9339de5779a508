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
    WrongCodes,
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
from linli.cases.errors.reporting import (
    AccusesOfficial,
    AlreadyFiled,
    CaseOver,
    NotFollowable,
    NumbersInText,
    OtherPlace,
    OwnMatter,
    PhotoGone,
    ReasonNeeded,
    TooLateToObject,
)
from linli.cases.errors.rule_sets import (
    AlreadyBegun,
    AnotherBegins,
    NotADraft,
    NothingNamesIt,
    TestsFail,
    Untested,
)
from linli.cases.errors.terms import (
    DayGone,
    LongerThanLaw,
    NoSuchClock,
    NotExtendable,
    NotLate,
    SetElsewhere,
)
from linli.kernel.errors import Invalid, Stale, WrongState

__all__ = [
    "WrongCodes",
    "AccusesOfficial",
    "AlreadyAnswered",
    "AlreadyBegun",
    "AlreadyDecided",
    "AlreadyFiled",
    "AlreadyOffered",
    "AnotherBegins",
    "AsksForTime",
    "CalledAlready",
    "CaseClosed",
    "CaseOver",
    "CountsAnyway",
    "DayGone",
    "DecidedMeanwhile",
    "DecidesOwnWork",
    "HandledItself",
    "HasOwnPage",
    "HerOwnWord",
    "LongerThanLaw",
    "NamesSomebody",
    "NeverFollowed",
    "NeverPublic",
    "NoSuchClock",
    "NoSuchPart",
    "NobodyToAsk",
    "NotADraft",
    "NotCounted",
    "NotExtendable",
    "NotFollowable",
    "NotForThisPost",
    "NotLate",
    "NotRatable",
    "NotTheLead",
    "NothingNamesIt",
    "NothingOffered",
    "NothingToRelease",
    "NumbersInText",
    "OtherPlace",
    "OwnMatter",
    "PhotoGone",
    "RatedAlready",
    "ReasonNeeded",
    "SenderDecides",
    "SetElsewhere",
    "TestsFail",
    "TooLateToObject",
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


class NoSuchMove(WrongState):
    code = "no_such_move"
    message = _("A case of this kind cannot be moved like this.")


class UnknownKind(WrongState):
    code = "unknown_kind"
    message = _("This kind of case is not known here.")


class WrongPlace(WrongState):
    code = "wrong_place"
    message = _("“%(kind)s” cannot be opened at this level. Ask the town or the city.")


class AlreadyMerged(WrongState):
    code = "already_merged"
    message = _("That case is itself the same as another. Choose the one that is being handled.")


class TargetOver(WrongState):
    """A case would be merged into one that is over: nothing would ever come of it."""

    code = "target_over"
    message = _("Nobody works on that case any more. Choose one that is still being handled.")
