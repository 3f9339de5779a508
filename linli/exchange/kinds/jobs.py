"""Long jobs of exchange: checking and taking a list of orders, writing a file of results."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.exchange import permits
from linli.exchange.queries.lists import get_list
from linli.exchange.services.order_runs import check_list, take_list
from linli.exchange.services.results import JOB, write_results
from linli.runtime.types import JobKind, JobLink, JobRun


def _check(job: JobRun) -> JobLink:
    found = get_list(job.actor, int(job.params["list"]))
    check_list(found, actor=job.actor, now=timezone.now(), say=lambda done: job.progress(done))
    return JobLink("exchange:order_list", (found.pk,), gettext("See what was found"))


def _take(job: JobRun) -> JobLink:
    found = get_list(job.actor, int(job.params["list"]))
    total = int(found.counts.get("rows", 0)) or None
    take_list(
        found, actor=job.actor, now=timezone.now(), say=lambda done: job.progress(done, total)
    )
    return JobLink("exchange:order_list", (found.pk,), gettext("See the result"))


def _results(job: JobRun) -> JobLink:
    made = write_results(
        place=job.place, with_open=bool(job.params["with_open"]),
        language=str(job.params["language"]), actor=job.actor, now=timezone.now(),
        say=lambda done: job.progress(done),
    )  # fmt: skip
    return JobLink("files:download", (made.file_code,), gettext("Download"))


CHECK = JobKind(
    "exchange.orders_check", _("Check of a list of hotline orders"), _check, permit=permits.HOTLINE
)
TAKE = JobKind(
    "exchange.orders_run", _("Import of a list of hotline orders"), _take, permit=permits.HOTLINE
)
RESULTS = JobKind(JOB, _("Results for the hotline"), _results, permit=permits.HOTLINE)
