"""Whoever goes to a visit at home hears that it was cancelled, before she stands at the door."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from linli.access.queries.accounts import open_among
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings.models import HomeVisit
from linli.offerings.queries.home_visits import when_words

TAKEN_BACK = "offerings.home_taken_back"
# so near the day it may come outside working hours (BU-25)
NEAR = timedelta(days=1)


@open_to_all("part of cancelling a visit by its code")
def tell_goer(row: HomeVisit, *, actor: Actor, now: datetime) -> None:
    """Tell whoever set the day that she need not go; urgent when the day is near."""
    if row.goes_id is None or row.visit_on is None or not open_among({row.goes_id}):
        return
    about = About(row.path, Link("offerings:home_visit_desk", (row.code,)))
    values = {"when": when_words(row, "zh-hans"), "code": row.code}
    notify.send(
        TAKEN_BACK, To(account_id=row.goes_id, is_staff=True), values, actor=actor, now=now,
        urgent=row.visit_on - localdate(now) <= NEAR, about=about,
    )  # fmt: skip
