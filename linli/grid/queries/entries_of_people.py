"""Which entry of the register somebody is whom the office names to neighbours."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor
from linli.people import queries as people


def entry_of(person_id: int | None, actor: Actor) -> int | None:
    """Return the entry that stands for a number now. Refuses with Invalid for one that the actor may not see."""
    if person_id is None:
        return None
    if not people.may_see_person(actor, person_id):
        words = _("The register of people shows you no entry of this number.")
        raise Invalid({"person_id": [words]})
    return people.current_id(person_id)
