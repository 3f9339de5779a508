"""The handbook of a place as a PDF, set once for each edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from linli.documents.services import draw_sheet
from linli.documents.types import Sheet
from linli.kernel.permits import NOBODY
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.places.models import Place

SOURCE = "offerings/print/handbook.typ"


def handbook_paper(
    place: Place, data: Mapping[str, Any], *, size: str, address: str, on: date
) -> bytes:
    """Return the PDF in the active language. Refuses with TemplateBroken."""
    title = _("Handbook of services in %(place)s") % {"place": named(place)}
    sheet = Sheet(title, named(place), address, on, words(), place.is_invented)
    return draw_sheet(SOURCE, {**data, "size": size}, sheet, actor=NOBODY)


def words() -> dict[str, str]:
    """Return what the handbook itself says."""
    return {
        "handbook": _("Handbook of services"), "as_of": _("As of"), "contents": _("Contents"),
        "newest": _("Scan for the newest handbook and the guide of each matter with questions for your case."),
        "how": _("How to use this handbook"),
        "how_find": _("Look under what happens in your life. Each matter says what to bring and how long it takes."),
        "how_only": _("“Only for” means: bring it only if this is your case."),
        "how_known": _("What the office looks up itself you need not bring. If somebody asks you for it, call the office."),
        "how_check": _("Where the law is named from memory it is to be confirmed; the office's word on the day counts."),
        "reach": _("Where to go and whom to call"), "office": _("Office"), "phone": _("Phone"), "hours": _("Hours"),
        "address": _("Address"), "post": _("Post"), "duties": _("Looks after"), "numbers": _("Short numbers"),
        "map": _("Where the centres are"), "map_place": _("Where it lies in its town"), "sketch": _("Sketch only, no basis for boundaries"),
        "map_alt": _("Sketch of the town with the ground of the place and its numbered centres"),
        "bring": _("Bring"), "nothing": _("Nothing has to be brought."), "known": _("The office looks up"),
        "if": _("Conditions"), "get": _("You get"), "decides": _("Deciding office"), "only": _("Only for:"),
        "refused": _("Proofs that nobody may ask of a committee"),
        "refused_why": _("Village and community committees may not issue these proofs (民发〔2020〕20号). If one is asked of you, show this page."),
        "proof": _("Proof"), "instead": _("Where to go instead"), "notes": _("Room for notes"),
    }  # fmt: skip
