"""Funding lines: who pays for what, by year and source."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.money import Money
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.sheets import download
from linli.kernel.web import Request, done, page
from linli.plan import permits, queries, services
from linli.plan.forms import FundingForm, WithdrawForm
from linli.plan.types import SOURCE_TITLES, Source
from linli.plan.views.asking import PAGE, may_anywhere, names_of, number_of, plan_of
from linli.runtime.queries import offered
from linli.ui.demo import demo_note

NEWEST = Keyset("-year", ("-year", "path", "id"))


@require_GET
def funding(request: Request) -> HttpResponse:
    """Lines and sums by year and source."""
    plan = plan_of(request)
    source, year = request.GET.get("source", ""), number_of(request.GET.get("year", ""))
    asked = queries.visible_funding(request.actor).filter(document=plan)
    asked = asked.filter(source=source) if source in list(Source) else asked
    asked = asked.filter(year=year) if year is not None else asked
    if request.GET.get("format") in ("csv", "xlsx"):
        return _file(list(asked.order_by("-year", "path", "id")), request.GET["format"])
    found = page_of(asked, NEWEST, cursor=request.GET.get("cursor"), limit=clean_limit(PAGE))
    context: dict[str, object] = {
        "plan": plan, "found": found, "source": source, "year": year, "sources": SOURCE_TITLES,
        "names": names_of(found.items), "sums": _table(queries.funding_sums(asked)),
        "may_add": may_anywhere(request, permits.FUND),
        **offered(request.actor, "plan.funding"),
    }  # fmt: skip
    return page(request, "plan/funding.html", context)


def _table(sums: list[tuple[int, str, int]]) -> list[tuple[int, dict[str, int], int]]:
    """Years with their sums by source, the newest first."""
    years: dict[int, dict[str, int]] = {}
    for year, source, fen in sums:
        years.setdefault(year, {})[source] = fen
    return [(year, by, sum(by.values())) for year, by in sorted(years.items(), reverse=True)]


def _file(rows: list[Any], form: str) -> HttpResponse:
    names = names_of(rows)
    heads = [_("Year"), _("Place"), _("From where"), _("Amount in yuan"), _("For what"), _("Task"),
             _("By which document"), _("Withdrawn because")]  # fmt: skip
    body = [
        [r.year, names[r.path].name, str(SOURCE_TITLES[Source(r.source)]), r.amount_fen / 100,
         r.purpose, r.task.number if r.task else "", r.basis, r.withdrawn_why]
        for r in rows
    ]  # fmt: skip
    return download([heads, *body], name=_("Funding"), form=form, note=demo_note())


@require_http_methods(["GET", "POST"])
def new_line(request: Request) -> HttpResponse:
    """Record money for the plan."""
    plan = plan_of(request)
    places, tasks = queries.places_for(request.actor, permits.FUND), queries.open_tasks(plan)
    if not places:
        raise NotFound()
    initial = {"year": timezone.localdate().year, "place": request.GET.get("place", "")}
    form = FundingForm(places, tasks, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place = next(one for one in places if one.code == data["place"])
        task = next((one for one in tasks if str(one.number) == data["task"]), None)
        try:
            services.add_funding_line(
                plan, place, {**data, "task": task}, actor=request.actor, now=timezone.now()
            )
        except Invalid as wrong:
            form.take(wrong.fields)
        else:
            messages.success(request, _("The line is recorded."))
            return done(request, reverse("plan:funding"))
    context: dict[str, object] = {"plan": plan, "form": form}
    return page(request, "plan/funding_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, line_id: int) -> HttpResponse:
    """Take a line out of the sums, with the reason."""
    line = queries.get_funding_line(request.actor, line_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_funding_line(
            line, actor=request.actor, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("The line was withdrawn."))
        return done(request, reverse("plan:funding"))
    context: dict[str, object] = {
        "line": line, "form": form, "amount": Money(line.amount_fen),
        "source": SOURCE_TITLES[Source(line.source)], "place": names_of([line])[line.path],
    }  # fmt: skip
    return page(
        request, "plan/funding_withdraw.html", context, status=422 if form.is_bound else 200
    )
