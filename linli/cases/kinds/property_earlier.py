"""Complaints about companies as their first version had them: what was referred ended for good."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from linli.cases.kinds.property_complaint import (
    CLOCKS,
    MOVES,
    PROPERTY_COMPLAINT,
    STATES,
    Property,
)
from linli.cases.rules.following import OBJECT_END
from linli.cases.types.kinds import Ask, By, CaseMove
from linli.kernel.states import Machine

P = Property
ASK_REOPEN = CaseMove(
    "ask_reopen", (P.ANSWERED, P.DONE, P.REFUSED), P.REOPEN_ASKED,
    title=_("It is not solved"), by=By.REPORTER, asks=(Ask.REASON,),
)  # fmt: skip

PROPERTY_COMPLAINT_1 = replace(
    PROPERTY_COMPLAINT,
    version=1,
    machine=Machine(
        P.WITH_COMPANY,
        [ASK_REOPEN if move.name == ASK_REOPEN.name else move for move in MOVES],
        ends={P.CLOSED, P.ANSWER_STANDS, P.STANDS, P.REFERRED, P.WITHDRAWN},
    ),
    states={
        **STATES,
        P.REFERRED: replace(STATES[P.REFERRED], next=_("We told you where it went.")),
    },
    clocks=tuple(clock for clock in CLOCKS if clock.key != OBJECT_END),
)
