"""What rulebook asks of staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

STAFF = (
    StaffDemand(
        "rulebook.value", _("Enter the value that a local document sets"), "form",
        "法律留给省、市、镇街和村居规定的数值，按其文件登记一次", 120,
    ),
    StaffDemand(
        "rulebook.calendar", _("Hand in the notice on working days as a file"), "upload",
        "全国年节及纪念日放假办法；国务院办公厅年度放假安排", 60, period="year",
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
