"""What offerings ask of staff and residents, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

GUIDES = "国务院令第716号第四条、第六条：编制并公布服务事项和办事指南"
STAFF = (
    StaffDemand("offerings.item", _("Write what an item of service needs"), "form", GUIDES, 600, period="once"),
    StaffDemand("offerings.item_review", _("Look at an item again, publish or suspend it"), "form", GUIDES, 60, period="year"),
    StaffDemand("offerings.handbook", _("Choose which handbook is made"), "form", GUIDES, 10, period="year"),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
