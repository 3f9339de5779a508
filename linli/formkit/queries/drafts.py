"""Forms that were begun: found by their code, or by the account whose they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from linli.formkit.models import FormDraft, FormVersion
from linli.kernel import sealing
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor

TABLE, COLUMN = "formkit_formdraft", "body_sealed"
DRAFT_OWNER = "formkit.draft"
LIFE = timedelta(days=7)
MOST_OFFERED = 5
MOST_COUNTED = 1000


@dataclass
class Body:
    """What is sealed of a draft: texts as typed, codes of files, and where one was."""

    code: str
    typed: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[str]] = field(default_factory=dict)
    blanks: dict[str, int] = field(default_factory=dict)
    known: list[str] = field(default_factory=list)
    # what was pasted last, until the next step: how columns were bound, and the rows before it
    pasted: dict[str, Any] = field(default_factory=dict)
    # why files were not taken at the last step, by field
    notes: dict[str, list[str]] = field(default_factory=dict)
    page: str = ""

    def as_json(self) -> str:
        return json.dumps(vars(self), ensure_ascii=False)


@dataclass(frozen=True)
class OpenDraft:
    """A draft with its body opened."""

    row: FormDraft
    body: Body

    @property
    def version(self) -> FormVersion:
        return self.row.version


def hash_of(code: str) -> str:
    """Return what is kept of a draft's code."""
    return hashlib.sha256(b"linli form draft\0" + code.upper().encode()).hexdigest()


def get_draft(actor: Actor, code: str, *, now: datetime, purpose: str) -> OpenDraft:
    """Return a draft by its code; one of an account only to that account. Refuses with NotFound."""
    row = (
        FormDraft.objects.select_related("version__form")
        .filter(code_hash=hash_of(code[:40]), ends_at__gt=now, purpose=purpose)
        .first()
    )
    if row is None or not may_see(actor, row):
        raise NotFound()
    return OpenDraft(row, opened(row))


def may_see(actor: Actor, row: FormDraft) -> bool:
    """Say whether a draft is the actor's: nobody's drafts belong to whoever has the code."""
    return row.account_id is None or row.account_id == actor.account_id


def opened(row: FormDraft) -> Body:
    """Return what is sealed of a draft."""
    text = sealing.open_sealed(bytes(row.body_sealed), table=TABLE, column=COLUMN, row=row.pk)
    return Body(**json.loads(text))


def drafts_of(actor: Actor, key: str, *, now: datetime, purpose: str) -> list[OpenDraft]:
    """Return what an account began with a form and did not send, the last first."""
    if actor.account_id is None:
        return []
    rows = FormDraft.objects.select_related("version__form").filter(
        account_id=actor.account_id, version__form__key=key, purpose=purpose, ends_at__gt=now
    )
    return [OpenDraft(row, opened(row)) for row in rows.order_by("-kept_at")[:MOST_OFFERED]]


def count_due(now: datetime) -> int:
    """Return how many drafts are over their time, counted up to a thousand."""
    return FormDraft.objects.filter(ends_at__lte=now)[:MOST_COUNTED].count()


def may_see_draft_file(actor: Actor, draft_id: int) -> bool:
    """Say whether files of a draft are the actor's; those without account go by the draft's page."""
    if actor.account_id is None:
        return False
    return FormDraft.objects.filter(pk=draft_id, account_id=actor.account_id).exists()
