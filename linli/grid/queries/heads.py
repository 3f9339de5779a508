"""Heads as everybody may see them, as the office keeps them, and a head's own desk."""

from __future__ import annotations

import hmac
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from linli.cases.queries.following import digest_of
from linli.grid import permits
from linli.grid.models import Headship, Word
from linli.grid.states import HeadState
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach


def serving(path: str, on: date) -> QuerySet[Headship]:
    """Return who serves at a place and below on a day: name and ground, for everybody."""
    found = Headship.objects.filter(
        path__startswith=path, state=HeadState.SERVING, since__lte=on
    ).filter(Q(until__isnull=True) | Q(until__gt=on))
    return found.order_by("path", "kind", "ground")


def serving_head(head_id: int, on: date) -> Headship:
    """Return a head that serves on a day. Refuses with NotFound."""
    found = serving("", on).filter(pk=head_id).first()
    if found is None:
        raise NotFound(id=head_id)
    return found


def kept_heads(actor: Actor) -> QuerySet[Headship]:
    """Return headships in villages where the actor keeps them, whatever became of them."""
    return Headship.objects.filter(in_reach(actor, permits.HEADS))


def get_head(actor: Actor, head_id: int) -> Headship:
    """Return a headship that the actor keeps, or her own. Refuses with NotFound."""
    found = (
        kept_heads(actor).filter(pk=head_id).first() or own_heads(actor).filter(pk=head_id).first()
    )
    if found is None:
        raise NotFound(id=head_id)
    return found


def own_heads(actor: Actor) -> QuerySet[Headship]:
    """Return the headships of whoever is signed in."""
    if actor.account_id is None or actor.is_machine:
        return Headship.objects.none()
    return Headship.objects.filter(account_id=actor.account_id).order_by("-pk")


def words_to(actor: Actor, on: date) -> QuerySet[Word]:
    """Return what neighbours said to whoever is signed in, as long as she serves, to the last day of her term."""
    own = own_heads(actor).filter(pk__in=serving("", on).values("pk"))
    return (
        Word.objects.filter(head__in=own).select_related("head", "case").order_by("-said_at", "-pk")
    )


def get_word(actor: Actor, code: str, on: date) -> Word:
    """Return one of them. Refuses with NotFound."""
    found = words_to(actor, on).filter(_meant(code)).first()
    if found is None:
        raise NotFound()
    return found


def word_by_code(code: str) -> Word:
    """Return what became of a word, for whoever has its code. Refuses with NotFound."""
    found = Word.objects.filter(_meant(code)).select_related("head", "case").first()
    if found is None:
        raise NotFound()
    return found


def _meant(code: str) -> Q:
    typed = code_typed(code)
    return Q(own_digest=digest_of(typed)) | Q(code=typed)


def is_own_code(word: Word, code: str) -> bool:
    """Say whether a code is that of whoever said it, and not the one that the head reads."""
    kept = bytes(word.own_digest or b"")
    return bool(kept) and hmac.compare_digest(kept, digest_of(code_typed(code)))


def open_words_of(head: Headship) -> QuerySet[Word]:
    """Return what was said to a head and is not closed, the oldest first."""
    return Word.objects.filter(head=head, closed_at__isnull=True).order_by("pk")


# words are kept this long after the matter is over
KEEP = timedelta(days=30)


def over(now: datetime) -> QuerySet[Word]:
    """Return words whose term of keeping is over, also those that a head left open whose term ended."""
    ended = Q(head__state=HeadState.ENDED, head__ended_on__lt=localdate(now - KEEP))
    is_left = Q(closed_at__isnull=True) & ended
    return Word.objects.filter(Q(closed_at__lt=now - KEEP) | is_left).order_by("pk")


def terms_over(now: datetime) -> QuerySet[Headship]:
    """Return heads whose agreed term is over and whom nobody ended."""
    lapsed = Headship.objects.filter(state=HeadState.SERVING, until__lte=localdate(now))
    return lapsed.order_by("pk")


def count_terms_over(now: datetime) -> int:
    """Count them, up to a thousand."""
    return terms_over(now)[:1000].count()


def lacks_hand_over(head: Headship) -> bool:
    """Say whether a term ran out by itself and nobody noted yet what was handed over."""
    return head.state == HeadState.ENDED and not head.handed_over and bool(head.public_name)


def words_over(now: datetime) -> int:
    """Count words whose term is over, up to a thousand."""
    return over(now)[:1000].count()
