"""What intake adds to the case sheet: who asked, as far as those who handle it may know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.queries.calling import number_masked
from linli.cases.queries.intake import may_open_contact, reporter_of
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.others import words_of_others
from linli.cases.queries.promising import promised_words
from linli.cases.types.filing import Naming
from linli.cases.types.sections import SHEET_SECTIONS, CaseHead, Section
from linli.kernel.permits import Actor

NAMINGS = {
    Naming.NAMED: _("not anonymous; what was left to reach them is sealed"),
    Naming.WITHHELD: _("name withheld; supervisors alone open the contact"),
    Naming.ANONYMOUS: _("anonymous; reads the answer by number and code"),
}


def reporter(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return who asked, or None where nobody from outside did."""
    found = reporter_of(case.pk)
    if found is None:
        return None
    return {
        "reporter": found,
        "who": kind_of(case.kind, case.version).words.who,
        "naming": NAMINGS[Naming(found.naming)],
        "phone": number_masked(case, found),
        "may_open": may_open_contact(actor, case, found),
        "promised": promised_words(case.pk),
    }


def others(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return what those said who reported the same, or None where nobody did."""
    found = words_of_others(actor, case.pk)
    return {"others": found} if found.newest else None


def register() -> None:
    """Tell the sheet. Called at start."""
    SHEET_SECTIONS.add(Section("cases.others", 25, "cases/_sheet_others.html", others))
    SHEET_SECTIONS.add(Section("cases.reporter", 20, "cases/_sheet_reporter.html", reporter))
