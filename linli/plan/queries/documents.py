"""Plans as read and corrected. Their text is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.permits import PROTECTED, Actor
from linli.kernel.words import every_word
from linli.plan import permits
from linli.plan.models import (
    Correction,
    Group,
    Measure,
    Part,
    Passage,
    PlanDocument,
    Stage,
    Target,
    Task,
    TaskDepartment,
)
from linli.plan.types import ItemKind

TABLES: dict[str, Any] = {
    ItemKind.TASK: Task,
    ItemKind.TARGET: Target,
    ItemKind.MEASURE: Measure,
    ItemKind.STAGE: Stage,
}
# the fields that say what is to be reached
VALUES = ("value", "operator")


def documents() -> QuerySet[PlanDocument]:
    """Current plans, the main one first, without their texts."""
    found = PlanDocument.objects.filter(is_current=True).defer("text", "guesses", "unread")
    return found.order_by("-is_main", "code")


def current_document(code: str = "") -> PlanDocument:
    """Return the current version of a plan, or of the main one. Refuses with NotFound."""
    found = documents().filter(code=code) if code else documents()
    document = found.first()
    if document is None:
        raise NotFound(code=code)
    return document


def get_document(code: str = "") -> PlanDocument:
    """Return a plan with its text. Refuses with NotFound."""
    found = PlanDocument.objects.filter(is_current=True)
    document = (found.filter(code=code) if code else found.order_by("-is_main", "code")).first()
    if document is None:
        raise NotFound(code=code)
    return document


def groups_of(document: PlanDocument) -> list[Group]:
    """The groups of tasks in the order of the text."""
    return list(Group.objects.filter(document=document).order_by("start", "number"))


def tasks_of(document: PlanDocument) -> QuerySet[Task]:
    """The tasks with group, current departments and targets; three queries."""
    current = TaskDepartment.objects.filter(is_current=True).order_by("order")
    return (
        Task.objects.filter(document=document)
        .select_related("group")
        .prefetch_related(
            Prefetch("departments", current), Prefetch("targets", Target.objects.order_by("code"))
        )
        .order_by("number")
    )


def open_tasks(document: PlanDocument) -> list[Task]:
    """The tasks that may be reported on, piloted and visited: not the Party ones."""
    return [task for task in tasks_of(document) if task.level < PROTECTED]


def chosen_tasks(tasks: Sequence[Task], numbers: Sequence[str]) -> list[Task]:
    """The tasks with these numbers."""
    wanted = set(numbers)
    return [task for task in tasks if str(task.number) in wanted]


def found_tasks(words: str) -> QuerySet[Task]:
    """Tasks of current plans whose name holds every word."""
    found = Task.objects.filter(document__is_current=True).select_related("document")
    found = found.filter(every_word(words, "name__icontains", "name_en__icontains"))
    return found.order_by("-document__issued_on", "number")


def found_targets(words: str) -> QuerySet[Target]:
    """Targets of current plans whose code, name or text holds every word; the text of a plan is public."""
    found = Target.objects.filter(document__is_current=True).select_related("document")
    lookups = ("code__istartswith", "name__icontains", "name_en__icontains", "text__icontains")
    found = found.filter(every_word(words, *lookups))
    return found.order_by("-document__issued_on", "code")


def found_measures(words: str) -> QuerySet[Measure]:
    """Measures of current plans whose sentence holds every word."""
    found = Measure.objects.filter(document__is_current=True).select_related("document", "task")
    found = found.filter(every_word(words, "text__icontains"))
    return found.order_by("-document__issued_on", "start", "id")


def get_task(document: PlanDocument, number: int) -> Task:
    """Return one task. Refuses with NotFound."""
    task = tasks_of(document).filter(number=number).first()
    if task is None:
        raise NotFound(number=number)
    return task


def is_counted(task: Task) -> bool:
    """Say whether the system counts a target of a task: the board goes by it, not by reports."""
    return Target.objects.filter(task=task).exclude(indicator_key="").exists()


def public_targets(document: PlanDocument) -> QuerySet[Target]:
    """Every target in the order of its code."""
    return Target.objects.filter(document=document).select_related("task", "stage").order_by("code")


def leads_of(document: PlanDocument) -> dict[int, str]:
    """The leading department of each task by the task's id."""
    found = TaskDepartment.objects.filter(task__document=document, is_current=True, leads=True)
    return dict(found.values_list("task_id", "name"))


def get_target(document: PlanDocument, code: str) -> Target:
    """Return one target. Refuses with NotFound."""
    target = public_targets(document).select_related("document").filter(code=code).first()
    if target is None:
        raise NotFound(code=code)
    return target


def get_item(document: PlanDocument, kind: str, item_id: int) -> Any:
    """Return a task, target, measure or stage of this plan. Refuses with NotFound."""
    table = TABLES.get(kind)
    item = table.objects.filter(document=document, pk=item_id).first() if table else None
    if item is None:
        raise NotFound(kind=kind, id=item_id)
    return item


def measures_of(
    document: PlanDocument, *, task: int | None = None, force: str = "", addressee: str = ""
) -> QuerySet[Measure]:
    """Measures in the order of the text, cut by task, force or whom they address."""
    found = Measure.objects.filter(document=document).select_related("task", "stage", "passage")
    if task is not None:
        found = found.filter(task__number=task)
    if force:
        found = found.filter(force=force)
    if addressee:
        found = found.filter(addressee=addressee)
    return found.order_by("start", "id")


def corrections_of(
    document: PlanDocument, *, kind: str = "", item_id: int | None = None
) -> QuerySet[Correction]:
    """What people corrected, the newest first."""
    found = Correction.objects.filter(document=document)
    if kind:
        found = found.filter(kind=kind)
    if item_id is not None:
        found = found.filter(item_id=item_id)
    return found.order_by("-made_at", "-id")


def visible_corrections(
    actor: Actor, document: PlanDocument, *, kind: str = "", item_id: int | None = None
) -> QuerySet[Correction]:
    """What people corrected, without what would tell the value of a Party target."""
    found = corrections_of(document, kind=kind, item_id=item_id)
    if actor.may(permits.PARTY, at=document.path):
        return found
    held = Target.objects.filter(document=document, level__gte=PROTECTED).values("pk")
    return found.exclude(kind=ItemKind.TARGET, item_id__in=held, field__in=VALUES)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and the item that was read from it; none for the rest."""

    text: str
    kind: str
    item: Any
    start: int
    is_corrected: bool = False


def pieces_of(document: PlanDocument) -> list[Piece]:
    """Cut the text at the items that were read from it: every character in one piece."""
    corrected = set(Correction.objects.filter(document=document).values_list("kind", "item_id"))
    spans: list[tuple[int, int, str, Any]] = []
    for kind, table in (("part", Part), ("group", Group), ("passage", Passage)):
        spans += [(o.start, o.end, kind, o) for o in table.objects.filter(document=document)]
    spans += [(t.start, t.end, "task", t) for t in tasks_of(document)]
    spans += [(s.start, s.end, "stage", s) for s in Stage.objects.filter(document=document)]
    out: list[Piece] = []
    at = 0
    for start, end, kind, item in sorted(spans, key=lambda one: one[:2]):
        start = max(start, at)
        if at < start:
            out.append(Piece(document.text[at:start], "rest", None, at))
        if start < end:
            piece = document.text[start:end]
            out.append(Piece(piece, kind, item, start, (kind, item.pk) in corrected))
            at = end
    if at < len(document.text):
        out.append(Piece(document.text[at:], "rest", None, at))
    return out


def may_see_target_value(actor: Actor, target: Target, path: str) -> bool:
    """Whether the actor may be given the value of a target: those of Party tasks need a grant."""
    return target.level < PROTECTED or actor.may(permits.PARTY, at=path, level=target.level)
