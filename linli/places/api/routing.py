"""The router of places, and what its endpoints ask of the address."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate
from ninja import Router

from linli.kernel import dates
from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset
from linli.places.types import Level

router = Router(tags=["places"])
BY_CODE = Keyset("code", ("code", "id"))


def day_of(name: str, text: str | None) -> date:
    """Return the day that a part of the address names, today without one. Refuses with Invalid."""
    today = localdate()
    if not text:
        return today
    try:
        day = dates.parse(text, today=today, lean=dates.Lean.PAST)
    except dates.NotADate as error:
        raise Invalid({name: [str(error.message)]}) from error
    if day > today:
        raise Invalid({name: [today.isoformat()]})
    return day


def check_level(level: str | None, allowed: tuple[str, ...] = tuple(Level)) -> None:
    """Refuses with Invalid for a level that is not offered."""
    if level is not None and level not in allowed:
        raise Invalid({"level": [", ".join(allowed)]})
