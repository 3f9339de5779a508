"""The number of a case to come."""

from __future__ import annotations

from datetime import datetime

from linli.cases.queries.kinds import newest_kind
from linli.cases.rules.clocks import local_day
from linli.cases.types.openings import Numbering
from linli.runtime.services.numbers import begin_number


def begin_numbering(kind: str, now: datetime) -> Numbering:
    """Begin to take the number of a case that is to be opened in the running transaction.

    A series belongs to the city and the year: it is locked from here on, so little is asked after.
    """
    return begin_number(newest_kind(kind).series, "", local_day(now).year, now=now)
