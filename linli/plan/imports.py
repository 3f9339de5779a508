"""The plan of Dongguan of 2016 with the corrections that ship with it, and plans from files."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

import yaml
from django.db import transaction
from django.utils.text import slugify

from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, require, system_actor
from linli.kernel.registries import INDICATORS
from linli.plan import permits, queries, services
from linli.plan.models import PlanDocument, Target
from linli.plan.rules.texts import sha256_of
from linli.plan.types import Change, ItemKind, NewTarget, Origin

DATA = files("linli.plan") / "data"
DONGGUAN = Origin(
    "dongguan-2016",
    "东莞市民政局网站公开文本（索引号 007330088/2017-05184）",
    CITY_PATH,
    "Implementation plan on further advancing the building of urban and rural communities",
    is_main=True,
)


@cache
def shipped() -> dict[str, Any]:
    """What people corrected in the reading of this plan before it was shipped."""
    found: dict[str, Any] = yaml.safe_load((DATA / "corrections_2016.yaml").read_text("utf-8"))
    return found


def packaged_text() -> bytes:
    """The plan's text as published, with the faults of the web copy."""
    return (DATA / "plan_2016.txt").read_bytes()


def dongguan_2016(*, actor: Actor, now: datetime) -> PlanDocument:
    """Import the packaged plan with its corrections and bindings; running it again changes nothing."""
    return import_file(packaged_text(), DONGGUAN, actor=actor, now=now)


@transaction.atomic
def import_file(data: bytes, origin: Origin, *, actor: Actor, now: datetime) -> PlanDocument:
    """Import a plan; the text of Dongguan's plan brings its shipped corrections along."""
    is_packaged = _is_packaged(data)
    document = services.import_plan(data, DONGGUAN if is_packaged else origin, actor=actor, now=now)
    if is_packaged and not queries.corrections_of(document).exists():
        require(actor, permits.CORRECT, at=document.path)
        _correct(document, now)
    services.link_departments(document, actor=system_actor("plan import"), now=now)
    return document


def _is_packaged(data: bytes) -> bool:
    return sha256_of(queries.read_text(data).text) == sha256_of(packaged_text().decode())


def origin_of(name: str) -> Origin:
    """What a file is called here: by the name of the file."""
    stem = PurePath(name).stem
    code = slugify(stem)[:40] or f"plan-{sha256_of(stem)[:8]}"
    return Origin(code, name, CITY_PATH)


def _correct(document: PlanDocument, now: datetime) -> None:
    """Make the shipped corrections as the person who made them, not as the one who imports."""
    made = shipped()
    person = system_actor(made["made_by"])
    targets = {target.code: target for target in queries.public_targets(document)}
    for entry in made["targets"]:
        if entry.get("add"):
            targets[entry["code"]] = _added(document, entry, person, now)
            continue
        _set(targets[entry["code"]], entry, person, now)
    why = ("方案没有英文名称", "The plan has no English names")
    for task in queries.tasks_of(document):
        english = Change("name_en", made["task_names_en"][task.number], why[0], why_en=why[1])
        services.correct_item(ItemKind.TASK, task.pk, english, actor=person, now=now)
    names = {
        number: (made["group_names_en"][number], *made["group_short"][number])
        for number in made["group_names_en"]
    }
    services.name_groups(document, names, actor=person, now=now)
    bind_shipped(document, targets, actor=person, now=now)


def bind_shipped(
    document: PlanDocument, targets: dict[str, Target], *, actor: Actor, now: datetime
) -> None:
    """Bind the shipped targets to the indicators that this installation has."""
    for code, key in shipped()["indicators"].items():
        if INDICATORS.get(key) and targets[code].indicator_key != key:
            services.bind_target_to_indicator(targets[code], key, actor=actor, now=now)


def _set(target: Target, entry: dict[str, Any], person: Actor, now: datetime) -> None:
    for field, value in entry["set"].items():
        if str(getattr(target, field) or "") == str(value):
            continue
        change = Change(field, str(value), entry["why"], why_en=entry["why_en"])
        services.correct_item(ItemKind.TARGET, target.pk, change, actor=person, now=now)


def _added(document: PlanDocument, entry: dict[str, Any], person: Actor, now: datetime) -> Target:
    start = document.text.find(entry["quote"])
    new = NewTarget(
        entry["code"], entry["task"], entry["set"]["name"], entry["set"]["name_en"],
        entry["set"]["kind"], entry["quote"], start, start + len(entry["quote"]),
        unit=entry["set"].get("unit", ""),
    )  # fmt: skip
    return services.add_target(
        document, new, (entry["why"], entry["why_en"]), actor=person, now=now
    )
