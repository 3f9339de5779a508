"""Which moves of its kind somebody may make with a case now."""

from __future__ import annotations

from typing import Any

from linli.cases.models import Case
from linli.cases.queries.handling import may_decide
from linli.cases.queries.heard import asks_nobody
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.standing import stand_of
from linli.cases.rules.offering import moves_open_to
from linli.cases.types.kinds import CaseMove
from linli.kernel.permits import Actor


def open_moves(actor: Actor, case: Case) -> list[CaseMove[Any]]:
    """Return them in the order of the table; none that the engine would refuse for who she is."""
    found = moves_open_to(actor, kind_of(case.kind, case.version), stand_of(case))
    found = [one for one in found if may_decide(actor, case.pk, one)]
    return [one for one in found if not asks_nobody(case.pk, one.name)]
