"""Cases in words, for pages, files and the API: state, day, kind, who has it, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.cases.models import Case
from linli.cases.queries.kinds import all_kinds, kind_of
from linli.cases.queries.standing import stands_of
from linli.cases.rules.beside import RELEASE
from linli.cases.rules.clocks import last_day as last_day
from linli.cases.rules.clocks import local_day
from linli.cases.rules.offering import Stand, main_move, moves_open_to
from linli.cases.types.kinds import CaseKind, CaseMove
from linli.cases.types.listing import CaseRow
from linli.cases.types.shapes import NEVER
from linli.cases.types.words import Channel
from linli.kernel.permits import Actor
from linli.kernel.registries import PLACE_NAMES, POST_NAMES
from linli.ui.formats import from_today, is_chinese

SOON = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Told:
    """A row in the reader's language. `due_on` is the last day, `tone` how it stands with it."""

    row: CaseRow
    title: str
    kind: str
    matter: str
    state: str
    category: str
    place: str
    holder: str
    due_on: date | None
    due_text: str
    tone: str
    step: str
    is_offered_here: bool


def due_tone(due_at: datetime, now: datetime) -> str:
    """Return late, soon or run; idle for what has no day."""
    if due_at >= NEVER:
        return "idle"
    if due_at <= now:
        return "late"
    return "soon" if due_at - now <= SOON else "run"


def told_rows(actor: Actor, rows: Sequence[CaseRow], now: datetime) -> list[Told]:
    """Return rows in words; one query, for the names of the posts that have them, and some where a task
    waits for whoever gave it.
    """
    names = post_names(pk for row in rows for pk in (row.lead_post_id, row.offered_post_id))
    stands = stands_of([row for row in rows if row.is_open])
    return [_told(actor, row, stands.get(row.id), names, now) for row in rows]


def row_of(case: Case) -> CaseRow:
    """Return one case as lists show it; two queries, for its category and place."""
    return rows_of([case])[0]


def rows_of(cases: Sequence[Case]) -> list[CaseRow]:
    """Return cases as lists show them; one query for their places, categories read with them."""
    names = PLACE_NAMES.call({case.path for case in cases}) if cases else {}
    return [_row(case, names.get(case.path)) for case in cases]


def _row(case: Case, place: str | None) -> CaseRow:
    known = {name: getattr(case, name) for name in CaseRow.__slots__ if hasattr(case, name)}
    category = case.category
    told = {
        "category": category.title if category else None,
        "category_en": category.title_en if category else None,
        "place": place, "place_en": None,
    }  # fmt: skip
    return CaseRow(**{**known, **told})


def _told(
    actor: Actor, row: CaseRow, stand: Stand | None, names: dict[int, str], now: datetime
) -> Told:
    kind = kind_of(row.kind, row.version)
    has_day = row.is_open and row.due_at < NEVER
    is_offered = row.offered_post_id is not None and row.offered_post_id in actor.posts
    moves = moves_open_to(actor, kind, stand) if stand and not is_offered else []
    tone = due_tone(row.due_at, now) if row.is_open else "done"
    return Told(
        row=row,
        title=_named(row.title, row.title_en) or str(kind.title),
        kind=str(kind.title),
        matter=matter_words(kind, row.matter),
        state=str(kind.says(row.state, row.lead_post_id, row.offered_post_id).title),
        category=_named(row.category, row.category_en),
        place=_named(row.place, row.place_en),
        holder=_holder(kind, row, names),
        due_on=last_day(row.due_at) if has_day else None,
        due_text=_due_text(row, now),
        tone=tone,
        step=_("Take it on or hand it back") if is_offered else _step(main_move(kind, moves)),
        is_offered_here=is_offered,
    )


def _step(move: CaseMove[Any] | None) -> str:
    return str(move.title) if move else pgettext("a case", "Open")


def _due_text(row: CaseRow, now: datetime) -> str:
    if not row.is_open:
        return _("closed")
    return due_words(row.due_at, now)


def due_words(due_at: datetime, now: datetime) -> str:
    """Return how far off a last day is; what is late says so."""
    if due_at >= NEVER:
        return _("no date")
    last, today = last_day(due_at), local_day(now)
    if due_at > now:
        return from_today(last, today)
    days = (today - last).days
    words = ngettext("%(num)s day late", "%(num)s days late", days) if days else _("late today")
    return words % {"num": days}


def _holder(kind: CaseKind, row: CaseRow, names: dict[int, str]) -> str:
    lead, offered = row.lead_post_id, row.offered_post_id
    found = [names.get(lead, _("a post"))] if lead is not None else []
    if offered is not None:
        # whoever led keeps the case until the other answers
        found.append(_("offered to %(post)s") % {"post": names.get(offered, _("a post"))})
    return " · ".join(found) or (_("nobody so far") if kind.is_led else _("whoever may answer"))


def _named(name: str | None, english: str | None) -> str:
    return (name if is_chinese() or not english else english) or ""


def matter_words(kind: Any, matter: str) -> str:
    """Return what a matter of a kind is called, or its word if nobody named it."""
    return str(kind.matters.get(matter, matter)) if matter else ""


def post_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Return body and title of posts in the reader's language; one query, none without posts."""
    wanted = {one for one in ids if one is not None}
    return POST_NAMES.call(wanted) if wanted else {}


def clock_title(kind: CaseKind, key: str) -> str:
    """Return what a clock is called; those that every kind has are called by what they wait for."""
    name, _slash, step = key.partition("/")
    own = next((clock.title for clock in kind.clocks if clock.key == name), None)
    if own is not None:
        return str(own)
    if name != RELEASE:
        return _("Answer to an offer")
    is_later = step not in ("", "1")
    return _("Addition reviewed before release") if is_later else _("Reviewed before release")


def kind_choices() -> list[tuple[str, str]]:
    """Return (key, title) of every kind, the newest version's title."""
    titles = {kind.key: str(kind.title) for kind in all_kinds()}
    return sorted(titles.items(), key=lambda pair: pair[1])


def matter_choices(key: str = "") -> list[tuple[str, str]]:
    """Return (matter, words) of one kind or of all."""
    found: dict[str, str] = {}
    for kind in all_kinds():
        if not key or kind.key == key:
            found |= {str(matter): str(words) for matter, words in kind.matters.items()}
    return list(found.items())


def channel_words(channel: str) -> str:
    """Return how a case came in, in words."""
    return {
        Channel.PAGE: _("by the page"),
        Channel.QR: _("by a code on the spot"),
        Channel.COUNTER: _("at the counter"),
        Channel.PHONE: _("by telephone"),
        Channel.HOTLINE: _("from the hotline"),
        Channel.OPEN311: _("from another system"),
        Channel.VISIT: _("on a visit"),
        Channel.LETTER: _("by letter"),
        Channel.STAFF: _("entered by staff"),
        Channel.PATROL: _("found on a round"),
        Channel.SYSTEM: _("by itself"),
    }.get(Channel(channel), channel)
