"""What cases ask of staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

STAFF = (
    StaffDemand(
        "cases.work", _("Say what was done about a case, in the step that it takes"), "form",
        "国办发〔2020〕53号：接诉即办、限时办结；实施方案任务8、14", 60,
    ),
    StaffDemand(
        "cases.evidence", _("Show that a case is done: photos or papers"), "upload",
        "国办发〔2020〕53号：办理结果有据可查，不以答复代替解决", 60,
    ),
)  # fmt: skip


def register() -> None:
    """Declare them. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
