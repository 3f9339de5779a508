"""What people corrected in one version of a plan goes over to the next where its text stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.kernel.errors import Invalid
from linli.kernel.permits import NOBODY, Actor, require, system_actor
from linli.plan import permits
from linli.plan.models import Correction, Group, Measure, PlanDocument, Stage, Target, Task
from linli.plan.models.rows import value_of
from linli.plan.queries.documents import visible_corrections
from linli.plan.rules import corrections as rules
from linli.plan.services.binding import bind_target_to_indicator
from linli.plan.services.correcting import add_target, correct_item
from linli.plan.types import Change, ItemKind, NewTarget
from linli.trail.services import record

LEFT = "correction_left"
TABLES: tuple[tuple[ItemKind, Any], ...] = (
    (ItemKind.TASK, Task),
    (ItemKind.TARGET, Target),
    (ItemKind.MEASURE, Measure),
    (ItemKind.STAGE, Stage),
)
NAMES = ("name", "name_en")


@transaction.atomic
def carry_corrections(
    old: PlanDocument, new: PlanDocument, *, actor: Actor, now: datetime
) -> PlanDocument:
    """Correct the new version as the old one was, sentence by sentence; each under its person.

    What does not fit any more is listed among what was not read. Refuses with NotAllowed.
    """
    require(actor, permits.IMPORT, at=new.path)
    same = {kind: _same(table, old, new) for kind, table in TABLES}
    left = [one for one in _added(old) if not _add(one, new, same[ItemKind.TASK], now)]
    made = _last_of_each(old)
    left += [one for one in made if not _correct(one, same[ItemKind(one.kind)], now)]
    for target in Target.objects.filter(document=old).exclude(indicator_key=""):
        if found := same[ItemKind.TARGET].get(target.pk):
            bind_target_to_indicator(found, target.indicator_key, actor=system_actor(LEFT), now=now)
    _name_groups(old, new)
    for_all = set(visible_corrections(NOBODY, old).values_list("pk", flat=True))
    new.unread = [*new.unread, *(_told(one, one.pk in for_all) for one in left)]
    new.save(update_fields=["unread"])
    record("plan.corrections_carried", on=new, actor=actor, now=now, place=new.path,
           left=len(left), of=len(made))  # fmt: skip
    return new


def _same(table: Any, old: PlanDocument, new: PlanDocument) -> dict[int, Any]:
    """Return the item of the new version by the id of the old one that has the same text."""
    there = dict(_keyed(table.objects.filter(document=new).order_by("start", "pk"), new.text))
    rows = _keyed(table.objects.filter(document=old).order_by("start", "pk"), old.text)
    found = {row.pk: there[key] for key, row in rows if key in there}
    if table is Task:
        titles = {row.read.get("title"): row for row in there.values()}
        for key, row in _keyed(Task.objects.filter(document=old).order_by("start"), old.text):
            if key not in there and (title := titles.get(row.read.get("title"))):
                found[-row.pk] = title  # the title stands, the text below it has changed
    return found


def _keyed(rows: Iterable[Any], text: str) -> list[tuple[tuple[Any, ...], Any]]:
    seen: Counter[Any] = Counter()
    keyed = []
    for row in rows:
        key = _words(row, text)
        seen[key] += 1
        keyed.append(((*key, seen[key]), row))
    return keyed


def _words(row: Any, text: str) -> tuple[str, ...]:
    if isinstance(row, Task):
        return (row.read.get("title", ""), text[row.body_start : row.body_end].strip())
    if isinstance(row, Stage):
        return (text[row.start : row.end].strip(),)
    # one sentence may hold several: what was read of them first tells them apart
    read = row.read or {}
    return (row.text.strip(), str(read.get("name", "")), str(read.get("value", "")))


def _added(old: PlanDocument) -> list[Correction]:
    return list(Correction.objects.filter(document=old, field="added").order_by("pk"))


def _last_of_each(old: PlanDocument) -> list[Correction]:
    """Return the last correction of each field; a target that a person added goes as a whole."""
    person = Target.objects.filter(document=old, origin="person").values_list("pk", flat=True)
    made = Correction.objects.filter(document=old).exclude(field="added").order_by("pk")
    made = made.exclude(kind=ItemKind.TARGET, item_id__in=list(person))
    return list({(one.kind, one.item_id, one.field): one for one in made}.values())


def _add(one: Correction, new: PlanDocument, tasks: dict[int, Any], now: datetime) -> bool:
    target = Target.objects.select_related("task").get(pk=one.item_id)
    start = new.text.find(target.text) if target.text else -1
    task = target.task and (tasks.get(target.task.pk) or tasks.get(-target.task.pk))
    if start < 0 or (target.task and task is None):
        return False
    wanted = NewTarget(
        target.code, task.number if task else None, target.name, target.name_en, target.kind,
        target.text, start, start + len(target.text), operator=target.operator,
        value=target.value, unit=target.unit, deadline=target.deadline,
    )  # fmt: skip
    try:
        made = add_target(
            new, wanted, (one.why, one.why_en), actor=system_actor(one.made_by), now=now
        )
    except Invalid:
        return False  # its code names another target of the new version
    if target.indicator_key:
        bind_target_to_indicator(made, target.indicator_key, actor=system_actor(LEFT), now=now)
    return True


def _correct(one: Correction, same: dict[int, Any], now: datetime) -> bool:
    found = same.get(one.item_id)
    if found is None and one.kind == ItemKind.TASK and one.field in NAMES:
        found = same.get(-one.item_id)
    if found is None:
        return False
    found.refresh_from_db()
    if rules.shown(value_of(found, one.field)) == one.value:
        return True  # the new text says so itself
    change = Change(one.field, one.value, one.why, why_en=one.why_en)
    kind = ItemKind(one.kind)
    correct_item(kind, found.pk, change, actor=system_actor(one.made_by), now=now)
    return True


def _name_groups(old: PlanDocument, new: PlanDocument) -> None:
    names = {group.name: group for group in Group.objects.filter(document=old)}
    for group in Group.objects.filter(document=new):
        if before := names.get(group.name):
            Group.objects.filter(pk=group.pk).update(
                name_en=before.name_en,
                short_name=before.short_name,
                short_name_en=before.short_name_en,
            )


def _told(one: Correction, is_for_all: bool) -> dict[str, Any]:
    """What was not read stands on a public page: of the value of a Party target only where it is."""
    raw = f"{one.label} {one.field}"
    if is_for_all:
        raw = f"{raw}: {one.value_before} → {one.value}（{one.made_by}）"
    return {"code": LEFT, "why": LEFT, "raw": raw[:300], "line": 0, "start": 0, "end": 0}
