"""Which value holds at a place on a day, and what a lower level may set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from linli.kernel.numbers import Share
from linli.rulebook.errors import NotInForce, UnknownReading
from linli.rulebook.law.load import NATIONAL
from linli.rulebook.law.model import Entry, Parameter
from linli.rulebook.types import AnyOf, Level, Range, RuleValue, Tighten, Value, Words

PROVINCE_DIGITS, CITY_DIGITS = 2, 6
_DAY = timedelta(days=1)
Local = Mapping[str, Sequence[Entry]]


def chain(place: str, body_id: int | None = None) -> tuple[str, ...]:
    """Return the jurisdictions over a place, widest first: national, 44, 441900, a town's path…"""
    codes = [code for code in place.split("/") if code]
    if not codes:
        return (NATIONAL,)
    paths = ["/".join(codes[:n]) + "/" for n in range(2, len(codes) + 1)]
    body = [body_code(body_id)] if body_id is not None else []
    return (NATIONAL, codes[0][:PROVINCE_DIGITS], codes[0], *paths, *body)


def body_code(body_id: int) -> str:
    """Return the jurisdiction of one organisation."""
    return f"org:{body_id}"


def level_of(jurisdiction: str) -> Level:
    """Return the level of a jurisdiction by its form."""
    if jurisdiction == NATIONAL:
        return Level.NATIONAL
    if jurisdiction.startswith("org:"):
        return Level.BODY
    if "/" not in jurisdiction:
        return Level.PROVINCE if len(jurisdiction) == PROVINCE_DIGITS else Level.CITY
    return Level.TOWN if jurisdiction.count("/") == 2 else Level.VILLAGE


def resolve(
    parameter: Parameter,
    local: Local,
    place: str,
    on: date,
    *,
    body_id: int | None = None,
    reading: str = "",
) -> Value:
    """Walk from the widest level to the narrowest and return the value that holds.

    Without a place the parameter's own jurisdiction answers. A narrower level stands only if it
    tightens or fills a gap. Refuses with NotInForce, UnknownReading. Basis: domain rule 16.1.
    """
    path = chain(place, body_id) if place else tuple({NATIONAL: 0, parameter.jurisdiction: 0})
    found = _walk(parameter, local, path, place, on)
    if found is None:
        raise NotInForce(key=parameter.key, on=on.isoformat(), first=parameter.first_day)
    return _value(parameter, local, found, on, reading)


def resolve_above(
    parameter: Parameter, local: Local, jurisdiction: str, path: Sequence[str], on: date
) -> Value | None:
    """Return what holds above one jurisdiction of a path, which a value of its own must respect."""
    above = path[: path.index(jurisdiction)]
    found = _walk(parameter, local, above, path[-1], on)
    return _value(parameter, local, found, on, "") if found else None


def _walk(
    parameter: Parameter, local: Local, path: Sequence[str], place: str, on: date
) -> Entry | None:
    best: Entry | None = None
    gap: Entry | None = None
    for entry in _standing(parameter, local, path, place, on):
        if entry.value is None:
            gap = gap or entry
        elif best is None or may_replace(parameter.tighten, best.value, entry.value):
            best = _with_readings(entry, best)
    return best or gap


def _standing(
    parameter: Parameter, local: Local, path: Sequence[str], place: str, on: date
) -> Iterator[Entry]:
    """Give for each level the entry that stands on the day: of file and rows, the later one."""
    for jurisdiction in path:
        written = _latest(parameter.at(jurisdiction), on)
        # a body's value counts only where it was set: nobody sets one for a body elsewhere
        is_body = level_of(jurisdiction) is Level.BODY
        rows = [e for e in local.get(jurisdiction, ()) if not is_body or place.startswith(e.place)]
        added = _latest([e for e in rows if _live(e, on)], on)
        later = max((e for e in (written, added) if e), key=lambda e: e.start, default=None)
        if later is not None:
            yield later


def _live(entry: Entry, on: date) -> bool:
    return entry.ends is None or on < entry.ends


def _latest(entries: Sequence[Entry], on: date) -> Entry | None:
    started = [entry for entry in entries if entry.start <= on]
    return max(started, key=lambda entry: entry.start, default=None)


def _with_readings(entry: Entry, upper: Entry | None) -> Entry:
    if upper is None or entry.readings or not upper.readings:
        return entry
    return replace(entry, readings=upper.readings, reading=entry.reading or upper.reading)


def _value(parameter: Parameter, local: Local, entry: Entry, on: date, reading: str) -> Value:
    named = {one.name: one for one in entry.readings}
    if reading and reading not in named:
        raise UnknownReading(key=parameter.key, reading=reading)
    used = reading or entry.reading
    lapsed = entry.until is not None and on > entry.until
    return Value(
        key=parameter.key,
        value=named[reading].value if reading else entry.value,
        unit=parameter.unit,
        source=entry.source,
        certainty=entry.certainty,
        valid_from=entry.start,
        valid_to=_last_day(parameter, local, entry),
        jurisdiction=entry.jurisdiction,
        level=entry.level,
        checked_on=entry.checked_on,
        force=parameter.force,
        precision=entry.precision,
        reading=used,
        alternatives=tuple(one for name, one in named.items() if name != used),
        provisional=lapsed,
        banner=lapsed_banner(entry.until) if lapsed and entry.until else ("", ""),
        paper=entry.paper,
    )


def _last_day(parameter: Parameter, local: Local, entry: Entry) -> date | None:
    """Return the last day of a value, as far as it is known: its own end or the next one's start."""
    same = [*parameter.at(entry.jurisdiction), *local.get(entry.jurisdiction, ())]
    ends = [other.start - _DAY for other in same if other.start > entry.start]
    ends += [entry.ends - _DAY] if entry.ends else []
    return min([*ends, *([entry.until] if entry.until else [])], default=None)


def lapsed_banner(until: date) -> Words:
    """Return what stands over a value that has lapsed without a successor."""
    return (
        f"该值有效期至{until.year}年{until.month}月{until.day}日，期满后没有新的规定，"
        "暂按原值使用，请尽快核对。",
        f"This value was valid until {until.isoformat()} and nothing has followed. "
        "The last value is used provisionally; please check it.",
    )


def may_replace(tighten: Tighten, upper: RuleValue, lower: RuleValue) -> bool:
    """Say whether a lower level may set `lower` under `upper`: tighter or equal, unless free."""
    if upper is None or lower == upper or tighten is Tighten.FREE:
        return True
    match tighten, upper, lower:
        case Tighten.INSIDE, Range(), Range():
            return upper.min <= lower.min and lower.max <= upper.max
        case Tighten.INSIDE, tuple(), tuple():
            return bool(lower) and set(lower) < set(upper)
        case ((Tighten.UP | Tighten.DOWN), _, _):
            step = _compare(upper, lower)
            return step is not None and step == (1 if tighten is Tighten.UP else -1)
    return False


def _compare(upper: RuleValue, lower: RuleValue) -> int | None:
    """Return 1 if the lower level's value is larger, -1 if smaller, None if not comparable."""
    match upper, lower:
        case int(), int() if isinstance(upper, bool) == isinstance(lower, bool):
            return (lower > upper) - (lower < upper)
        case Share(), Share() if upper.base == lower.base:
            return lower.size_compared(upper)
        case AnyOf(), AnyOf() if [s.base for s in upper.options] == [s.base for s in lower.options]:
            pairs = zip(upper.options, lower.options, strict=True)
            steps = {low.size_compared(up) for up, low in pairs} - {0}
            return steps.pop() if len(steps) == 1 else None
    return None


@dataclass(frozen=True, slots=True)
class Change:
    """What changes for a parameter on a day at one level; `only_source` if the value stays."""

    on: date
    parameter: Parameter
    before: Entry | None
    after: Entry

    @property
    def only_source(self) -> bool:
        """Say whether just the law or its article number changes."""
        return self.before is not None and self.before.value == self.after.value


def changes(parameter: Parameter, local: Local) -> list[Change]:
    """Return all changes of a parameter at every level, oldest first."""
    by_jurisdiction: dict[str, list[Entry]] = {}
    for entry in [*parameter.entries, *(e for entries in local.values() for e in entries)]:
        by_jurisdiction.setdefault(entry.jurisdiction, []).append(entry)
    found = []
    for entries in by_jurisdiction.values():
        before: Entry | None = None
        for entry in sorted(entries, key=lambda e: e.start):
            found.append(Change(entry.start, parameter, before, entry))
            before = entry
    return sorted(found, key=lambda change: change.on)
