"""来访登记: somebody comes to the village with a petition; the village notes it and passes it on.

A village decides no petition. It answers what it can answer at once, or passes the matter on for
the visitor (代办), with a number to follow (AP-01, AP-06).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.errors import Missing
from linli.cases.forms import specs
from linli.cases.kinds.matters import PETITION_MATTERS
from linli.cases.types.kinds import FOR_GOOD, Ask, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.moves import Held, Wish
from linli.kernel.permits import PERSONAL
from linli.kernel.states import Machine


class Visit(StrEnum):
    NOTED = "noted"
    FORWARDED = "forwarded"
    TOLD = "told"
    TAKEN_BACK = "taken_back"


V = Visit
MACHINE: Machine[Visit] = Machine(
    V.NOTED,
    [
        CaseMove(
            "forward", (V.NOTED,), V.FORWARDED, permits.VISITS,
            title=_("Pass it on to the town"), form="cases:visit_forward",
        ),
        CaseMove(
            "tell_at_once", (V.NOTED,), V.TOLD, permits.VISITS,
            title=_("Answered on the spot"), asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "note_withdrawal", (V.NOTED,), V.TAKEN_BACK, permits.VISITS,
            title=_("Note that the visitor takes it back"), asks=(Ask.REASON,),
        ),
    ],
    ends={V.FORWARDED, V.TOLD, V.TAKEN_BACK},
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
}  # fmt: skip


def apply(held: Held, move: CaseMove[Any], wish: Wish) -> Wish:
    """A visit is passed on together with the petition that comes of it. Refuses with Missing."""
    if move.name == "forward" and not wish.given.facts.get("petition"):
        raise Missing({"petition": [_now("A visit is passed on by its own form.")]})
    return wish


VISIT = CaseKind(
    key="visit",
    version=1,
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
