"""What a form on a notice offers at a place: who signs, and which places lie below."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.kernel.paths import code_of
from linli.kernel.permits import NOBODY
from linli.notices.models import Posting
from linli.orgs import queries as orgs
from linli.orgs.queries import homes
from linli.places import queries as places
from linli.ui.formats import is_chinese

Choices = list[tuple[str, str]]


def choices_at(path: str, on: date) -> dict[str, Choices]:
    """Return the public organisations of a place, the place itself last, and the places below it."""
    place = places.get_place(code_of(path))
    bodies = orgs.bodies_at(NOBODY, path, on=on)
    below = [] if place.level == "village" else places.child_rows(place.pk)
    offices = [(one.code, _name(one)) for one in bodies]
    own = _name(place)
    if own in dict(offices).values():
        # villages of the register bear the name of their committee
        own = _("%(place)s (the place itself)") % {"place": own}
    return {
        "offices": [*offices, ("", own)],
        "below": [(one.code, _name(one)) for one in below],
    }


def usual_at(path: str, on: date) -> tuple[str, str]:
    """Return the code of the office that receives people at a place, and whom to ask there; both may be empty."""
    office = homes.office_of(path, on)
    if office is None:
        return "", ""
    found = orgs.bodies_at(NOBODY, path, on=on)
    code = next((one.code for one in found if one.name == office.name), "")
    contact = " ".join(filter(None, (office.name, office.phone)))
    return code, contact if office.phone else ""


def office_code(posting: Posting, on: date) -> str:
    """Return the code of the organisation that signs a notice, "" for the place itself."""
    if posting.office_id is None:
        return ""
    found = orgs.bodies_at(NOBODY, posting.place, on=on)
    return next((one.code for one in found if one.pk == posting.office_id), "")


def listed_codes(posting: Posting) -> list[str]:
    """Return the codes of the places that a notice lists, empty if it is shown everywhere below."""
    if posting.reach != "listed":
        return []
    return [code_of(one.path) for one in posting.places.order_by("path")]


def _name(one: Any) -> str:
    return str(one.name if is_chinese() or not one.name_en else one.name_en)
