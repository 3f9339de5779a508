"""Jobs of access: what has run out goes, and nobody has to remember it."""

from __future__ import annotations

from django.utils import timezone

from linli.access.services import deaths, forgetting, recounting, shutting_out, tidying
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor

PURGER = system_actor("access.purge")
REGISTER = system_actor("access.follow_person")
COUNTER, FORGETTER = system_actor("access.recount_due"), system_actor("access.forget_person")


@periodic("*/10 * * * *")
@job("access.purge", queueing_lock="access.purge")
def purge(timestamp: int) -> None:
    """Forget codes, kept forms, ended sessions and mornings at the counter whose time is over."""
    tidying.forget_old(actor=PURGER, now=timezone.now())


@job("access.recount_due", lock="access.recount_due", retry=3)
def recount_due(years: list[int]) -> None:
    """Count due days of requests anew that fell into years published only now."""
    recounting.recount_due(years, actor=COUNTER, now=timezone.now())


@job("access.forget_person", lock="access.forget_person", retry=3)
def forget_person(person_id: int) -> None:
    """Close the resident's account of somebody who was erased."""
    forgetting.forget_person(person_id, actor=FORGETTER, now=timezone.now())


@job("access.close_of_dead", lock="access.forget_person", retry=3)
def close_of_dead(person_id: int) -> None:
    """Close the resident's account of somebody who died."""
    deaths.close_of_dead(person_id, actor=REGISTER, now=timezone.now())


@job("access.open_of_living", lock="access.forget_person", retry=3)
def open_of_living(person_id: int) -> None:
    """Open the account again of somebody whose death was entered by mistake."""
    deaths.open_of_living(person_id, actor=REGISTER, now=timezone.now())


@job("access.follow_posts", lock="access.forget_person", retry=3)
def follow_posts(person_ids: list[int]) -> None:
    """Say anew whose work in posts falls to others, after entries were joined or parted."""
    shutting_out.follow_entries(person_ids, actor=REGISTER, now=timezone.now())
