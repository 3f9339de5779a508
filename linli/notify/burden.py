"""What notify asks of staff and residents, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import RESIDENT_DEMANDS, STAFF_DEMANDS, ResidentDemand, StaffDemand

STAFF = StaffDemand(
    "notify.email", _("Give one's own e-mail address"), "form",
    "个人信息保护法第十三条第一项：本人同意，可以不填，随时删除", 40,
)  # fmt: skip
RESIDENTS = ResidentDemand(
    "notify.email", _("E-mail address for messages"), _("an e-mail address, confirmed by a code"),
    "个人信息保护法第十三条第一项：本人同意，可以不填", _("until the person deletes it or their account ends"),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add(STAFF)
    RESIDENT_DEMANDS.add(RESIDENTS)
