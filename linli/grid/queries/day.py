"""The worker's day as a phone keeps it: cells, places that are due, checks, events with their steps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from linli.cases.queries.kinds import newest_kind
from linli.cases.types import Ask
from linli.grid.queries import choices, rounds, storm_day, subclasses
from linli.grid.rules.checklists import failed
from linli.grid.types import EVENT, MATTER_TITLES
from linli.kernel.permits import Actor

# of each list; more than this nobody does in a day
MOST = 100
# what a phone can say of a step is a word or a photo; other steps need the desk
BY_PHONE = ("verify", "file", "start", "settle", "dispose", "pass_check", "rework")


def day_of(actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what somebody needs outdoors for a day, nothing of other people's."""
    on = localdate(now)
    found = {
        one.pk: one for one in [*rounds.my_events(actor)[:MOST], *rounds.to_check(actor)[:MOST]]
    }
    return {
        "on": on,
        "at": now,
        "cells": [list(one) for one in choices.cell_choices(actor, now)],
        "stops": [
            {"id": one.pk, "title": one.title, "last_on": one.last_on, "due_on": one.due_on}
            for one in rounds.due_stops(actor, on)[:MOST]
        ],
        "checks": [
            {"id": one.pk, "title": one.title, "hazard": one.hazard, "due_on": one.recheck_on,
             "lines": sorted(failed(one.answers))}
            for one in rounds.to_recheck(actor)[:MOST]
        ],
        "events": [_event(one, actor, now) for one in found.values()],
        "states": steps(actor),
        "subclasses": _subclasses(on),
        "homes": storm_day.homes_of_day(actor),
        "home_states": storm_day.home_steps(),
        "storms": storm_day.storms_of_day(actor),
    }  # fmt: skip


def _event(case: Any, actor: Actor, now: datetime) -> dict[str, Any]:
    due = case.due_at if case.due_at.year < 9999 else None
    return {
        "number": case.number, "title": case.title, "seq": case.seq, "state": case.state,
        "matter": str(MATTER_TITLES.get(case.matter, case.matter)), "of": case.matter, "due_at": due,
        "is_late": case.due_at < now, "is_offered": case.offered_post_id in actor.posts,
    }  # fmt: skip


def _subclasses(on: date) -> list[dict[str, Any]]:
    """Return as what an event may be filed today, by matter: its title, its terms, when it may be closed."""
    found = []
    for line in subclasses.lines_of(on):
        words = subclasses.told(line)
        found.append({
            "key": line.key, "of": line.matter, "title": words.title, "closes": words.closes,
            "limits": words.limits, "is_sure": words.is_sure,
        })  # fmt: skip
    return found


def steps(actor: Actor) -> dict[str, Any]:
    """Return each state with its words and the steps that somebody can make from it."""
    kind = newest_kind(EVENT)
    found: dict[str, Any] = {
        str(key): {"title": str(state.title), "moves": []} for key, state in kind.states.items()
    }
    for name in BY_PHONE:
        move = kind.move(name)
        if move.permit is None or not actor.holds(move.permit):
            continue
        told = {
            "move": name, "title": str(move.title), "to": str(move.target),
            "needs_note": bool(move.asks), "photo_does": tuple(move.asks) == (Ask.EVIDENCE,),
        }  # fmt: skip
        for state in move.source:
            found[str(state)]["moves"].append(told)
    return found
