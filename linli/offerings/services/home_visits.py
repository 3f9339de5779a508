"""An office is asked to come, sets a day, goes, files the application there, finds nobody, or calls it off."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.types import Channel
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from linli.kernel.ids import public_code
from linli.kernel.locks import hold
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.home_doors import door_of, sealed_door
from linli.offerings.errors import NoSuchDay, NotOffered
from linli.offerings.models import HomeVisit
from linli.offerings.queries import home_halves as halves
from linli.offerings.queries import home_visits as queries
from linli.offerings.queries.item_versions import item_asked
from linli.offerings.rules.applications import is_at_home
from linli.offerings.services.home_news import tell_goer
from linli.offerings.services.window import take_in
from linli.offerings.states import HOME_VISIT, HomeVisitState
from linli.offerings.types.applications import Applied, Applying
from linli.offerings.types.home_visits import HORIZON, Door, Half, HomeDate, HomeWish
from linli.offerings.types.visits import Way
from linli.places import queries as places
from linli.trail.services import record, record_read
from linli.ui.masks import mask_phone

PLANNED, MISSED, CALLED_OFF = "offerings.home_planned", "offerings.home_away", "offerings.home_off"
CODE_SIGNS, MOST_REASON = 10, 200
LONGEST = {"name": 40, "address": 200, "note": 200}


@open_to_all(
    "anybody may ask an office to come, without an account; for others only who serves there"
)
@transaction.atomic
def ask_home_visit(
    wish: HomeWish, *, way: Way = Way.ONLINE, actor: Actor, now: datetime
) -> HomeVisit:
    """Ask an office to come for an item; the same uuid asks once.

    Refuses with NotOffered, NotAllowed for another's asking, Invalid (place, name, phone, address, note).
    """
    known = HomeVisit.objects.filter(uuid=wish.uuid).first() if wish.uuid else None
    if known is not None:
        return known
    door, path = _checked(wish.door), _path(wish.place)
    if way is not Way.ONLINE:
        require(actor, permits.SERVE, at=path)
    _refuse_not_at_home(wish.item, path, now)
    code = public_code(CODE_SIGNS)
    row = HomeVisit(
        code=code, uuid=wish.uuid, path=path, item=wish.item, way=way.value, language=wish.language,
        door=sealed_door(door, code), phone_masked=mask_phone(door.phone.removeprefix("+86")),
        by_sms=wish.by_sms, asked_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # the same finger was faster
        return HomeVisit.objects.get(uuid=wish.uuid)
    record("offerings.home_asked", on=row, actor=actor, now=now, place=path, way=way.value)
    return row


def _checked(door: Door) -> Door:
    told = {name: clean_text(getattr(door, name)).strip() for name in LONGEST}
    faults: dict[str, list[str]] = {
        name: [_("At most %(most)s characters.") % {"most": LONGEST[name]}]
        for name, words in told.items()
        if len(words) > LONGEST[name]
    }
    if not told["name"]:
        faults["name"] = [_("Write the name by which we ask for you.")]
    if not told["address"]:
        faults["address"] = [_("Write where we are to come: street, house, floor and door.")]
    if not door.phone:
        faults["phone"] = [_("We call before we come. Write a number.")]
    if faults:
        raise Invalid(faults)
    return Door(told["name"], door.phone, told["address"], told["note"])


def _path(code: str) -> str:
    try:
        place = places.chain_of(code)[-1]
    except NotFound as unknown:
        raise Invalid({"place": [_("Choose where you live or work.")]}) from unknown
    if place.valid_to is not None or place.level in ("city", "town"):
        raise Invalid({"place": [_("Choose where you live or work.")]})
    return place.path


def _refuse_not_at_home(key: str, path: str, now: datetime) -> None:
    try:
        item = item_asked(key, localdate(now))
    except NotFound:
        item = None
    if item is None or not is_at_home(item) or not item.is_offered_at(path):
        raise NotOffered({"item": [str(NotOffered.message)]})


@transaction.atomic
def plan_home_visit(
    code: str, when: HomeDate, *, edition: int | None = None, actor: Actor, now: datetime
) -> HomeVisit:
    """Set the day, or another one; whoever sets it goes. Who wishes so is told.

    Refuses with NotFound, NotAllowed, WrongState, Stale, NoSuchDay (on), Invalid (half).
    """
    row = queries.held_home_visit(code)
    require(actor, permits.SERVE, at=row.path)
    if edition is not None and edition != row.edition:
        raise Stale(move="plan", state=row.state)
    state = HOME_VISIT.after(row.state, "plan")
    if actor.account_id is None:
        raise NotAllowed(permit=permits.SERVE.name, at=row.path)
    _refuse_day(row, when, now)
    row.moves += row.visit_on is not None
    row.state, row.visit_on, row.half = state.value, when.on, when.half
    row.goes_id = actor.account_id
    return _kept(row, "offerings.home_planned", PLANNED, actor=actor, now=now)


def _refuse_day(row: HomeVisit, when: HomeDate, now: datetime) -> None:
    today = localdate(now)
    if when.half not in set(Half):
        raise Invalid({"half": [_("Choose one of these.")]})
    if not today <= when.on <= today + timedelta(days=HORIZON):
        words = _("From today on, at most %(days)s days ahead.") % {"days": HORIZON}
        raise NoSuchDay({"on": [words]})
    half = Half(when.half)
    if (when.on, half) in halves.shut_in(row.path, when.on, when.on):
        words = _("The office is closed then. Choose another day or half.")
        raise NoSuchDay({"on": [words]})
    # held so that of two who set the last visit of a half one reads that it is full
    hold("offerings.home_half", row.path, str(when.on), half.value)
    most = halves.most_per_half(row.path, when.on)
    if halves.taken_in(row.path, when.on, when.on, but=row.pk)[when.on, half] >= most:
        words = _("This half-day is full: %(most)s visits. Choose another one.") % {"most": most}
        raise NoSuchDay({"on": [words]})


@transaction.atomic
def note_away(code: str, *, actor: Actor, now: datetime) -> HomeVisit:
    """Write down that nobody opened; another day is set next. Refuses with NotFound, NotAllowed, WrongState, Invalid."""
    row = queries.held_home_visit(code)
    require(actor, permits.SERVE, at=row.path)
    state = HOME_VISIT.after(row.state, "away")
    _refuse_early(row, now)
    row.state = state.value
    return _kept(row, "offerings.home_away", MISSED, actor=actor, now=now)


def _refuse_early(row: HomeVisit, now: datetime) -> None:
    if row.visit_on is None or row.visit_on > localdate(now):
        raise NoSuchDay({"on": [_("The day of the visit has not come yet.")]})


@open_to_all(
    "whoever has the code may cancel the visit; for the office offerings.serve is required"
)
@transaction.atomic
def cancel_home_visit(
    code: str, reason: str = "", *, by_office: bool = False, actor: Actor, now: datetime
) -> HomeVisit:
    """Cancel a visit at home; an office says why, and whoever wished so is told.

    Whoever goes hears it, unless she cancels herself. Refuses with NotFound, NotAllowed, WrongState, Invalid (reason).
    """
    row, why = queries.held_home_visit(code), clean_text(reason).strip()
    if by_office:
        require(actor, permits.SERVE, at=row.path)
    state, was_planned = HOME_VISIT.after(row.state, "cancel"), row.state == HomeVisitState.PLANNED
    if by_office and not 2 <= len(why) <= MOST_REASON:
        raise Invalid({"reason": [_("Say why; the person who asked will read it.")]})
    row.state, row.reason, row.ended_at = state.value, why if by_office else "", now
    letter = CALLED_OFF if by_office else ""
    row = _kept(row, "offerings.home_cancelled", letter, actor=actor, now=now)
    if was_planned and row.goes_id != actor.account_id:
        tell_goer(row, actor=actor, now=now)
    return row


@transaction.atomic
def apply_at_home(code: str, applying: Applying, *, actor: Actor, now: datetime) -> Applied:
    """File the application at the applicant's home as at the window; the visit is done with it.

    Refuses with NotFound, NotAllowed, WrongState if it was done or moved, and as `take_in`.
    """
    row = queries.held_home_visit(code)
    require(actor, permits.RECEIVE, at=row.path, level=PERSONAL)
    if applying.channel != Channel.VISIT or applying.item != row.item:
        raise NotOffered({"item": [_("The visit was asked for another matter.")]})
    if _path(applying.place) != row.path:
        raise Invalid({"place": [_("The visit is in another place.")]})
    _refuse_early_if_planned(row, now)
    applied = take_in(applying, actor=actor, now=now)
    row.state, row.case_number = HOME_VISIT.after(row.state, "done").value, applied.number
    row.ended_at = now
    _kept(row, "offerings.home_done", "", actor=actor, now=now)
    return applied


def _refuse_early_if_planned(row: HomeVisit, now: datetime) -> None:
    if row.state == HOME_VISIT.after("asked", "plan"):
        _refuse_early(row, now)


@transaction.atomic
def open_door(code: str, *, actor: Actor, now: datetime) -> tuple[HomeVisit, Door]:
    """Return where somebody is visited, for whoever goes alone; the reading is recorded.

    Refuses with NotFound, NotAllowed, also once the visit is over.
    """
    row = queries.get_home_visit(actor, code)
    require(actor, permits.REACH, at=row.path)
    door = door_of(row)
    is_hers = row.goes_id is not None and row.goes_id == actor.account_id
    if not is_hers or row.state not in queries.OPEN or door is None:
        raise NotAllowed(permit=permits.REACH.name, at=row.path)
    record_read(on=row, fields=["door"], actor=actor, now=now, place=row.path,
                reason="上门途中 on the way")  # fmt: skip
    return row, door


def _kept(row: HomeVisit, verb: str, letter: str, *, actor: Actor, now: datetime) -> HomeVisit:
    row.edition += 1
    row.save()
    record(verb, on=row, actor=actor, now=now, place=row.path)
    door = door_of(row) if letter and row.by_sms else None
    if door is not None:
        values = {"when": queries.when_words(row, row.language), "code": row.code}
        about = About(row.path, Link("offerings:home_visit", (row.code,)))
        notify.send(letter, To(phone=door.phone, language=row.language), values, actor=actor,
                    now=now, about=about)  # fmt: skip
    return row
