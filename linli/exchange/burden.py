"""What dealing with the hotline and with connections asks of staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

HOTLINE_BASIS = "国办发〔2020〕53号：12345 热线受理、派单、办理、答复、督办、办结、回访、评价闭环"
CONNECTION_BASIS = "国务院令第716号第十条、第十一条：政务服务平台互联互通、数据共享；实施方案任务14"
STAFF = (
    StaffDemand(
        "exchange.orders", _("Hand in the hotline's list of orders instead of typing it"), "upload",
        HOTLINE_BASIS, 60,
    ),
    StaffDemand(
        "exchange.hand_back", _("Ask the hotline to take an order back, or note what it said"), "form",
        HOTLINE_BASIS, 90,
    ),
    StaffDemand(
        "exchange.letter", _("Say why something that could not be sent is let go"), "form",
        CONNECTION_BASIS, 30,
    ),
)  # fmt: skip


def register() -> None:
    """Tell whoever asks what is demanded. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
