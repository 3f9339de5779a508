"""Who applies, as it lies sealed beside the application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.types.applications import Applicant

TABLE, COLUMN, FORM = "offerings_application", "sealed", "form_sealed"
NAMES = [field.name for field in fields(Applicant)]


def sealed(applicant: Applicant, case_id: int) -> bytes | None:
    """Return an applicant as she lies in the table; nothing known is kept as nothing."""
    told = {name: text for name in NAMES if (text := getattr(applicant, name))}
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


def sealed_form(values: Mapping[str, Any], case_id: int) -> bytes | None:
    """Return the sealed answers of the item's own form as they lie in the table."""
    if not values:
        return None
    text = json.dumps(dict(values), ensure_ascii=False, sort_keys=True)
    return seal(text, table=TABLE, column=FORM, row=case_id)


def opened_form(kept: bytes | memoryview | None, case_id: int) -> dict[str, Any]:
    """Return them as people read them. Whoever shows them to staff records the reading."""
    if kept is None:
        return {}
    found: dict[str, Any] = json.loads(
        open_sealed(bytes(kept), table=TABLE, column=FORM, row=case_id)
    )
    return found
