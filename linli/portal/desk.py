"""What the portal itself brings to the desk's navigation and list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import DESK, DeskEntry
from linli.portal import permits, queries


def register() -> None:
    """Add the list of due work, shown to all who work here, and the feedback that waits."""
    DESK.add(DeskEntry("desk", _("To do"), "inbox", "portal:desk", (), order=0, group="mine"))
    DESK.add(
        DeskEntry(
            "feedback",
            _("Answer feedback"),
            "message-2",
            "portal:feedback_inbox",
            (permits.ANSWER,),
            order=900,
            items=queries.feedback_due,
            count=queries.count_open,
            group="cases",
        )
    )
