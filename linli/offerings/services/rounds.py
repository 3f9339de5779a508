"""Scarce dates by draw: the office promises, people enter and take back; `drawing` closes and draws."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel import sql
from linli.kernel.draws import commitment_of
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.sealing import seal
from linli.kernel.texts import clean_text
from linli.offerings import permits
from linli.offerings.clients.contacts import ENTRIES, as_kept
from linli.offerings.errors import EnteredBefore, NotTaken
from linli.offerings.models import DrawEntry, DrawRound, ServiceWindow
from linli.offerings.queries import rounds as queries
from linli.offerings.states import ROUND, RoundState
from linli.offerings.types.rounds import MOST_DAYS, MOST_WISHES, RoundFacts
from linli.offerings.types.visits import Contact, Way
from linli.trail.services import record

TABLE = "offerings_drawround"
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
    known = queries.entry_called(code)
    # the draw first, then its entries, as where they are booked
    one = DrawRound.objects.select_for_update().get(pk=known.round_id)
    entry = DrawEntry.objects.select_for_update().get(pk=known.pk)
    if one.state != RoundState.OPEN or now >= one.takes_until or entry.withdrawn_at is not None:
        raise NotTaken()
    entry.withdrawn_at = now
    entry.save(update_fields=["withdrawn_at"])
    record("offerings.entry_withdrawn", on=entry, actor=actor, now=now, place=one.path)
    return entry


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


@open_to_all("the nightly job is the system")
def let_entries_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Let go how those who entered are reached, a month after the days of the draw; return how many."""
    found = list(queries.contacts_over(now).values_list("pk", flat=True)[:limit])
    return DrawEntry.objects.filter(pk__in=found).update(
        contact=None, contact_mark=None, phone_masked=""
    )


def _renewed(centre_id: int) -> None:
    """Let what was read of the windows of a centre before be recognised as old."""
    ServiceWindow.objects.filter(centre_id=centre_id).update(edition=F("edition") + 1)
