"""Draws for scarce dates as everybody sees them; an entry by its code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from linli.kernel import sql
from linli.kernel.draws import Draw, Entry, Option
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.paging import Keyset
from linli.offerings.models import DrawEntry, DrawRound
from linli.offerings.models.rounds import MADE as MADE
from linli.offerings.models.rounds import UNDECIDED
from linli.offerings.queries.slots import moment_of, taken_between
from linli.offerings.queries.windows import Ground, ground_of
from linli.offerings.rules.day_runs import runs_of
from linli.offerings.rules.draw_offers import is_near
from linli.offerings.states import RoundState
from linli.rulebook import queries as rulebook
from linli.runtime.types import HONOURED

Times = dict[date, list[tuple[int, datetime, datetime]]]
LATEST = Keyset("-opened", ("-opened_at", "-pk"))
KEEP = timedelta(days=30)
# whoever enters is told which days are open: by the editions alone, the windows lie in memory
# what of its draw an entry does without: the file lists all who entered
HEAVY = ("round__file", "round__plan", "round__seed")
PLACE = """
SELECT line.place FROM offerings_drawround r
 CROSS JOIN LATERAL jsonb_array_elements_text(r.file -> 'waiting') WITH ORDINALITY AS line (sign, place)
 WHERE r.id = %s AND line.sign = %s
"""
DRAWN_FOR = (
    "SELECT file -> 'drawn' ->> %s FROM offerings_drawround WHERE id = %s AND file IS NOT NULL"
)
WON = """
SELECT r.id, count(won) FROM offerings_drawround r, jsonb_object_keys(r.file -> 'drawn') won
 WHERE r.id = ANY(%s) GROUP BY r.id
"""
WINDOWS = """
SELECT id, edition FROM offerings_servicewindow
 WHERE centre_id = %s AND closed_on IS NULL ORDER BY number, id
"""


def round_called(code: str) -> DrawRound:
    """Return a draw by its code. Refuses with NotFound.

    Everybody who enters comes through here, thousands within minutes: the statement is prepared.
    """
    statement = (
        f"SELECT {', '.join(sql.columns_of(DrawRound))} FROM offerings_drawround WHERE code = %s"  # noqa: S608  names only
    )
    found = sql.instances("rounds.called", statement, [code_typed(code)], DrawRound)
    if not found:
        raise NotFound()
    return found[0]


def rounds_of(centre_id: int) -> QuerySet[DrawRound]:
    """Return the draws of a centre, the latest first, without their files."""
    found = DrawRound.objects.filter(centre_id=centre_id).defer("file", "plan", "seed")
    return found.order_by(*LATEST.columns)


def open_rounds(centre_id: int) -> list[DrawRound]:
    """Return the draws of a centre that are not decided yet."""
    return list(rounds_of(centre_id).filter(state__in=UNDECIDED))


def entry_called(code: str) -> DrawEntry:
    """Return an entry for whoever has its code. Refuses with NotFound."""
    found = (
        DrawEntry.objects.filter(code=code_typed(code))
        .select_related("round", "visit")
        .defer(*HEAVY)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def place_of(entry: DrawEntry) -> int | None:
    """Return the place in line of who got nothing in a draw that was made; nothing for anybody else."""
    found = sql.tuples("rounds.place", PLACE, [entry.round_id, entry.sign])
    return int(found[0][0]) if found else None


def drawn_day(entry: DrawEntry) -> date | None:
    """Return the day for which an entry was drawn, or None."""
    found = sql.tuples("rounds.drawn_for", DRAWN_FOR, [entry.sign, entry.round_id])
    return date.fromisoformat(found[0][0]) if found and found[0][0] else None


def next_in_line(one: DrawRound, on: date) -> DrawEntry | None:
    """Return who moves up to a time of a day: the first in the published line who wished it and had nothing yet."""
    place = {sign: number for number, sign in enumerate((one.file or {}).get("waiting", []))}
    found = one.entries.filter(
        visit__isnull=True, withdrawn_at__isnull=True, contact__isnull=False,
        wishes__contains=[on.isoformat()],
    )  # fmt: skip
    signs = [sign for sign in found.values_list("sign", flat=True) if sign in place]
    return found.get(sign=min(signs, key=place.__getitem__)) if signs else None


def unfinished(now: datetime) -> list[int]:
    """Return the draws that were made and of which some are not booked or not told yet."""
    found = DrawRound.objects.filter(state__in=MADE, drawn_at__lte=now)
    untold = DrawEntry.objects.filter(
        round=OuterRef("pk"), told_at__isnull=True, withdrawn_at__isnull=True
    )
    asked = found.filter(Q(state=RoundState.BOOKING) | Exists(untold))
    return list(asked.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the job is with a draw that was made: who won and is booked, who entered and was told."""

    won: int
    booked: int
    entered: int
    told: int

    @property
    def is_done(self) -> bool:
        return self.booked >= self.won and self.told >= self.entered


def progress_of(rounds: Iterable[DrawRound]) -> dict[int, Progress]:
    """Return how far the job is with each draw that was made; two queries, which leave its file where it is."""
    made = {one.pk: one for one in rounds if one.state in MADE}
    rows = DrawEntry.objects.filter(round__in=made, withdrawn_at__isnull=True).values("round")
    counted = rows.annotate(entered=Count("pk"), told=Count("told_at"), booked=Count("visit"))
    winners: dict[int, int] = dict(sql.tuples("rounds.won", WON, [list(made)])) if made else {}
    found = {}
    for row in counted:
        one = made[row["round"]]
        won = winners.get(one.pk, 0)
        # once all are booked, some may have gone to those who moved up
        booked = row["booked"] if one.state == RoundState.BOOKING else won
        found[one.pk] = Progress(won, booked, row["entered"], row["told"])
    return found


def _grounds(one: DrawRound) -> list[Ground]:
    """Return the windows of a draw as they are now, from memory where they have not changed."""
    found = []
    for pk, edition in sql.tuples("rounds.windows", WINDOWS, [one.centre_id]):
        ground = ground_of(pk, one.first)
        found.append(ground if ground.edition == edition else ground_of(pk, one.first, anew=True))
    return [ground for ground in found if ground.serves(one.item)]


def _all_days(one: DrawRound) -> list[date]:
    return [one.first + timedelta(days=n) for n in range((one.last - one.first).days + 1)]


def open_days(one: DrawRound) -> list[date]:
    """Return the days of a draw on which its windows open: only these can be wished."""
    grounds, calendar = _grounds(one), rulebook.calendar()
    return [on for on in _all_days(one) if any(g.slots_of(on, calendar) for g in grounds)]


def day_runs(one: DrawRound) -> list[tuple[date, date]]:
    """Return the days that can be wished by first and last, those that follow one another together."""
    return runs_of(open_days(one))


def times_of(one: DrawRound, now: datetime | None = None) -> Times:
    """Return what is free at the windows of a draw, by day: (window, from, until), earliest first.

    With `now` what is past or near by then is left out: nobody is drawn for it.
    """
    grounds = _grounds(one)
    taken = taken_between([g.window_id for g in grounds], one.first, one.last)
    calendar, found = rulebook.calendar(), defaultdict(list)
    for on in _all_days(one):
        for ground in grounds:
            for slot in ground.slots_of(on, calendar).values():
                starts, ends = moment_of(on, slot.opens), moment_of(on, slot.closes)
                if now is not None and is_near(starts, now):
                    continue
                if not any(a < ends and starts < b for a, b in taken[ground.window_id]):
                    found[on].append((ground.window_id, starts, ends))
    return {
        on: sorted(times, key=lambda one: (one[1], one[0])) for on, times in sorted(found.items())
    }


def draw_of(one: DrawRound, seed: str, times: Times) -> Draw:
    """Return a draw with its options, a day each, and the entries that stand."""
    options = tuple(
        Option(on.isoformat(), len(free), _reserved(one, len(free))) for on, free in times.items()
    )
    known = {option.key for option in options}
    entries = tuple(
        Entry(entry.sign, tuple(wish for wish in entry.wishes if wish in known), entry.way)
        for entry in one.entries.filter(withdrawn_at__isnull=True)
    )
    return Draw(one.name, options, entries, seed, one.public_value)


def _reserved(one: DrawRound, places: int) -> dict[str, int]:
    phone = min(one.kept_phone, places)
    kept = {"phone": phone, "counter": min(one.kept_counter, places - phone)}
    return {group: number for group, number in kept.items() if number}


def contacts_over(now: datetime) -> QuerySet[DrawEntry]:
    """Return entries whose contact is not needed any more."""
    return DrawEntry.objects.filter(
        contact__isnull=False, round__last__lt=localdate(now - KEEP)
    ).order_by("pk")


def due_to_close(now: datetime) -> list[DrawRound]:
    """Return draws that take no more entries, not even of those who stood in line at the hour."""
    return list(
        DrawRound.objects.filter(state=RoundState.OPEN, takes_until__lte=now - HONOURED).order_by(
            "pk"
        )
    )


def count_entries(one: DrawRound) -> dict[str, Any]:
    """Return how many entered, by how they came."""
    rows = one.entries.filter(withdrawn_at__isnull=True).values("way").order_by("way")
    return dict(rows.annotate(many=Count("pk")).values_list("way", "many"))
