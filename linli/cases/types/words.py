"""Fixed words of cases. Values stand in tables and addresses; they never change."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a case came in."""

    PAGE = "page"
    QR = "qr"
    COUNTER = "counter"
    PHONE = "phone"
    HOTLINE = "hotline"
    OPEN311 = "open311"
    VISIT = "visit"
    LETTER = "letter"
    STAFF = "staff"
    PATROL = "patrol"
    SYSTEM = "system"


class AssignmentRole(StrEnum):
    """What a post has to do with a case: 主办, 协办, 督办, 征求意见."""

    LEAD = "lead"
    JOINT = "joint"
    SUPERVISE = "supervise"
    CONSULT = "consult"


class AssignmentState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DISPUTED = "disputed"
    DONE = "done"
    REVOKED = "revoked"


# parts that a post has, or that wait for it
LIVE = (AssignmentState.OFFERED, AssignmentState.ACCEPTED, AssignmentState.DISPUTED)


class ClockState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    LATE = "late"
    VOID = "void"


# clocks that nothing has ended: they run, or stand and will go on
GOING = (ClockState.RUNNING, ClockState.PAUSED)


class LinkKind(StrEnum):
    """How a case hangs on another: the first named is the one that points."""

    CHILD_OF = "child_of"
    DUPLICATE_OF = "duplicate_of"
    RELATED_TO = "related_to"
    APPEAL_OF = "appeal_of"
    FROM = "from"


class Matter(StrEnum):
    """The six classes of the hotline: 咨询 求助 投诉 举报 建议 表扬."""

    INQUIRY = "inquiry"
    HELP = "help"
    COMPLAINT = "complaint"
    TIP = "tip"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
