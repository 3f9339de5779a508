"""The words of states and seals, and what every paper says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.documents.types import PLACE_NAME, SEALS, TEMPLATES

SEAL_WORDS = dict(
    zip(
        SEALS,
        (
            _("Official seal"),
            _("Finance seal"),
            _("Contract seal"),
            _("Office seal"),
            _("Name seal"),
        ),
        strict=True,
    )
)
DOCUMENT_WORDS = {"issued": _("Valid"), "withdrawn": pgettext_lazy("state of a paper", "Withdrawn")}
SEAL_STATE_WORDS = {
    "requested": _("Applied for"),
    "approved": _("Approved, not yet stamped"),
    "stamped": _("Stamped"),
    "refused": _("Refused"),
    "cancelled": _("Taken back"),
}


def words_of_paper() -> dict[str, str]:
    """Return what the layouts themselves say, in the language of the paper."""
    return {
        "demo": str(_("Demo data, about no real body or person")),
        "scan": str(_("Scan to check")),
        "scan_finds": str(_("Is it genuine, is it still valid, who issued it.")),
        "number": str(_("No.")),
        "code": str(_("Check code")),
        "seal_here": str(_("Seal here")),
        "period": str(_("Displayed")),
        "contact": str(_("Contact person")),
        "objection": str(_("To object")),
        "copies": str(_("Copies to:")),
        "date": str(_("Date")),
    }


def title_of_template(key: str) -> Any:
    """Return what a kind of paper is called."""
    known = TEMPLATES.get(key)
    return known.title if known else key


def places_named(paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the places of these paths with their names, for a choice in a form."""
    return [(path, str(PLACE_NAME.call(path) or path)) for path in paths]
