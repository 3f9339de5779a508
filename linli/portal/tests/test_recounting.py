"""TIM-01: a due day beyond the published working days is provisional and is counted anew."""

from datetime import UTC, date, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.portal import services, tasks
from linli.portal.models import Feedback
from linli.portal.testing import VILLAGE, make_feedback
from linli.rulebook.services import load_calendar
from linli.rulebook.testing import notice
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
TUESDAY = datetime(2026, 12, 29, 4, 0, tzinfo=UTC)


def late_feedback() -> Feedback:
    return services.give_feedback(
        "x", page="/", path=VILLAGE, language="en", actor=NOBODY, now=TUESDAY
    )


def test_a_provisional_day_moves_when_the_days_of_its_year_are_published() -> None:
    feedback = late_feedback()
    assert (feedback.due_on, feedback.is_provisional) == (date(2027, 1, 5), True)

    load_calendar(notice(), actor=SYSTEM, now=TUESDAY)
    assert ProcrastinateJob.objects.filter(task_name="portal.recount_due").count() == 1
    tasks.recount_due()

    feedback.refresh_from_db()
    assert (feedback.due_on, feedback.is_provisional) == (date(2027, 1, 6), False)
    assert Entry.objects.filter(verb="portal.due_recounted", key=str(feedback.pk)).count() == 1
    assert services.recount_due(actor=SYSTEM, now=TUESDAY) == 0


def test_reopened_feedback_counts_from_the_day_of_the_no() -> None:
    feedback = make_feedback()
    clerk = SYSTEM
    services.answer_feedback(feedback, text="Mended.", version=1, actor=clerk, now=TUESDAY)
    services.reopen_feedback(feedback, actor=NOBODY, now=TUESDAY)

    load_calendar(notice(), actor=SYSTEM, now=TUESDAY)
    tasks.recount_due()

    feedback.refresh_from_db()
    assert feedback.due_on == date(2027, 1, 6)


def test_a_day_that_was_certain_stays_as_promised() -> None:
    feedback = make_feedback()
    load_calendar(notice(), actor=SYSTEM, now=TUESDAY)

    tasks.recount_due()

    before = feedback.due_on
    feedback.refresh_from_db()
    assert feedback.due_on == before


@pytest.mark.parametrize("actor", [NOBODY, Actor(1, None, "clerk")])
def test_nobody_but_the_job_counts_anew(actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        services.recount_due(actor=actor, now=TUESDAY)
