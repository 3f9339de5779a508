"""The job, the message and the names that reminders bring."""

from __future__ import annotations

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb
from linli.notify.types import PURPOSES, TEMPLATES, Basis, Purpose, told
from linli.offerings.services import reminder_files, reminding
from linli.people import permits as people
from linli.runtime.types import JobKind, JobLink, JobRun

CONSENT = Purpose(
    reminding.PURPOSE,
    _("Ages and ends that count for you"),
    Basis.CONSENT,
    _(
        "Tell me when I reach an age or something of mine ends, so that I can apply for what follows. "
        "I can stop this at any time; nothing else depends on it."
    ),
)
TOLD = told(
    reminding.REMINDER,
    _("Something may be for you this month"),
    reminding.PURPOSE,
    _(
        "This month there may be something that you can apply for. Look at the services, or ask at the window; the office can apply for you if you agree."
    ),
    short=_("This month there may be something that you can apply for. Ask at your window."),
)
ACTS = {
    "offerings.benefit_added": _("Allowance, permit, insurance or contract entered"),
    "offerings.benefit_asked": _("Asked whether a payment stops"),
    "offerings.benefit_unasked": _("Question whether a payment stops taken back"),
    "offerings.benefit_stop": _("Payment stopped"),
    "offerings.benefit_go_on": _("Payment goes on"),
    "offerings.benefit_end": _("Allowance, permit, insurance or contract ended"),
    "offerings.reminders_exported": _("List of a month exported"),
}


def _export(job: JobRun) -> JobLink:
    with translation.override(job.params["language"]):
        code = reminder_files.write_file(
            job.params, job.job_id, actor=job.actor, now=timezone.now()
        )
        return JobLink("files:download", (code,), gettext("Download"))


EXPORT = JobKind(reminder_files.JOB, _("What falls due in a month"), _export, people.EXPORT)


def register() -> None:
    """Called once at start."""
    PURPOSES.add(CONSENT)
    TEMPLATES.add(TOLD)
    VERBS.add_all(Verb(key, title) for key, title in ACTS.items())
    THINGS.add(Verb("offerings.benefit", _("Allowance, permit, insurance or contract")))
    SYSTEM_WORK.add_all(
        [
            Verb("offerings.ask_stop", _("asking whether payments stop")),
            Verb("offerings.remind", _("telling what falls due in a month")),
        ]
    )
