"""Jobs of offerings."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor
from linli.offerings.services import forgetting, parts, rounds, serving, visit_ratings


# applications
@job("offerings.follow_parts", retry=3)
def follow_parts(case_id: int) -> None:
    """Note which parts of an application are done, and let the next ones begin."""
    parts.follow_parts(case_id, actor=system_actor("offerings.give_part"), now=timezone.now())


@job("offerings.forget", lock="offerings.forget", retry=3)
def forget_applicant(person_id: int) -> None:
    """Forget somebody who was erased, in all that she applied for."""
    forgetting.forget_applicant(
        person_id, actor=system_actor("offerings.forget"), now=timezone.now()
    )


# visits
@periodic("*/5 * * * *")
@job("offerings.visits", lock="offerings.visits", retry=3)
def follow_visits(timestamp: int = 0) -> None:
    """Remind of visits that are near and write down which were missed."""
    actor, now = system_actor("offerings.visits"), timezone.now()
    while serving.remind(actor=actor, now=now):
        pass
    while serving.miss(actor=actor, now=now):
        pass
    while visit_ratings.ask_how_it_was(actor=actor, now=now):
        pass
    rounds.close_due(actor=actor, now=now)
