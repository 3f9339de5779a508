"""How long the grid keeps what it knows, and how it goes."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Rows, ago

OVER = "until IS NOT NULL AND until < (%(before)s)::date"
KEPT = (
    Kept("grid_cellduty", _("which posts looked after a cell; no persons")),
    Kept("grid_sighting", _("where a case was seen; goes with the case")),
    Kept("grid_stop", _("places of the rounds; no persons")),
    Kept("grid_visit", _("days of visits to places; no persons")),
    Kept("grid_hazardcheck", _("what was found; a danger of before explains one of now")),
)


def register() -> None:
    """Tell the nightly job. Called at start."""
    KEPT_FOR_GOOD.add_all(KEPT)
    RETENTION.add(
        Retention(
            "grid.contacts", _("Contact persons of households"),
            ("grid_cellcontact", "grid_contactvault"),
            _("name and telephone until the day on which she is relieved; the emptied entry a year more"),
            "PIPL art. 15, 19, 47; ours (check)",
            Rows("grid_cellcontact", OVER, ago(timedelta(days=365))),
        )
    )  # fmt: skip
