"""Office hours on working days, counted in seconds by arithmetic instead of day by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from linli.kernel.clock import WorkCalendar

_DAY = timedelta(days=1)


def _seconds(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


@dataclass(frozen=True)
class OfficeHours:
    """When an office counts time, such as 08:30 to 12:00 and 14:00 to 17:30 of a working day."""

    spans: tuple[tuple[time, time], ...]
    per_day: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        edges = [edge for span in self.spans for edge in span]
        if not edges or edges != sorted(edges) or len(set(edges)) != len(edges):
            raise ValueError("office hours overlap or are empty")
        total = sum(_seconds(b) - _seconds(a) for a, b in self.spans)
        object.__setattr__(self, "per_day", total)

    def until(self, moment: time) -> int:
        """Return how many office seconds of a working day have passed at a time of day."""
        at = _seconds(moment)
        return sum(
            min(at, _seconds(closes)) - _seconds(opens)
            for opens, closes in self.spans
            if at > _seconds(opens)
        )

    def time_after(self, seconds: int) -> timedelta:
        """Return how long after midnight so many office seconds have passed; at most a day's."""
        left = seconds
        for opens, closes in self.spans:
            room = _seconds(closes) - _seconds(opens)
            if left <= room:
                return timedelta(seconds=_seconds(opens) + left)
            left -= room
        raise ValueError("a day has no more office hours")

    def between(self, calendar: WorkCalendar, start: datetime, end: datetime) -> int:
        """Count the office seconds from one moment to another, both in the office's time zone."""
        if end <= start:
            return 0
        first, last = start.date(), end.date()
        head = self.until(start.time()) if calendar.is_work(first) else 0
        tail = self.until(end.time()) if calendar.is_work(last) else 0
        days = calendar.working_days_between(first - _DAY, last - _DAY).days
        return days * self.per_day + tail - head

    def after(self, calendar: WorkCalendar, start: datetime, seconds: int) -> tuple[datetime, bool]:
        """Return when so many office seconds have passed, and whether that is provisional."""
        day = start.date()
        gone = self.until(start.time()) if calendar.is_work(day) else self.per_day
        if gone + seconds <= self.per_day:
            return self._at(start, day_seconds=gone + seconds), not calendar.is_published(day)
        full, rest = divmod(gone + seconds - self.per_day - 1, self.per_day)
        last = calendar.add_working_days(day, full + 1)
        midnight = datetime.combine(last.day, time(), start.tzinfo)
        return midnight + self.time_after(rest + 1), last.provisional

    def _at(self, start: datetime, *, day_seconds: int) -> datetime:
        midnight = datetime.combine(start.date(), time(), start.tzinfo)
        return midnight + self.time_after(day_seconds)
