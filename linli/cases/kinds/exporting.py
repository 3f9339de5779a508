"""The long job that writes a list of cases into a file."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.cases.forms.filters import wanted_of
from linli.cases.services import exporting
from linli.runtime.types import JobKind, JobLink, JobRun


def _export(job: JobRun) -> JobLink:
    now = timezone.now()
    with translation.override(job.params["language"]):
        code = exporting.write_export(
            wanted_of(dict(parse_qsl(str(job.params["query"]))), now=now), job.params["form"], job.job_id,
            place=job.place, actor=job.actor, now=now, say=lambda done: job.progress(done),
        )  # fmt: skip
        return JobLink("files:download", (code,), gettext("Download"))


EXPORT = JobKind("cases.export", _("Export of cases"), _export)
