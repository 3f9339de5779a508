"""The kinds of cases that this app declares itself."""

from __future__ import annotations

from linli.cases.kinds.report import REPORT
from linli.kernel.registries import CASE_KINDS, CaseKindEntry

OWN = (REPORT,)


def register() -> None:
    for kind in OWN:
        CASE_KINDS.add(CaseKindEntry(kind.name, kind))
