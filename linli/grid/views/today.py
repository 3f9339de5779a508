"""The worker's day, for one hand: what to handle, which places are due, which checks come again."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from linli.cases.queries.kinds import kind_of
from linli.grid import permits
from linli.grid.queries import choices, phones, rounds, storms
from linli.grid.types import HAZARD_TITLES
from linli.grid.types.storms import HOME_STATE_TITLES, NEED_TITLES
from linli.grid.views.frame import due_words
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, page

SHOWN = 20


class Part(NamedTuple):
    """What fits of a list on the page of the day, and whether there is more."""

    rows: list[Any]
    has_more: bool


@require_safe
def today(request: Request) -> HttpResponse:
    """What waits today in one's cells; nothing here counts or follows the worker."""
    actor, now, on = request.actor, timezone.now(), localdate()
    require_somewhere(actor, permits.WORK)
    events, others = _first(rounds.my_events(actor)), _first(rounds.my_other_cases(actor))
    context: dict[str, object] = {
        "events": events, "others": others, "stops": _first(rounds.due_stops(actor, on)),
        "checks": _first(rounds.to_recheck(actor)), "waiting": _first(rounds.to_check(actor)),
        "cells": choices.cell_choices(actor, now), "hazards": HAZARD_TITLES,
        "homes": _first(storms.own_homes(actor)), "needs": NEED_TITLES, "states": HOME_STATE_TITLES,
        "kept": phones.kept_count(actor),
        "titles": {e.state: kind_of(e.kind, e.version).states[e.state].title for e in events.rows},
        "stands": {e.pk: kind_of(e.kind, e.version).states[e.state].title for e in others.rows},
        "now": now, "on": on, "due_words": due_words,
    }  # fmt: skip
    return page(request, "grid/today.html", context)


def _first(found: QuerySet[Any]) -> Part:
    rows = list(found[: SHOWN + 1])
    return Part(rows[:SHOWN], len(rows) > SHOWN)
