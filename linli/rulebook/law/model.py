"""Parameters of the law as they stand in the files, and entries of any level by date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from linli.rulebook.law.values import Glossary
from linli.rulebook.types import Certainty, Force, Level, Paper, Reading, RuleValue, Tighten, Words


@dataclass(frozen=True, slots=True)
class Source:
    """A law, rule or paper that values rest on, or a practice where no law gives a number."""

    key: str
    title: Words
    number: str = ""
    is_practice: bool = False

    def cite(self, article: str) -> Words:
        """Return the source with its article, in plain words."""
        zh = f"{self.title[0]}（{self.number}）" if self.number else self.title[0]
        en = f"{self.title[1]} ({self.number})" if self.number else self.title[1]
        if not article:
            return (zh, en)
        if article.isdigit():
            return (f"{zh}第{article}条", f"{en}, art. {article}")
        return (f"{zh}{article}", f"{en}, {article.replace('任务', 'task ')}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of one jurisdiction from a day on; None ends it there.

    `until` is the last day for which the value was meant; without a successor it then lapses.
    `ends` is the first day on which it was withdrawn. `precision` "year": the day is not confirmed.
    """

    start: date
    value: RuleValue
    jurisdiction: str
    level: Level
    source: Words
    certainty: Certainty
    checked_on: date
    article: str = ""
    source_key: str = ""
    precision: str = "day"
    until: date | None = None
    ends: date | None = None
    reading: str = ""
    readings: tuple[Reading, ...] = ()
    paper: Paper | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of the law, with its values by date at the levels that the files know.

    `used_by` are the apps whose code counts with it, which a test proves; `kept_for` those, made or
    still to be made, that do not yet.
    """

    key: str
    group: str
    title: Words
    unit: str
    tighten: Tighten
    certainty: Certainty
    force: Force
    text: Words
    rules: tuple[str, ...]
    used_by: tuple[str, ...]
    kept_for: tuple[str, ...]
    jurisdiction: str
    entries: tuple[Entry, ...]
    blank: RuleValue = None

    @property
    def pattern(self) -> RuleValue:
        """Return a value of the form that this parameter has: its latest, or the declared one."""
        known = [e for e in sorted(self.entries, key=lambda e: e.start) if e.value is not None]
        return known[-1].value if known else self.blank

    @property
    def first_day(self) -> date:
        """Return the first day for which any value is known."""
        return min(entry.start for entry in self.entries)

    def at(self, jurisdiction: str) -> tuple[Entry, ...]:
        """Return the entries of one jurisdiction."""
        return tuple(entry for entry in self.entries if entry.jurisdiction == jurisdiction)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading under which parameters are listed."""

    key: str
    title: Words
    order: int


@dataclass(frozen=True)
class Law:
    """All that the files say."""

    parameters: dict[str, Parameter]
    groups: dict[str, Group]
    sources: dict[str, Source]
    glossary: Glossary = field(repr=False)
