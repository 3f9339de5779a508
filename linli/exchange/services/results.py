"""Results of orders go back to the hotline as a file; what each file said of which order is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.cases.queries.results import Outcome, Result
from linli.exchange import permits
from linli.exchange.errors import NothingToReturn
from linli.exchange.models import HandBack, HotlineOrder, ResultFile, ReturnedResult
from linli.exchange.queries import orders as queries
from linli.exchange.queries.orders import OrdersWanted
from linli.exchange.queries.returns import OWNER
from linli.exchange.states import HandBackState
from linli.exchange.types.titles import HAND_BACK_STATE, OUTCOME
from linli.files import services as files
from linli.files.types import FileKind, Owner
from linli.kernel import locks
from linli.kernel.permits import PERSONAL, Actor, require
from linli.kernel.sheets import as_xlsx
from linli.runtime.services.long_jobs import start_job
from linli.runtime.services.numbers import next_number
from linli.trail.services import record
from linli.ui.demo import demo_note
from linli.ui.formats import moment

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

JOB = "exchange.results"
# the file itself; what it said stays for good
KEPT = timedelta(days=365)
SERIES, MOST, AT_ONCE = "RX", 20_000, 500


@transaction.atomic
def order_results(*, place: str, with_open: bool, actor: Actor, now: datetime) -> LongJob:
    """Queue a file of what the hotline was not told yet. Refuses with NotAllowed, NothingToReturn."""
    require(actor, permits.HOTLINE, at=place)
    if not _wanted(actor, place, now, with_open=with_open)[:1]:
        raise NothingToReturn()
    params: dict[str, Any] = {"with_open": with_open, "language": get_language()}
    return start_job(JOB, params=params, place=place, actor=actor, now=now)


def _wanted(actor: Actor, place: str, now: datetime, *, with_open: bool) -> Any:
    found = queries.narrowed(actor, OrdersWanted(path=place), now)
    return found.filter(queries.to_return(with_open=with_open)).order_by("pk")


@transaction.atomic
def write_results(
    *, place: str, with_open: bool, language: str, actor: Actor, now: datetime,
    say: Callable[[int], None] = lambda n: None,
) -> ResultFile:  # fmt: skip
    """Write a file of results and mark what it says of which order, all or nothing.

    Orders whose case the actor may not see are left out and stay to be returned.
    Refuses with NotAllowed, NothingToReturn.
    """
    require(actor, permits.HOTLINE, at=place)
    # two files at once would both tell the same
    locks.hold("exchange.results", place)
    wanted = list(_wanted(actor, place, now, with_open=with_open)[:MOST])
    found: list[tuple[HotlineOrder, Result]] = []
    for start in range(0, len(wanted), AT_ONCE):
        batch = wanted[start : start + AT_ONCE]
        told = queries.results(actor, batch)
        found += [(order, told[order.pk]) for order in batch if order.pk in told]
        say(len(found))
    if not found:
        raise NothingToReturn()
    asked = _hand_backs([order.pk for order, _result in found])
    with translation.override(language):
        rows = [_row(order, result, asked.get(order.pk)) for order, result in found]
        content = as_xlsx([_heads(), *rows], note=demo_note())
    made = _file(content, len(found), place, actor, now)
    _mark(made, found, now)
    HandBack.objects.filter(pk__in=[one.pk for one in asked.values()]).update(file=made)
    record("exchange.results_returned", on=made, actor=actor, now=now, place=place,
           count=len(found), number=made.number)  # fmt: skip
    return made


def _hand_backs(order_ids: Sequence[int]) -> dict[int, HandBack]:
    found = HandBack.objects.filter(order__in=order_ids).order_by("pk")
    return {one.order_id: one for one in found}


def _file(content: bytes, rows: int, place: str, actor: Actor, now: datetime) -> ResultFile:
    number = next_number(SERIES, "", localdate(now).year, now=now)
    made = ResultFile.objects.create(
        path=place, number=number, file_hash="", rows=rows, account_id=actor.account_id,
        made_by=actor.label[:120], made_at=now,
    )  # fmt: skip
    kept = files.store_made(
        files.Made(content, f"12345-{number}.xlsx", FileKind.XLSX, PERSONAL, localdate(now + KEPT)),
        owner=Owner(OWNER, made.pk), place=place, actor=actor, now=now,
    )  # fmt: skip
    made.file_code, made.file_hash = kept.code, kept.sha256
    made.save(update_fields=["file_code", "file_hash"])
    return made


def _mark(made: ResultFile, found: Sequence[tuple[HotlineOrder, Result]], now: datetime) -> None:
    ReturnedResult.objects.bulk_create(
        [
            ReturnedResult(
                file=made, order=order, outcome=result.outcome, cycle=result.cycle, seq=result.seq
            )
            for order, result in found
        ],
        batch_size=AT_ONCE,
    )
    for order, result in found:
        order.told_outcome, order.told_cycle, order.told_at = result.outcome, result.cycle, now
    fields = ["told_outcome", "told_cycle", "told_at"]
    HotlineOrder.objects.bulk_update([order for order, _ in found], fields, batch_size=AT_ONCE)


def _heads() -> list[str]:
    """Return the headings of a file of results."""
    return [
        _("Number of the order"), _("Our number"), _("Result"), _("Stage"), _("Solved"),
        _("Answer"), _("Handled by"), _("Came in"), _("Accepted"), _("Answered"), _("Ended"),
        _("Due by the hotline's word"), _("Taken up again"), _("Asked to take back"),
        _("Who is in charge instead"), _("Why"),
    ]  # fmt: skip


def _row(order: HotlineOrder, result: Result, asked: HandBack | None) -> list[Any]:
    solved = result.outcome in (Outcome.DONE, Outcome.REFUSED)
    back = (
        (str(HAND_BACK_STATE[HandBackState(asked.state)]), asked.body, asked.reason)
        if asked
        else ("",) * 3
    )
    return [
        order.number, result.number, str(OUTCOME[result.outcome]), result.state,
        _("yes") if solved else _("no"), result.words, result.handler,
        *(_at(one) for one in (result.opened_at, result.accepted_at, result.answered_at,
                               result.closed_at, order.due_at)),
        result.cycle - 1, *back,
    ]  # fmt: skip


def _at(at: datetime | None) -> str:
    return moment(at) if at else ""
