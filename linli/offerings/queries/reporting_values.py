"""What registers answer in reports: one read for each register, for all villages of a place at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import Actor, system_actor
from linli.kernel.reporting import (
    REPORT_LISTS,
    REPORT_SOURCES,
    ReportColumn,
    ReportList,
    ReportValue,
    report_columns,
)
from linli.offerings.errors import HeldAlready
from linli.offerings.rules.reporting_binding import (
    Bound,
    Fills,
    Index,
    held_by,
    index_of,
    likely_held,
    own_formula,
    questions_held,
    questions_likely_held,
)
from linli.offerings.rules.reporting_grids import MOST_ROWS, Heading
from linli.offerings.types.reporting import LEAST_WORDS
from linli.places import queries as places
from linli.places.types import WITH_COMMITTEE
from linli.ui.formats import listed

if TYPE_CHECKING:
    from linli.offerings.models import ReportingColumn, ReportingTask

COUNTING = system_actor("offerings.reporting")
Filled = dict[str, dict[str, ReportValue]]


@lru_cache(maxsize=32)
def index(list_key: str = "") -> Index:
    """Return which headings registers answer: once for each village, or row by row of a list."""
    groups = {column.key: source.zh for source in REPORT_SOURCES for column in source.columns}
    return index_of(columns_of(list_key).values(), {} if list_key else groups)


def columns_of(list_key: str = "") -> dict[str, ReportColumn]:
    """Return the columns that can be filled, by key."""
    if not list_key:
        return report_columns()
    found = REPORT_LISTS.get(list_key)
    return {column.key: column for column in found.columns} if found else {}


def list_called(key: str) -> ReportList | None:
    """Return a list of the registers, or None."""
    return REPORT_LISTS.get(key)


def require_list(list_key: str, path: str, actor: Actor) -> ReportList:
    """Return a list whose rows the actor may see at a place. Refuses with NotAllowed."""
    found = REPORT_LISTS.get(list_key)
    if found is None or not actor.may(found.permit, at=path):
        raise NotAllowed(permit=found.permit.name if found else "", at=path)
    return found


def rows_of(list_key: str, path: str, on: date, *, actor: Actor) -> list[dict[str, str]]:
    """Return the rows of a list as the actor may see them. Refuses with NotAllowed."""
    found = require_list(list_key, path, actor)
    with scope.acting(actor), transaction.atomic():
        return [dict(row) for row in found.read(path, on, MOST_ROWS)]


def measure(keys: Collection[str], path: str, on: date) -> Filled:
    """Return path of the village → key of the column → value; what is not known is left out.

    Registers are counted as a whole, numbers of nobody by name: whoever asks sees no entry.
    """
    found: Filled = {}
    wanted = set(keys)
    with scope.acting(COUNTING):
        for source in REPORT_SOURCES:
            asked = [column.key for column in source.columns if column.key in wanted]
            if not asked:
                continue
            for key, by_village in source.measure(asked, path, on).items():
                for at, value in by_village.items():
                    found.setdefault(at, {})[key] = value
    return found


def villages_of(path: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return (path, code, names) of the villages with a committee at a place and below, by code."""
    kinds = {kind.value for kind in WITH_COMMITTEE}
    with_invented = path.count("/") > 1
    found = places.places_of_level("village", with_invented=with_invented)
    rows = found.filter(path__startswith=path, kind__in=kinds).order_by("code")
    return [(one.path, one.code, _called(one.name, one.short_name)) for one in rows]


def _called(name: str, short: str) -> tuple[str, ...]:
    tails: Iterable[str] = (
        "",
        "村",
        "社区",
        "村委会",
        "居委会",
        "村民委员会",
        "居民委员会",
        "社区居委会",
    )
    return tuple(dict.fromkeys((name, short, *(f"{short}{tail}" for tail in tails))))


def refuse_held(bindings: Sequence[Bound], list_key: str) -> None:
    """Refuse with HeldAlready where villages would be asked what a register holds, and in lists any question."""
    known, is_chinese = columns_of(list_key), str(get_language()).startswith("zh")
    held = {
        f"column-{one.column}": [_("The register holds this (%(name)s): it is filled in, not asked.") % {"name": known[key].name(is_chinese=is_chinese)}]
        for one, key in questions_held(bindings, index(list_key))
    }  # fmt: skip
    if list_key:
        for one in bindings:
            if one.fills is Fills.VILLAGE:
                words = _(
                    "A list takes what the register holds, row by row. Bind this column or leave it empty."
                )
                held.setdefault(f"column-{one.column}", [words])  # fmt: skip
    if held:
        raise HeldAlready(held)


def fillers_of(
    task: ReportingTask, column: ReportingColumn, heading: Heading
) -> tuple[list[str], list[str]]:
    """Return what may be chosen to fill a column with its heading, and what registers likely have of it, by key."""
    held = held_by(heading.words, index(task.list_key))
    own = [Fills.NOBODY.value]
    own += [Fills.FORMULA.value] if own_formula(heading.formula) else []
    own += [] if task.list_key or held else [Fills.VILLAGE.value]
    likely = [] if task.list_key else likely_held(column.title.split(" · "), index())
    return [*own, *columns_of(task.list_key)], likely


def refuse_unexplained(bindings: Sequence[Bound]) -> None:
    """Refuse with Invalid where villages are asked what a register likely holds, without a word why (BU-23)."""
    known, is_chinese = columns_of(), str(get_language()).startswith("zh")
    lacking = {}
    for one, keys in questions_likely_held(bindings, index()):
        if len(one.why) < LEAST_WORDS:
            names = listed(known[key].name(is_chinese=is_chinese) for key in keys)
            lacking[f"why-{one.column}"] = [
                _("A register may hold this (%(names)s). Take it from there, or say why it does not do; the villages read it.")
                % {"names": names}
            ]  # fmt: skip
    if lacking:
        raise Invalid(lacking)
