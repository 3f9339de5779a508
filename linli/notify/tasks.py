"""Jobs of notify."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from linli.documents.queries import SEAL_STATE_WORDS
from linli.kernel.each import each
from linli.kernel.jobs import job, periodic
from linli.kernel.lanes import MESSAGES, URGENT
from linli.kernel.permits import system_actor
from linli.notify import queries, services
from linli.notify.types import About, Link, To
from linli.orgs.queries.posts import title_of_post
from linli.runtime.queries import STATE_WORDS, get_job, title_of_kind
from linli.ui.formats import day_plain

SYSTEM = system_actor("notify")
# a warning to a whole village goes out within minutes
MOST_URGENT = 1000


@job("notify.deliver", queue=MESSAGES)
def deliver(delivery_ids: list[int]) -> None:
    """Send some deliveries."""
    _deliver(delivery_ids)


@job("notify.deliver_urgent", queue=URGENT)
def deliver_urgent(delivery_ids: list[int]) -> None:
    """Send some deliveries that cannot wait: no mass of others stands before them."""
    _deliver(delivery_ids)


@periodic("* * * * *")
@job(
    "notify.deliver_urgent_due",
    queue=URGENT,
    queueing_lock="notify.deliver_urgent_due",
    lock="notify.deliver_urgent_due",
)
def deliver_urgent_due(timestamp: int) -> None:
    """Send what is urgent and waited, many at once or for another try; one of the slots stays free for codes."""
    _deliver(queries.due_deliveries(now=timezone.now(), is_urgent=True, limit=MOST_URGENT))


@periodic("* * * * *")
@job("notify.deliver_due", queue=MESSAGES, queueing_lock="notify.deliver_due")
def deliver_due(timestamp: int) -> None:
    """Send what waited: for the morning, for another try, for a worker that died."""
    _deliver(queries.due_deliveries(now=timezone.now()))
    services.take_reports(actor=SYSTEM, now=timezone.now())


def _deliver(delivery_ids: list[int]) -> None:
    """Send deliveries; one whose sending breaks waits and keeps no other back."""

    def send(delivery_id: int) -> None:
        services.deliver(delivery_id, actor=SYSTEM, now=timezone.now())

    for delivery_id in each("notify.deliver", delivery_ids, send):
        services.set_aside(delivery_id, actor=SYSTEM, now=timezone.now())


@job("notify.tell_job_ended")
def tell_job_ended(code: str) -> None:
    """Tell whoever started a long job that it ended."""
    ended = get_job(SYSTEM, code)
    if ended.account_id is None:
        return
    context = {
        "title": ended.title or title_of_kind(ended.kind),
        "state": STATE_WORDS[ended.state],
    }
    services.send(
        "runtime.job_ended", To(account_id=ended.account_id, is_staff=True), context,
        actor=SYSTEM, now=timezone.now(), about=About(ended.place, Link("runtime:job_detail", (code,))),
    )  # fmt: skip


@job("notify.tell_seal_decided")
def tell_seal_decided(
    seal_use_id: int, number: str, state: str, account_id: int, place: str
) -> None:
    """Tell the applicant what was decided about a seal."""
    services.send(
        "documents.seal_decided", To(account_id=account_id, is_staff=True),
        {"number": number, "state": SEAL_STATE_WORDS[state]},
        actor=SYSTEM, now=timezone.now(), about=About(place, Link("documents:seal", (seal_use_id,))),
    )  # fmt: skip


@job("notify.tell_person")
def tell_person(template: str, person_id: int, place: str, values: dict[str, str]) -> None:
    """Tell a person what the office did in her entry."""
    services.send(
        template, To(person_id=person_id), _said(values), actor=SYSTEM, now=timezone.now(),
        about=About(place, Link("people:me")),
    )  # fmt: skip


@job("notify.tell_holder")
def tell_holder(
    template: str, account_id: int | None, person_id: int | None, place: str,
    values: dict[str, str], handover_id: int | None = None, post_id: int | None = None,
) -> None:  # fmt: skip
    """Tell whoever leaves a post what waits, or what ended."""
    title = title_of_post(post_id) if post_id else ""
    services.send(
        template,
        To(account_id=account_id, person_id=None if account_id else person_id,
           is_staff=account_id is not None),
        {**_said(values), "title": title},
        actor=SYSTEM, now=timezone.now(),
        about=About(place, Link("orgs:handover", (handover_id,)) if handover_id else None),
    )  # fmt: skip


def _said(values: dict[str, str]) -> dict[str, str]:
    """Write days as people read them."""
    return {
        name: day_plain(date.fromisoformat(value)) if name == "day" else value
        for name, value in values.items()
    }


@job("notify.forget_person", retry=3)
def forget_person(person_id: int) -> None:
    """Let go of all that was kept to reach somebody who was erased."""
    services.forget_reaching(person_id=person_id, actor=SYSTEM, now=timezone.now())
