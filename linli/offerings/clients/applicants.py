"""Who applies, as it lies sealed beside the application."""

from __future__ import annotations

import json
from dataclasses import asdict, fields

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.types.applications import Applicant

TABLE, COLUMN = "offerings_application", "sealed"


def sealed(applicant: Applicant, case_id: int) -> bytes | None:
    """Return an applicant as she lies in the table; nothing known is kept as nothing."""
    told = {name: text for name, text in asdict(applicant).items() if text}
    if not told:
        return None
    text = json.dumps(told, ensure_ascii=False)
    return seal(text, table=TABLE, column=COLUMN, row=case_id)


def opened(kept: bytes | memoryview | None, case_id: int) -> Applicant:
    """Return an applicant as people read her. Whoever shows her to staff records the reading."""
    if kept is None:
        return Applicant()
    told = json.loads(open_sealed(bytes(kept), table=TABLE, column=COLUMN, row=case_id))
    known = {one.name for one in fields(Applicant)}
    return Applicant(**{name: text for name, text in told.items() if name in known})
