"""What follows from the list of a month: an application for her, once she agreed, and one message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all
from linli.notify import services as notify
from linli.notify.queries.reaching import people_who_agreed
from linli.notify.types import About, Link, To
from linli.offerings.errors import AlreadyApplied
from linli.offerings.models import Application
from linli.offerings.queries.applicants import known_person, village_of
from linli.offerings.services.applying import apply_for
from linli.offerings.types.applications import Applicant, Applied, Applying
from linli.offerings.types.reminders import Agreed
from linli.people.queries.persons import ids_of_one
from linli.people.queries.turning import due_among

PURPOSE, REMINDER = "offerings.reminders", "offerings.reminder"


@open_to_all("applying for others requires offerings.receive at their place")
@transaction.atomic
def apply_on_behalf(
    person_id: int, item: str, agreed: str, *,
    answers: Mapping[str, str], actor: Actor, now: datetime, uuid: UUID | None = None,
) -> Applied:  # fmt: skip
    """Begin an application for somebody who agreed to it; how she agreed stays in its first event.

    Refuses as `apply_for`, with NotFound for whom the actor does not see, Invalid without her word
    or where she does not live any more, AlreadyApplied while one is open.
    """
    if agreed not in set(Agreed):
        raise Invalid({"agreed": [_("Ask them first, then say how they agreed.")]})
    person = known_person(actor, person_id)
    if person is None:
        raise NotFound()
    village = village_of(actor, person)
    if not village:
        raise Invalid({"person": [_("They do not live here any more.")]})
    hold("offerings.behalf", person.person_id, item)
    open_ones = Application.objects.filter(
        person_id__in=ids_of_one(person.person_id), item_key=item, case__is_open=True
    )
    known = open_ones.values_list("case__number", flat=True).first()
    if known is not None:
        raise AlreadyApplied(number=known)
    applying = Applying(
        item=item, place=village, applicant=Applicant(person.name), answers=answers,
        channel=agreed, person_id=person.person_id, agreed=agreed, uuid=uuid,
    )  # fmt: skip
    return apply_for(applying, actor=actor, now=now)


@open_to_all("run by its job alone, which acts for the system")
@transaction.atomic
def remind_of_month(*, actor: Actor, now: datetime) -> int:
    """Tell those who agreed to it that something may be for them this month; return how many.

    The message says nothing of what it is. All go in one transaction, so a second try sends none
    twice. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    found = due_among(people_who_agreed(PURPOSE), localdate(now))
    for person_id, path in found.items():
        about = About(path, Link("offerings:items"))
        notify.send(REMINDER, To(person_id=person_id), {}, actor=actor, now=now, about=about)
    return len(found)
