"""How long offerings keep what they know, and how it goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, ago

# applications
OVER = """sealed IS NOT NULL AND case_id IN (
    SELECT id FROM cases_case WHERE NOT is_open AND greatest(closed_at, changed_at) < %(before)s)"""
APPLICANTS = Retention(
    "offerings.applicants", _("Who applied"), ("offerings_application",),
    _("three years after the application was closed; then number, name and address go"),
    "PIPL art. 19; ours (check)",
    Blanked(
        "offerings_application", OVER, ago(timedelta(days=3 * 365)),
        blank="sealed = NULL, id_masked = '', answers = '{}', agent_basis = '', forgotten_at = now()",
    ),
)  # fmt: skip
KEPT = (
    Kept("offerings_materialstate", _("which papers an application needed; goes with the case")),
    Kept("offerings_applicationpart", _("which posts worked on an application; no persons")),
    Kept("offerings_payment", _("fees are accounts: receipts and refunds are kept as such")),
    Kept("offerings_item", _("which items were offered; no persons")),
    Kept("offerings_itemversion", _("what an item said when; applications stay on their version")),
    Kept("offerings_itemterm", _("words by which items are found; written anew with the item")),
    Kept("offerings_refund", _("fees are accounts: receipts and refunds are kept as such")),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(APPLICANTS)
    KEPT_FOR_GOOD.add_all(KEPT)
