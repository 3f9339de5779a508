"""What the addresses of this API share: the plan that is asked about, pages, places, choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Schema

from linli.kernel.api import PagedIn, one_of, plain
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, Permit
from linli.plan import queries
from linli.ui.forms import Form

M = TypeVar("M", bound=Model)


class ListIn(PagedIn):
    plan: str = ""


class WithVersion(Schema):
    """What was read when the change was thought of; refused as stale if somebody saved since."""

    version: int


def places_to_write(actor: Actor, permit: Permit) -> list[Any]:
    """Return where the actor may do something. Refuses with NotFound if nowhere, as the pages do."""
    places = queries.places_for(actor, permit)
    if not places:
        raise NotFound()
    return places


def chosen(places: Sequence[Any], code: str) -> Any:
    """Return the place that a form has accepted."""
    return next(one for one in places if one.code == code)


def of_plan(found: QuerySet[M], asked: ListIn) -> QuerySet[M]:
    """Return what belongs to the plan that is asked about. Refuses with NotFound."""
    return found.filter(document=queries.current_document(asked.plan))


def in_state(found: QuerySet[M], word: str, states: type[StrEnum]) -> QuerySet[M]:
    """Return what is in a state, everything without a word. Refuses with Invalid."""
    state = one_of("state", word, states)
    return found.filter(state=state) if state else found


def at_place(thing: Any, *names: str) -> dict[str, Any]:
    """Return something that stands at a place: its id, the place, and columns by their names."""
    return {"id": thing.pk, "place": code_of(thing.path), **plain(thing, *names)}


def with_tasks(thing: Any, *names: str) -> dict[str, Any]:
    """Return something that stands at a place, with the numbers of its tasks."""
    numbers = sorted(task.number for task in thing.tasks.all())
    return {**at_place(thing, *names), "tasks": numbers}


def accepted_at(
    actor: Actor, permit: Permit, form: Callable[..., Form], given: Any
) -> tuple[Any, Any, list[Any], dict[str, Any]]:
    """Return plan, place, tasks and the rest of what was sent, as a form of tasks accepts it.

    Refuses with NotFound where the actor may write nowhere, with Invalid.
    """
    plan = queries.current_document(given.plan)
    places, tasks = places_to_write(actor, permit), queries.open_tasks(plan)
    typed = {**given.dict(), "tasks": [str(number) for number in given.tasks]}
    data = form(places, tasks, typed).accepted()
    return plan, chosen(places, data["place"]), queries.chosen_tasks(tasks, data["tasks"]), data
