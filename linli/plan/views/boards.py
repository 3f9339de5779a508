"""The board of tasks and towns."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from linli.kernel.permits import Permit
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.plan import permits, queries
from linli.plan.forms import WhenForm
from linli.plan.queries import Board, Panel
from linli.plan.rules.progress import Pile, Standing
from linli.plan.views import board_rows, comparison
from linli.plan.views.asking import may_anywhere, number_of, plan_of, shows_invented
from linli.plan.views.words import LABELS, TONES, amount_words, goal_words_for, legend
from linli.runtime.queries import offered
from linli.ui.demo import demo_note

FILES = ("csv", "xlsx")


@require_GET
def board(request: Request) -> HttpResponse:
    """Tasks × towns; the chosen cell beside it; a chart of the chosen task with its numbers."""
    form = WhenForm(request.GET)
    found = _board(request, form)
    number = number_of(request.GET.get("task", "")) or board_rows.first_measured(found)
    town = request.GET.get("town", "")
    if request.GET.get("format") in FILES:
        return _file(found, request.GET["format"])
    if request.GET.get("numbers") in FILES:
        return _numbers_file(found, number, request.GET["numbers"])
    today = timezone.localdate()
    panel = queries.panel(request.actor, found, number, town, today) if number and town else None
    context: dict[str, object] = {
        "board": found, "panel": panel, "number": number, "town": town,
        "rows": board_rows.rows(found, request.GET.get("sort", ""), number, town),
        "heads": board_rows.heads(found), "stats": board_rows.stats(found),
        "chart": comparison.chart(found, number, town), "legend": legend(is_restated=found.when.is_restated), "form": form, "day_words": board_rows.day_words,
        "tones": TONES, "labels": LABELS, "sort": request.GET.get("sort", "code"),
        "amount_words": amount_words, "goal_words": goal_words_for(request.actor, found.document.path), "is_all": request.GET.get("all") == "1",
        **offered(request.actor, "plan.board"),
        "may_supervise": _may(request, permits.SUPERVISE, panel),
        "may_file": _may(request, permits.FILE, panel),
        "is_staff": may_anywhere(request, permits.VIEW),
    }  # fmt: skip
    status = 200 if form.is_valid() else 422
    return page(request, "plan/board.html", context, part="plan/_panel.html", status=status)


def _may(request: Request, permit: Permit, panel: Panel | None) -> bool:
    return panel is not None and request.actor.may(permit, at=panel.place.path)


@require_GET
def board_print(request: Request) -> HttpResponse:
    """The board on one sheet of A3."""
    found = _board(request, WhenForm(request.GET))
    context: dict[str, object] = {
        "board": found, "rows": board_rows.rows(found, "code", None, ""),
        "heads": board_rows.heads(found), "today": timezone.localdate(),
        "legend": legend(is_restated=found.when.is_restated), "day_words": board_rows.day_words,
    }  # fmt: skip
    return page(request, "plan/board_print.html", context)


@require_GET
def cells(request: Request) -> HttpResponse:
    """The list behind a number of the board: towns and tasks that stand in one way."""
    found = _board(request, WhenForm(request.GET))
    wanted = [one for one in request.GET.getlist("standing") if one in list(Standing)]
    counted = request.GET.get("counted", "")
    pile = found.piles[Pile(counted)] if counted in list(Pile) else None
    standings = [Standing(one) for one in wanted] or list(LABELS)
    rows = board_rows.listed(queries.standings(found, standings, pile), found.when)
    if request.GET.get("format") in FILES:
        heads = [
            pgettext("board", "Town"),
            _("Task"),
            _("Name of the task"),
            _("Value"),
            _("State"),
        ]
        body = [[r.place.name, r.number, r.name, r.text, str(r.label)] for r in rows]
        return download(
            [heads, *body], name=_("Cells of the board"), form=request.GET["format"],
            note=demo_note(),
        )  # fmt: skip
    start = number_of(request.GET.get("from", "")) or 0
    context: dict[str, object] = {
        "board": found, "rows": rows[start : start + 50], "total": len(rows), "start": start,
        **offered(request.actor, "plan.cells"),
        "shown": 50, "day_words": board_rows.day_words, "wanted": wanted, "labels": LABELS, "counted": counted,
        "piles": [(pile.value, title) for pile, (title, _text) in board_rows.PILES.items()],
    }  # fmt: skip
    return page(request, "plan/cells.html", context)


def _board(request: Request, form: WhenForm) -> Board:
    said = form.cleaned_data if form.is_valid() else {}
    return queries.board(
        request.actor, plan_of(request), said.get("on") or timezone.localdate(),
        to=said.get("to"), with_invented=shows_invented(request),
    )  # fmt: skip


def _file(found: Board, form: str) -> HttpResponse:
    heads: list[Any] = [
        _("Code"),
        pgettext("board", "Town"),
        *(task.number for task in found.tasks),
    ]
    body = [
        [row.place.code, row.place.name, *(board_rows.cell_text(row, task) for task in found.tasks)]
        for row in found.rows
    ]
    names = ["", _("Name of the task"), *(task.name for task in found.tasks)]
    days = ["", board_rows.day_words(found.when), *("" for _task in found.tasks)]
    name = _("Tasks and towns")
    return download([heads, names, *body, days], name=name, form=form, note=demo_note())


def _numbers_file(found: Board, number: int | None, form: str) -> HttpResponse:
    chart = comparison.chart(found, number, "")
    heads = [
        _("Code"),
        pgettext("board", "Town"),
        "%",
        _("Numerator"),
        _("Denominator"),
        _("As of"),
        _("State"),
    ]
    body = [
        [r.place.code, r.place.name, "" if r.percent is None else r.percent,
         "" if r.numerator is None else r.numerator,
         "" if r.denominator is None else r.denominator, r.as_of or "", str(r.label)]
        for r in (chart.lines if chart else [])
    ]  # fmt: skip
    name = _("Task %(number)s by town") % {"number": number or ""}
    return download([heads, *body], name=name, form=form, note=demo_note())
