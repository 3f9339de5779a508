"""What the cells of the board say, to the eye in one sign and to the ear in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.kernel.permits import Actor
from linli.plan.queries import Shown, may_see_target_value
from linli.plan.reading.unit_words import unit_words
from linli.plan.rules.progress import Cell, Standing
from linli.plan.types import AMOUNTS, FORCE_TITLES, OPERATOR_WORDS, UNIT_TITLES, Force
from linli.ui.formats import day_plain, is_chinese, number

SIGNS = {
    Standing.SHOWN: pgettext_lazy("board", "file"),
    Standing.UNPROVEN: pgettext_lazy("board", "said"),
    Standing.CHECKING: pgettext_lazy("board", "in"),
    Standing.MISSING: pgettext_lazy("board", "out"),
    Standing.ACTIVE: pgettext_lazy("board", "yes"),
    Standing.INACTIVE: pgettext_lazy("board", "no"),
    Standing.PARTIAL: "?",
    Standing.NOT_APPLICABLE: "–",
    Standing.UNKNOWN: "–",
}
LABELS = {
    Standing.LATE: gettext_lazy("required, not reached in time"),
    Standing.SHORT: gettext_lazy("striven for, not reached in time"),
    Standing.REACHED: gettext_lazy("reached"),
    Standing.RUNNING: gettext_lazy("under way"),
    Standing.SHOWN: gettext_lazy("report on file"),
    Standing.UNPROVEN: gettext_lazy("reported, without papers that show it"),
    Standing.CHECKING: gettext_lazy("report being checked"),
    Standing.MISSING: gettext_lazy("not reported"),
    Standing.ACTIVE: gettext_lazy("begun"),
    Standing.INACTIVE: gettext_lazy("not begun"),
    Standing.PARTIAL: gettext_lazy("a part is not known"),
    Standing.NOT_APPLICABLE: gettext_lazy("does not apply"),
    Standing.UNKNOWN: gettext_lazy("no data"),
}
# tone of ui.parts state
TONES = {
    Standing.LATE: "late",
    Standing.SHORT: "soon",
    Standing.REACHED: "done",
    Standing.RUNNING: "run",
    Standing.SHOWN: "done",
    Standing.UNPROVEN: "idle",
    Standing.CHECKING: "run",
    Standing.MISSING: "idle",
    Standing.ACTIVE: "run",
    Standing.INACTIVE: "idle",
    Standing.PARTIAL: "idle",
    Standing.NOT_APPLICABLE: "idle",
    Standing.UNKNOWN: "idle",
}


STATES = {
    "filed": gettext_lazy("filed, to be checked"),
    "returned": gettext_lazy("returned"),
    "accepted": gettext_lazy("accepted"),
    "open": gettext_lazy("to be answered"),
    "answered": gettext_lazy("answered, to be closed"),
    "closed": gettext_lazy("closed"),
}


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell as drawn."""

    text: str
    label: Any
    tone: str
    url: str
    is_current: bool


def cell_view(cell: Cell, url: str, *, is_current: bool = False) -> CellView:
    """How a cell is drawn: a number where there is one, else a sign."""
    text = str(cell.percent) if cell.percent is not None else str(SIGNS.get(cell.standing, "·"))
    if cell.standing in (Standing.UNKNOWN, Standing.NOT_APPLICABLE):
        text = "–"
    return CellView(text, LABELS[cell.standing], cell.tone, url, is_current)


def legend(*, is_restated: bool = False) -> list[tuple[str, str, Any]]:
    """What the signs of the board mean."""
    partial = (str(SIGNS[Standing.PARTIAL]), "h-none", _("restated, and a part is not known"))
    return [
        ("98", "", _("reached, the number is a percentage")),
        ("84", "h-late", LABELS[Standing.LATE]),
        ("93", "h-try", LABELS[Standing.SHORT]),
        ("60", "h-q", _("under way, or without a date")),
        (str(SIGNS[Standing.SHOWN]), "h-q", LABELS[Standing.SHOWN]),
        (str(SIGNS[Standing.UNPROVEN]), "h-no", LABELS[Standing.UNPROVEN]),
        (str(SIGNS[Standing.CHECKING]), "h-q", LABELS[Standing.CHECKING]),
        (str(SIGNS[Standing.MISSING]), "h-no", LABELS[Standing.MISSING]),
        (str(SIGNS[Standing.ACTIVE]), "h-q", _("encouraged, explored or possible: begun")),
        (str(SIGNS[Standing.INACTIVE]), "h-no", _("encouraged, explored or possible: not begun")),
        ("–", "h-none", _("does not apply, or no data")),
        *([partial] if is_restated else []),
    ]


def goal_words_for(actor: Actor, path: str) -> Callable[[Any], str]:
    """What writes the goals of a plan out for a reader: those of Party tasks need a grant, as in the API."""

    def told(target: Any) -> str:
        if may_see_target_value(actor, target, path):
            return goal_words(target)
        return _("not shown here")

    return told


def goal_words(target: Any) -> str:
    """A target in words: at least 90 %."""
    if target.value is None:
        return str(OPERATOR_WORDS.get(target.operator, _("no number in the plan")))
    value = f"{target.value.normalize():f}"
    other = unit_words(target.unit) if is_chinese() else target.unit
    unit = str(UNIT_TITLES.get(target.unit, other))
    sign = "%" if target.unit.startswith("percent") else ""
    amount = f"{value}{sign} {unit}".strip()
    template = str(OPERATOR_WORDS.get(target.operator, "%(value)s"))
    return template % {"value": amount}


def task_words(task: Any) -> str:
    """The force of a task and its first date: required, 2017年2月28日."""
    dated = sorted(t.deadline for t in task.targets.all() if t.deadline)
    force = str(FORCE_TITLES[Force(task.force)])
    if not dated:
        return force
    return _("%(force)s, %(day)s") % {"force": force, "day": day_plain(dated[0])}


def trend_points(history: list[Any]) -> list[tuple[str, float | None, str]]:
    """The values of an indicator as points, each with its unit."""
    return [
        (day_plain(v.as_of), v.numerator if v.value is None else v.value, amount_words(v))
        for v in history
    ]


def amount_words(shown: Shown | None) -> str:
    """A value with its unit, 84% or 226.7 seconds per village; what nobody knows is a dash."""
    if shown is None or shown.numerator is None:
        return number(None)
    if shown.percent is not None:
        return f"{shown.percent}%"
    if shown.is_average and shown.value is None:
        return number(None)
    value = shown.numerator if shown.value is None else shown.value
    digits = 0 if value == int(value) else 1
    return str(AMOUNTS.get(shown.unit, "%(value)s")) % {"value": number(value, digits)}
