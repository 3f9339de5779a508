"""States of what is offered: items and their versions, benefits, reports, questions, mandates; of visits beside it."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.handed_in import life_of_list
from linli.kernel.states import Machine, Move
from linli.offerings import permits
from linli.offerings.states.visits import (
    HOME_VISIT,
    ROUND,
    TICKET,
    VISIT,
    HomeVisitState,
    RoundState,
    TicketState,
    VisitState,
)

__all__ = [
    "AGENCY", "BENEFIT", "HOME_VISIT", "ITEM", "ITEM_LIST", "QUESTION", "REPORT", "ROUND", "SHEET", "TICKET",
    "VERSION", "VISIT", "AgencyState", "BenefitState", "HomeVisitState", "ItemState", "QuestionState", "ReportState",
    "RoundState", "SheetState", "TicketState", "VersionState", "VisitState",
]  # fmt: skip


class VersionState(StrEnum):
    """Being written, looked at by a second person, public, or put away."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    DROPPED = "dropped"


VERSION = Machine(
    VersionState.DRAFT,
    [
        Move("submit", (VersionState.DRAFT,), VersionState.REVIEW, permits.WRITE_ITEMS),
        Move("return", (VersionState.REVIEW,), VersionState.DRAFT, permits.PUBLISH_ITEMS),
        Move("publish", (VersionState.REVIEW,), VersionState.PUBLISHED, permits.PUBLISH_ITEMS),
        Move("drop", (VersionState.DRAFT, VersionState.REVIEW), VersionState.DROPPED, permits.WRITE_ITEMS),
    ],
    ends={VersionState.PUBLISHED, VersionState.DROPPED},
)  # fmt: skip


class ItemState(StrEnum):
    """Not public yet, offered, not offered for a while, or not any more."""

    PLANNED = "planned"
    OFFERED = "offered"
    SUSPENDED = "suspended"
    ENDED = "ended"


ITEM = Machine(
    ItemState.PLANNED,
    [
        Move("publish", (ItemState.PLANNED, ItemState.OFFERED), ItemState.OFFERED, permits.PUBLISH_ITEMS),
        # what is wrong is put right while nobody can apply
        Move("correct", (ItemState.SUSPENDED,), ItemState.SUSPENDED, permits.PUBLISH_ITEMS),
        Move("suspend", (ItemState.OFFERED,), ItemState.SUSPENDED, permits.PUBLISH_ITEMS),
        Move("resume", (ItemState.SUSPENDED,), ItemState.OFFERED, permits.PUBLISH_ITEMS),
        Move("end", (ItemState.OFFERED, ItemState.SUSPENDED), ItemState.ENDED, permits.PUBLISH_ITEMS),
    ],
    ends={ItemState.ENDED},
)  # fmt: skip


# lists of items that an office hands in
ITEM_LIST = life_of_list(permits.WRITE_ITEMS)


class BenefitState(StrEnum):
    """It is paid or holds; somebody asks whether it stops; it was stopped; or it is over."""

    RUNNING = "running"
    ASKED = "asked"
    STOPPED = "stopped"
    OVER = "over"


BENEFIT = Machine(
    BenefitState.RUNNING,
    [
        Move("ask_stop", (BenefitState.RUNNING, BenefitState.ASKED), BenefitState.ASKED),
        Move("take_back", (BenefitState.ASKED,), BenefitState.RUNNING),
        Move("go_on", (BenefitState.ASKED,), BenefitState.RUNNING, permits.RECEIVE),
        Move("stop", (BenefitState.RUNNING, BenefitState.ASKED), BenefitState.STOPPED, permits.RECEIVE),
        Move("end", (BenefitState.RUNNING, BenefitState.ASKED), BenefitState.OVER, permits.RECEIVE),
    ],
    ends={BenefitState.STOPPED, BenefitState.OVER},
)  # fmt: skip


# reports by spreadsheet
class ReportState(StrEnum):
    """Being prepared, with the post that approves, with the villages, over, or taken back with a reason."""

    DRAFT = "draft"
    ASKED = "asked"
    OPEN = "open"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


REPORT = Machine(
    ReportState.DRAFT,
    [
        Move("ask", (ReportState.DRAFT,), ReportState.ASKED, permits.ASK_REPORTS),
        # the post that approves sends it out, or gives it back; whoever asked may fetch it back
        Move("open", (ReportState.DRAFT, ReportState.ASKED), ReportState.OPEN),
        Move("refuse", (ReportState.ASKED,), ReportState.DRAFT),
        Move("recall", (ReportState.ASKED,), ReportState.DRAFT, permits.ASK_REPORTS),
        Move("end", (ReportState.OPEN,), ReportState.ENDED),
        Move("withdraw", (ReportState.DRAFT, ReportState.OPEN), ReportState.WITHDRAWN, permits.ASK_REPORTS),
    ],
    ends={ReportState.ENDED, ReportState.WITHDRAWN},
)  # fmt: skip


class SheetState(StrEnum):
    """With the village, signed off, over without a signature, or taken back."""

    WAITING = "waiting"
    SIGNED = "signed"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


S = SheetState
SHEET = Machine(
    S.WAITING,
    [
        Move("sign", (S.WAITING,), S.SIGNED, permits.FILL_REPORTS),
        Move("take_back", (S.SIGNED,), S.WAITING, permits.FILL_REPORTS),
        Move("hand_back", (S.SIGNED,), S.WAITING, permits.ASK_REPORTS),
        Move("lapse", (S.WAITING,), S.LAPSED),
        Move("withdraw", (S.WAITING, S.SIGNED), S.WITHDRAWN),
    ],
    ends={S.LAPSED, S.WITHDRAWN},
)  # fmt: skip


class QuestionState(StrEnum):
    """What a register was asked: on its way, answered, or without an answer; then it may be asked again."""

    ASKED = "asked"
    ANSWERED = "answered"
    FAILED = "failed"


Q = QuestionState
QUESTION: Machine[QuestionState] = Machine(
    Q.ASKED,
    [
        Move("answer", (Q.ASKED,), Q.ANSWERED),
        Move("fail", (Q.ASKED,), Q.FAILED),
        Move("again", (Q.FAILED,), Q.ASKED, permits.RECEIVE),
    ],
    ends={Q.ANSWERED},
)


class AgencyState(StrEnum):
    """A mandate on paper: printed, signed and held, or ended."""

    PREPARED = "prepared"
    HELD = "held"
    ENDED = "ended"


AGENCY = Machine(
    AgencyState.PREPARED,
    [
        Move("sign", (AgencyState.PREPARED,), AgencyState.HELD, permits.RECEIVE),
        Move("end", (AgencyState.PREPARED, AgencyState.HELD), AgencyState.ENDED, permits.RECEIVE),
    ],
    ends={AgencyState.ENDED},
)  # fmt: skip
