"""The events of the grid behind GR-04 as lines of JSON, for `linli verify rates`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from linli.cases.queries.steps_of_events import newest_clocks, steps_until
from linli.grid.queries.figures import (
    FACTS,
    PILES,
    counted,
    counted_below,
    params_of,
)
from linli.grid.rules.recounting import FORMAT, MOVES
from linli.grid.types.figures import FIGURES, Counted, Span
from linli.kernel import sql
from linli.kernel.moments import moment
from linli.kernel.paths import code_of
from linli.places.types import PlaceRow

AT_ONCE = 500
BEHIND = """
SELECT id, number, path, array_to_string((string_to_array(path, '/'))[1:%(steps)s], '/')
  FROM facts WHERE NOT id = ANY(%(unseen)s) AND ({due} OR {filed} OR {disposed} OR {closed})
 ORDER BY id
"""


def lines_of(place: PlaceRow, span: Span, unseen: Sequence[int] = ()) -> Iterator[str]:
    """Yield the file of the figures of a place over some days: header, events, what they come to.

    Events that are not to be named to the reader stand in none of it, nor in its numbers.
    """
    params = {**params_of(place.path, span, unseen), "steps": place.path.count("/") + 1}
    since, until = params["since"], params["until"]
    yield _line({
        "format": FORMAT, "place": place.code, "first": span.first.isoformat(),
        "last": span.last.isoformat(), "since": moment(since), "until": moment(until),
    })  # fmt: skip
    with sql.unhurried():
        rows = sql.tuples("grid.figures_behind", FACTS + BEHIND.format(**PILES), params)
    for start in range(0, len(rows), AT_ONCE):
        yield from _cases(rows[start : start + AT_ONCE], until)
    yield from _published(place.code, counted(place.path, span, unseen))
    if place.level != "village":
        for path, found in sorted(counted_below(place.path, span, unseen).items()):
            if path != place.path:
                yield from _published(code_of(path), found)


def _cases(rows: Sequence[tuple[Any, ...]], until: datetime) -> Iterator[str]:
    ids = [row[0] for row in rows]
    events: dict[int, list[dict[str, Any]]] = {}
    for pk, seq, at, move, made in steps_until(ids, [*MOVES], until):
        told = {"seq": seq, "at": moment(at), "move": move, "hash": bytes(made).hex()}
        events.setdefault(pk, []).append(told)
    clocks = newest_clocks(ids, "dispose")
    for pk, number, path, unit in rows:
        yield _line({
            "case": number, "place": code_of(path), "unit": code_of(unit),
            "clock": _clock(clocks.get(pk)), "events": events.get(pk, []),
        })  # fmt: skip


def _clock(kept: Sequence[Any] | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    due, ended, is_paused = kept
    return {"due": moment(due), "ended": moment(ended) if ended else None, "paused": is_paused}


def _published(code: str, found: Counted) -> Iterator[str]:
    for figure in FIGURES:
        whole: int = getattr(found, figure.whole) if figure.is_share else found.measured
        good = getattr(found, figure.good)
        told = None if not whole or good is None else round(good)
        shown = {"place": code, "figure": figure.key, "good": told, "whole": whole}
        yield _line({"published": shown})


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
