"""What of an application registers of the city have, and what they were asked so far."""

from __future__ import annotations

from dataclasses import dataclass

from linli.kernel.errors import NotFound
from linli.offerings.models import Application, RecordQuestion
from linli.offerings.rules.applications import holds


@dataclass(frozen=True, slots=True)
class Shared:
    """A material that the office looks up itself: its key and Chinese name, and the register."""

    key: str
    name: str
    source: str


def sharing_material(application: Application, key: str) -> Shared:
    """Return a material of an application that a register has. Refuses with NotFound."""
    for one in application.item.get("materials") or ():
        if (
            one["key"] == key
            and one.get("by") == "sharing"
            and holds(one.get("when"), application.answers)
        ):
            return Shared(key, str(one["zh"]), str(one.get("source") or ""))
    raise NotFound(key=key)


def questions_of(case_id: int) -> dict[str, RecordQuestion]:
    """Return what registers were asked for an application, by the key of the material."""
    return {one.key: one for one in RecordQuestion.objects.filter(application_id=case_id)}
