"""What the grid brings to the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.grid import permits
from linli.kernel.registries import DESK, DeskEntry


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
            group="grid",
        )
    )
    DESK.add(
        DeskEntry("grid", _("Grid"), "map-2", "grid:mine", (permits.SEE,), order=300, group="grid")
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
