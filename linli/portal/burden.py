"""What portal asks of staff and residents, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand

STAFF = (
    StaffDemand(
        "portal.feedback", _("Say what is wrong with a page"), "form",
        "BU-17：政务移动互联网应用程序规范化管理办法（国办函〔2026〕12号），工作人员同样可以投诉建议", 60,
    ),
)  # fmt: skip
RESIDENTS = (
    ResidentDemand(
        "portal.feedback", _("Feedback"), _("text without names or numbers; number and code to read the answer"),
        "BU-17", _("three years after it was closed"),
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    RESIDENT_DEMANDS.add_all(RESIDENTS)
