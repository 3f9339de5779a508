"""What crosses the edge of plan: forces, kinds, levels, contents of a town plan, small values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Force(StrEnum):
    """How strong the plan wishes something: 要求, 力争, 鼓励, 探索, 可以."""

    REQUIRE = "require"
    STRIVE = "strive"
    ENCOURAGE = "encourage"
    EXPLORE = "explore"
    MAY = "may"

    @property
    def is_judged(self) -> bool:
        """Whether a date that passed matters: only 要求 and 力争 are told as not reached."""
        return self in (Force.REQUIRE, Force.STRIVE)


FORCE_TITLES = {
    Force.REQUIRE: pgettext_lazy("force", "required"),
    Force.STRIVE: pgettext_lazy("force", "striven for"),
    Force.ENCOURAGE: pgettext_lazy("force", "encouraged"),
    Force.EXPLORE: pgettext_lazy("force", "explored"),
    Force.MAY: pgettext_lazy("force", "possible"),
}


# one word for the head of a narrow column
FORCE_SIGNS = {
    Force.REQUIRE: pgettext_lazy("force, short", "must"),
    Force.STRIVE: pgettext_lazy("force, short", "aim"),
    Force.ENCOURAGE: pgettext_lazy("force, short", "urge"),
    Force.EXPLORE: pgettext_lazy("force, short", "try"),
    Force.MAY: pgettext_lazy("force, short", "may"),
}


class TargetKind(StrEnum):
    """What a target is; qualitative ones are shown as such, never as 0 %."""

    NUMERIC = "numeric"
    THRESHOLD = "threshold"
    MILESTONE = "milestone"
    COUNT = "count"
    DIRECTIONAL = "directional"
    CHECKLIST = "checklist"
    QUALITATIVE = "qualitative"
    STAGE = "stage"


KIND_TITLES = {
    TargetKind.NUMERIC: _("a number"),
    TargetKind.THRESHOLD: _("a condition for setting up"),
    TargetKind.MILESTONE: _("a milestone"),
    TargetKind.COUNT: _("a count"),
    TargetKind.DIRECTIONAL: _("a direction"),
    TargetKind.CHECKLIST: _("a list of points"),
    TargetKind.QUALITATIVE: _("qualitative"),
    TargetKind.STAGE: _("the end of a stage"),
}
OPERATOR_WORDS = {
    ">=": _("at least %(value)s"),
    ">": _("more than %(value)s"),
    "<=": _("at most %(value)s"),
    "=": _("%(value)s"),
    "all": _("all (%(value)s)"),
    "done": _("done"),
    "over_or_near": _("over or near %(value)s"),
    "increase": _("to rise"),
    "decrease": _("to fall"),
}
UNIT_TITLES = {
    "percent": "",
    "percent of villages": _("of villages"),
    "percent of towns": _("of towns"),
    "percent of communities": _("of communities"),
    "percent of units": _("of units"),
    "percent of before": _("of what it was before"),
    "members": _("members"),
    "persons": _("persons"),
    "towns": _("towns"),
    "villages": _("villages"),
    "communities": _("communities"),
    "organisations": _("organisations"),
    "items": _("items"),
    "seats": _("seats"),
    "platform": _("platform"),
}
# amounts of an indicator that are no share
AMOUNTS = {
    "hours": _("%(value)s hours"),
    "reports per village": _("%(value)s reports per village"),
    "seconds per village": _("%(value)s seconds per village"),
}
LEVEL_TITLES = {
    "province": _("province"),
    "city": _("city"),
    "city_town": _("city and towns"),
    "county": _("counties and districts"),
    "town": _("towns"),
    "town_village": _("towns and villages"),
    "village": _("villages and communities"),
    "group": _("groups and grids"),
}


class ItemKind(StrEnum):
    """What a person may correct."""

    TASK = "task"
    TARGET = "target"
    MEASURE = "measure"
    STAGE = "stage"


class CallKind(StrEnum):
    """What the city asks the towns for."""

    TOWN_PLAN = "town_plan"
    REPORT = "report"


# 主要目标, 工作思路, 主要任务, 责任部门, 进度安排, 推进步骤: stage one of the plan
CONTENTS = {
    "goals": _("Main targets"),
    "approach": _("Approach"),
    "tasks": _("Main tasks"),
    "departments": _("Responsible departments"),
    "schedule": _("Schedule"),
    "steps": _("Steps"),
}


class Source(StrEnum):
    """Where money for the plan comes from."""

    CITY = "city"
    TOWN = "town"
    COLLECTIVE = "collective"
    SOCIAL = "social"


SOURCE_TITLES = {
    Source.CITY: _("City budget"),
    Source.TOWN: _("Town budget"),
    Source.COLLECTIVE: _("Village collective"),
    Source.SOCIAL: _("Social funds"),
}


# why something was read as it was, or not; reading.asdata.WHY has the same codes
WHY_WORDS = {
    "correction_left": _("A correction of the version before: its sentence has changed."),
    "dot_missing": _("The dot after the number is missing."),
    "bracket_missing": _("A bracket is missing."),
    "number_missing": _("The number is missing; told by its neighbours."),
    "number_out_of_order": _("The printed number does not fit between its neighbours."),
    "numbering_changed": _("The sign of the number changes; it counts on from the line above."),
    "numbering_inside": _("This numbered line was read as part of the task above."),
    "line_break_missing": _("A line break is missing before this number."),
    "sentence_end_missing": _("The full stop before the departments is missing."),
    "dash_missing": _("The dash of the period is missing."),
    "day_unsigned": _("年 or 日 is missing in the date."),
    "month_unsigned": _("年 is missing in the date."),
    "part_unsigned": _("年 or 月 is missing in the date."),
    "half_unsigned": _("年 is missing in the date."),
    "broken_range": _("年, 月 and the dash of the range are missing."),
    "range": _("年 or 月 is missing in the range."),
    "year_of_document": _(
        "No year is given; the year of the document or the date before was taken."
    ),
    "date_of_event": _("The date is an event, not a day; a person sets it."),
    "year_unknown": _("The date names no year and the document has none; a person sets it."),
    "deadline_unread": _("This is no date; a person sets the deadline."),
    "no_such_day": _("There is no such day; a person sets the date."),
    "title_cut": _("The title is longer than 200 characters and was cut."),
    "no_department": _("No department was found for this task."),
    "serial_missing": _("The document number lacks its serial number."),
    "amount_unread": _("This amount became no target."),
    "no_place": _("This belongs to no part, task, stage or requirement."),
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the text of a plan comes from, and what it is called here."""

    code: str
    source: str
    path: str
    name_en: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a person wants to correct: one field, its new value, and why."""

    field: str
    value: str
    why: str
    version: int | None = None
    why_en: str = ""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target that the reading did not give and a person adds."""

    code: str
    task: int | None
    name: str
    name_en: str
    kind: str
    text: str
    start: int
    end: int
    unit: str = ""
    value: Decimal | None = None
    operator: str = ""
    deadline: date | None = None
