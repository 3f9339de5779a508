"""Reports of somebody whose entries in the register were joined follow her."""

from __future__ import annotations

from linli.cases.models import Reporter
from linli.kernel.permits import Actor, open_to_all


@open_to_all("the joining of two entries asked for its permit; this runs in it")
def follow_person(old_id: int, new_id: int, *, actor: Actor) -> int:
    """Give the reports of one entry to another of the same person; return how many."""
    return Reporter.objects.filter(person_id=old_id).update(person_id=new_id)
