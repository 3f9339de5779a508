"""The lives of an account, of a reset, and of a request about personal data."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.access import permits
from linli.kernel.states import Machine, Move


class AccountKind(StrEnum):
    STAFF = "staff"
    RESIDENT = "resident"


class AccountState(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


ACCOUNT = Machine(
    AccountState.INVITED,
    [
        Move("activate", (AccountState.INVITED,), AccountState.ACTIVE),
        Move(
            "disable",
            (AccountState.INVITED, AccountState.ACTIVE),
            AccountState.DISABLED,
            permits.MANAGE,
        ),
        Move("enable", (AccountState.DISABLED,), AccountState.INVITED, permits.MANAGE),
    ],
    ends=set(),
)


class ResetState(StrEnum):
    ASKED = "asked"
    SECONDED = "seconded"
    APPROVED = "approved"
    USED = "used"
    REFUSED = "refused"
    LAPSED = "lapsed"


class Act(StrEnum):
    """What takes two people: a reset always, the others for an account with one of the three duties."""

    RESET = "reset"
    CLOSE = "close"
    NUMBER = "number"
    LINK = "link"
    RIGHT = "right"


OPEN_RESETS = (ResetState.ASKED, ResetState.SECONDED, ResetState.APPROVED)

RESET = Machine(
    ResetState.ASKED,
    [
        Move("second", (ResetState.ASKED,), ResetState.SECONDED, permits.APPROVE_RESET),
        Move("approve", (ResetState.SECONDED,), ResetState.APPROVED, permits.APPROVE_RESET),
        Move("use", (ResetState.APPROVED,), ResetState.USED),
        Move("refuse", OPEN_RESETS, ResetState.REFUSED, permits.APPROVE_RESET),
        Move("lapse", OPEN_RESETS, ResetState.LAPSED),
    ],
    ends={ResetState.USED, ResetState.REFUSED, ResetState.LAPSED},
)


class RequestState(StrEnum):
    RECEIVED = "received"
    WORKING = "working"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN_REQUESTS = (RequestState.RECEIVED, RequestState.WORKING)

DATA_REQUEST = Machine(
    RequestState.RECEIVED,
    [
        Move("take", (RequestState.RECEIVED,), RequestState.WORKING, permits.ANSWER),
        Move("answer", (RequestState.WORKING,), RequestState.ANSWERED, permits.ANSWER),
        Move("refuse", (RequestState.WORKING,), RequestState.REFUSED, permits.ANSWER),
        Move("withdraw", OPEN_REQUESTS, RequestState.WITHDRAWN),
    ],
    ends={RequestState.ANSWERED, RequestState.REFUSED, RequestState.WITHDRAWN},
)

# what people read; the tone goes with the word, never alone
ACCOUNT_WORDS: dict[str, Any] = {
    AccountState.INVITED: _("invited"),
    AccountState.ACTIVE: _("enabled"),
    AccountState.DISABLED: _("disabled"),
}
ACCOUNT_TONES = {
    AccountState.INVITED: "soon",
    AccountState.ACTIVE: "done",
    AccountState.DISABLED: "idle",
}
ACT_WORDS: dict[str, Any] = {
    Act.RESET: _("Reset of the sign-in"),
    Act.CLOSE: _("Close the account"),
    Act.NUMBER: _("Another telephone number"),
    Act.LINK: _("New first link"),
    Act.RIGHT: _("Take the special duty back"),
}
RESET_WORDS: dict[str, Any] = {
    ResetState.ASKED: _("no approval yet"),
    ResetState.SECONDED: _("one approval"),
    ResetState.APPROVED: _("approved by two"),
    ResetState.USED: _("used"),
    ResetState.REFUSED: _("refused"),
    ResetState.LAPSED: _("run out"),
}
# of what one asks and another approves; whoever asked has approved nothing yet
ACT_STATE_WORDS: dict[str, Any] = {
    **RESET_WORDS,
    ResetState.SECONDED: _("waits for another person"),
    ResetState.APPROVED: _("approved by another person"),
}
REQUEST_WORDS: dict[str, Any] = {
    RequestState.RECEIVED: _("received"),
    RequestState.WORKING: _("being worked on"),
    RequestState.ANSWERED: _("answered"),
    RequestState.REFUSED: _("refused"),
    RequestState.WITHDRAWN: _("withdrawn"),
}
REQUEST_TONES = {
    RequestState.RECEIVED: "soon",
    RequestState.WORKING: "run",
    RequestState.ANSWERED: "done",
    RequestState.REFUSED: "idle",
    RequestState.WITHDRAWN: "idle",
}
KIND_WORDS: dict[str, Any] = {
    "copy": _("A copy of my data"),
    "correct": _("Something is wrong, correct it"),
    "delete": _("Delete my data"),
    "explain": _("Explain how my data are used"),
}
