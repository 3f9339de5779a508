"""The kinds of cases that this app declares itself."""

from __future__ import annotations

from linli.cases.kinds import steps
from linli.cases.kinds.declaring import declare
from linli.cases.kinds.directive import DIRECTIVE, DIRECTIVE_ROUND
from linli.cases.kinds.incoming import INCOMING
from linli.cases.kinds.petition import PETITION
from linli.cases.kinds.petition_review import PETITION_RECHECK, PETITION_REVIEW
from linli.cases.kinds.property_complaint import PROPERTY_COMPLAINT
from linli.cases.kinds.property_earlier import PROPERTY_COMPLAINT_1
from linli.cases.kinds.report import REPORT
from linli.cases.kinds.report_earlier import REPORT_1
from linli.cases.kinds.visit import VISIT, VISIT_1

OWN = (
    REPORT,
    REPORT_1,
    PROPERTY_COMPLAINT,
    PROPERTY_COMPLAINT_1,
    VISIT,
    VISIT_1,
    PETITION,
    PETITION_REVIEW,
    PETITION_RECHECK,
    DIRECTIVE,
    DIRECTIVE_ROUND,
    INCOMING,
)


def register() -> None:
    steps.register()
    for kind in OWN:
        declare(kind)
