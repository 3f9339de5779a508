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

TABLE = "access_keptform"
Fields = Sequence[tuple[str, str]]


@open_to_all("keeps what the person herself sent; only her account gets it back")
@transaction.atomic
def keep_form(
    account_id: int, address: str, fields: Fields, *, had_files: bool, actor: Actor, now: datetime
) -> str | None:
    """Seal a form for its sender and return the word for her cookie; None if it is too long."""
    body = json.dumps(list(fields), ensure_ascii=False)
    if len(body) > rules.KEPT_MOST or len(address) > 500:
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
    form.body_sealed = sealing.seal(body, table=TABLE, column="body_sealed", row=form.pk)
    form.save(update_fields=["body_sealed"])
    return secret


@open_to_all("only the account that had typed it gets it back")
def kept_form(
    secret: str, account_id: int, *, actor: Actor, now: datetime
) -> tuple[KeptForm, list[tuple[str, str]]] | None:
    """Return a kept form with its fields, or None if it is not this account's or has run out."""
    form = KeptForm.objects.filter(
        token_hash=hash_secret("kept", secret), account_id=account_id, ends_at__gt=now
    ).first()
    if form is None:
        return None
    body = sealing.open_sealed(
        bytes(form.body_sealed), table=TABLE, column="body_sealed", row=form.pk
    )
    return form, [(name, value) for name, value in json.loads(body)]


@open_to_all("called when a form was sent again or thrown away, and by the purge job")
def forget_form(secret: str | None, *, actor: Actor, now: datetime) -> int:
    """Delete a kept form, and all that have run out."""
    gone, _by_table = KeptForm.objects.filter(ends_at__lte=now).delete()
    if secret:
        gone += KeptForm.objects.filter(token_hash=hash_secret("kept", secret)).delete()[0]
    return gone
