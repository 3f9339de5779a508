"""What came from the hall and waits for a person too long: late for an answer, about to go back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.cases.queries.ground import term_end
from linli.exchange.models import HallApplication, HallChange, Letter
from linli.exchange.queries.hall import visible_sent_in
from linli.exchange.states import ChangeState, LetterState, SentInState
from linli.exchange.types.hall import HELD_MOST
from linli.kernel.permits import Actor

# whoever applied was promised an answer in five working days: after two weeks something is wrong
LONG = timedelta(days=14)
# why letters were given up that waited when a backup was made, by which we go on
RESTORED = "restored"
ACCEPT = "application.accept"


def sent_in_left(now: datetime) -> QuerySet[HallApplication]:
    """Applications of the hall that nobody took for so long that they go back."""
    found = HallApplication.objects.filter(state=SentInState.WAITING, came_at__lt=now - HELD_MOST)
    return found.order_by("pk")


def changes_left(now: datetime) -> QuerySet[HallChange]:
    """Steps of applicants of which nothing became for so long that they go back."""
    found = HallChange.objects.filter(state=ChangeState.WAITING, came_at__lt=now - HELD_MOST)
    return found.order_by("pk")


def waiting_for_person(actor: Actor, limit: int) -> list[HallApplication]:
    """Return the applications of the hall that wait for somebody to look at them, the oldest first."""
    found = visible_sent_in(actor).filter(state=SentInState.WAITING).exclude(fault="")
    return list(found.order_by("came_at", "pk")[:limit])


def answer_until(row: HallApplication) -> datetime:
    """Return by when whoever applied is to have an answer (administrative licensing law, art. 32)."""
    return term_end(ACCEPT, row.path, row.came_at)


def stopped_letters() -> QuerySet[Letter]:
    """Return the letters that a restore stopped, each matter in its order."""
    found = Letter.objects.filter(state=LetterState.DEAD, fault=RESTORED)
    return found.order_by("system", "ref", "seq")


def health() -> Sequence[tuple[str, str]]:
    """Say what waits so long that something is wrong, and what waits for a person since a restore."""
    return (*_of_the_hall(), *_stopped())


def _stopped() -> Sequence[tuple[str, str]]:
    count = stopped_letters().count()
    if not count:
        return ()
    what = ngettext(
        "%(num)s letter is held since the restore: it may have gone before",
        "%(num)s letters are held since the restore: some of them may have gone before", count,
    )  # fmt: skip
    fix = _("look, then: linli outgoing go, or linli outgoing drop")
    return ((what % {"num": count}, fix),)


def _of_the_hall() -> Sequence[tuple[str, str]]:
    late = timezone.now() - LONG
    count = HallApplication.objects.filter(state=SentInState.WAITING, came_at__lt=late).count()
    if not count:
        return ()
    what = ngettext(
        "%(num)s application of the hall waits for more than two weeks",
        "%(num)s applications of the hall wait for more than two weeks", count,
    )  # fmt: skip
    fix = _(
        "Take it in or return it under Connections; after %(days)s days it goes back by itself."
    )
    return ((what % {"num": count}, fix % {"days": HELD_MOST.days}),)
