"""Reports as their first version had them: what was referred, or is beyond the office, ended for good."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.kinds.report import CLOCKS, MOVES, REPORT, STATES, WITHOUT_RESULT, Report
from linli.cases.rules.following import OBJECT_END
from linli.cases.types.kinds import Ask, By, CaseMove
from linli.kernel.states import Machine

R = Report
EARLIER = {
    "beyond": CaseMove(
        "beyond", (R.AT_WORK, R.ANSWERED), R.BEYOND, permits.SUPERVISE,
        title=_("Beyond what we can do"), asks=(Ask.REASON, Ask.PUBLIC),
    ),
    "ask_reopen": CaseMove(
        "ask_reopen", (R.ANSWERED, R.DONE, R.REFUSED), R.REOPEN_ASKED,
        title=_("It is not solved"), by=By.REPORTER, asks=(Ask.REASON,),
    ),
}  # fmt: skip
NEXT = {R.BEYOND: _("We told you who may help."), R.REFERRED: _("We told you where it went.")}

REPORT_1 = replace(
    REPORT,
    version=1,
    machine=Machine(
        R.FILED,
        [EARLIER.get(move.name, move) for move in MOVES],
        ends={R.CLOSED, R.STANDS, R.WITHDRAWN, R.LAPSED, *WITHOUT_RESULT},
    ),
    states={**STATES, **{state: replace(STATES[state], next=said) for state, said in NEXT.items()}},
    clocks=tuple(clock for clock in CLOCKS if clock.key != OBJECT_END),
)
