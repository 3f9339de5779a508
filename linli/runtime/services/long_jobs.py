"""Long jobs as people see them: start, follow, cancel, and take up again after a crash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.kernel.errors import NotFound
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.permits import Actor, Grant, open_to_all, require
from linli.runtime import permits, rules
from linli.runtime.errors import NothingToCancel
from linli.runtime.events import LongJobEnded, LongJobQueued
from linli.runtime.models import LongJob
from linli.runtime.states import LONG_JOB, JobState
from linli.runtime.types import JOB_KINDS

# a queued job whose queue entry was lost with its worker is queued again
QUEUE_AGAIN = timedelta(minutes=2)


@open_to_all("each kind of job names its own permit, which is required here")
@transaction.atomic
def start_job(
    kind: str,
    *,
    params: Mapping[str, Any],
    place: str,
    actor: Actor,
    now: datetime,
    title: str = "",
) -> LongJob:
    """Queue a long job in the transaction that causes it. Refuses with NotAllowed."""
    known = JOB_KINDS.get(kind)
    assert known is not None, f"no job is called {kind}"
    if known.permit is not None:
        require(actor, known.permit, at=place)
    job = LongJob.objects.create(
        code=public_code(10),
        kind=kind,
        title=title,
        place=place,
        account_id=actor.account_id,
        by_key=rules.key_of(actor),
        actor=actor_to_plain(actor),
        params=rules.as_plain(dict(params)),
        queued_at=now,
        heartbeat_at=now,
    )
    publish(LongJobQueued(job.pk, job.attempt))
    return job


@open_to_all("the starter may cancel, and whoever oversees jobs at the place")
@transaction.atomic
def cancel_job(job: LongJob, *, actor: Actor, now: datetime) -> LongJob:
    """Cancel a waiting job at once, a running one at its next step.

    Refuses with NotFound, NotAllowed, NothingToCancel.
    """
    job = LongJob.objects.select_for_update().get(pk=job.pk)
    if not may_see(actor, job):
        raise NotFound()
    if not is_own(actor, job) and not actor.is_system:
        require(actor, permits.OVERSEE_JOBS, at=job.place)
    if not job.is_open:
        raise NothingToCancel(move="cancel", state=job.state)
    if job.state == JobState.QUEUED:
        return end_job(job, "cancel", now=now)
    job.is_cancel_asked = True
    job.save(update_fields=["is_cancel_asked"])
    return job


@open_to_all("called by the worker alone, every minute")
def requeue_stale(*, now: datetime) -> list[int]:
    """Queue jobs again whose worker died, and return their ids; give up after too many tries."""
    again: list[int] = []
    with transaction.atomic():
        silent = LongJob.objects.select_for_update(skip_locked=True).filter(
            _silent_for(rules.STALE_AFTER, now), state=JobState.RUNNING
        )
        again += [job.pk for job in silent.order_by("pk") if _take_up(job, now)]
        lost = LongJob.objects.select_for_update(skip_locked=True).filter(
            _silent_for(QUEUE_AGAIN, now), state=JobState.QUEUED
        )
        for job in lost.order_by("pk"):
            job.heartbeat_at = now
            job.save(update_fields=["heartbeat_at"])
            publish(LongJobQueued(job.pk, job.attempt))
            again.append(job.pk)
    return again


def _silent_for(span: timedelta, now: datetime) -> Q:
    """Find jobs that were silent for long; a sign of life from the future was given by a wrong clock."""
    return Q(heartbeat_at__lt=now - span) | Q(heartbeat_at__gt=now + span)


def _take_up(job: LongJob, now: datetime) -> bool:
    kind = JOB_KINDS.get(job.kind)
    if job.is_cancel_asked:
        end_job(job, "cancel", now=now)
        return False
    if kind is None or job.attempt >= kind.max_attempts:
        job.error_code = "given_up"
        job.error = _("It was interrupted too many times. Tell whoever runs the system.")
        end_job(job, "fail", now=now)
        return False
    job.state = LONG_JOB.after(job.state, "requeue")
    job.attempt += 1
    job.heartbeat_at = now
    job.save(update_fields=["state", "attempt", "heartbeat_at"])
    publish(LongJobQueued(job.pk, job.attempt))
    return True


def end_job(job: LongJob, move: str, *, now: datetime) -> LongJob:
    """Write the end of a locked job and tell others. Internal to runtime."""
    job.state = LONG_JOB.after(job.state, move)
    job.ended_at = now
    # the rights of the starter are not needed any more
    job.actor = {}
    job.save()
    publish(LongJobEnded(job.pk, job.code, job.kind, job.state, job.account_id, job.place))
    return job


def may_see(actor: Actor, job: LongJob) -> bool:
    """Say whether a job is the actor's own or at a place whose jobs the actor oversees."""
    return is_own(actor, job) or actor.may(permits.OVERSEE_JOBS, at=job.place)


def is_own(actor: Actor, job: LongJob) -> bool:
    """Say whether the actor started a job herself; a key knows its own alone."""
    is_hers = job.account_id is not None and job.account_id == actor.account_id
    return is_hers and (not actor.is_machine or job.by_key == rules.key_of(actor))


def actor_to_plain(actor: Actor) -> dict[str, Any]:
    """Return an actor as kept with a job."""
    return {
        "account_id": actor.account_id,
        "person_id": actor.person_id,
        "label": actor.label,
        "grants": [[g.permit, g.path, g.ceiling, g.post_id] for g in actor.grants],
        "posts": sorted(actor.posts),
        "acting_for": actor.acting_for,
        "purpose": actor.purpose,
        "is_system": actor.is_system,
        "is_machine": actor.is_machine,
        "holder_person_id": actor.holder_person_id,
    }


def actor_from_plain(kept: Mapping[str, Any]) -> Actor:
    """Return the actor that was kept with a job."""
    return Actor(
        account_id=kept["account_id"],
        person_id=kept["person_id"],
        label=kept["label"],
        grants=tuple(Grant(*grant) for grant in kept["grants"]),
        posts=frozenset(kept["posts"]),
        acting_for=kept["acting_for"],
        purpose=kept["purpose"],
        is_system=kept["is_system"],
        # jobs that wait since before this was kept were started by people
        is_machine=kept.get("is_machine", False),
        holder_person_id=kept.get("holder_person_id"),
    )
