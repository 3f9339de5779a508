"""States of what is offered: items and their versions, visits, tickets, draws."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.handed_in import life_of_list
from linli.kernel.states import Machine, Move
from linli.offerings import permits


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


class VisitState(StrEnum):
    """A time that fell free in a draw is offered to the next in line first; all others begin as booked."""

    OFFERED = "offered"
    BOOKED = "booked"
    CAME = "came"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    NO_SHOW = "no_show"
    PASSED = "passed"


V = VisitState
# a visit that was moved stays booked, at another time; so is one that the office had to cancel, once its visitor
# takes another time
VISIT: Machine[VisitState] = Machine(
    V.OFFERED,
    [
        Move("take", (V.OFFERED,), V.BOOKED),
        Move("pass", (V.OFFERED,), V.PASSED),
        Move("move", (V.BOOKED, V.CLOSED), V.BOOKED),
        Move("cancel", (V.BOOKED,), V.CANCELLED),
        Move("close", (V.OFFERED, V.BOOKED), V.CLOSED, permits.WINDOWS),
        Move("come", (V.BOOKED, V.NO_SHOW), V.CAME, permits.SERVE),
        Move("miss", (V.BOOKED,), V.NO_SHOW),
        Move("undo", (V.CAME,), V.BOOKED, permits.SERVE),
    ],
    ends={V.CANCELLED, V.PASSED},
)


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    DONE = "done"
    MISSED = "missed"
    LEFT = "left"


T = TicketState
TICKET: Machine[TicketState] = Machine(
    T.WAITING,
    [
        Move("call", (T.WAITING,), T.CALLED, permits.SERVE),
        Move("recall", (T.CALLED,), T.CALLED, permits.SERVE),
        Move("finish", (T.CALLED,), T.DONE, permits.SERVE),
        Move("skip", (T.CALLED,), T.MISSED, permits.SERVE),
        Move("send_on", (T.CALLED,), T.WAITING, permits.SERVE),
        Move("put_back", (T.MISSED,), T.WAITING, permits.SERVE),
        Move("leave", (T.WAITING,), T.LEFT),
    ],
    ends={T.DONE, T.LEFT},
)


class RoundState(StrEnum):
    """While it is booking the outcome is public, its days still are kept, and a job books them step by step."""

    OPEN = "open"
    CLOSED = "closed"
    BOOKING = "booking"
    DRAWN = "drawn"
    CALLED_OFF = "called_off"


R = RoundState
ROUND: Machine[RoundState] = Machine(
    R.OPEN,
    [
        Move("close", (R.OPEN,), R.CLOSED),
        Move("draw", (R.CLOSED,), R.BOOKING, permits.WINDOWS),
        Move("finish", (R.BOOKING,), R.DRAWN),
        Move("call_off", (R.OPEN, R.CLOSED), R.CALLED_OFF, permits.WINDOWS),
    ],
    ends={R.DRAWN, R.CALLED_OFF},
)


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


class HomeVisitState(StrEnum):
    """Asked for; a day is set; nobody opened; the application was filed there; or it is off."""

    ASKED = "asked"
    PLANNED = "planned"
    AWAY = "away"
    DONE = "done"
    CANCELLED = "cancelled"


H = HomeVisitState
HOME_VISIT: Machine[HomeVisitState] = Machine(
    H.ASKED,
    [
        # a day may be set anew, also after nobody opened
        Move("plan", (H.ASKED, H.PLANNED, H.AWAY), H.PLANNED, permits.SERVE),
        Move("away", (H.PLANNED,), H.AWAY, permits.SERVE),
        Move("done", (H.PLANNED,), H.DONE, permits.RECEIVE),
        Move("cancel", (H.ASKED, H.PLANNED, H.AWAY), H.CANCELLED),
    ],
    ends={H.DONE, H.CANCELLED},
)
