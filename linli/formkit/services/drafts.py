"""What somebody has typed so far, kept sealed until it is sent, thrown away, or seven days old."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.files import services as file_services
from linli.formkit.errors import SavedMeanwhile, TooMuchTyped
from linli.formkit.models import FormDraft, FormVersion
from linli.formkit.queries import DRAFT_OWNER, LIFE, Body, OpenDraft, hash_of, opened, spec_of
from linli.formkit.rules.typing_back import typed_of
from linli.kernel import sealing
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all

TABLE, COLUMN = "formkit_formdraft", "body_sealed"
CODE_LENGTH = 16
BATCH = 200
MOST_BODY = 1_000_000


@open_to_all("whoever may read a form may begin it; the app that takes it asks for its permit")
@transaction.atomic
def start_draft(
    version: FormVersion,
    *,
    purpose: str,
    actor: Actor,
    now: datetime,
    prefill: Mapping[str, Any] | None = None,
) -> OpenDraft:
    """Begin a form. `prefill` are values that are known already, which she may correct."""
    typed, files = typed_of(spec_of(version), prefill or {})
    known = [key for key in prefill or {} if key in typed]
    body = Body(code=public_code(CODE_LENGTH), typed=typed, files=files, known=known)
    row = FormDraft.objects.create(
        code_hash=hash_of(body.code), version=version, purpose=purpose,
        account_id=actor.account_id, body_sealed=b"", started_at=now, kept_at=now,
        ends_at=now + LIFE,
    )  # fmt: skip
    _seal(row, body)
    return OpenDraft(row, body)


@open_to_all("only whoever has the draft's code, or its account, comes here with it")
@transaction.atomic
def keep_draft(
    draft: OpenDraft,
    change: Callable[[Body], None],
    *,
    actor: Actor,
    now: datetime,
    edition: int | None = None,
) -> OpenDraft:
    """Change what is kept of a form, on what is kept now. Refuses with NotFound, SavedMeanwhile.

    With `edition` it is refused if another page was sent meanwhile: a late autosave brings nothing
    back that was taken out. Without, the last one who sends a page has it as she sent it.
    """
    row = _locked(draft)
    if edition is not None and row.edition != edition:
        raise SavedMeanwhile(move="keep", state="draft", who=actor.label)
    body = opened(row)
    change(body)
    row.edition, row.kept_at, row.ends_at = row.edition + 1, now, now + LIFE
    _seal(row, body)
    return OpenDraft(row, body)


def _locked(draft: OpenDraft) -> FormDraft:
    """Lock a draft alone, never its form, on which others work meanwhile."""
    found = FormDraft.objects.select_for_update(of=("self",)).select_related("version__form")
    row = found.filter(pk=draft.row.pk).first()
    if row is None:
        raise NotFound()
    return row


def _seal(row: FormDraft, body: Body) -> None:
    text = body.as_json()
    if len(text) > MOST_BODY:
        raise TooMuchTyped(most=MOST_BODY)
    row.body_sealed = sealing.seal(text, table=TABLE, column=COLUMN, row=row.pk)
    row.save(update_fields=["body_sealed", "edition", "kept_at", "ends_at"])


@open_to_all("only whoever has the code of a draft without account comes here with it")
@transaction.atomic
def take_over_draft(draft: OpenDraft, *, actor: Actor, now: datetime) -> OpenDraft:
    """Make a draft that was begun without signing in the account's own. Refuses with NotFound."""
    row = _locked(draft)
    if actor.account_id is None or row.account_id not in (None, actor.account_id):
        raise NotFound()
    row.account_id = actor.account_id
    row.save(update_fields=["account_id"])
    return OpenDraft(row, draft.body)


@open_to_all("only whoever has the draft's code, or its account, comes here with it")
@transaction.atomic
def drop_draft(draft: OpenDraft, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away, with the files that hang on it: it was sent, or is not wanted."""
    _drop(draft.row, "dropped", actor, now)


def _drop(row: FormDraft, reason: str, actor: Actor, now: datetime) -> None:
    file_services.erase_files_of(DRAFT_OWNER, row.pk, reason=reason, actor=actor, now=now)
    FormDraft.objects.filter(pk=row.pk).delete()


@open_to_all("the erasing of an account alone calls it")
@transaction.atomic
def drop_of_account(account_id: int, *, actor: Actor, now: datetime) -> int:
    """Throw away all that an account began and did not send; return how many. Refuses with NotAllowed."""
    if not actor.is_system:
        raise NotAllowed()
    rows = list(FormDraft.objects.select_for_update().filter(account_id=account_id).order_by("id"))
    for row in rows:
        _drop(row, "erasure", actor, now)
    return len(rows)


@open_to_all("the retention job is the system")
@transaction.atomic
def drop_due(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Throw away what was begun and not gone on with for seven days; return how many."""
    due = FormDraft.objects.select_for_update(skip_locked=True).filter(ends_at__lte=now)
    batch = list(due.order_by("ends_at", "id")[:limit])
    for row in batch:
        _drop(row, "retention", actor, now)
    return len(batch)
