"""What a row of a list of posts and staff says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from linli.orgs.types import Arrival

# field → headings by which offices name it
HEADINGS = {
    "place": ("地区代码", "区划代码", "村社区代码", "place", "place code"),
    "organisation": ("单位", "组织", "单位名称", "单位代码", "organisation", "organization"),
    "post": ("职务", "岗位", "职务名称", "post", "title"),
    "kind": ("岗位类别", "职务类别", "kind", "post kind"),
    "name": ("姓名", "任职人", "name", "holder"),
    "since": ("任职日期", "任职时间", "到任日期", "since", "from"),
    "expected_until": ("任期至", "任期届满", "term until", "until"),
    "came_by": ("产生方式", "来源", "came by"),
    "full_time": ("专兼职", "是否专职", "full time"),
    "phone": ("办公电话", "电话", "office phone", "phone"),
    "duties": ("分工", "职责", "duties"),
    "public": ("是否公开", "公开", "public"),
    "document": ("文号", "文件", "document"),
}
REQUIRED = ("place", "organisation", "post")
WITH_NAME = ("since", "came_by")  # needed as soon as somebody is named
ARRIVALS = {
    "选举": Arrival.ELECTED, "当选": Arrival.ELECTED, "elected": Arrival.ELECTED,
    "公开招聘": Arrival.RECRUITED, "招聘": Arrival.RECRUITED, "open recruitment": Arrival.RECRUITED,
    "选派": Arrival.ASSIGNED, "assigned from above": Arrival.ASSIGNED,
    "assigned": Arrival.ASSIGNED, "挂职": Arrival.SECONDED,
    "seconded for training": Arrival.SECONDED, "seconded": Arrival.SECONDED,
    "任命": Arrival.APPOINTED, "聘任": Arrival.APPOINTED, "appointed": Arrival.APPOINTED,
    "recruited": Arrival.RECRUITED,
}  # fmt: skip
YES = {"是", "专职", "公开", "yes", "y", "1", "true", "full time"}
NO = {"否", "兼职", "不公开", "no", "n", "0", "false", "part time", ""}
MOST_NAME = 60


class Fault(NamedTuple):
    """One thing that is wrong with a row: its line, the field, the rule, and what stood there."""

    line: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A row that can be taken: a post of an organisation, and who holds it."""

    line: int
    place: str
    organisation: str
    post: str
    kind: str
    name: str
    since: date | None
    expected_until: date | None
    came_by: str
    is_full_time: bool
    phone: str
    duties: str
    is_public: bool
    document: str


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Return which column holds which field, by its heading."""
    known = {word: field for field, words in HEADINGS.items() for word in words}
    found: dict[str, int] = {}
    for number, heading in enumerate(headings):
        field = known.get(heading.strip().lower().replace("_", " "))
        if field is not None:
            found.setdefault(field, number)
    return found


def missing_columns(columns: Mapping[str, int]) -> list[str]:
    """Return the headings without which a list cannot be read."""
    return [HEADINGS[field][0] for field in REQUIRED if field not in columns]


def read_row(
    line: int, cells: Sequence[str], columns: Mapping[str, int], day_of: Callable[[str], date]
) -> StaffRow | list[Fault]:
    """Return what a row says, or everything that is wrong with it.

    `day_of` reads a date as people write it and raises ValueError.
    """
    said = {field: _cell(cells, at) for field, at in columns.items()}
    faults = [Fault(line, f, "missing") for f in REQUIRED if not said.get(f)]
    since = _day(line, "since", said, faults, day_of)
    until = _day(line, "expected_until", said, faults, day_of)
    came_by = ARRIVALS.get(said.get("came_by", "").lower())
    name = said.get("name", "")
    if name:
        faults += _holder_faults(line, said, since, came_by)
    if since and until and until <= since:
        faults.append(Fault(line, "expected_until", "before_since", said["expected_until"]))
    flags = {field: _flag(line, field, said, faults) for field in ("full_time", "public")}
    if faults:
        return faults
    return StaffRow(
        line=line, place=said["place"], organisation=said["organisation"], post=said["post"],
        kind=said.get("kind", ""), name=name, since=since, expected_until=until,
        came_by=came_by.value if came_by else "", is_full_time=flags["full_time"],
        phone=said.get("phone", ""), duties=said.get("duties", ""), is_public=flags["public"],
        document=said.get("document", ""),
    )  # fmt: skip


def _holder_faults(
    line: int, said: Mapping[str, str], since: date | None, came_by: Arrival | None
) -> list[Fault]:
    found = []
    if since is None and not said.get("since"):
        found.append(Fault(line, "since", "missing"))
    if came_by is None:
        found.append(Fault(line, "came_by", "unknown", said.get("came_by", "")))
    if len(said["name"]) > MOST_NAME:
        found.append(Fault(line, "name", "too_long", said["name"][:20]))
    return found


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _day(
    line: int,
    field: str,
    said: Mapping[str, str],
    faults: list[Fault],
    day_of: Callable[[str], date],
) -> date | None:
    text = said.get(field, "")
    if not text:
        return None
    try:
        return day_of(text)
    except ValueError:
        faults.append(Fault(line, field, "no_date", text))
        return None


def _flag(line: int, field: str, said: Mapping[str, str], faults: list[Fault]) -> bool:
    """Full time unless said otherwise; shown to everybody only if said so."""
    text = said.get(field, "").lower()
    if field not in said:
        return field == "full_time"
    if text in YES:
        return True
    if text not in NO:
        faults.append(Fault(line, field, "not_yes_or_no", text))
    return False
