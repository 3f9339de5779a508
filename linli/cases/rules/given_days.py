"""A last day that somebody gives by hand, as a term of calendar days from the day of opening."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from linli.cases.errors import DayGone, Missing
from linli.cases.rules.clocks import local_day
from linli.cases.types.kinds import ClockDef
from linli.cases.types.shapes import ClockNow
from linli.cases.types.words import ClockState
from linli.kernel.clock import Unit

# the fact of an event that holds such a day
DUE_ON = "due_on"
# what takes longer is a plan, not a task
LONGEST = timedelta(days=731)


def check_day(day: date, today: date) -> None:
    """Refuse with DayGone a day that has passed or lies years ahead."""
    if day < today:
        raise DayGone({DUE_ON: [str(DayGone.gone)]})
    if day > today + LONGEST:
        raise DayGone({DUE_ON: [str(DayGone.far)]})


def day_in(facts: Mapping[str, Any]) -> date | None:
    """Return the day that came with a step, if one did."""
    text = facts.get(DUE_ON)
    return date.fromisoformat(text) if text else None


def until_day(definition: ClockDef, day: date | None, *, at: datetime, cycle: int) -> ClockNow:
    """Return a clock that runs out at the end of a day. Refuses with Missing, DayGone."""
    if day is None:
        raise Missing({DUE_ON: [str(DayGone.needed)]})
    amount = (day - local_day(at)).days
    if amount < 0:
        raise DayGone({DUE_ON: [str(DayGone.gone)]})
    return ClockNow(
        key=definition.key,
        cycle=cycle,
        state=ClockState.RUNNING,
        unit=Unit.DAYS,
        amount=amount,
        legal_amount=amount,
        started_at=at,
        law={"key": definition.term, "day": day.isoformat()},
    )
