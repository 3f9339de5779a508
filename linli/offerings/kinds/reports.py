"""Messages about reports, and what their acts are called in the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import TEMPLATES, told
from linli.offerings.services.reporting import SENT, WITHDRAWN
from linli.offerings.services.reporting_approving import ASKED, REFUSED
from linli.offerings.services.reporting_sheets import HANDED_BACK

LETTERS = (
    told(
        SENT, _("A report is to be looked through"), "notify.work",
        _("“%(title)s” is filled in as far as the registers go. Look it through and sign it off by %(due)s."),
    ),
    told(
        WITHDRAWN, _("A report was taken back"), "notify.work",
        _("“%(title)s” was taken back: %(why)s. You need not do anything."),
    ),
    told(
        ASKED, _("A report waits for your approval"), "notify.work",
        _("“%(title)s” is to go to the villages, to be signed off by %(due)s. Approve it, or give it back."),
    ),
    told(
        REFUSED, _("A report was not approved"), "notify.work",
        _("“%(title)s” was not approved: %(why)s. Nothing went to the villages."),
    ),
    told(
        HANDED_BACK, _("A report came back to be looked through again"), "notify.work",
        _("“%(title)s” came back: %(why)s. Look it through and sign it off again by %(due)s."),
    ),
)  # fmt: skip


def register() -> None:
    """Tell notify. Called at start."""
    TEMPLATES.add_all(LETTERS)
