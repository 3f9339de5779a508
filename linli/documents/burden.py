"""What documents asks of staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

STAFF = (
    StaffDemand(
        "documents.seal_book", _("Entry in the seal book"), "form",
        "民政部、公安部关于规范村民委员会印章制发使用和管理工作的意见（2001）：用印须经批准并登记", 45, optional=False,
    ),
    StaffDemand(
        "documents.seal_copies", _("Say how many copies were stamped"), "count",
        "民政部、公安部关于规范村民委员会印章制发使用和管理工作的意见（2001）：用印须经批准并登记", 5, optional=False,
    ),
    StaffDemand(
        "documents.electronic_seal", _("Ask the seal service for the electronic seal"), "form",
        "国务院令第716号第九条：电子印章与实物印章具有同等法律效力（check）", 5,
    ),
    StaffDemand(
        "documents.papers", _("Print a paper again, or withdraw it"), "form",
        "党政机关公文处理工作条例（2012）：印制、撤销（check）", 20,
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
