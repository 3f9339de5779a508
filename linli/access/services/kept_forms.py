"""What somebody had typed when her session ended, kept for half an hour, for her alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.access import rules
from linli.access.models import KeptForm
from linli.access.secrets import hash_secret, new_secret
from linli.kernel import sealing
from linli.kernel.permits import Actor, open_to_all

TABLE, INNER = "access_keptform", "body"
Fields = Sequence[tuple[str, str]]


@open_to_all("keeps what the person sent; only that person's account gets it back")
@transaction.atomic
def keep_form(
    account_id: int | None,
    address: str,
    fields: Fields,
    *,
    had_files: bool,
    actor: Actor,
    now: datetime,
) -> str | None:
    """Seal a form for its sender and return the word for her cookie; None if it is too long.

    Without an account, where a browser knows nobody yet, the form belongs to whoever brings the word
    and signs in first.
    """
    body = json.dumps(list(fields), ensure_ascii=False)
    most = rules.KEPT_MOST if account_id else rules.KEPT_MOST_OF_NOBODY
    if len(body) > most or len(address) > 500:
        return None
    secret = new_secret()
    form = KeptForm.objects.create(
        token_hash=hash_secret("kept", secret),
        account_id=account_id,
        address=address,
        body_sealed=b"",
        had_files=had_files,
        made_at=now,
        ends_at=now + rules.KEPT_LIFE,
    )
    form.body_sealed = _sealed(body, secret, form.pk)
    form.save(update_fields=["body_sealed"])
    return secret


def _sealed(body: str, secret: str, row: int) -> bytes:
    """Seal under the word in the browser, then under ours: neither alone opens it."""
    inner = sealing.seal_for(sealing.key_from(secret), body, table=TABLE, column=INNER, row=row)
    return sealing.seal(inner.hex(), table=TABLE, column="body_sealed", row=row)


def _opened(form: KeptForm, secret: str) -> str:
    inner = sealing.open_sealed(
        bytes(form.body_sealed), table=TABLE, column="body_sealed", row=form.pk
    )
    key = sealing.key_from(secret)
    return sealing.open_for(key, bytes.fromhex(inner), table=TABLE, column=INNER, row=form.pk)


@open_to_all("only the account that had typed it gets it back")
def kept_form(
    secret: str, account_id: int, *, actor: Actor, now: datetime
) -> tuple[KeptForm, list[tuple[str, str]]] | None:
    """Return a kept form with its fields, or None if it is not this account's or has run out."""
    live = KeptForm.objects.filter(token_hash=hash_secret("kept", secret), ends_at__gt=now)
    live.filter(account_id__isnull=True).update(account_id=account_id)
    form = live.filter(account_id=account_id).first()
    if form is None:
        return None
    try:
        body = _opened(form, secret)
    except (sealing.SealBroken, ValueError):
        # the keys changed their suite meanwhile: as good as run out
        return None
    return form, [(name, value) for name, value in json.loads(body)]


@open_to_all("called when a form was sent again or thrown away, and by the purge job")
def forget_form(secret: str | None, *, actor: Actor, now: datetime) -> int:
    """Delete a kept form, and all that have run out."""
    gone, _by_table = KeptForm.objects.filter(ends_at__lte=now).delete()
    if secret:
        gone += KeptForm.objects.filter(token_hash=hash_secret("kept", secret)).delete()[0]
    return gone
