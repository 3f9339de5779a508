"""What cases ask of residents and staff, with the basis."""

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
    StaffDemand(
        "cases.keep_rules", _("Keep categories, responsibilities and rules of routing"), "form",
        "国办发〔2020〕53号：依权责清单分派，避免推诿和多头重复派单", 120,
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
