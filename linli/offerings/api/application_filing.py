"""An application as a program sends it, made into what the services take: by whoever applies, or by the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from linli.kernel.errors import NotFound
from linli.kernel.web import Request
from linli.offerings.api.application_shapes import ApplicationIn
from linli.offerings.queries.applicants import known_of, known_person
from linli.offerings.types.applications import Applicant, Applied, Applying


def of_page(request: Request, given: ApplicationIn, now: datetime) -> Applying:
    """Return what somebody applies for herself, or helping another; what she is known by is filled in."""
    known = known_of(request.actor, now=now)
    # who acts by a mandate is known as the one who gave it
    helps = bool(given.agent_relation) and not (known and known.is_other)
    told = given.applicant.model_dump()
    if known is not None:
        own = "agent_name" if helps else "name"
        told[own] = told[own] or known.name
    return Applying(
        **_said(given), applicant=Applicant(**told), channel="page", is_mine=known is not None,
        person_id=known.person_id if known and not helps else None,
        agent_relation=given.agent_relation if helps else "",
    )  # fmt: skip


def by_office(request: Request, given: ApplicationIn, channel: str) -> Applying:
    """Return what the office files for somebody, at the counter or at her home. Refuses with NotFound."""
    return Applying(
        **_said(given), applicant=Applicant(**given.applicant.model_dump()), channel=channel,
        brought=frozenset(given.brought), person_id=_person(request, given.person),
        agent_mandate_id=given.agent_mandate, agent_basis=given.agent_basis,
        agent_relation=given.agent_relation,
    )  # fmt: skip


def told_applied(one: Applied) -> dict[str, Any]:
    """Return what is answered to whoever applied."""
    on = one.accept_on.isoformat() if one.accept_on else None
    return {"number": one.number, "code": one.code, "accept_on": on}


def _said(given: ApplicationIn) -> Mapping[str, Any]:
    return {
        "item": given.item, "place": given.place, "answers": given.answers, "photos": given.photos,
        "delivery": given.delivery, "by_sms": given.by_sms, "language": get_language() or "zh-hans",
        "uuid": given.uuid, "form_number": given.form_number, "item_version": given.item_version,
        "is_sure": given.is_sure,
        "form": {key: [said] if isinstance(said, str) else said for key, said in given.form.items()},
    }  # fmt: skip


def _person(request: Request, person_id: int | None) -> int | None:
    """Return whom of the register the office applies for, as far as it sees her."""
    if person_id is None:
        return None
    person = known_person(request.actor, person_id)
    if person is None:
        raise NotFound()
    return person.person_id
