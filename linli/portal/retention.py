"""How long feedback is kept, and how it goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RETENTION, Retention
from linli.kernel.retention import Rows
from linli.rulebook.queries import term_before

CLOSED = "state IN ('answered', 'confirmed') AND answered_at < %(before)s"


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(
        Retention(
            "portal.feedback", _("Feedback"), ("portal_feedback",),
            _("three years after the answer (a value of the rulebook)"), "BU-17; ours (check)",
            Rows("portal_feedback", CLOSED, term_before("app.feedback_keep")),
        )
    )  # fmt: skip
