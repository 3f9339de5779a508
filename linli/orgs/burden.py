"""What orgs asks of staff, with the basis, and what its tables know already."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import HELD_FACTS, STAFF_DEMANDS, HeldFact, StaffDemand

STAFF = (
    StaffDemand(
        "orgs.register", _("Keep organisations, posts and holders"), "form",
        "VCL 2026, RCL 2026: committees, hand-over; plan of 2016 requirement (四)", 90,
    ),
    StaffDemand(
        "orgs.handover", _("Hand over a post"), "form",
        "VCL 2026 art. 24, RCL 2026 art. 25", 240,
    ),
    StaffDemand(
        "orgs.handover_lines", _("Write what is handed over, a thing a line"), "repeated_cell",
        "VCL 2026 art. 24, RCL 2026 art. 25：工作移交", 120,
    ),
    StaffDemand(
        "orgs.learning", _("Enter certificates and training"), "count",
        "plan of 2016 (四)", 40,
    ),
    StaffDemand(
        "orgs.learner_again", _("Name who learnt, also without a post here"), "repeated_cell",
        "plan of 2016 (四)", 5,
    ),
    StaffDemand(
        "orgs.staff_list", _("Hand in a list of posts and staff instead of typing it"), "upload",
        "VCL 2026, RCL 2026: committees, hand-over; plan of 2016 requirement (四)", 120,
    ),
    StaffDemand(
        "orgs.centres", _("Keep service centres"), "form",
        "plan of 2016 task 12", 60,
    ),
    StaffDemand(
        "orgs.centre_door", _("Show where the door of a centre is"), "location",
        "plan of 2016 task 12: the place of a building, never of a person", 20,
    ),
    StaffDemand(
        "orgs.party", _("Keep Party organisations and joint meetings"), "form",
        "plan of 2016 tasks 1 to 3", 60,
    ),
    StaffDemand(
        "orgs.party_counts", _("Enter numbers of Party members"), "count",
        "支部工作条例 2018; plan of 2016 task 3", 60,
    ),
)  # fmt: skip
HELD = (
    HeldFact(
        "orgs.organisations",
        _("Codes of organisations, who holds which post"),
        (
            "uscc",
            "organisation",
            "holder_name",
            "parent",
            "successor",
            "other",
        ),
    ),
)


def register() -> None:
    """Tell the burden guard. Called at start."""
    STAFF_DEMANDS.add_all(STAFF)
    HELD_FACTS.add_all(HELD)
