"""What everybody reads of cases in the demo city of the tests: released, waiting, rated, asked again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from linli.cases.rules.clocks import local_day
from linli.cases.rules.weekly import week_of
from linli.cases.services import rating, releasing, weekly
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.types.moves import At, Given, Wish
from linli.cases.types.shapes import Hand
from linli.demo.cast import VILLAGE_1
from linli.kernel.permits import NOBODY, Actor
from linli.places import queries as places

SHOWN, WAITS, ASKED = "老市场门口的垃圾桶满了", "求助：停车位被占", "小公园的健身器材松动"
REPORTER = Hand("reporter")


def live(*, actor: Actor, now: datetime) -> None:
    """One report is done and read by all, one waits to be read, one is to be taken up again."""
    at = now - timedelta(days=9)
    with transaction.atomic():
        shown, asked = (_done(title, actor, at) for title in (SHOWN, ASKED))
        releasing.release_words(At(shown.held.id), 1, actor=actor, now=now)
        rating.rate_case(shown.held.number, shown.code, 2, actor=NOBODY, now=now)
        _open(WAITS, now)
        reason = Given(internal={"reason": "还是松的。"}, by_reporter=True)
        wish = Wish(asked.held.id, "ask_reopen", reason)
        perform(wish, actor=NOBODY, now=now, hand=REPORTER)
    weekly.publish_week(VILLAGE_1, week_of(local_day(at)), actor=actor, now=now)


def _open(title: str, now: datetime) -> Opened:
    said = Given(public={"text": f"{title}，请处理。"}, by_reporter=True, waits_for_release=True)
    opening = Opening(
        "report", tuple(places.chain_of(VILLAGE_1)), "page", matter="complaint", title=title,
        given=said, point=(113_751_000, 23_041_000),
    )  # fmt: skip
    return open_case(opening, actor=NOBODY, now=now, hand=REPORTER)


def _done(title: str, actor: Actor, now: datetime) -> Opened:
    opened = _open(title, now)
    perform(Wish(opened.held.id, "accept"), actor=actor, now=now)
    given = Given(public={"text": "已处理。"}, facts={"files": ["x"]})
    perform(Wish(opened.held.id, "finish", given), actor=actor, now=now)
    return opened
