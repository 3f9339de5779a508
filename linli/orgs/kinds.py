"""What orgs brings to others: its long jobs, and what its forms ask of staff, with the basis."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import STAFF_DEMANDS, StaffDemand
from linli.orgs import permits
from linli.orgs.queries import lists
from linli.orgs.services import intake
from linli.runtime.types import JOB_KINDS, JobKind, JobLink, JobRun


def check_staff(run: JobRun) -> JobLink:
    """Check a list without taking anything."""
    staff_list = lists.get_staff_list(run.actor, run.params["list"])
    intake.check_staff_list(staff_list, actor=run.actor, now=timezone.now())
    return JobLink("orgs:staff_list", (staff_list.pk,))


def take_staff(run: JobRun) -> JobLink:
    """Take the right rows of a list."""
    staff_list = lists.get_staff_list(run.actor, run.params["list"])
    intake.take_staff_list(
        staff_list,
        actor=run.actor,
        now=timezone.now(),
        say=lambda done, all: run.progress(done, all),
    )
    return JobLink("orgs:staff_list", (staff_list.pk,))


ORGANIC_LAWS = "VCL 2026, RCL 2026: committees, hand-over; plan of 2016 requirement (四)"
DEMANDS = (
    StaffDemand(
        "orgs.register", _("Keep organisations, posts and holders"), "form", ORGANIC_LAWS, 90
    ),
    StaffDemand("orgs.handover", _("Hand over a post"), "form", "VCL 2026 art. 24, RCL 2026 art. 25", 240),
    StaffDemand(
        "orgs.learning", _("Enter certificates and training"), "count", "plan of 2016 (四)", 40
    ),
    StaffDemand("orgs.centres", _("Keep service centres"), "form", "plan of 2016 task 12", 60),
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


def register() -> None:
    """Tell runtime about the long jobs and the burden guard about the forms. Called at start."""
    for demand in DEMANDS:
        STAFF_DEMANDS.add(demand)
    JOB_KINDS.add(
        JobKind("orgs.check_staff", _("Check a list of staff"), check_staff, permits.IMPORT)
    )
    JOB_KINDS.add(JobKind("orgs.take_staff", _("Take a list of staff"), take_staff, permits.IMPORT))
