"""Visits of many days at the desk: where the actor serves, narrowed, and as lines of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from linli.kernel.days import within
from linli.kernel.ids import code_typed
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import Appointment
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.types.visits import VISIT_WORDS, WAY_WORDS, Way
from linli.orgs.queries.naming import names_of
from linli.ui.formats import day_plain
from linli.ui.jinja import named

SOONEST, LATEST = Keyset("soon", ("starts_at", "pk")), Keyset("late", ("-starts_at", "-pk"))


@dataclass(frozen=True, slots=True)
class VisitsAsked:
    """Which visits a list shows: of a place and below or one centre, of days, in a state, asked how, for what.

    `words` are a code or its beginning, a whole telephone number, or the key of an item.
    """

    path: str = ""
    centre_id: int | None = None
    since: date | None = None
    until: date | None = None
    state: str = ""
    way: str = ""
    words: str = ""
    # of the telephone number that the words are, if they are one
    mark: bytes | None = None


def visible_visits(actor: Actor) -> QuerySet[Appointment]:
    """Return the visits of the places where the actor serves."""
    found = Appointment.objects.select_related("window__centre__organisation")
    return found.filter(in_reach(actor, permits.SERVE))


def visits_wanted(found: QuerySet[Appointment], asked: VisitsAsked) -> QuerySet[Appointment]:
    """Return what a list shows of visits."""
    found = found.filter(within("starts_at", asked.since, asked.until))
    if asked.path:
        found = found.filter(path__startswith=asked.path)
    if asked.centre_id is not None:
        found = found.filter(window__centre_id=asked.centre_id)
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.way:
        found = found.filter(way=asked.way)
    return found.filter(_said(asked.words, asked.mark)) if asked.words else found


def visits_with_code(actor: Actor, words: str) -> QuerySet[Appointment]:
    """Return the visit of a code as its visitor shows it, where the actor serves; one or none."""
    return visible_visits(actor).filter(code=code_typed(words))


def sort_of(asked: VisitsAsked, today: date) -> Keyset:
    """Return in which order visits are listed: those to come the soonest first, else the latest."""
    return SOONEST if asked.since and asked.since >= today else LATEST


def _said(words: str, mark: bytes | None) -> Q:
    code = code_typed(words)
    # signs alone are the beginning of every code
    fits = Q(item=words) | (Q(code__startswith=code) if code else Q(pk__in=[]))
    return fits if mark is None else fits | Q(contact_mark=mark)


def visit_rows(rows: Sequence[Appointment]) -> list[list[object]]:
    """Return heads and lines of a file of visits; names and numbers of persons stay out of it."""
    items = item_titles(one.item for one in rows)
    centres = names_of({one.window.centre_id for one in rows}, localdate())
    heads: list[object] = [_("Code"), _("Service centre"), _("Day"), _("Time"), _("Window"), _("Service item"), _("State"), _("Asked how"), _("Times moved"), _("Booked on")]  # fmt: skip
    return [heads, *(
        [
            one.code, centres.get(one.window.centre_id, ""), day_plain(localtime(one.starts_at).date()), f"{localtime(one.starts_at):%H:%M}",
            f"{one.window.number} {named(one.window)}", items.get(one.item, ""), str(VISIT_WORDS[one.state][0]),
            str(WAY_WORDS[Way(one.way)]), one.moves, day_plain(localtime(one.made_at).date()),
        ]
        for one in rows
    )]  # fmt: skip
