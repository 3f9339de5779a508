"""What registers answer when an office asks by spreadsheet: one value for each village, or rows of a list.

Each app that owns figures adds its sources from `AppConfig.ready()`; `offerings` reads them at run time.
A figure that a register does not know is left out of the answer: unknown is not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from linli.kernel import sql
from linli.kernel.permits import Permit
from linli.kernel.registries import Registry

ReportValue = int | str
# where a row of a list says which row of its register it is, and its number in the list
ROW_REF, ROW_NUMBER = "row.ref", "row.number"
# key of a column → path of the village → its value
Answers = Mapping[str, Mapping[str, ReportValue]]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column that a register answers. `synonyms` are headings that offices write for it.

    `cover` masks what somebody types there, where the register itself shows no whole numbers.
    """

    key: str
    zh: str
    en: str
    unit: str = ""
    synonyms: tuple[str, ...] = ()
    cover: Callable[[str], str] | None = field(default=None, repr=False, compare=False)

    def name(self, *, is_chinese: bool) -> str:
        """Return how the column is called in the reader's language."""
        return self.zh if is_chinese else self.en


@dataclass(frozen=True, slots=True)
class ReportSource:
    """Columns that one read answers. `measure(keys, path, on)` answers for each village at a path and below."""

    key: str
    zh: str
    en: str
    columns: tuple[ReportColumn, ...]
    measure: Callable[[Collection[str], str, date], Answers] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReportList:
    """A list with one row for each person, home or household of a village.

    `read(path, on, most)` yields rows by key of the column, numbers and telephones masked, and under
    `ROW_REF` which row of the register it is; who does not hold `permit` at the village sees how many
    rows there are, and none of them.
    """

    key: str
    zh: str
    en: str
    columns: tuple[ReportColumn, ...]
    permit: Permit
    read: Callable[[str, date, int], Iterator[Mapping[str, str]]] = field(repr=False)

    def name(self, *, is_chinese: bool) -> str:
        """Return how the list is called in the reader's language."""
        return self.zh if is_chinese else self.en


REPORT_SOURCES: Registry[ReportSource] = Registry("what registers answer in reports")
REPORT_LISTS: Registry[ReportList] = Registry("lists that reports are filled from")


def report_columns() -> dict[str, ReportColumn]:
    """Return every column that a register answers once for each village, by key."""
    return {column.key: column for source in REPORT_SOURCES for column in source.columns}


# how many steps a path has down to its village
DEEP = 3


@dataclass(frozen=True, slots=True)
class Count:
    """A column that is counted: rows of `source`, aliased x and with a path, for which `where` holds.

    Both are written by programmers. `where` may use %(on)s, and as moments %(year)s, when the year of
    the day began, and %(until)s, when the day ends.
    """

    column: ReportColumn
    source: str
    where: str
    what: str = "count(*)"

    def by_village(self, params: Mapping[str, object]) -> dict[str, ReportValue]:
        """Return the numbers of villages below %(path)s; those further below are added up."""
        text = f"""SELECT x.path, {self.what} FROM {self.source}
 WHERE x.path >= %(path)s AND x.path < %(path)s || '~' AND {self.where} GROUP BY x.path"""  # noqa: S608  words of programmers
        found: dict[str, int] = {}
        for at, number in sql.tuples(f"reporting.{self.column.key}", text, dict(params)):
            steps = str(at).split("/")
            if len(steps) > DEEP:
                village = "/".join(steps[:DEEP]) + "/"
                found[village] = found.get(village, 0) + int(number)
        return dict(found)


def counting(key: str, zh: str, en: str, counts: tuple[Count, ...]) -> ReportSource:
    """Return a source whose columns are counted by one statement each."""
    known = {one.column.key: one for one in counts}

    def measure(keys: Collection[str], path: str, on: date) -> Answers:
        params = {
            "path": path, "on": on, "year": make_aware(datetime(on.year, 1, 1)),  # noqa: DTZ001
            "until": make_aware(datetime.combine(on + timedelta(days=1), time())),
        }  # fmt: skip
        return {one: known[one].by_village(params) for one in keys}

    return ReportSource(key, zh, en, tuple(one.column for one in counts), measure)
