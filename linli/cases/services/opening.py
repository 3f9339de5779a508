"""A case is opened: numbered, with its first event, its clocks, and the code to follow it by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from linli.cases.engine.accusing import accuses_official
from linli.cases.engine.deciding import To, clocks_after, hand_of, made
from linli.cases.engine.numbering import begin_numbering
from linli.cases.engine.performing import after_step, tell_each
from linli.cases.engine.stepping import NextStep
from linli.cases.errors import WrongPlace
from linli.cases.models.writing import Written, begin_new, next_case_ids, write_new
from linli.cases.queries.kinds import newest_kind
from linli.cases.rules.following import digest_of
from linli.cases.rules.given_days import day_in
from linli.cases.rules.placing import place_columns
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import Given, Held, Wish
from linli.cases.types.openings import Numbering
from linli.cases.types.shapes import ClockNow, Hand, Standing
from linli.kernel import sql
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.quick import changed, quick
from linli.places.types import PlaceRow

OPEN = "open"
TITLE_SIGNS, TITLE_EN_SIGNS = 60, 160
CODE_SIGNS = 10


@quick
@dataclass(frozen=True, slots=True)
class Opening:
    """What a new case is: its kind and matter, where, through which channel, and what was said.

    `place` is a chain from the city down to the place; `point` WGS-84 in millionths of a degree;
    `about_post_id` the post whose conduct it is about, which never sees it, `about_more` others;
    `own_digest` that of a code which its reporter has already: then it is followed by that;
    `case_id` one of `next_case_ids`, where something hangs on the case before it is written.
    """

    kind: str
    place: tuple[PlaceRow, ...]
    channel: str
    matter: str = ""
    category_id: int | None = None
    point: tuple[int, int] | None = None
    level: int | None = None
    title: str = ""
    title_en: str = ""
    given: Given = field(default_factory=Given)
    parent_id: int | None = None
    about_post_id: int | None = None
    about_more: tuple[int, ...] = ()
    uuid: UUID | None = None
    own_digest: bytes = b""
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A new case, and the code that only its reporter gets to see."""

    held: Held
    code: str


# works out the step that follows an opening by itself; both are written in one go
Follow = Callable[[Held, CaseKind], NextStep | None]


@open_to_all("part of opening a case, which asks for its permit")
def begin_number(kind: str, *, actor: Actor, now: datetime) -> Numbering:
    """Begin to take the number of a case that is opened next, for whoever has one more read before it."""
    return begin_numbering(kind, now)


@open_to_all("anybody may ask; kinds that only staff open name a permit, which is required here")
def open_case(
    opening: Opening,
    *,
    actor: Actor,
    now: datetime,
    hand: Hand | None = None,
    follow: Follow | None = None,
    number: Numbering | None = None,
) -> Opened:
    """Open a case in the running transaction; what accuses an official is offered to nobody (AP-07).

    Its number may be on its way. Refuses with NotAllowed, WrongPlace, UnknownKind."""
    assert sql.in_transaction(), "a case and what it causes are one transaction"
    kind, place = newest_kind(opening.kind), opening.place[-1]
    level = max(kind.floor, opening.level or kind.floor)
    if kind.opens is not None:
        require(actor, kind.opens, at=place.path, level=level)
    if _level_of(opening.place) not in kind.opens_at:
        raise WrongPlace(kind=kind.title)
    code = "" if opening.own_digest else public_code(CODE_SIGNS)
    numbering = number or begin_numbering(opening.kind, now)
    columns = _columns(opening, level)
    # what needs no number is worked out while that is on its way
    clocks = _clocks(opening, kind, columns, now)
    # no rule sends what accuses an official, it may be the accused whom the rule names
    is_sent = follow is not None and not accuses_official(opening.given)
    columns["number"] = numbering()
    if opening.case_id is None:
        opening = changed(opening, case_id=next_case_ids(1)[0])
    whose = hand or hand_of(actor, columns["path"])
    written = _first_step(opening, kind, columns, clocks, whose, now, code)
    begin_new(written, f"{columns['number']} {_cut(opening.title, TITLE_SIGNS)}")
    held = Held(written.case_id, columns["number"], place.path, level, written.after)
    following = follow(held, kind) if follow is not None and is_sent else None
    write_new([written] if following is None else [written, following.written])
    told = [(written, held, actor)]
    if following is not None:
        held = after_step(held, following.written)
        told.append((following.written, held, following.actor))
    tell_each(told, now=now)
    if following is not None:
        publish(following.event)
    return Opened(held, code)


def _first_step(
    opening: Opening,
    kind: CaseKind,
    columns: Mapping[str, Any],
    clocks: tuple[ClockNow, ...],
    hand: Hand,
    now: datetime,
    code: str,
) -> Written:
    uuid = str(opening.uuid or uuid4())
    standing = Standing(uuid, kind.key, kind.version, "", columns=columns)
    case_id = opening.case_id
    assert case_id is not None, "a case that is opened has its id"
    held = Held(case_id, columns["number"], columns["path"], columns["level"], standing)
    given = opening.given
    facts = {**given.facts, "kind": kind.key, "version": kind.version}
    told = changed(given, facts=facts, columns={**columns, **given.columns})
    wish = Wish(case_id, OPEN, told)
    to = To(kind.start, 1, clocks)
    step = made(held, kind, wish, to=to, hand=hand, now=now)
    fresh = {
        "uuid": uuid,
        "kind": kind.key,
        "version": kind.version,
        "title": _cut(opening.title, TITLE_SIGNS),
        "title_en": _cut(opening.title_en, TITLE_EN_SIGNS),
        "follow_digest": (opening.own_digest or digest_of(code)).hex(),
    }
    return changed(step, fresh=fresh)


def _cut(title: str, most: int) -> str:
    return " ".join(title.split())[:most]


def _clocks(
    opening: Opening, kind: CaseKind, columns: Mapping[str, Any], now: datetime
) -> tuple[ClockNow, ...]:
    """Return the clocks that run from the beginning."""
    standing = Standing("", kind.key, kind.version, "", columns=columns)
    held = Held(0, "", columns["path"], columns["level"], standing)
    due_on = day_in(opening.given.facts)
    return tuple(clocks_after(held, kind, kind.start, cycle=1, now=now, due_on=due_on))


def _columns(opening: Opening, level: int) -> dict[str, Any]:
    place = opening.place[-1]
    lon, lat = opening.point or (None, None)
    return {
        "level": level,
        "channel": str(opening.channel),
        "matter": opening.matter,
        "category_id": opening.category_id,
        **place_columns(place),
        "lon": lon,
        "lat": lat,
        "parent_id": opening.parent_id,
        "merged_into_id": None,
        "bounced": 0,
        "reopened": 0,
        "is_released": False,
        "waits_for_release": opening.given.waits_for_release,
        "about_post_id": opening.about_post_id,
        **({"about_more": list(opening.about_more)} if opening.about_more else {}),
    }


def _level_of(chain: tuple[PlaceRow, ...]) -> str:
    """The level at which a place is governed: a group or building belongs to its village."""
    return next(p.level for p in reversed(chain) if p.level in ("city", "town", "village"))
