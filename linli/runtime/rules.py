"""Decisions of runtime as functions of plain values: limits, numbers, progress, keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from linli.kernel.permits import Actor

MAX_KEY = 200
LONGEST_NAME, LONGEST_KEY = 60, 200
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_SERIES = re.compile(r"[A-Z]{1,8}")
STALE_AFTER = timedelta(seconds=45)
HEARTBEAT = timedelta(seconds=10)
# how long work in the background may go on with a right that has ended
RIGHTS_EVERY = timedelta(seconds=30)
# an answer can be asked for again for a week: longer than any browser or phone queue repeats
KEEP_KEYS = timedelta(days=7)


def key_of(actor: Actor) -> str:
    """Return the name of the key that acts, nothing for a person."""
    return actor.label[:LONGEST_KEY] if actor.is_machine else ""


# after a restore: three times what a series gave in as many days, and some, up to the next ten
LIKELY, SOME, TENS, YEAR = 3, 20, 10, 365


def after_gap(last: int, days_run: int, days_lost: int) -> int:
    """Return the number that a series goes on behind, so that none is given twice that was lost with the days."""
    likely = ceil(last * days_lost / max(1, days_run))
    return ceil((last + LIKELY * likely + SOME) / TENS) * TENS


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one more is allowed, the arrival time to keep, and how long to wait if not."""

    is_allowed: bool
    arrival: datetime
    wait: timedelta = timedelta(0)


def gcra(
    arrival: datetime | None, *, interval: timedelta, tolerance: timedelta, now: datetime
) -> Verdict:
    """Decide by the generic cell rate algorithm: one stored time stands for all past requests.

    A stored time further ahead than the rate can make it comes from a clock that jumped back or
    from another rate, and is forgotten. The same arithmetic stands in `limits.TAKE`.
    """
    base = now if arrival is None else max(arrival, now)
    if base > now + tolerance + interval:
        base = now
    wait = base - now - tolerance
    if wait > timedelta(0):
        return Verdict(is_allowed=False, arrival=base, wait=wait)
    return Verdict(is_allowed=True, arrival=base + interval)


def whole_seconds(wait: timedelta) -> int:
    """Return a waiting time as Retry-After writes it: whole seconds, never too short."""
    return max(1, ceil(wait.total_seconds()))


def number_text(series: str, year: int, value: int) -> str:
    """Return a number of a series, such as SF-2026-0001; it grows beyond four digits."""
    assert _SERIES.fullmatch(series), f"a series is 1 to 8 capital letters, not {series!r}"
    return f"{series}-{year:04d}-{value:04d}"


def is_key(text: str) -> bool:
    """Say whether a text can be an idempotency key."""
    return _KEY.fullmatch(text) is not None


def fingerprint(method: str, path: str, parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a digest of a request; lengths keep one field from running into the next."""
    digest = hashlib.sha256()
    for name, value in [("method", method.encode()), ("path", path.encode()), *parts]:
        label = name.encode()
        digest.update(len(label).to_bytes(4, "big") + label)
        digest.update(len(value).to_bytes(8, "big") + value)
    return digest.digest()


def time_left(
    done: int, total: int | None, *, began: datetime | None, now: datetime
) -> timedelta | None:
    """Estimate the time a job still needs from the pace so far; None while nobody can know."""
    if not total or not began or done <= 0 or now <= began:
        return None
    return (now - began) * (max(total - done, 0) / done)


def percent_done(done: int, total: int | None) -> int | None:
    """Return the whole percent that are done; 100 only when all is."""
    return None if not total else min(done, total) * 100 // total


def clean_query(query: str, *, drop: Iterable[str] = ("cursor", "page", "key")) -> str:
    """Return a list's filters as kept in a saved view: without the place in the list."""
    dropped = set(drop)
    pairs = [pair for pair in query.lstrip("?").split("&") if pair]
    return "&".join(p for p in pairs if p.partition("=")[0] not in dropped and p.partition("=")[2])


def as_plain(params: Any) -> Any:
    """Return values as JSON keeps them: tuples become lists, days and moments become text."""
    if isinstance(params, dict):
        return {str(k): as_plain(v) for k, v in params.items()}
    if isinstance(params, (list, tuple, set, frozenset)):
        return [as_plain(v) for v in params]
    if hasattr(params, "isoformat"):
        return params.isoformat()
    return params
