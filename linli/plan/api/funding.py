"""Money for the plan over the API: who pays for what, by year and source, in fen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from linli.kernel.api import listed, one_of
from linli.kernel.money import LARGEST, Money
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request
from linli.plan import permits, queries, services
from linli.plan.api.frame import ListIn, at_place, chosen, of_plan, places_to_write
from linli.plan.forms import FundingForm, WithdrawForm
from linli.plan.models import FundingLine
from linli.plan.types import Source

router = Router()
NEWEST = Keyset("-year", ("-year", "path", "id"))


class LineOut(Schema):
    id: int
    place: str
    task: int | None
    year: int
    source: str
    amount_fen: int
    amount_words: str
    purpose: str
    basis: str
    recorded_at: datetime
    recorded_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str


class SumOut(Schema):
    year: int
    source: str
    amount_fen: int


class FundingOut(Schema):
    """`sums` count every line that was asked for and not withdrawn, not only those of this page."""

    count: int
    items: list[LineOut]
    next: str | None
    sums: list[SumOut]


class FundingIn(ListIn):
    source: str = ""
    year: int | None = None


@router.get("/plan/funding/", response=FundingOut)
def list_funding(request: Request, asked: Query[FundingIn]) -> dict[str, Any]:
    """The lines that the caller may see, the latest year first, and their sums."""
    found = of_plan(queries.visible_funding(request.actor), asked)
    if source := one_of("source", asked.source, Source):
        found = found.filter(source=source)
    if asked.year is not None:
        found = found.filter(year=asked.year)
    page = page_of(found, NEWEST, cursor=asked.cursor, limit=clean_limit(asked.limit))
    sums = [
        {"year": year, "source": word, "amount_fen": fen}
        for year, word, fen in queries.funding_sums(found)
    ]
    return {**listed(page, _line), "sums": sums}


@router.get("/plan/funding/{int:line_id}/", response=LineOut)
def get_funding_line(request: Request, line_id: int) -> dict[str, Any]:
    """One line."""
    return _line(queries.get_funding_line(request.actor, line_id))


def _line(line: FundingLine) -> dict[str, Any]:
    names = ("year", "source", "amount_fen", "purpose", "basis", "recorded_at", "recorded_by",
             "withdrawn_at", "withdrawn_why")  # fmt: skip
    return {
        **at_place(line, *names), "task": line.task.number if line.task else None,
        "amount_words": Money(line.amount_fen).capitals,
    }  # fmt: skip


class LineIn(Schema):
    plan: str = ""
    place: str
    year: int
    source: str
    amount_fen: int = Field(ge=0, le=LARGEST)
    purpose: str
    basis: str = ""
    task: int | None = None


@router.post("/plan/funding/", response={201: LineOut})
def add_funding_line(request: Request, given: LineIn) -> Status[dict[str, Any]]:
    """Record money for the plan."""
    plan = queries.current_document(given.plan)
    places, tasks = places_to_write(request.actor, permits.FUND), queries.open_tasks(plan)
    number = "" if given.task is None else str(given.task)
    typed = {**given.dict(), "amount": Money(given.amount_fen), "task": number}
    data = FundingForm(places, tasks, typed).accepted()
    task = next(iter(queries.chosen_tasks(tasks, [number])), None)
    line = services.add_funding_line(
        plan, chosen(places, data["place"]), {**data, "task": task}, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _line(line))


class WithdrawIn(Schema):
    why: str


@router.post("/plan/funding/{int:line_id}/withdraw", response=LineOut)
def withdraw_funding_line(request: Request, line_id: int, given: WithdrawIn) -> dict[str, Any]:
    """Take a line out of the sums, with the reason; it stays on record."""
    line = queries.get_funding_line(request.actor, line_id)
    data = WithdrawForm(given.dict()).accepted()
    return _line(
        services.withdraw_funding_line(line, actor=request.actor, now=timezone.now(), **data)
    )
