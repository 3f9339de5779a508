"""What orgs brings to others: its long jobs."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


def register() -> None:
    """Tell runtime about the long jobs. Called at start."""
    JOB_KINDS.add(
        JobKind("orgs.check_staff", _("Check a list of staff"), check_staff, permits.IMPORT)
    )
    JOB_KINDS.add(JobKind("orgs.take_staff", _("Take a list of staff"), take_staff, permits.IMPORT))
