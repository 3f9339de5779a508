"""Jobs of cases."""

from __future__ import annotations

from django.utils import timezone

from linli.cases.services import (
    call_backs,
    closed_posts,
    consequences,
    forgetting,
    handing_up,
    informing,
    late_words,
    moving,
    news,
    recounting,
    sweeping,
    telling,
    week_corrections,
    weekly,
)
from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import NIGHT
from linli.kernel.permits import system_actor


@periodic("* * * * *")
@job("cases.sweep", queueing_lock="cases.sweep", lock="cases.sweep")
def sweep(timestamp: int) -> None:
    """Ring the clocks that came due."""
    sweeping.sweep(actor=system_actor("cases.sweep"), now=timezone.now())


@job("cases.follow_places")
def follow_places(path: str) -> None:
    """Let heads follow a place that was moved or went into another."""
    moving.follow_places(path, actor=system_actor("cases.follow_places"))


@periodic("25 0 * * *")
@job("cases.follow_closed_posts", lock="cases.follow_closed_posts", retry=3)
def follow_closed_posts(timestamp: int = 0) -> None:
    """Let somebody go on with what posts that ended had of open cases."""
    actor = system_actor("cases.follow_closed_posts")
    closed_posts.follow_closed_posts(actor=actor, now=timezone.now())


@job("cases.recount", lock="cases.recount", retry=3)
def recount(years: list[int]) -> None:
    """Count running clocks anew by the working days of these years."""
    actor = system_actor("cases.recount")
    recounting.recount(tuple(years), actor=actor, now=timezone.now())


@periodic("40 3 * * *")
@job("cases.recount_all", queue=NIGHT, queueing_lock="cases.recount_all", lock="cases.recount")
def recount_all(timestamp: int) -> None:
    """Go over all running clocks at night: what a stopped job left is made up for."""
    recounting.recount(actor=system_actor("cases.recount"), now=timezone.now())


@job("cases.tell_reporter", retry=3)
def tell_reporter(case_id: int, state: str, is_word: bool, by_case: int = 0) -> None:
    """Tell whoever reported what became of it."""
    telling.tell_reporter_of(
        case_id, state, is_word=is_word, by_case=by_case, actor=system_actor("cases.tell_reporter"),
        now=timezone.now(),
    )  # fmt: skip


@job("cases.forget_person", lock="cases.forget_person", retry=3)
def forget_person(person_id: int) -> None:
    """Take the words of somebody who was erased out of what she reported."""
    forgetting.forget_person(
        person_id, actor=system_actor("cases.forget_person"), now=timezone.now()
    )


@job("cases.forget_account", lock="cases.forget_person", retry=3)
def forget_account(account_id: int, person_ids: list[int]) -> None:
    """Take the words of whose account was erased out of what she reported by it."""
    actor = system_actor("cases.forget_person")
    forgetting.forget_account(account_id, person_ids, actor=actor, now=timezone.now())


@job("cases.tell_informed")
def tell_informed(case_id: int, posts: list[int]) -> None:
    """Tell the posts that are to know of a case."""
    actor = system_actor("cases.tell_informed")
    informing.tell_informed(case_id, posts, actor=actor, now=timezone.now())


@job("cases.tell_late_words", retry=3)
def tell_late_words(case_id: int) -> None:
    """Tell the place above that words or photos were not read in time."""
    actor = system_actor("cases.tell_late_words")
    late_words.tell_late_words(case_id, actor=actor, now=timezone.now())


@job("cases.hand_up", retry=3)
def hand_up(case_id: int, number: int) -> None:
    """Ask the place above to see to a case whose lead nobody took in time."""
    handing_up.hand_up(case_id, number, actor=system_actor("cases.hand_up"), now=timezone.now())


@periodic("40 8-16 * * *")
@job("cases.tell_posts", queueing_lock="cases.tell_posts", lock="cases.tell_posts")
def tell_posts(timestamp: int) -> None:
    """Tell posts what is new with them; a run that was missed is made up for an hour later."""
    news.tell_posts(actor=system_actor("cases.tell_posts"), now=timezone.now())


@periodic("10 5 * * *")
@job("cases.draw_calls", queueing_lock="cases.draw_calls", lock="cases.draw_calls")
def draw_calls(timestamp: int) -> None:
    """Draw who is called back among what ended."""
    call_backs.draw_sample(actor=system_actor("cases.draw_calls"), now=timezone.now())


@periodic("30 8 * * 1")
@job("cases.publish_weeks", queueing_lock="cases.publish_weeks", lock="cases.publish_weeks")
def publish_weeks(timestamp: int) -> None:
    """Publish the weekly reports of the week that is over."""
    weekly.publish_weeks(actor=system_actor("cases.publish_weeks"), now=timezone.now())


@periodic("50 4 * * *")
@job(
    "cases.correct_weeks",
    queue=NIGHT,
    queueing_lock="cases.correct_weeks",
    lock="cases.publish_weeks",
)
def correct_weeks(timestamp: int) -> None:
    """Make weekly reports anew that count what is public no longer."""
    actor = system_actor("cases.correct_weeks")
    week_corrections.correct_weeks(actor=actor, now=timezone.now())


@job("cases.follow_up", retry=5)
def follow_up(case_id: int) -> None:
    """Let other cases, and the offices that have them, follow what became of a case."""
    consequences.follow_up(case_id, actor=system_actor("cases.follow_up"), now=timezone.now())
