"""What acts and things of offerings are called, for whoever reads the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb

ACTS = {
    "offerings.fee_paid": _("Fee paid"),
    "offerings.fee_returned": _("Fee given back"),
    "offerings.applicant_forgotten": _("Particulars of an applicant deleted"),
}
KINDS = {
    "offerings.payment": _("Payment of a fee"),
    "offerings.refund": _("Fee given back"),
    "offerings.application": _("Application for a service"),
}
WORK = {
    "offerings.tell": _("telling applicants that their application came in"),
    "offerings.give_part": _("giving departments their part of an application"),
    "offerings.forget": _("deleting particulars of applicants"),
}


def register() -> None:
    """Called once at start."""
    for registry, titles in ((VERBS, ACTS), (THINGS, KINDS), (SYSTEM_WORK, WORK)):
        registry.add_all(Verb(key, title) for key, title in titles.items())
