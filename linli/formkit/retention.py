"""How long forms that were begun are kept, and how they go."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.formkit import queries, services
from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Work

SYSTEM = system_actor("formkit.retention")
BECAUSE = _("what was answered is read by the form that asked it")


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(
        Retention(
            "formkit.drafts", _("Forms that were begun and not sent"), ("formkit_formdraft",),
            _("seven days after the last word was typed"), "PIPL art. 19; ours (check)",
            Work(
                lambda now, limit: services.drop_due(actor=SYSTEM, now=now, limit=limit),
                queries.count_due,
            ),
        )
    )  # fmt: skip
    for table in ("form", "formversion", "formrevision", "formtest"):
        KEPT_FOR_GOOD.add(Kept(f"formkit_{table}", BECAUSE))
