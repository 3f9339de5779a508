"""What cases ask of residents and staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

STAFF = (
    StaffDemand(
        "cases.keep_rules", _("Keep categories, responsibilities and rules of routing"), "form",
        "国办发〔2020〕53号：依权责清单分派，避免推诿和多头重复派单", 120,
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
