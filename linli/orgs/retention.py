"""How long orgs keeps what it holds, and how it goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, ago

OLD = "made_at < %(before)s AND state IN ('taken', 'dropped') AND faults <> '[]'::jsonb"
HISTORY = _("who stood where and who held which post is the history of the city (村级档案管理办法)")
# what is kept for good, by name: a new table has to say what becomes of it
TABLES = (
    "orgkind", "organisation", "organisationversion", "orgedge", "reorganisation", "postkind",
    "post", "postholding", "handover", "certificate", "traininghours", "pairing", "servicecentre",
    "servicearea", "partyorganisation", "partycount", "partymanagement", "coveragespot",
    "coveragelink", "jointmeeting", "jointmember", "jointentry", "nonlocalduty", "holdingorigin",
    "setupproposal",
)  # fmt: skip


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(
        Retention(
            "orgs.lists", _("Rows of lists of posts and staff that were refused"),
            ("orgs_stafflist",), _("a year, then only the numbers stay"), "ours (check)",
            Blanked("orgs_stafflist", OLD, ago(timedelta(days=365)), blank="faults = '[]'::jsonb"),
        )
    )  # fmt: skip
    for table in TABLES:
        KEPT_FOR_GOOD.add(Kept(f"orgs_{table}", HISTORY))
