"""Printed codes: short, unguessable, without a language, one for each thing."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.documents.models import ShortCode
from linli.documents.types import CODE_KINDS
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all

LENGTH = 10


@open_to_all("the service that prints the code has required its own permit")
def make_code(kind: str, target_id: int, *, actor: Actor, now: datetime) -> str:
    """Return the code of a thing, made at the first call; /q/CODE leads to the thing."""
    assert CODE_KINDS.get(kind) is not None, f"no kind of code is called {kind}"
    known = ShortCode.objects.filter(kind=kind, target_id=target_id).first()
    if known is not None:
        return known.code
    try:
        with transaction.atomic():
            return _new(kind, target_id, now)
    except IntegrityError:
        # somebody else printed the same thing at the same moment
        return ShortCode.objects.get(kind=kind, target_id=target_id).code


def _new(kind: str, target_id: int, now: datetime) -> str:
    made = ShortCode.objects.create(
        code=public_code(LENGTH), kind=kind, target_id=target_id, made_at=now
    )
    return made.code
