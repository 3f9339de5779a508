"""Reads on connections: how they stand, letters that go out, days that were compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.timezone import localdate

from linli.exchange import permits
from linli.exchange.models import (
    Comparison,
    Connection,
    HallApplication,
    HallChange,
    Letter,
    PayNotice,
)
from linli.exchange.states import ChangeState, LetterState, PayNoticeState, SentInState
from linli.exchange.types.connections import NO_ANSWER, SIMULATES, System
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach

M = TypeVar("M", bound=Model)
NEWEST = Keyset("newest", ("-id",))
BY_DAY = Keyset("day", ("-on", "-id"))
# what holds the later letters of a matter back
UNSETTLED = (LetterState.WAITING, LetterState.DEAD)
COUNTED = 1000
# whoever asks a register stands at a desk, and may ask again after this
SILENT_FOR = timedelta(seconds=20)
SIMULATED = "simulated"
# systems that something is exchanged with
SHOWN = (System.HALL, System.BASE_DATA, System.PAYMENTS, System.SEALS)


def is_connected(system: System) -> bool:
    """Say whether there is a connection to a system; the demo has simulators. Asks nobody."""
    return bool(settings.LINLI_CONNECTIONS.get(system)) or is_simulated()


def is_silent(system: System, now: datetime) -> bool:
    """Say whether a system gave no answer a moment ago: whoever asks it now would wait for nothing."""
    tried = Connection.objects.filter(system=system, fault=NO_ANSWER)
    return tried.filter(tried_at__gt=now - SILENT_FOR, tried_at__lte=now).exists()


def is_unanswered(system: System) -> bool:
    """Say whether a system gave no answer when it was last asked, however long that took."""
    return Connection.objects.filter(system=system, fault=NO_ANSWER).exists()


def is_simulated() -> bool:
    """Say whether simulators answer where no connection is set: in the demo alone."""
    return bool(settings.LINLI_DEMO) or SIMULATES.get()


def way_of(system: System) -> str:
    """Say how a connection is: set, simulated as in the demo, or none."""
    if settings.LINLI_CONNECTIONS.get(system):
        return "set"
    return SIMULATED if is_simulated() else "none"


def require_any(actor: Actor) -> None:
    """Refuse with NotFound whoever oversees no connection anywhere."""
    if not actor.holds(permits.CONNECT):
        raise NotFound()


def seen(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Return those of `rows`, which have a path, at places where the actor oversees connections."""
    return rows.filter(in_reach(actor, permits.CONNECT))


def in_view(rows: QuerySet[M], view: str) -> QuerySet[M]:
    """Return what came from another system: all, what is to be looked at, or what is in one state."""
    if view == "look":
        return rows.exclude(fault="")
    return rows.filter(state=view) if view else rows


def one_of(rows: QuerySet[M], pk: int) -> M:
    """Return one of the rows that somebody sees. Refuses with NotFound."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def visible_letters(actor: Actor) -> QuerySet[Letter]:
    """Letters about matters at places where the actor oversees connections."""
    found = Letter.objects.all()
    return found.filter(in_reach(actor, permits.CONNECT))


@dataclass(frozen=True, slots=True)
class LettersWanted:
    """Which letters a list shows."""

    state: str = ""
    system: str = ""
    words: str = ""


def list_letters(
    actor: Actor, wanted: LettersWanted, *, cursor: str | None, limit: int
) -> Page[Letter]:
    """Return a page of letters, newest first."""
    return page_of(narrowed(actor, wanted), NEWEST, cursor=cursor, limit=limit)


def narrowed(actor: Actor, wanted: LettersWanted) -> QuerySet[Letter]:
    """Return the letters that are wanted, of those the actor sees."""
    found = visible_letters(actor)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.system:
        found = found.filter(system=wanted.system)
    return found.filter(ref=wanted.words) if wanted.words else found


def get_letter(actor: Actor, letter_id: int) -> Letter:
    """Return one letter. Refuses with NotFound."""
    found = visible_letters(actor).filter(pk=letter_id).first()
    if found is None:
        raise NotFound()
    return found


def count_dead(actor: Actor) -> int:
    """Return how many letters wait for a person."""
    return visible_letters(actor).filter(state=LetterState.DEAD)[:COUNTED].count()


def letters_before(letter: Letter) -> int:
    """Return how many letters of the same matter hold this one back."""
    earlier = Letter.objects.filter(system=letter.system, ref=letter.ref, seq__lt=letter.seq)
    return earlier.filter(state__in=UNSETTLED).count()


def due_letters(system: System, now: datetime, limit: int) -> list[int]:
    """Return letters that may go now, one for each matter: the first that has not gone."""
    earlier = Letter.objects.filter(
        system=OuterRef("system"), ref=OuterRef("ref"), seq__lt=OuterRef("seq"),
        state__in=UNSETTLED,
    )  # fmt: skip
    found = Letter.objects.filter(system=system, state=LetterState.WAITING, due_at__lte=now)
    return list(
        found.exclude(Exists(earlier)).order_by("due_at", "pk").values_list("pk", flat=True)[:limit]
    )


def matters_told(system: System, refs: Sequence[str], kind: str) -> set[str]:
    """Return those of the matters whose letter of that kind was taken there."""
    found = Letter.objects.filter(system=system, ref__in=refs, kind=kind, state=LetterState.SENT)
    return set(found.values_list("ref", flat=True))


def matters_stuck(system: System, refs: Sequence[str], kind: str) -> dict[str, str]:
    """Return those of the matters whose letter of that kind was given up, with what went wrong."""
    found = Letter.objects.filter(system=system, ref__in=refs, kind=kind, state=LetterState.DEAD)
    return dict(found.values_list("ref", "fault"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a connection stands: `row` is none before its first try."""

    system: str
    row: Connection | None
    waiting: int
    dead: int

    @property
    def unread(self) -> int:
        """How many rows of the other side could not be read at all."""
        return int(self.row.marks.get("unread", 0)) if self.row else 0


def standings(actor: Actor) -> Sequence[Standing]:
    """Return how every connection stands, with the letters that the actor sees."""
    rows = {row.system: row for row in Connection.objects.all()}
    letters = visible_letters(actor)
    return [
        Standing(
            system, rows.get(system),
            letters.filter(system=system, state=LetterState.WAITING)[:COUNTED].count(),
            letters.filter(system=system, state=LetterState.DEAD)[:COUNTED].count(),
        )
        for system in SHOWN
    ]  # fmt: skip


def unread_rows() -> int:
    """Return how many rows of the hall's list could not be read at all."""
    found = Connection.objects.filter(system=System.HALL).first()
    return int(found.marks.get("unread", 0)) if found else 0


def mark_of(system: System, name: str) -> str:
    """Return the other side's mark behind the last row that was read."""
    found = Connection.objects.filter(system=system).first()
    return str(found.marks.get(name, "")) if found else ""


def may_see_days(actor: Actor) -> bool:
    """Say whether somebody sees what was compared: it is of the whole city."""
    return actor.may(permits.CONNECT, at=CITY_PATH)


def comparisons(actor: Actor, *, cursor: str | None, limit: int) -> Page[Comparison]:
    """Return a page of compared days, newest first. Refuses with NotFound."""
    if not may_see_days(actor):
        raise NotFound()
    return page_of(Comparison.objects.all(), BY_DAY, cursor=cursor, limit=limit)


def get_comparison(actor: Actor, system: str, on: date) -> Comparison:
    """Return what was compared of a day. Refuses with NotFound."""
    found = Comparison.objects.filter(system=system, on=on).first() if may_see_days(actor) else None
    if found is None:
        raise NotFound()
    return found


def days_to_compare(system: System, now: datetime, back: int) -> list[date]:
    """Return the days of the last weeks that were not compared, or differed when they were."""
    today = localdate(now)
    days = [today - timedelta(days=number) for number in range(1, back + 1)]
    settled = Comparison.objects.filter(system=system, on__in=days, differences=[])
    done = set(settled.values_list("on", flat=True))
    return [day for day in days if day not in done]


def count_waiting(actor: Actor) -> int:
    """Return how many applications, steps of applicants, payments and letters wait for a person."""
    here = in_reach(actor, permits.CONNECT)
    sent_in = HallApplication.objects.filter(here, state=SentInState.WAITING)
    paid = PayNotice.objects.filter(here, state=PayNoticeState.WAITING)
    changed = HallChange.objects.filter(here, state=ChangeState.WAITING)
    return count_dead(actor) + sum(
        waits.exclude(fault="")[:COUNTED].count() for waits in (sent_in, changed, paid)
    )
