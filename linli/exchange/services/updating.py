"""Another system adds to a request that it posted: its reporter's further words and photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.queries.reading import get_case
from linli.cases.services.following import add_to_report
from linli.cases.types.filing import Added
from linli.cases.types.moves import At
from linli.exchange import permits
from linli.exchange.errors import KeyNeeded, NoRequest, Unreadable
from linli.exchange.models import PostedRequest
from linli.exchange.services.posting import ROOM, TAKER, kept_media
from linli.exchange.types import MOST_DESCRIPTION
from linli.files.types import Upload
from linli.kernel.permits import NOBODY, Actor, require


@dataclass(frozen=True, slots=True)
class Updated:
    """What the sender gets: the number of the request, and the name of what was added."""

    number: str
    update_id: str


@transaction.atomic
def post_update(
    number: str, text: str, *, media: Sequence[Upload] = (), once: str = "", actor: Actor,
    now: datetime,
) -> Updated:  # fmt: skip
    """Add to a request that this key posted; the words wait for release like the first ones.

    Refuses with KeyNeeded, NotAllowed, NoRequest also for what others posted and for requests
    whose token has gone, Unreadable, CaseOver, NumbersInText.
    """
    if not actor.paths(permits.REPORT):
        raise KeyNeeded()
    posted = PostedRequest.objects.filter(
        number=number, key_id=actor.account_id, by_label=actor.label[:160]
    ).first()
    if posted is None:
        raise NoRequest()
    if len(text) > MOST_DESCRIPTION:
        why = _("at most %(most)s characters") % {"most": MOST_DESCRIPTION}
        raise Unreadable(name="description", why=why)
    case = get_case(TAKER, number)
    require(actor, permits.REPORT, at=case.path)
    at = At(case.pk, key=_key(once, number, actor))
    added = Added(text, photos=kept_media(media, actor=NOBODY, now=now))
    done = add_to_report(at, added, actor=NOBODY, now=now)
    return Updated(number, f"{number}-{done.seq}")


def _key(once: str, number: str, actor: Actor) -> UUID | None:
    return uuid5(ROOM, f"{actor.account_id} {actor.label} {number} {once}") if once else None
