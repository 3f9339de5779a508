"""What notices asks of staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

LAW = "DS-11、DS-12：村民委员会组织法（2025年修正）第三十五条、城市居民委员会组织法（2025年修订）第三十四条"
STAFF = (
    StaffDemand("notices.write", _("Write, publish or withdraw a notice"), "form", LAW, 180, optional=False),
    StaffDemand("notices.papers", _("Attach a paper to a notice"), "upload", LAW, 20),
    StaffDemand(
        "notices.photo", _("Photo of a notice on the board"), "photo",
        "BU-14：照片自愿；党组织“四议两公开”的通行做法附张贴照片（check）", 20,
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
