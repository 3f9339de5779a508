"""The words of states and seals, and what every paper says."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from linli.documents.rules import chains
from linli.documents.rules import papers as rules
from linli.documents.types import PLACE_NAME, SEALS, TEMPLATES

SAYS = "says:"
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
    "sealed": _("Sealed electronically"),
}
ELECTRONIC_WORDS = {
    "asked": _("Asked of the seal service, not yet sealed"),
    "sealed": _("Sealed electronically"),
    "refused": _("Refused by the seal service"),
    "called_off": _("Called off"),
    "revoked": _("Withdrawn with its paper"),
}
ELECTRONIC_TONES = {
    "asked": "run", "sealed": "done", "refused": "late", "called_off": "idle", "revoked": "late",
}  # fmt: skip
ELECTRONIC_FAULT = {
    rules.WRONG_DIGEST: _(
        "The service sealed another file than this one; nothing of it was taken."
    ),
    rules.OTHER_FILE: _(
        "The file that the service sent is not this paper with a seal; nothing of it was taken."
    ),
    rules.FILE_REFUSED: _("The service sent no PDF that can be kept; nothing of it was taken."),
    rules.WRONG_TIME: _(
        "The service says that it sealed at an hour that cannot be; nothing of it was taken."
    ),
}
CHAIN_WORDS = {
    chains.NO_CHAIN: _("the seal service sent no certificates along"),
    chains.UNREADABLE: _("its certificates cannot be read here"),
    chains.OTHER_METHOD: _("it signs by a method that is not read here, such as SM2"),
    chains.NO_ROOTS: _("no root certificates are kept here"),
    chains.OTHER_ROOT: _("it leads to no root certificate that is kept here"),
    chains.NOT_SIGNED: _("its signature does not fit this file"),
    chains.BROKEN: _("one of its certificates was not signed by the next one"),
    chains.NOT_IN_TIME: _("it did not hold when the paper was sealed"),
    chains.WRONG_USE: _("it is not a certificate that seals papers"),
    chains.REVOKED: _("it had been revoked before the paper was sealed"),
}


# what a seal service says that we know; another word of its own is shown as it came
SEALS_SAY: dict[str, Any] = {
    "office_unknown": _("it does not know the office"),
    "unknown_number": _("it does not know the number"),
    "seal_expired": _("the seal of this office has run out"),
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


def electronic_fault(fault: str) -> str:
    """Return why there is no electronic seal yet, in words; the service's own word is shown as it is."""
    if fault.startswith(SAYS):
        word = fault.removeprefix(SAYS)
        return gettext("The seal service says: %(word)s") % {"word": SEALS_SAY.get(word, word)}
    if fault.startswith(rules.CHAIN):
        why = CHAIN_WORDS.get(fault.removeprefix(rules.CHAIN), fault)
        return gettext("The certificate of the seal is not valid: %(why)s. Nothing of it was taken.") % {
            "why": why
        }  # fmt: skip
    known = ELECTRONIC_FAULT.get(fault)
    return str(known or _("The seal service cannot be reached as agreed; it is asked again."))


def title_of_template(key: str) -> Any:
    """Return what a kind of paper is called."""
    known = TEMPLATES.get(key)
    return known.title if known else key


def places_named(paths: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the places of these paths with their names, for a choice in a form."""
    return [(path, (PLACE_NAME.call(path) or path)) for path in paths]
