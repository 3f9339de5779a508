"""Writes of the rulebook: local values and the working-day calendar."""

from linli.rulebook.services.calendar import Loaded, NoticeDay, load_calendar
from linli.rulebook.services.values import Proposed, add_local_value, withdraw_local_value

__all__ = [
    "Loaded",
    "NoticeDay",
    "Proposed",
    "add_local_value",
    "load_calendar",
    "withdraw_local_value",
]
