"""Messages about reports, and what their acts are called in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import TEMPLATES, told
from linli.offerings.services.reporting import SENT, WITHDRAWN

LETTERS = (
    told(
        SENT, _("A report is to be looked through"), "notify.work",
        _("“%(title)s” is filled in as far as the registers go. Look it through and sign it off by %(due)s."),
    ),
    told(
        WITHDRAWN, _("A report was taken back"), "notify.work",
        _("“%(title)s” was taken back: %(why)s. You need not do anything."),
    ),
)  # fmt: skip


def register() -> None:
    """Tell notify. Called at start."""
    TEMPLATES.add_all(LETTERS)
