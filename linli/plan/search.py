"""What plan brings to the search: its text, and what towns did about it, as far as one may see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.permits import Actor
from linli.kernel.registries import SEARCH, Hit, SearchSource
from linli.plan import queries
from linli.plan.rules.texts import mended
from linli.ui.formats import day, is_chinese

if TYPE_CHECKING:
    from linli.plan.models import Measure

SIGNS = 80


def find_tasks(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Tasks of current plans whose name holds the words."""
    return [
        Hit(
            f"{task.number} {task.name}",
            reverse("plan:task", args=[task.document.code, task.number]),
            task.document.title,
            _("Task of the plan"),
        )
        for task in queries.found_tasks(words)[:limit]
    ]


def find_practices(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Cards of good practice that hold the words."""
    return [
        Hit(card.title, reverse("plan:practice", args=[card.pk]), card.problem[:80], _("Practice"))
        for card in queries.found_practices(words)[:limit]
    ]


def find_targets(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Targets of current plans by code, name or text; their values stay out."""
    return [
        Hit(
            f"{target.code} {target.name if is_chinese() else target.name_en or target.name}",
            reverse("plan:target", args=[target.document.code, target.code]),
            mended(target.deadline_text),
            _("Target of the plan"),
        )
        for target in queries.found_targets(words)[:limit]
    ]


def find_measures(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Measures of current plans by a part of their sentence."""
    return [
        Hit(_short(one.text), _where(one), one.document.title, _("Measure of the plan"))
        for one in queries.found_measures(words)[:limit]
    ]


def _where(measure: Measure) -> str:
    if measure.task is None:
        return reverse("plan:measures", args=[measure.document.code])
    return reverse("plan:task", args=[measure.document.code, measure.task.number])


def find_town_plans(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Town plans that the actor files, checks or sees, by title or number of the paper."""
    seen = queries.visible_town_plans(actor)
    found = queries.holding(seen, words, "title", "document_number").order_by("-filed_at", "-id")
    return [
        Hit(one.title, reverse("plan:filing", args=[one.pk]), one.document_number, _("Town plan"))
        for one in found[:limit]
    ]


def find_pilots(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Pilots by title, reason or summary; they are told to everybody."""
    seen = queries.visible_pilots(actor).prefetch_related(None)
    found = queries.holding(seen, words, "title", "reason", "summary").order_by(
        "-started_on", "-id"
    )
    return [
        Hit(one.title, reverse("plan:pilot", args=[one.pk]), _short(one.reason), _("Pilot"))
        for one in found[:limit]
    ]


def find_visits(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Supervision visits that the actor supervises, answers or sees, by who came and what was found."""
    seen = queries.visible_visits(actor).prefetch_related(None)
    found = queries.holding(seen, words, "visitors", "findings", "answer")
    return [
        Hit(
            f"{one.visitors} {day(one.visited_on)}",
            reverse("plan:visit", args=[one.pk]),
            _short(one.findings),
            _("Supervision visit"),
        )
        for one in found.order_by("-visited_on", "-id")[:limit]
    ]


def _short(text: str) -> str:
    line = " ".join(mended(text).split())
    return line if len(line) <= SIGNS else line[: SIGNS - 1] + "…"


SOURCES = (
    SearchSource("plan.tasks", gettext_lazy("Tasks of the plan"), find_tasks),
    SearchSource("plan.targets", gettext_lazy("Targets of the plan"), find_targets),
    SearchSource("plan.measures", gettext_lazy("Measures of the plan"), find_measures),
    SearchSource("plan.town_plans", gettext_lazy("Town plans"), find_town_plans),
    SearchSource("plan.pilots", gettext_lazy("Pilots"), find_pilots),
    SearchSource("plan.visits", gettext_lazy("Supervision visits"), find_visits),
    SearchSource("plan.practices", gettext_lazy("Good practice"), find_practices),
)


def register() -> None:
    """Add them all."""
    SEARCH.add_all(SOURCES)
