"""What the grid brings to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.grid import permits
from linli.grid.queries import storm_work
from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry, DeskItem

STORMS = _("Flood, typhoon, drought")


def to_move(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return the storms in which the actor's posts have people to move; no day is set for it."""
    return [
        DeskItem(
            title=_("%(title)s: homes that you move") % {"title": title},
            url=reverse("grid:my_homes"), due_on=None, kind=STORMS, step=_("Open the list"),
            stage=ngettext("%(num)s person to be moved", "%(num)s people to be moved", people)
            % {"num": people},
        )
        for title, people in storm_work.to_move(actor, limit)
    ]  # fmt: skip


def seen(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return storms in which the actor's villages gave no numbers yet, and homes of who has no day outdoors."""
    hers = [] if actor.holds(permits.WORK) else to_move(actor, on, limit)
    return [*hers, *_without_numbers(actor, limit)][:limit]


def _without_numbers(actor: Actor, limit: int) -> list[DeskItem]:
    return [
        DeskItem(
            title=f"{one.title} · {one.village}", url=reverse("grid:storm", args=[one.code, one.storm_id]),
            due_on=None, kind=STORMS, step=_("Name homes, give the numbers"),
            stage=_("declared by %(place)s") % {"place": one.declared_by},
        )
        for one in storm_work.without_numbers(actor, limit)
    ]  # fmt: skip


def register() -> None:
    """Add the desk's entry."""
    DESK.add(
        DeskEntry(
            "grid.today",
            _("My day outdoors"),
            "map-pin",
            "grid:today",
            (permits.WORK,),
            order=290,
            items=to_move,
            group="grid",
        )
    )
    DESK.add(
        DeskEntry(
            "grid",
            _("Grid"),
            "map-2",
            "grid:mine",
            (permits.SEE,),
            order=300,
            items=seen,
            group="grid",
        )  # fmt: skip
    )
    DESK.add(
        DeskEntry(
            "grid.shifts",
            _("My shifts"),
            "calendar",
            "grid:shifts",
            (permits.WORK, permits.KEEP),
            order=295,
            group="grid",
        )
    )
