"""来文: a paper comes in, is registered, shown to who must know it, handled and filed.

Basis: 党政机关公文处理工作条例 art. 24. Who has read it is marked only where the paper itself asks
for it (BU-13); nothing counts readers.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.errors import Missing
from linli.cases.forms import specs
from linli.cases.types.kinds import FOR_GOOD, Ask, By, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.moves import Held, Wish
from linli.kernel.permits import STAFF
from linli.kernel.states import Machine


class Incoming(StrEnum):
    REGISTERED = "registered"
    CIRCULATING = "circulating"
    AT_WORK = "at_work"
    HANDLED = "handled"
    FILED = "filed"
    RETURNED = "returned"


I = Incoming  # noqa: E741
PAPERS = permits.PAPERS
MACHINE: Machine[Incoming] = Machine(
    I.REGISTERED,
    [
        CaseMove(
            "circulate", (I.REGISTERED,), I.CIRCULATING, PAPERS,
            title=_("Show it to others"), form="cases:incoming_circulate",
        ),
        CaseMove(
            "hand_out", (I.REGISTERED, I.CIRCULATING), I.AT_WORK, PAPERS,
            title=_("Give it to a post to handle"), form="cases:incoming_hand_out",
        ),
        CaseMove(
            "seen", (I.REGISTERED, I.CIRCULATING), I.HANDLED, PAPERS,
            title=_("For information only: done"),
        ),
        CaseMove(
            "handle", (I.AT_WORK,), I.HANDLED, permits.HANDLE,
            title=_("Say what was done"), by=By.LEAD, asks=(Ask.REASON,),
        ),
        CaseMove("file", (I.HANDLED,), I.FILED, PAPERS, title=_("File it")),
        CaseMove(
            "return_paper", (I.REGISTERED,), I.RETURNED, PAPERS,
            title=_("Return it to the sender"), asks=(Ask.REASON,),
        ),
    ],
    ends={I.FILED, I.RETURNED},
)  # fmt: skip
STATES: dict[str, StateDef] = {
    I.REGISTERED: StateDef(
        _("registered"), _("The paper is registered."), _("It is handed out or shown to others.")
    ),
    I.CIRCULATING: StateDef(
        _("shown to others"), _("The paper is shown to who must know it."),
        _("It is handed out, or done when it was for information only."),
    ),
    I.AT_WORK: StateDef(
        _("being handled"), _("Somebody is working on it."), _("The post says what was done.")
    ),
    I.HANDLED: StateDef(
        _("handled, to be filed"), _("The paper is handled."), _("It is filed."), Stage.ANSWERED,
        without_clock=_("Papers are filed together, by the rules of archives."),
    ),
    I.FILED: StateDef(
        _("filed"), _("The paper is filed."), _("There is nothing more to do."), Stage.ENDED
    ),
    I.RETURNED: StateDef(
        _("returned"), _("The paper went back to its sender."), _("There is nothing more to do."),
        Stage.ENDED,
    ),
}  # fmt: skip
CLOCKS = (
    ClockDef("hand_out", _("Hand out"), "incoming.hand_out", frozenset({I.REGISTERED})),
    ClockDef(
        "handle", _("Handle the paper"), "incoming.handle",
        frozenset({I.REGISTERED, I.CIRCULATING, I.AT_WORK}), by_day=True,
    ),
)  # fmt: skip


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """Check what the table cannot say. Refuses with Missing."""
    if move.name == "hand_out" and not wish.given.parts:
        raise Missing({"post": [_now("Choose the post that handles it.")]})
    if move.name == "circulate" and not (wish.given.parts or wish.given.internal):
        raise Missing({"posts": [_now("Choose who is to see it.")]})
    return wish


INCOMING = CaseKind(
    key="incoming",
    version=1,
    title=_("Paper that came in"),
    series="LW",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    sees=permits.SEE,
    opens=PAPERS,
    opens_at=frozenset({"village", "town", "city"}),
    floor=STAFF,
    has_reporter=False,
    apply=apply,
    comes_in=specs.INCOMING,
    keep=FOR_GOOD,
)
