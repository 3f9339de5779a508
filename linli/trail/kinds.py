"""Long jobs of the trail."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.runtime.types import JobKind, JobLink, JobRun
from linli.trail.permits import READ
from linli.trail.services import exporting


def _export(job: JobRun) -> JobLink:
    with translation.override(job.params["language"]):
        code = exporting.write_export(
            exporting.filter_of(dict(job.params["filter"])), job.params["form"], job.job_id,
            place=job.place, actor=job.actor, now=timezone.now(),
            say=lambda done: job.progress(done),
        )  # fmt: skip
        return JobLink("files:download", (code,), gettext("Download"))


EXPORT = JobKind("trail.export", _("Export of the trail"), _export, permit=READ)
