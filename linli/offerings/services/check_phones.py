"""Checks of centres that were filled in without network: the key of a phone's owner, and her answers."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.files import queries as stored
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, require
from linli.kernel.sealing import open_sealed, seal
from linli.offerings.errors import AnsweredMeanwhile
from linli.offerings.models import CentreCheck, CentrePoint, CheckKey
from linli.offerings.permits import CENTRES, VISIT_CENTRES
from linli.offerings.queries.centres import said_of
from linli.offerings.rules.check_answers import Answer, changed_meanwhile
from linli.offerings.services.centre_checks import PERMITS, answer_norm
from linli.offerings.types.centres import MOST_FILES, OF_POINT, CheckBy, Said
from linli.trail.services import record

TABLE, COLUMN, BYTES, CODE = "offerings_checkkey", "secret", 32, 14


@dataclass(frozen=True, slots=True)
class PhoneKey:
    """Whose key it is, by a code that says nothing of her, and the key itself (AES-GCM, base64url)."""

    code: str
    key: str


@transaction.atomic
def open_key(*, actor: Actor, now: datetime) -> PhoneKey:
    """Return the key under which the actor's checks lie on her phones; made once. Refuses with NotAllowed."""
    if actor.account_id is None or actor.is_machine:
        raise NotAllowed()
    hold("offerings.check_key", actor.account_id)
    found = CheckKey.objects.filter(account_id=actor.account_id).first()
    if found is None:
        paths = [*actor.paths(CENTRES), *actor.paths(VISIT_CENTRES)]
        require(
            actor, CENTRES if actor.paths(CENTRES) else VISIT_CENTRES, at=paths[0] if paths else ""
        )
        found = CheckKey(code=public_code(CODE), account_id=actor.account_id)
        key = base64.urlsafe_b64encode(secrets.token_bytes(BYTES)).decode()
        found.secret = seal(key, table=TABLE, column=COLUMN, row=found.code)
        found.used_on = localdate(now)
        found.save()
        record("offerings.check_key_made", on=found, actor=actor, now=now, place=actor.place)
    elif found.used_on != localdate(now):
        found.used_on = localdate(now)
        found.save(update_fields=["used_on"])
    return PhoneKey(
        found.code, open_sealed(bytes(found.secret), table=TABLE, column=COLUMN, row=found.code)
    )


@transaction.atomic
def answer_offline(
    check: CentreCheck, norm: str, said: Mapping[str, Said], seen: Mapping[str, Answer], *,
    files_of: Mapping[str, Sequence[str]], actor: Actor, now: datetime,
) -> CentreCheck:  # fmt: skip
    """Take what a phone noted of a norm without network, with codes of drafts as evidence.

    `seen` is what the phone had seen of each point: what others answered meanwhile is not written over.
    Refuses with AnsweredMeanwhile, and as `answer_norm`.
    """
    require(actor, PERMITS[CheckBy(check.by)], at=check.path)
    check = CentreCheck.objects.select_for_update().get(pk=check.pk)
    held = {
        key: (one.met, one.words, one.due_on.isoformat() if one.due_on else "")
        for key, one in said_of(check).items()
    }
    if changed := changed_meanwhile(said, seen, held):
        raise AnsweredMeanwhile(points=changed)
    check = answer_norm(check, norm, said, actor=actor, now=now)
    for point in CentrePoint.objects.filter(check_of=check, key__in=list(files_of)):
        room = MOST_FILES - len(stored.files_of(Owner(OF_POINT, point.pk)))
        for code in files_of[point.key][: max(room, 0)]:
            # a photo that is gone takes neither the others nor the answer with it
            with suppress(Refusal), transaction.atomic():
                files.adopt(
                    (code,), owner=Owner(OF_POINT, point.pk), place=check.path, policy=ATTACHMENT,
                    actor=actor, now=now,
                )  # fmt: skip
    return check
