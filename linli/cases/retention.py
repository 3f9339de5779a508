"""What cases keep for good, the chain without words of anybody, and when contacts of reporters go."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, ago

# a report that is over for a year, with whatever was asked again meanwhile
OVER = """(contact IS NOT NULL OR answers IS NOT NULL OR by_sms) AND case_id IN (
    SELECT id FROM cases_case WHERE NOT is_open AND greatest(closed_at, changed_at) < %(before)s)"""
CONTACTS = Retention(
    "cases.contacts", _("How reporters are reached"), ("cases_reporter",),
    _("a year after the case was closed; then telephone, name and answers under seal go"), "PIPL art. 19; ours (check)",
    Blanked(
        "cases_reporter", OVER, ago(timedelta(days=365)),
        blank="contact = NULL, answers = NULL, by_sms = false, phone_masked = ''",
    ),
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
