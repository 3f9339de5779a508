"""What a reading gives: items with the offsets they were read from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

REQUIRE, STRIVE, ENCOURAGE, EXPLORE, MAY = "require", "strive", "encourage", "explore", "may"


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that the text does not say in full, and how it was read."""

    code: str
    raw: str
    reading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unread:
    """Characters that no item took, or an item that lacks something."""

    code: str
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Department:
    """A department as the plan prints it."""

    name: str
    leads: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part or a group."""

    number: int
    label: str
    title: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Target:
    """What shall be reached, how much of it and by when."""

    code: str
    task: int | None
    stage: int | None
    name: str
    kind: str
    operator: str
    value: str | None
    unit: str
    deadline: date | None
    deadline_text: str
    force: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A sentence, or the part of it with one force, that says what shall be done."""

    owner: str
    owner_number: int
    number: int
    text: str
    force: str
    level: str
    documents: tuple[str, ...]
    deadline: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """One task with its departments in the order of the plan; the first one leads."""

    number: int
    label: str
    title: str
    part: int | None
    group: int | None
    departments: tuple[Department, ...]
    force: str
    start: int
    end: int
    body_start: int
    body_end: int

    @property
    def lead(self) -> str | None:
        """The department that leads."""
        return next((d.name for d in self.departments if d.leads), None)

    @property
    def participants(self) -> list[str]:
        """The others, in the order of the plan."""
        return [d.name for d in self.departments if not d.leads]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the work with its first and last day."""

    number: int
    title: str
    first: date | None
    last: date | None
    start: int
    end: int
    body_start: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A requirement, a principle, a goal or another paragraph of a part."""

    kind: str
    number: int
    title: str
    part: int | None
    start: int
    end: int
    body_start: int


@dataclass(slots=True)
class PlanRead:
    """The whole document as read."""

    text: str
    title: str = ""
    document_number: str = ""
    issued_on: date | None = None
    parts: list[Heading] = field(default_factory=list)
    groups: list[Heading] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    head: list[tuple[int, int]] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def requirements(self) -> list[Passage]:
        """The paragraphs of the part that says what is required of everybody."""
        return [one for one in self.passages if one.kind == "requirement"]
