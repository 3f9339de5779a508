"""What plan asks of staff, with the basis."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

STAFF = (
    StaffDemand(
        "plan.town_plan", _("The town's own plan, filed once"), "form",
        "实施方案四（一）：工作方案报市民政局备案", 1800, optional=False, period="once",
    ),
    StaffDemand(
        "plan.town_plan_text", _("Hand in the text of the plan, so that it fills the fields"), "upload",
        "实施方案四（一）：工作方案报市民政局备案", 30,
    ),
    StaffDemand(
        "plan.report", _("A report on a task without a number, only when asked"), "form",
        "实施方案五（一）：加强督导，适时组织专项督查", 600,
    ),
    StaffDemand(
        "plan.report_papers", _("Say how many papers show it"), "count",
        "实施方案五（一）：加强督导，适时组织专项督查", 10,
    ),
    StaffDemand(
        "plan.call", _("Ask the towns for plans or reports, with a document"), "form",
        "实施方案四（一）、五（一）", 60,
    ),
    StaffDemand(
        "plan.check", _("Check what a town filed, once"), "form",
        "实施方案四（一）：报市民政局备案", 300,
    ),
    StaffDemand(
        "plan.pilot", _("Enter a pilot and its summary"), "form",
        "实施方案四（二）：开展试点；四（三）：总结工作情况", 300,
    ),
    StaffDemand(
        "plan.practice", _("Write a card of good practice"), "form",
        "实施方案四（三）：提炼经验做法", 600,
    ),
    StaffDemand(
        "plan.visit", _("Enter a supervision visit, and what was mended"), "form",
        "实施方案五（一）：加强督导，适时组织专项督查", 300,
    ),
    StaffDemand(
        "plan.funding", _("Enter money for the plan"), "form",
        "实施方案五：经费保障；政府信息公开条例", 60,
    ),
    StaffDemand(
        "plan.reading", _("Correct what was read from a plan"), "form",
        "实施方案全文：一次读入，更正留痕", 60,
    ),
    StaffDemand(
        "plan.text", _("Hand in a plan as a text file"), "upload",
        "实施方案全文：一次读入", 60, period="once",
    ),
)  # fmt: skip


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
