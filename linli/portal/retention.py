"""How long codes of earlier feedback lead to their case; how long its words are kept, its kind says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.cases.queries.over import CLOSED as OF_CASES
from linli.kernel.registries import RETENTION, Retention
from linli.kernel.retention import Rows
from linli.rulebook.queries import term_before

CLOSED = f"case_id IN ({OF_CASES})"


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(
        Retention(
            "portal.codes", _("Codes of earlier feedback"), ("portal_earliercode",),
            _("as long as the feedback that they open"), "BU-17; ours (check)",
            Rows("portal_earliercode", CLOSED, term_before("app.feedback_keep")),
        )
    )  # fmt: skip
