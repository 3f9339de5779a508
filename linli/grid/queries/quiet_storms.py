"""How long nothing was entered for a storm under way."""

from __future__ import annotations

from datetime import date

from linli.grid.models import Storm
from linli.rulebook import queries as rulebook

QUIET, MOST = "grid.storm_quiet", "grid.storm_most"
# so long its office has to answer, however long nothing was entered
TIME_TO_ANSWER = 3


def under_way() -> list[int]:
    """Return the ids of all storms that are not over."""
    return list(
        Storm.objects.filter(ended_on__isnull=True).order_by("pk").values_list("pk", flat=True)
    )


def quiet_days(storm: Storm, today: date) -> int:
    """Return for how many days nothing was entered, 0 as long as that says nothing."""
    days = _days(storm, today)
    is_quiet = storm.ended_on is None and days >= rulebook.lookup(QUIET, storm.path, today).number
    return days if is_quiet else 0


def is_over_by_itself(storm: Storm, today: date) -> bool:
    """Say whether nothing was entered for so long that it ends, and nobody answered when asked."""
    return days_left(storm, today) <= 0


def days_left(storm: Storm, today: date) -> int:
    """Return in how many days it ends by itself if nothing is entered."""
    most = rulebook.lookup(MOST, storm.path, today).number
    return max(most - _days(storm, today), _days_to_answer(storm, today))


def _days_to_answer(storm: Storm, today: date) -> int:
    """Return how long its office still has to answer, all of it if it was not asked since the last entry."""
    asked, touched = storm.asked_on, storm.touched_on or storm.began_on
    if asked is None or asked < touched:
        return TIME_TO_ANSWER
    return TIME_TO_ANSWER - (today - asked).days


def _days(storm: Storm, today: date) -> int:
    return (today - (storm.touched_on or storm.began_on)).days
