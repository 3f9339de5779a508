"""Scarce dates by draw: the office promises, people enter, the list is closed, the draw is made and published."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel import sql
from linli.kernel.draw_files import file_of, list_hash
from linli.kernel.draws import commitment_of, in_line
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.sealing import open_sealed, seal
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.contacts import APPOINTMENTS, ENTRIES, as_kept, contact_of
from linli.offerings.errors import EnteredBefore, NotTaken
from linli.offerings.models import Appointment, DrawEntry, DrawRound, ServiceWindow
from linli.offerings.queries import rounds as queries
from linli.offerings.queries.visits import time_words
from linli.offerings.states import ROUND, RoundState
from linli.offerings.types.rounds import MOST_DAYS, MOST_WISHES, RoundFacts
from linli.offerings.types.visits import Contact, Way
from linli.runtime.types import HONOURED
from linli.trail.services import record

TABLE, DRAWN = "offerings_drawround", "offerings.drawn"
ENTER = """
INSERT INTO offerings_drawentry (round_id, code, sign, wishes, way, language, contact, contact_mark,
    phone_masked, made_at)
SELECT r.id, %(code)s, %(sign)s, %(wishes)s::jsonb, %(way)s, %(language)s, %(contact)s,
       %(contact_mark)s, %(phone_masked)s, %(now)s
  FROM (SELECT id FROM offerings_drawround
         WHERE id = %(round)s AND state = 'open' AND takes_until > %(now)s FOR SHARE) r
ON CONFLICT DO NOTHING
RETURNING id
"""


@transaction.atomic
def open_round(
    centre_id: int, path: str, facts: RoundFacts, *, actor: Actor, now: datetime
) -> DrawRound:
    """Announce a draw with the hash of its secret seed; its days cannot be booked otherwise from now on.

    Refuses with NotAllowed, Invalid.
    """
    require(actor, permits.WINDOWS, at=path)
    faults: dict[str, list[str]] = {}
    name = clean_text(facts.name).strip()
    if not name:
        faults["name"] = [_("This is needed here.")]
    if (
        not localdate(now) < facts.first <= facts.last
        or (facts.last - facts.first).days >= MOST_DAYS
    ):
        faults["last"] = [_("From tomorrow on, at most %(most)s days.") % {"most": MOST_DAYS}]
    if not now < facts.takes_until or localdate(facts.takes_until) >= facts.first:
        faults["takes_until"] = [_("Entries end before the first of the days.")]
    planned = DrawRound(centre_id=centre_id, first=facts.first, last=facts.last, item=facts.item)
    if not faults and not queries.open_days(planned):
        faults["first"] = [_("No window for it is open on any of these days.")]
    if faults:
        raise Invalid(faults)
    seed, code = secrets.token_hex(32), public_code()
    made = DrawRound.objects.create(
        centre_id=centre_id, path=path, code=code, name=name, item=facts.item, first=facts.first,
        last=facts.last, kept_phone=facts.kept_phone, kept_counter=facts.kept_counter,
        public=clean_text(facts.public).strip(), commitment=commitment_of(seed),
        seed=seal(seed, table=TABLE, column="seed", row=code), opened_at=now, takes_until=facts.takes_until,
    )  # fmt: skip
    _renewed(centre_id)
    record(
        "offerings.round_opened",
        on=made,
        actor=actor,
        now=now,
        place=path,
        commitment=made.commitment,
    )
    return made


@open_to_all("anybody enters a draw, without an account; for others only who serves there")
@transaction.atomic
def enter(
    one: DrawRound, wishes: Sequence[str], contact: Contact, *, way: Way = Way.ONLINE,
    language: str = "zh-hans", actor: Actor, now: datetime,
) -> DrawEntry:  # fmt: skip
    """Enter a draw with up to three days, the best first; one entry for a telephone number.

    Refuses with NotAllowed, NotTaken after the closing, EnteredBefore, Invalid.
    """
    if way is not Way.ONLINE:
        require(actor, permits.SERVE, at=one.path)
    chosen = list(dict.fromkeys(wish for wish in wishes if wish))
    days = {on.isoformat() for on in queries.open_days(one)}
    faults: dict[str, list[str]] = {}
    if not 1 <= len(chosen) <= MOST_WISHES or not days.issuperset(chosen):
        faults["first_wish"] = [
            _("Choose one to three days of the draw on which the centre is open.")
        ]
    if not contact.phone:
        faults["phone"] = [_("Leave a number: one entry for each, and the outcome is told there.")]
    if faults:
        raise Invalid(faults)
    code, sign = public_code(10), public_code(10)
    given = {
        **as_kept(contact, code, ENTRIES), "round": one.pk, "code": code, "sign": sign, "way": str(way),
        "wishes": _as_json(chosen), "language": language, "now": now,
    }  # fmt: skip
    found = sql.tuples("rounds.enter", ENTER, given)
    if not found:
        raise _why_not(one, now)
    made = DrawEntry(
        pk=found[0][0], round=one, code=code, sign=sign, wishes=chosen, way=way, made_at=now
    )
    record("offerings.round_entered", on=made, actor=actor, now=now, place=one.path, way=str(way))
    return made


def _as_json(chosen: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{one}"' for one in chosen) + "]"


def _why_not(one: DrawRound, now: datetime) -> WrongState:
    fresh = DrawRound.objects.get(pk=one.pk)
    is_open = fresh.state == RoundState.OPEN and now < fresh.takes_until
    return EnteredBefore() if is_open else NotTaken()


@open_to_all("whoever has the code of an entry may take it back")
@transaction.atomic
def withdraw(code: str, *, actor: Actor, now: datetime) -> DrawEntry:
    """Take an entry back while entries are taken. Refuses with NotFound, NotTaken."""
    entry = DrawEntry.objects.select_for_update(of=("self",)).get(pk=queries.entry_called(code).pk)
    one = DrawRound.objects.select_for_update().get(pk=entry.round_id)
    if one.state != RoundState.OPEN or now >= one.takes_until or entry.withdrawn_at is not None:
        raise NotTaken()
    entry.withdrawn_at = now
    entry.save(update_fields=["withdrawn_at"])
    record("offerings.entry_withdrawn", on=entry, actor=actor, now=now, place=one.path)
    return entry


@open_to_all("the time for entries is over: the job and who draws come here")
@transaction.atomic
def close_round(one: DrawRound, *, actor: Actor, now: datetime) -> DrawRound:
    """Close the list when its time is over and publish its hash. Refuses with WrongState before that.

    Who took a place in line before the hour is still let in, so the list stays open a little longer.
    """
    one = DrawRound.objects.select_for_update().get(pk=one.pk)
    if now < one.takes_until + HONOURED:
        raise WrongState(move=_("close"), state=_("entries are taken"))
    one.state = ROUND.after(one.state, "close")
    one.list_hash = list_hash(queries.draw_of(one, _seed(one), queries.times_of(one)))
    one.closed_at = now
    one.save(update_fields=["state", "list_hash", "closed_at"])
    record(
        "offerings.round_closed", on=one, actor=actor, now=now, place=one.path, list=one.list_hash
    )
    return one


@transaction.atomic
def draw_round(one: DrawRound, public_value: str, *, actor: Actor, now: datetime) -> DrawRound:
    """Draw, book a time for everybody who won, publish seed and file, and tell all who entered.

    The days open to all afterwards. Refuses with NotAllowed, WrongState, Invalid without the promised number.
    """
    require(actor, permits.WINDOWS, at=one.path)
    one = DrawRound.objects.select_for_update().get(pk=one.pk)
    state = ROUND.after(one.state, "draw")
    value = clean_text(public_value).strip()
    if bool(value) is not bool(one.public):
        raise Invalid(
            {"public_value": [_("Type the number that was promised, and none if none was.")]}
        )
    windows = list(
        ServiceWindow.objects.filter(centre_id=one.centre_id).select_for_update().order_by("pk")
    )
    one.public_value = value
    times = queries.times_of(one)
    draw = queries.draw_of(one, _seed(one), times)
    one.file = {**file_of(draw), "closed_as": one.list_hash}
    one.state, one.drawn_at = state, now
    one.save()
    ServiceWindow.objects.filter(pk__in=[w.pk for w in windows]).update(edition=F("edition") + 1)
    won = _book_all(one, draw.seed, one.file["drawn"], times, now=now)
    record("offerings.round_drawn", on=one, actor=actor, now=now, place=one.path, won=won)
    return one


def _book_all(
    one: DrawRound, seed: str, drawn: Mapping[str, str], times: queries.Times, *, now: datetime
) -> int:
    """Give each who won the earliest time that is left on her day, in the order of the line; tell everybody."""
    entries = {e.sign: e for e in one.entries.filter(withdrawn_at__isnull=True)}
    left = {on.isoformat(): list(free) for on, free in times.items()}
    for sign in in_line(seed, drawn, one.public_value):
        entry = entries[sign]
        window_id, starts, ends = left[drawn[sign]].pop(0)
        code = public_code()
        entry.visit = Appointment.objects.create(
            code=code, window_id=window_id, path=one.path, starts_at=starts, ends_at=ends, way=entry.way,
            item=one.item, language=entry.language, made_at=now,
            **as_kept(contact_of(entry, ENTRIES), code, APPOINTMENTS),
        )  # fmt: skip
        entry.save(update_fields=["visit"])
    for entry in entries.values():
        _tell(one, entry, now=now)
    return len(drawn)


def _tell(one: DrawRound, entry: DrawEntry, *, now: datetime) -> None:
    from linli.kernel.permits import system_actor

    phone = contact_of(entry, ENTRIES).phone
    if not phone:
        return
    key = f"{DRAWN}_{'won' if entry.visit else 'waits'}"
    values = {
        "name": one.name,
        "when": time_words(entry.visit, entry.language) if entry.visit else "",
        "code": entry.code,
    }
    about = About(one.path, Link("offerings:entry", (entry.code,)))
    notify.send(key, To(phone=phone, language=entry.language), values,
                actor=system_actor("offerings.visits"), now=now, about=about)  # fmt: skip


@transaction.atomic
def call_off(one: DrawRound, *, actor: Actor, now: datetime) -> DrawRound:
    """Call a draw off before it is made; its days open to all. Refuses with NotAllowed, WrongState."""
    require(actor, permits.WINDOWS, at=one.path)
    one = DrawRound.objects.select_for_update().get(pk=one.pk)
    one.state = ROUND.after(one.state, "call_off")
    one.save(update_fields=["state"])
    _renewed(one.centre_id)
    record("offerings.round_called_off", on=one, actor=actor, now=now, place=one.path)
    return one


@open_to_all("run by its job alone, which acts for the system")
def close_due(*, actor: Actor, now: datetime) -> int:
    """Close the draws that take no more entries; return how many."""
    return len([close_round(one, actor=actor, now=now) for one in queries.due_to_close(now)])


@open_to_all("the nightly job is the system")
def let_entries_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Let go how those who entered are reached, a month after the days of the draw; return how many."""
    found = list(queries.contacts_over(now).values_list("pk", flat=True)[:limit])
    return DrawEntry.objects.filter(pk__in=found).update(
        contact=None, contact_mark=None, phone_masked=""
    )


def _renewed(centre_id: int) -> None:
    ServiceWindow.objects.filter(centre_id=centre_id).update(edition=F("edition") + 1)


def _seed(one: DrawRound) -> str:
    return open_sealed(bytes(one.seed), table=TABLE, column="seed", row=one.code)
