"""What cases keep for good, the chain without words of anybody, and when contacts of reporters go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.queries.keeping import count_contacts_over
from linli.cases.services.keeping import let_contacts_go
from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Work

SYSTEM = system_actor("cases.keep")
CONTACTS = Retention(
    "cases.contacts", _("How reporters are reached"), ("cases_reporter",),
    _("a year after the case was closed; then telephone, name, answers and files under seal go"), "PIPL art. 19; ours (check)",
    Work(lambda now, limit: let_contacts_go(limit, actor=SYSTEM, now=now), count_contacts_over),
)  # fmt: skip
KEPT = (
    Kept(
        "cases_*",
        _("append-only: rates are recounted from it; words stand apart, so that they can go"),
    ),
)


def register() -> None:
    """Tell whoever asks what is kept. Called at start."""
    RETENTION.add(CONTACTS)
    KEPT_FOR_GOOD.add_all(KEPT)
