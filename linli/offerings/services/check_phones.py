"""Checks of centres that were filled in without network: the key of a phone's owner, and her answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from linli.files import queries as stored
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.permits import Actor, require
from linli.kernel.phones import Box, PageIsOld, box_for, own_box
from linli.kernel.sealing import open_sealed
from linli.offerings.errors import AnsweredMeanwhile
from linli.offerings.models import CentreCheck, CentrePoint, CheckKey
from linli.offerings.permits import CENTRES, VISIT_CENTRES
from linli.offerings.queries.centre_checks import said_of
from linli.offerings.rules.check_answers import Answer, changed_meanwhile
from linli.offerings.services.centre_checks import PERMITS, answer_norm
from linli.offerings.types.centres import MOST_FILES, OF_POINT, CheckBy, Said

PAGE = "checks"


@transaction.atomic
def open_key(boxes: Sequence[str] | None, *, actor: Actor, now: datetime) -> Box:
    """Return the key under which the actor's checks lie on a phone: that of her box there, or a new one.

    `boxes` are those of the phone; None is a page that keeps none. Who may fill in no check any more
    still opens what she has. Refuses with NotAllowed, PageIsOld.
    """
    if actor.account_id is None or actor.is_machine:
        raise NotAllowed()
    hers = own_box(PAGE, actor.account_id, boxes or ())
    if hers is not None:
        return hers
    before = _from_before(actor.account_id, now)
    if before is None:
        paths = [*actor.paths(CENTRES), *actor.paths(VISIT_CENTRES)]
        require(
            actor, CENTRES if actor.paths(CENTRES) else VISIT_CENTRES, at=paths[0] if paths else ""
        )
        if boxes is None:
            raise PageIsOld()
    return box_for(PAGE, actor.account_id, (), before=before)


def _from_before(account_id: int, now: datetime) -> tuple[str, str] | None:
    """Return the key that lay here before her phones kept it themselves, while one may still ask for it."""
    found = CheckKey.objects.filter(account_id=account_id).first()
    if found is None:
        return None
    found.used_on = localdate(now)
    found.save(update_fields=["used_on"])
    table, column = "offerings_checkkey", "secret"
    return found.code, open_sealed(bytes(found.secret), table=table, column=column, row=found.code)


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
