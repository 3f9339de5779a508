"""How a reporter is reached, as it is kept: sealed, with as much of the number as shows that there is one.

Beside it lie her answers under seal.
"""

from __future__ import annotations

import json
from typing import Any

from linli.cases.models.intake import Reporter
from linli.cases.types.filing import Contact, SealedAnswers
from linli.kernel.sealing import open_sealed, seal
from linli.ui.masks import mask_phone

TABLE, COLUMN, ANSWERS = "cases_reporter", "contact", "answers"


def as_kept(contact: Contact, case_id: int) -> dict[str, Any]:
    """Return the columns of a reporter that keep a contact; nothing known is kept as nothing."""
    told = {"name": contact.name, "phone": contact.phone}
    sealed = None
    if any(told.values()):
        sealed = seal(json.dumps(told, ensure_ascii=False), table=TABLE, column=COLUMN, row=case_id)
    masked = mask_phone(contact.phone.removeprefix("+86")) if contact.phone else ""
    return {"contact": sealed, "phone_masked": masked}


def contact_of(reporter: Reporter) -> Contact:
    """Return what is kept of a reporter. Whoever shows it to a person records the reading."""
    if reporter.contact is None:
        return Contact()
    sealed = bytes(reporter.contact)
    told = json.loads(open_sealed(sealed, table=TABLE, column=COLUMN, row=reporter.pk))
    return Contact(told["name"], told["phone"])


def answers_as_kept(answers: SealedAnswers | None, case_id: int) -> bytes | None:
    """Return what is kept of answers under seal, with the form that reads them; nothing for none."""
    if answers is None:
        return None
    told = {"form": answers.form, "version": answers.version, "values": dict(answers.values)}
    return seal(json.dumps(told, ensure_ascii=False), table=TABLE, column=ANSWERS, row=case_id)


def answers_of(reporter: Reporter) -> SealedAnswers | None:
    """Return the answers that lie under seal. Whoever shows them to a person records the reading."""
    if reporter.answers is None:
        return None
    sealed = bytes(reporter.answers)
    told = json.loads(open_sealed(sealed, table=TABLE, column=ANSWERS, row=reporter.pk))
    return SealedAnswers(told["form"], told["version"], told["values"])
