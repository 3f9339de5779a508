"""来访登记: somebody comes to the village with a petition; the village notes it and passes it on.

A village decides no petition. It answers what it can answer at once, or passes the matter on for
the visitor (代办), with a number to follow (AP-01, AP-06).
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.errors import Missing
from linli.cases.forms import specs
from linli.cases.kinds.matters import PETITION_MATTERS
from linli.cases.types.kinds import FOR_GOOD, Ask, By, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.moves import Held, Wish
from linli.kernel.permits import PERSONAL
from linli.kernel.states import Machine


class Visit(StrEnum):
    NOTED = "noted"
    FORWARDED = "forwarded"
    TOLD = "told"
    TAKEN_BACK = "taken_back"
    NOTED_BACK = "noted_back"


V = Visit
FORWARD = CaseMove(
    "forward", (V.NOTED,), V.FORWARDED, permits.VISITS,
    title=_("Pass it on to the town"), form="cases:visit_forward",
)  # fmt: skip
TELL = CaseMove(
    "tell_at_once", (V.NOTED,), V.TOLD, permits.VISITS,
    title=_("Answered on the spot"), asks=(Ask.PUBLIC,),
)  # fmt: skip
MACHINE: Machine[Visit] = Machine(
    V.NOTED,
    [
        FORWARD,
        TELL,
        CaseMove("withdraw", (V.NOTED,), V.TAKEN_BACK, title=_("Withdraw"), by=By.REPORTER),
        CaseMove(
            "note_withdrawal", (V.NOTED,), V.NOTED_BACK, permits.VISITS,
            title=_("Note that the visitor takes it back"), asks=(Ask.PUBLIC,), for_her=True,
        ),
        CaseMove(
            "bring_again", (V.NOTED_BACK,), V.NOTED,
            title=_("The visitor did not take it back"), by=By.REPORTER,
        ),
    ],
    ends={V.FORWARDED, V.TOLD, V.TAKEN_BACK},
)  # fmt: skip
# what was noted before she could do so herself
EARLIER: Machine[Visit] = Machine(
    V.NOTED,
    [
        FORWARD,
        TELL,
        CaseMove(
            "note_withdrawal", (V.NOTED,), V.TAKEN_BACK, permits.VISITS,
            title=_("Note that the visitor takes it back"), asks=(Ask.REASON,), for_her=True,
        ),
    ],
    ends={V.FORWARDED, V.TOLD, V.TAKEN_BACK},
    without={V.NOTED_BACK},
)  # fmt: skip
STATES: dict[str, StateDef] = {
    V.NOTED: StateDef(
        _("visit noted"), _("We noted why you came."), _("We answer or pass it on to the town.")
    ),
    V.FORWARDED: StateDef(
        _("passed on to the town"), _("We passed it on to the town for you."),
        _("Follow it by the number of the town."), Stage.ENDED,
    ),
    V.TOLD: StateDef(
        _("answered on the spot"), _("You were answered on the spot."),
        _("You can come again at any time."), Stage.ENDED,
    ),
    V.TAKEN_BACK: StateDef(
        _("withdrawn"), _("You took it back."), _("You can bring it again at any time."), Stage.ENDED
    ),
    V.NOTED_BACK: StateDef(
        _("withdrawn, as staff noted"), _("The office noted that you took it back."),
        _("You read below who noted it and why. If it is not so, say it here: it goes on at once."),
        Stage.ENDED,
    ),
}  # fmt: skip


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """A visit is passed on together with the petition that comes of it. Refuses with Missing."""
    if move.name == "forward" and not wish.given.facts.get("petition"):
        raise Missing({"petition": [_now("A visit is passed on by its own form.")]})
    return wish


VISIT = CaseKind(
    key="visit",
    version=2,
    title=_("Visit with a petition"),
    series="LF",
    machine=MACHINE,
    states=STATES,
    clocks=(ClockDef("forward", _("Answer or pass on"), "visit.forward", frozenset({V.NOTED})),),
    sees=permits.VISITS,
    opens=permits.VISITS,
    opens_at=frozenset({"village"}),
    floor=PERSONAL,
    matters=PETITION_MATTERS,
    apply=apply,
    comes_in=specs.VISIT,
    keep=FOR_GOOD,
)
VISIT_1 = replace(
    VISIT,
    version=1,
    machine=EARLIER,
    states={state: said for state, said in STATES.items() if state != V.NOTED_BACK},
)
