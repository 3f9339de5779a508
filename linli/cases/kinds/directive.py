"""交办督办: a task with a day, handed down, signed for, reported back on, struck off (BU-22, BU-26).

It is no offer: the post can object with a reason, and whoever gave the task decides. A task for
several posts is a round whose parts are directives of their own.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.forms import specs
from linli.cases.types.kinds import (
    FOR_GOOD,
    Ask,
    By,
    CaseKind,
    CaseMove,
    ClockDef,
    ComesIn,
    Stage,
    StateDef,
)
from linli.kernel.permits import STAFF
from linli.kernel.states import Machine

HANDLE, DIRECT = permits.HANDLE, permits.DIRECT


class Directive(StrEnum):
    SENT = "sent"
    AT_WORK = "at_work"
    OBJECTED = "objected"
    FED_BACK = "fed_back"
    STRUCK_OFF = "struck_off"
    CANCELLED = "cancelled"


class Round(StrEnum):
    OUT = "out"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


D, R = Directive, Round
OPEN = (D.SENT, D.AT_WORK, D.OBJECTED, D.FED_BACK)
MACHINE: Machine[Directive] = Machine(
    D.SENT,
    [
        CaseMove("sign", (D.SENT,), D.AT_WORK, HANDLE, title=_("Sign for it"), by=By.LEAD),
        CaseMove(
            "object", (D.SENT, D.AT_WORK), D.OBJECTED, HANDLE,
            title=_("Object, with a reason"), by=By.LEAD, asks=(Ask.REASON,),
        ),
        CaseMove(
            "insist", (D.OBJECTED,), D.AT_WORK, DIRECT,
            title=_("Insist, with a reason"), by=By.ASKER, asks=(Ask.REASON,),
        ),
        CaseMove(
            "feed_back", (D.AT_WORK,), D.FED_BACK, HANDLE,
            title=_("Report back"), by=By.LEAD, asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "send_back", (D.FED_BACK,), D.AT_WORK, DIRECT,
            title=_("Send back: not done yet"), by=By.ASKER, asks=(Ask.REASON,),
        ),
        CaseMove(
            "strike_off", (D.FED_BACK,), D.STRUCK_OFF, DIRECT, title=_("Strike it off"), by=By.ASKER
        ),
        CaseMove(
            "cancel", OPEN, D.CANCELLED, DIRECT,
            title=_("Take the task back"), by=By.ASKER, asks=(Ask.REASON,),
        ),
    ],
    ends={D.STRUCK_OFF, D.CANCELLED},
)  # fmt: skip
STATES: dict[str, StateDef] = {
    D.SENT: StateDef(_("to be signed for"), _("The task is handed down."), _("The post signs for it.")),
    D.AT_WORK: StateDef(
        _("being handled"), _("Somebody is working on it."), _("The post reports back by the day named.")
    ),
    D.OBJECTED: StateDef(
        _("objected to"), _("The post objects."), _("Whoever gave the task decides; time stands still.")
    ),
    D.FED_BACK: StateDef(
        _("reported back"), _("The post has reported back."), _("It is struck off, or sent back."),
        Stage.ANSWERED,
    ),
    D.STRUCK_OFF: StateDef(
        _("struck off"), _("The task is done and struck off."), _("There is nothing more to do."),
        Stage.SOLVED,
    ),
    D.CANCELLED: StateDef(
        _("taken back"), _("The task was taken back."), _("There is nothing more to do."), Stage.ENDED
    ),
}  # fmt: skip
CLOCKS = (
    ClockDef("sign", _("Sign for it"), "directive.sign", frozenset({D.SENT})),
    ClockDef(
        "finish", _("Report back"), "", frozenset({D.SENT, D.AT_WORK}),
        pauses=frozenset({D.OBJECTED}), by_day=True,
    ),
    ClockDef(
        "answer_objection", _("Decide on the objection"), "directive.check", frozenset({D.OBJECTED})
    ),
    ClockDef(
        "check", _("Strike it off or send it back"), "directive.check", frozenset({D.FED_BACK})
    ),
)  # fmt: skip
DIRECTIVE = CaseKind(
    key="directive",
    version=1,
    title=_("Task handed down"),
    series="JD",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    sees=permits.SEE,
    opens=DIRECT,
    opens_at=frozenset({"village", "town", "city"}),
    floor=STAFF,
    has_reporter=False,
    comes_in=specs.DIRECTIVE,
    keep=FOR_GOOD,
)

ROUND_STATES: dict[str, StateDef] = {
    R.OUT: StateDef(
        _("with several posts"), _("Several posts are working on it."), _("Each reports back by itself.")
    ),
    R.COMPLETE: StateDef(
        _("all struck off"), _("All parts are done and struck off."), _("There is nothing more to do."),
        Stage.SOLVED,
    ),
    R.CANCELLED: StateDef(
        _("taken back"), _("The task was taken back."), _("There is nothing more to do."), Stage.ENDED
    ),
}  # fmt: skip
DIRECTIVE_ROUND = CaseKind(
    key="directive_round",
    version=1,
    title=_("Task for several posts"),
    series="JP",
    machine=Machine(
        R.OUT,
        [
            CaseMove(
                "complete", (R.OUT,), R.COMPLETE, DIRECT, title=_("All parts are done"), by=By.ASKER
            ),
            CaseMove(
                "cancel", (R.OUT,), R.CANCELLED, DIRECT,
                title=_("Take the task back"), by=By.ASKER, asks=(Ask.REASON,), takes_parts=True,
            ),
        ],
        ends={R.COMPLETE, R.CANCELLED},
    ),
    states=ROUND_STATES,
    clocks=(ClockDef("finish", _("Report back"), "", frozenset({R.OUT}), by_day=True),),
    sees=permits.SEE,
    opens=DIRECT,
    opens_at=frozenset({"village", "town", "city"}),
    floor=STAFF,
    has_reporter=False,
    comes_in=ComesIn(_("With a task that goes to several at once: each has a part of it.")),
    keep=FOR_GOOD,
)  # fmt: skip
