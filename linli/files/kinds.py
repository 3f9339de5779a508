"""The long job that writes a list into a file."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.files.queries import may_see_list_file
from linli.files.services.list_files import KIND, OWNER, write_list_file
from linli.kernel.registries import FILE_VISIBILITY, FileVisibility
from linli.runtime.types import JOB_KINDS, JobKind, JobLink, JobRun


def _write(job: JobRun) -> JobLink:
    with translation.override(job.params["language"]):
        code = write_list_file(
            dict(job.params), job.job_id,
            place=job.place, actor=job.actor, now=timezone.now(), say=lambda done: job.progress(done),
        )  # fmt: skip
        return JobLink("files:download", (code,), gettext("Download"))


def register() -> None:
    """Tell the apps around. Called at start."""
    JOB_KINDS.add(JobKind(KIND, _("A list as a file"), _write))
    FILE_VISIBILITY.add(FileVisibility(OWNER, may_see_list_file))
