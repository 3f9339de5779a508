"""Lists of cases at the desk and in public as files: what they hold, what stays out, the heads first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases import permits
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.public import MICRO, public_wanted
from linli.cases.queries import excluding, public, releasing, reopening, sampling
from linli.cases.queries.public import category_name
from linli.cases.types.rating import GRADE_WORDS, REACHED_WORDS, Shown
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.permits import PERSONAL, Actor
from linli.kernel.sheets import day_cell, moment_cell


def release_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """What waits to be read, without the words, which nobody has read. Refuses with Invalid."""
    narrowed = narrowing_of(actor, asked, permits.RELEASE)
    found = releasing.waiting_cases(actor, narrowed.on())
    return sheet_of(found, releasing.FIRST_DUE, _waiting_rows)


def call_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Calls to make or made, without what was noted of a call. Refuses with Invalid."""
    narrowed = narrowing_of(actor, asked, permits.CALL_BACK)
    is_done = asked.get("show") == "done"
    found = sampling.calls_of(actor, narrowed.on("case__"), is_done=is_done)
    return sheet_of(found, sampling.NEWEST if is_done else sampling.DUE, _call_rows)


def reopening_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Requests to take cases up again, without what reporters wrote. Refuses with Invalid."""
    narrowed = narrowing_of(actor, asked, permits.SUPERVISE)
    return sheet_of(reopening.requests(actor, narrowed.on()), reopening.DUE, _asked_rows)


def rating_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Ratings under review, without their words. Refuses with Invalid."""
    narrowed = narrowing_of(actor, asked, permits.REVIEW_RATINGS)
    found = excluding.shown_ratings(actor, shown_in(asked), narrowed.on("case__"))
    return sheet_of(found, excluding.NEWEST, _rating_rows)


def public_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Cases of a place as everybody sees them. Refuses with NotFound."""
    yield [
        _("Number"), _("Category"), _("Place"), _("State"), _("Day of the report"),
        _("Longitude, rough"), _("Latitude, rough"), _("What was reported"), _("Answer"),
    ]  # fmt: skip
    place = public.public_place(asked.get("place", ""))
    for case in public.all_public(place, public_wanted(asked)):
        yield [
            case.number, case.category, case.place, str(case.state), str(case.opened_on),
            *(("", "") if case.point is None else (part / MICRO for part in case.point)),
            case.said, case.answer,
        ]  # fmt: skip


def shown_in(asked: Asked) -> Shown:
    """Return which ratings an address asks for, all unless it says so."""
    show = asked.get("show", "")
    return Shown(show) if show in list(Shown) else Shown.ALL


def _waiting_rows(cases: list[Any]) -> Iterator[Row]:
    yield [_("Number"), _("Category"), _("Place"), _("Waits since"), _("Due")]
    for row in releasing.told_waiting(cases):
        since = moment_cell(row.since)
        yield [row.number, row.category, row.place, since, day_cell(row.due_on)]


def _call_rows(calls: list[Any]) -> Iterator[Row]:
    yield [_("Number"), _("Category"), _("Why"), _("Due"), _("Called"), _("Result"), _("Grade")]
    for row in calls:
        yield [
            row.whose.number, category_name(row.case.category),
            _("bad rating") if row.is_for_bad else _("drawn by chance"), day_cell(row.last_day),
            moment_cell(row.done_at), str(REACHED_WORDS.get(row.reached, "")),
            str(GRADE_WORDS.get(row.grade, "")),
        ]  # fmt: skip


def _asked_rows(cases: list[Any]) -> Iterator[Row]:
    yield [_("Number"), _("Category"), _("Place"), _("Times before"), _("Due")]
    for row in reopening.told_asked(cases):
        due = day_cell(row.due_on)
        yield [row.case.number, row.category, row.place, row.case.reopened, due]


def _rating_rows(ratings: list[Any]) -> Iterator[Row]:
    yield [_("Number"), _("Category"), _("Given"), _("Grade"), _("In the figures")]
    for row in ratings:
        counts = row.counts and row.excluded_at is None
        yield [
            row.case.number, category_name(row.case.category), moment_cell(row.given_at),
            str(GRADE_WORDS[row.grade]), _("counts") if counts else _("does not count"),
        ]  # fmt: skip


# who decides on requests and calls may see that somebody petitions: those files are personal
FILES = (
    ListFile(
        "cases.release", gettext_lazy("To review before publication"), release_sheet, (permits.RELEASE,)
    ),
    ListFile("cases.calls", gettext_lazy("Calls to make"), call_sheet, (permits.CALL_BACK,), PERSONAL),
    ListFile(
        "cases.reopening", gettext_lazy("Not solved, say the reporters"), reopening_sheet,
        (permits.SUPERVISE,), PERSONAL,
    ),
    ListFile(
        "cases.ratings", gettext_lazy("Ratings under review"), rating_sheet, (permits.REVIEW_RATINGS,)
    ),
    ListFile("cases.public", gettext_lazy("Public reports"), public_sheet),
)  # fmt: skip
