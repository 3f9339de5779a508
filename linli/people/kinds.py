"""Long jobs of people: checking and taking a list, exporting."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.people import permits
from linli.people.queries.imports import get_run
from linli.people.services.exporting import Order, write_export
from linli.people.services.running import check_run, take_run
from linli.runtime.types import JobKind, JobLink, JobRun


def _check(job: JobRun) -> JobLink:
    run = get_run(job.actor, int(job.params["run"]))
    check_run(run, actor=job.actor, now=timezone.now(), say=lambda done: job.progress(done))
    return JobLink("people:import_run", (run.pk,), gettext("See what was found"))


def _take(job: JobRun) -> JobLink:
    run = get_run(job.actor, int(job.params["run"]))
    total = int(run.counts.get("rows", 0)) or None
    take_run(run, actor=job.actor, now=timezone.now(), say=lambda done: job.progress(done, total))
    return JobLink("people:import_run", (run.pk,), gettext("See the result"))


def _export(job: JobRun) -> JobLink:
    order = Order(**{name: job.params[name] for name in Order.__slots__})
    code = write_export(
        order, job.job_id, actor=job.actor, now=timezone.now(), say=lambda done: job.progress(done)
    )
    return JobLink("files:download", (code,), gettext("Download"))


CHECK = JobKind("people.check", _("Check of a list of people"), _check, permit=permits.IMPORT)
IMPORT = JobKind("people.import", _("Import of a list of people"), _take, permit=permits.IMPORT)
EXPORT = JobKind("people.export", _("Export of residents"), _export, permit=permits.EXPORT)
