"""Plans of invented cities with their own habits, and what a reader should find in them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from linli.plan.reading import PlanRead, decode, read_plan
from linli.plan.reading.asdata import group_of

TEXTS = Path(__file__).parent / "texts"
MARK = re.compile(r"(?m)^[ \t　]*[(（]?(?:[一二三四五六七八九十]+|\d{1,2})[)）]?[、．.,)）]?")
NUMBERS, DOTS, BRACKETS = "一二三四五六七八九十0123456789", "、．.", "()（）[]［］【】〔〕"


@dataclass(frozen=True)
class Wanted:
    number: int
    title: str
    group: str
    lead: str
    participants: str


@dataclass(frozen=True)
class Sample:
    name: str
    text: str
    tasks: tuple[Wanted, ...]
    targets: tuple[tuple[int, str, str], ...]


@cache
def samples() -> tuple[Sample, ...]:
    return tuple(_sample(path) for path in sorted(TEXTS.glob("*.expected.txt")))


def _sample(path: Path) -> Sample:
    tasks, targets = path.read_text("utf-8").split("# targets: task value date\n")
    cells = [line.split("|") for line in tasks.splitlines()]
    rows = [line.split("|") for line in targets.splitlines()]
    text = decode(path.with_name(path.name.replace(".expected", "")).read_bytes())
    return Sample(
        path.name.split(".")[0],
        text,
        tuple(Wanted(int(n), *rest) for n, *rest in cells),
        tuple((int(task), value, day) for task, value, day in rows),
    )


@cache
def dongguan() -> PlanRead:
    return read_plan(decode((files("linli.plan") / "data" / "plan_2016.txt").read_bytes()))


def found(read: PlanRead) -> tuple[Wanted, ...]:
    """What a reading says of its tasks, in the shape of what is wanted."""
    return tuple(
        Wanted(
            task.number,
            task.title,
            group.title if (group := group_of(read, task)) else "",
            task.lead or "",
            "、".join(task.participants),
        )
        for task in read.tasks
    )


def damaged(text: str, seed: int, share: float, *, signs: str) -> str:
    """The text without some of its numbers, dots or brackets, at random but repeatable."""
    chance = random.Random(seed)
    marks = {at for match in MARK.finditer(text) for at in range(*match.span())}
    kept = []
    for at, sign in enumerate(text):
        lost = sign in signs and (sign in BRACKETS or at in marks)
        if not (lost and chance.random() < share):
            kept.append(sign)
    return "".join(kept)


def bare(title: str) -> str:
    """A title without the signs that the damage may have taken."""
    return re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", title)


def share_right(texts: list[tuple[str, tuple[Wanted, ...]]]) -> float:
    """The share of tasks whose title and lead came out right."""
    right = every = 0
    for text, wanted in texts:
        got = {(bare(task.title), task.lead) for task in read_plan(text).tasks}
        right += sum((bare(one.title), one.lead) in got for one in wanted)
        every += len(wanted)
    return right / every
