"""What is wrong with an outline, in plain words; and the outline of a place to begin from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.rules.outlines import BadOutline, Fault
from linli.places import queries as places

WORDS = {
    Fault.TOO_LONG: gettext_lazy("The outline has too many points. Draw it more simply."),
    Fault.NO_JSON: gettext_lazy(
        "This is no GeoJSON. Copy the whole text, from the first { to the last }."
    ),
    Fault.NO_AREA: gettext_lazy(
        "This is no area. A Polygon or MultiPolygon with a closed line is needed."
    ),
    Fault.CROSSES: gettext_lazy(
        "The line of the outline crosses itself. Draw it so that it does not."
    ),
    Fault.NOT_DEGREES: gettext_lazy("These are no degrees of longitude and latitude (WGS-84)."),
}


def told_outline(error: BadOutline) -> str:
    """Return what is wrong in a sentence, with the spot if there is one."""
    if error.fault is Fault.CROSSES and error.spot is not None:
        return _(
            "The line of the outline crosses itself near longitude %(lon)s, latitude %(lat)s."
            " Draw it so that it does not."
        ) % {"lon": f"{error.spot[0]:.5f}", "lat": f"{error.spot[1]:.5f}"}
    return str(WORDS[error.fault])


def outline_of_place(code: str) -> dict[str, Any] | None:
    """Return today's outline of a place, or None."""
    return places.outline_of(code)
