"""What runtime brings to the desk: the way back to long jobs that one left."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import Actor
from linli.kernel.registries import DeskEntry
from linli.runtime import queries


def running(actor: Actor, on: date) -> int | None:
    """Return how many of the actor's own jobs have work before them."""
    return queries.count_open(actor) or None


JOBS = DeskEntry(
    "runtime.jobs",
    _("Long jobs"),
    "hourglass",
    "runtime:job_list",
    (),
    740,
    None,
    running,
    group="mine",
)
