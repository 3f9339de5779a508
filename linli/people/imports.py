"""What people take part in when others call: making a synthetic city, merging places."""

from __future__ import annotations

import os
from typing import Any

from django.utils import timezone

from linli.kernel.permits import system_actor
from linli.people.queries.scopes import held
from linli.people.services.moving import merge_village
from linli.people.services.synthetic import generate_people


def generate(
    *, people: int, seed: int, below: str = "", say: Any = None, workers: int | None = None
) -> int:
    """Make synthetic residents below a path; without one in the official villages of the city."""
    return generate_people(
        people, seed, below=below or _city(), actor=system_actor("generate"), now=timezone.now(),
        say=say or (lambda done, total: None), workers=workers or min(2, os.cpu_count() or 1),
    )  # fmt: skip


def _city() -> str:
    held.forget()
    return min(held.now(), key=len)


def merge_place(old_id: int, new_id: int) -> int:
    """Re-point residents, households, dwellings and rolls of one village to another."""
    return merge_village(old_id, new_id, actor=system_actor("places.merge"))
