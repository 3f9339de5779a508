"""Which body has public cases, by when they are promised, and what their category promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from linli.cases.models import Case, CaseClock
from linli.cases.queries.promising import OF_REPORT
from linli.cases.types.words import ClockState
from linli.orgs.queries.receiving import public_bodies
from linli.ui.formats import is_chinese


@dataclass(frozen=True, slots=True)
class InCharge:
    """What everybody may know of who has a case: the body, the last day, what is promised."""

    body: str = ""
    expected_on: date | None = None
    promise: str = ""


def in_charge(cases: Sequence[Case]) -> dict[int, InCharge]:
    """Return for each case who has it, or to whom it is offered; of one that is over no day.

    Two queries however many cases.
    """
    bodies, days = _bodies(cases), _days(cases)
    return {
        case.pk: InCharge(bodies.get(_post_of(case) or 0, ""), days.get(case.pk), _promise(case))
        for case in cases
    }


def _post_of(case: Case) -> int | None:
    return case.lead_post_id or case.offered_post_id


def _bodies(cases: Sequence[Case]) -> dict[int, str]:
    posts = sorted({post for case in cases if (post := _post_of(case)) is not None})
    if not posts:
        return {}
    found = public_bodies(posts, localdate())
    chinese = is_chinese()
    return {post: name if chinese or not english else english for post, name, english in found}


def _days(cases: Sequence[Case]) -> dict[int, date]:
    """The last day of the promise; while time stands still nobody knows it."""
    waiting = {case.pk: case.cycle for case in cases if case.is_open}
    if not waiting:
        return {}
    found = CaseClock.objects.filter(
        case__in=list(waiting), key=OF_REPORT, state=ClockState.RUNNING
    )
    return {
        clock.case_id: clock.last_day for clock in found if clock.cycle == waiting[clock.case_id]
    }


def _promise(case: Case) -> str:
    """What the category promises, or else its group, as whoever reports is told."""
    own = case.category
    for category in (own, own.parent if own else None):
        if category is not None and category.promise:
            english = category.promise_en
            return category.promise if is_chinese() or not english else english
    return ""
