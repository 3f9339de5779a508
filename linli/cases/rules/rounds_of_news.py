"""When staff are told what is new with their posts: twice on a working day, never in between.

BU-25: nothing outside working hours. Each stretch of time is told once, whatever ran when.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from linli.cases.rules.clocks import SHANGHAI
from linli.kernel.clock import WorkCalendar

MOMENTS = (time(8, 40), time(14, 40))
_DAY = timedelta(days=1)


def stretch(now: datetime, calendar: WorkCalendar) -> tuple[datetime, datetime] | None:
    """Return the stretch of time that is to be told now (from after, until), or None on days off.

    It ends with the last of the day's two moments and begins with the one before, which may lie
    before a holiday.
    """
    local = now.astimezone(SHANGHAI)
    past = [one for one in MOMENTS if one <= local.time()]
    if not past or not calendar.is_work(local.date()):
        return None
    until = _at(local.date(), past[-1])
    if len(past) > 1:
        return _at(local.date(), past[-2]), until
    before = local.date() - _DAY
    while not calendar.is_work(before):
        before -= _DAY
    return _at(before, MOMENTS[-1]), until


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, SHANGHAI)
