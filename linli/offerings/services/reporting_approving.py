"""A report is approved before it goes out: the post that it names is asked, and sends it or gives it back (BU-22)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import Actor, open_to_all, require
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.models import ReportingTask
from linli.offerings.queries.reporting_ready import ready
from linli.offerings.rules.reporting_approving import may_approve
from linli.offerings.services.reporting import open_report
from linli.offerings.services.reporting_drafts import held_draft, held_for_approval, saved
from linli.offerings.states import REPORT
from linli.offerings.types.reporting import MOST_REASON
from linli.orgs import queries as orgs

ASKED, REFUSED = "offerings.report_asked", "offerings.report_refused"


@transaction.atomic
def send_report(task: ReportingTask, *, edition: int, actor: Actor, now: datetime) -> ReportingTask:
    """Send a report out where the actor is the post that approves it; else ask that post.

    Refuses with NotAllowed, WrongState, Stale, Invalid where nobody acts for the post, and as `ready`.
    """
    require(actor, permits.ASK_REPORTS, at=task.path)
    if may_approve(actor, task):
        return open_report(task, edition=edition, actor=actor, now=now)
    task = held_draft(task, edition, actor=actor)
    ready(task, now=now)
    if orgs.acting_holder(task.post_id, localdate(now)) is None:
        raise Invalid({"post": [_("Nobody holds the post that is to approve this. Choose another one.")]})  # fmt: skip
    task.state, task.why, task.account_id = REPORT.after(task.state, "ask"), "", actor.account_id
    task = saved(task, "offerings.report_asked", actor=actor, now=now)
    _tell(ASKED, task, To(post_id=task.post_id, is_staff=True), actor=actor, now=now)
    return task


@open_to_all("only the post that approves it; asked for when it is held")
@transaction.atomic
def refuse_report(
    task: ReportingTask, why: str, *, edition: int, actor: Actor, now: datetime
) -> ReportingTask:
    """Give a report back to whoever prepared it, with the reason; nothing goes out.

    Refuses with NotAllowed, WrongState, Stale, Invalid for want of a reason.
    """
    task = held_for_approval(task, edition, actor=actor)
    task.state = REPORT.after(task.state, "refuse")
    task.why = clean_text(why).strip()[:MOST_REASON]
    if not task.why:
        raise Invalid({"why": [_("Say why; whoever prepared it reads it.")]})
    task = saved(task, "offerings.report_refused", actor=actor, now=now)
    if task.account_id is not None:
        _tell(REFUSED, task, To(account_id=task.account_id, is_staff=True), actor=actor, now=now)
    return task


@transaction.atomic
def recall_report(task: ReportingTask, *, edition: int, actor: Actor, now: datetime) -> ReportingTask:  # fmt: skip
    """Fetch a report back that waits for approval, to change it. Refuses with NotAllowed, WrongState, Stale."""
    require(actor, permits.ASK_REPORTS, at=task.path)
    task = ReportingTask.objects.select_for_update().get(pk=task.pk)
    task.state = REPORT.after(task.state, "recall")
    if edition != task.edition:
        raise Stale(move="recall", state=task.state)
    return saved(task, "offerings.report_recalled", actor=actor, now=now)


def _tell(template: str, task: ReportingTask, to: To, *, actor: Actor, now: datetime) -> None:
    about = About(task.path, Link("offerings:report", (task.code,)))
    told = {"title": task.title, "due": task.due_on.isoformat(), "why": task.why}
    notify.send(template, to, told, actor=actor, now=now, about=about)
