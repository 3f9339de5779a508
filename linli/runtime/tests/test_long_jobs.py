"""Long jobs: progress, cancel, and what happens when the worker is killed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from linli.kernel import events
from linli.kernel.errors import NotAllowed, NotFound, Refusal
from linli.kernel.permits import NOBODY, Actor, Grant, Permit
from linli.kernel.registries import RIGHTS_NOW
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, make_actor
from linli.runtime import permits, queries, rules
from linli.runtime.errors import NothingToCancel
from linli.runtime.events import LongJobEnded, LongJobQueued
from linli.runtime.models import LongJob
from linli.runtime.retention import ENTRIES
from linli.runtime.services import long_jobs, running
from linli.runtime.states import JobState
from linli.runtime.testing import CLERK, make_long_job
from linli.runtime.types import JOB_KINDS, JobKind, JobRun

ENDED = ENTRIES[2]
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)
OVERSEER = make_actor("town operator", permits.OVERSEE_JOBS, at=TOWN, account_id=2)
STRANGER = make_actor("another town's operator", permits.OVERSEE_JOBS, at=OTHER_TOWN, account_id=3)


@pytest.fixture
def told(monkeypatch) -> list[object]:
    seen: list[object] = []
    listeners = events._listeners
    monkeypatch.setitem(listeners, LongJobQueued, [seen.append])
    monkeypatch.setitem(listeners, LongJobEnded, [seen.append])
    return seen


def run(job: LongJob, attempt: int | None = None) -> LongJob:
    running.run_job(job.pk, attempt or job.attempt, clock=lambda: LATER)
    job.refresh_from_db()
    return job


def start(kind: JobKind, actor: Actor = CLERK, **params: object) -> LongJob:
    JOB_KINDS.add(kind)
    return long_jobs.start_job(kind.key, params=params, place=VILLAGE, actor=actor, now=NOON)


@pytest.mark.django_db
def test_a_job_runs_to_its_end_and_tells(told: list[object]) -> None:
    job = run(make_long_job(now=NOON))

    assert (job.state, job.done, job.total, job.text) == (JobState.DONE, 3, 3, "3")
    assert job.result == {"view": "runtime:job_list", "args": [], "words": "Jobs"}
    assert job.actor == {}
    assert told[0] == LongJobQueued(job.pk, 1)
    assert told[1] == LongJobEnded(job.pk, job.code, job.kind, "done", 1, VILLAGE)


@pytest.mark.django_db
def test_a_job_that_this_version_does_not_know_ends_and_says_so(told: list[object]) -> None:
    job = make_long_job(now=NOON)
    LongJob.objects.filter(pk=job.pk).update(kind="gone.long_ago")

    run(job)

    assert (job.state, job.error_code) == (JobState.FAILED, "unknown")
    assert isinstance(told[-1], LongJobEnded)
    assert long_jobs.requeue_stale(now=LATER + timedelta(hours=1)) == []


@pytest.mark.django_db
def test_a_job_that_cannot_even_begin_ends_once_and_is_not_queued_for_ever(
    told: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_long_job(now=NOON)

    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(running, "actor_from_plain", broken)
    with pytest.raises(ZeroDivisionError):
        run(job)
    job.refresh_from_db()

    assert (job.state, job.error_code) == (JobState.FAILED, "error")
    assert isinstance(told[-1], LongJobEnded)
    assert long_jobs.requeue_stale(now=LATER + timedelta(hours=1)) == []


@pytest.mark.django_db
def test_a_job_that_only_waits_for_the_database_stays_queued(
    told: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_long_job(now=NOON)

    def away(*_args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(running, "actor_from_plain", away)
    with pytest.raises(OperationalError):
        run(job)
    job.refresh_from_db()

    assert job.state == JobState.QUEUED


@pytest.mark.django_db
def test_a_job_that_ran_is_not_run_again(told: list[object]) -> None:
    job = run(make_long_job(now=NOON))

    run(job)

    assert [type(event) for event in told] == [LongJobQueued, LongJobEnded]


@pytest.mark.django_db
def test_queueing_puts_one_entry_into_the_queue() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = make_long_job(now=NOON)
    events.publish(LongJobQueued(job.pk, job.attempt))

    entries = ProcrastinateJob.objects.filter(task_name="runtime.run_long_job")
    assert [entry.args for entry in entries] == [{"job_id": job.pk, "attempt": 1}]


STARTER = Actor(5, 6, "clerk", (Grant("cases.handle", VILLAGE, 4, 9),), frozenset({9}), 7, "p")


@pytest.mark.django_db
@pytest.mark.parametrize("left", [STARTER, replace(STARTER, grants=())])
def test_a_job_acts_with_what_is_left_of_the_rights_of_its_starter(
    left: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Actor] = []
    kind = JobKind(
        f"runtime.test_rights_{len(left.grants)}", "Rights", lambda run: seen.append(run.actor)
    )
    job = start(kind, STARTER)
    monkeypatch.setattr(RIGHTS_NOW, "_function", lambda actor, now: left)

    run(job)

    assert seen == [left]


@pytest.mark.django_db
def test_a_job_ends_once_a_right_is_gone_with_which_it_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = [STARTER]
    monkeypatch.setattr(RIGHTS_NOW, "_function", lambda actor, now: held[-1])
    monkeypatch.setattr(rules, "RIGHTS_EVERY", timedelta(0))

    def work(run: JobRun) -> None:
        run.progress(1, 3, checkpoint={"n": 1})
        held.append(replace(STARTER, grants=()))
        run.progress(2, 3, checkpoint={"n": 2})
        raise AssertionError("it went on")

    job = run(start(JobKind("runtime.test_ended", "E", work), STARTER))

    assert (job.state, job.error_code, job.done) == (JobState.FAILED, "right_ended", 1)
    assert job.checkpoint == {"n": 1}


@pytest.mark.django_db
def test_a_right_that_the_work_does_not_need_may_end(monkeypatch: pytest.MonkeyPatch) -> None:
    hers = replace(OVERSEER, grants=(*OVERSEER.grants, Grant("cases.handle", TOWN, 4, 9)))
    monkeypatch.setattr(rules, "RIGHTS_EVERY", timedelta(0))
    held = [hers]
    monkeypatch.setattr(RIGHTS_NOW, "_function", lambda actor, now: held[-1])

    def work(run: JobRun) -> None:
        held.append(OVERSEER)
        run.progress(1, 2, checkpoint={"n": 1})
        held.append(replace(OVERSEER, grants=()))
        run.progress(2, 2, checkpoint={"n": 2})

    kind = JobKind("runtime.test_other", "O", work, permits.OVERSEE_JOBS)
    job = run(start(kind, hers))

    assert (job.state, job.error_code, job.checkpoint) == (JobState.FAILED, "right_ended", {"n": 1})


@pytest.mark.django_db
def test_a_file_is_opened_by_whoever_ordered_it_as_long_as_she_holds_the_right() -> None:
    job = make_long_job(now=NOON)
    hers = make_actor("clerk", permits.OVERSEE_JOBS, at=TOWN)

    def opens(actor: Actor, *wanted: Permit) -> bool:
        return queries.may_open_result(actor, job.pk, wanted)

    assert [opens(CLERK), opens(CLERK, permits.OVERSEE_JOBS)] == [True, False]
    assert opens(hers, permits.OVERSEE_JOBS)
    assert not opens(OVERSEER, permits.OVERSEE_JOBS)


@pytest.mark.django_db
def test_a_kind_may_ask_for_a_permit() -> None:
    kind = JobKind("runtime.test_permit", "P", lambda run: None, permits.OVERSEE_JOBS)
    with pytest.raises(NotAllowed):
        start(kind, STRANGER)
    assert LongJob.objects.count() == 0


@pytest.mark.django_db
def test_a_cancelled_job_stops_at_its_next_step(told: list[object]) -> None:
    def work(run: JobRun) -> None:
        run.progress(1, 10, checkpoint={"n": 1})
        long_jobs.cancel_job(LongJob.objects.get(pk=run.job_id), actor=CLERK, now=NOON)
        run.progress(2, 10, checkpoint={"n": 2})
        raise AssertionError("it went on")

    job = run(start(JobKind("runtime.test_cancel", "C", work)))

    assert (job.state, job.done) == (JobState.CANCELLED, 1)
    assert told[-1] == LongJobEnded(job.pk, job.code, job.kind, "cancelled", 1, VILLAGE)


@pytest.mark.django_db
def test_a_waiting_job_is_cancelled_at_once_and_only_once() -> None:
    job = long_jobs.cancel_job(make_long_job(now=NOON), actor=CLERK, now=NOON)

    assert job.state == JobState.CANCELLED
    with pytest.raises(NothingToCancel):
        long_jobs.cancel_job(job, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_who_may_see_and_cancel_a_job() -> None:
    job = make_long_job(now=NOON)

    assert queries.get_job(CLERK, job.code) == job
    assert queries.get_job(OVERSEER, job.code) == job
    for actor in (STRANGER, NOBODY):
        with pytest.raises(NotFound):
            queries.get_job(actor, job.code)
        with pytest.raises(NotFound):
            long_jobs.cancel_job(job, actor=actor, now=NOON)
    job.refresh_from_db()
    assert job.state == JobState.QUEUED


@pytest.mark.django_db
def test_a_refusal_ends_the_job_with_its_words_and_a_bug_with_neutral_ones(told) -> None:
    def refuse(run: JobRun) -> None:
        raise NotAllowed()

    def break_down(run: JobRun) -> None:
        raise ZeroDivisionError("secret")

    refused = run(start(JobKind("runtime.test_refuse", "R", refuse)))
    assert (refused.state, refused.error_code) == (JobState.FAILED, "not_allowed")

    broken = start(JobKind("runtime.test_break", "B", break_down))
    with pytest.raises(ZeroDivisionError):
        run(broken)
    broken.refresh_from_db()
    assert (broken.state, broken.error_code) == (JobState.FAILED, "error")
    assert "secret" not in broken.error


@pytest.mark.django_db
def test_a_job_of_a_killed_worker_goes_on_at_its_checkpoint(told: list[object]) -> None:
    job = make_long_job(now=NOON)
    LongJob.objects.filter(pk=job.pk).update(
        state="running", began_at=NOON, heartbeat_at=NOON, checkpoint={"n": 2}, done=2, total=3
    )

    assert long_jobs.requeue_stale(now=NOON + timedelta(seconds=44)) == []
    assert long_jobs.requeue_stale(now=NOON + timedelta(seconds=46)) == [job.pk]

    assert told[-1] == LongJobQueued(job.pk, 2)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.done) == (JobState.QUEUED, 2, 2)
    assert run(job).state == JobState.DONE


@pytest.mark.django_db
def test_a_worker_that_was_thought_dead_stops_when_another_took_over() -> None:
    def work(run: JobRun) -> None:
        LongJob.objects.filter(pk=run.job_id).update(attempt=2, state="queued")
        run.progress(1, 2, checkpoint={"n": 1})
        raise AssertionError("it went on")

    job = run(start(JobKind("runtime.test_lost", "L", work)))

    assert (job.state, job.attempt, job.done) == (JobState.QUEUED, 2, 0)


@pytest.mark.django_db
def test_a_job_that_kills_every_worker_is_given_up(told: list[object]) -> None:
    job = make_long_job(now=NOON)
    LongJob.objects.filter(pk=job.pk).update(state="running", heartbeat_at=NOON, attempt=5)

    long_jobs.requeue_stale(now=LATER)

    job.refresh_from_db()
    assert (job.state, job.error_code) == (JobState.FAILED, "given_up")


@pytest.mark.django_db
def test_a_job_whose_queue_entry_was_lost_is_queued_again(told: list[object]) -> None:
    job = make_long_job(now=NOON)

    assert long_jobs.requeue_stale(now=LATER) == [job.pk]
    assert long_jobs.requeue_stale(now=LATER) == []
    assert told == [LongJobQueued(job.pk, 1)] * 2


@pytest.mark.django_db
def test_ended_jobs_are_forgotten_after_three_months() -> None:
    run(make_long_job(now=NOON))
    make_long_job(now=NOON)

    assert ENDED.going.step(NOON + timedelta(days=91), 10) == 1
    assert LongJob.objects.count() == 1


@pytest.mark.django_db
def test_small_steps_are_not_all_written(django_assert_max_num_queries) -> None:
    def work(run: JobRun) -> None:
        with django_assert_max_num_queries(2):
            for n in range(1000):
                run.progress(n, 1001)

    assert run(start(JobKind("runtime.test_small", "S", work))).state == JobState.DONE


def test_a_refusal_is_expected() -> None:
    assert issubclass(NothingToCancel, Refusal)
