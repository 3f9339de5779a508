"""At which number the office calls whoever asked: the one given for the case, else the one that messages go to."""

from __future__ import annotations

from dataclasses import replace

from linli.cases.models import Reporter
from linli.cases.models.contacts import contact_of
from linli.cases.types.filing import Contact, Naming
from linli.cases.types.rates import KIND as REPORT
from linli.cases.types.sections import CaseHead
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.notify.queries import phone_of
from linli.ui.masks import mask_phone

READER = system_actor("cases.calling")


def called_at(case: CaseHead, reporter: Reporter) -> Contact:
    """Return how whoever asked is called today. Whoever shows it to a person records the reading.

    Who is known to the office is not asked again for a number that it knows. Of a report nothing is
    added: what she left out of it she may have left out on purpose.
    """
    kept = contact_of(reporter)
    is_known = reporter.contact is not None and reporter.naming == Naming.NAMED
    if kept.phone or not is_known or case.kind == REPORT:
        return kept
    # row security shows the number in full to the system alone
    with scope.acting(READER):
        return replace(kept, phone=phone_of(reporter.account_id, reporter.person_id))


def number_masked(case: CaseHead, reporter: Reporter) -> str:
    """Return as much of that number as shows that there is one."""
    if reporter.phone_masked:
        return reporter.phone_masked
    phone = called_at(case, reporter).phone
    return mask_phone(phone.removeprefix("+86")) if phone else ""
