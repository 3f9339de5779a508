"""How a check of the six norms is counted, costs are summed up, and open hours are told. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from linli.kernel.moments import clock_of
from linli.offerings.types.centres import CostKind, CostTable, Met, Norm, OpenNow, Said, Tally

Opening = tuple[int, int]


def tally_of(norms: Sequence[Norm], found: Mapping[str, str]) -> dict[str, Tally]:
    """Return each norm with its points met; `found` is {key of the point: met, no, none}.

    A point that does not apply counts neither way; one without an answer keeps its norm open.
    """
    told = {}
    for norm in norms:
        said = [found.get(one.key) for one in norm.points]
        told[norm.key] = Tally(
            sum(one == Met.YES for one in said),
            sum(one in (Met.YES, Met.NO) for one in said),
            all(one is not None for one in said),
        )
    return told


def faults_of_point(said: Said, today: date) -> str:
    """Return what is missing of an answer: words, due, past; nothing if it is whole."""
    if said.met is not Met.YES and not said.words.strip():
        return "words"
    if said.met is Met.NO and said.due_on is None:
        return "due"
    if said.met is Met.NO and said.due_on is not None and said.due_on < today:
        return "past"
    return ""


def cost_table(rows: Iterable[tuple[int, str, int]], years: Sequence[int]) -> CostTable:
    """Return costs by kind and year from (year, kind, fen); kinds without any cost are left out."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for year, kind, fen in rows:
        if year in years:
            found[kind][year] += fen
    lines = tuple(
        (kind, tuple(found[kind][year] for year in years)) for kind in CostKind if kind in found
    )
    sums = tuple(sum(line[at] for _kind, line in lines) for at in range(len(years)))
    return CostTable(tuple(years), lines, sums)


def merged(openings: Iterable[Opening]) -> list[Opening]:
    """Return openings of several windows as those of the house: what touches becomes one."""
    found: list[Opening] = []
    for opens, closes in sorted(openings):
        if found and opens <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return found


def open_now(
    days: Sequence[tuple[date, Sequence[Opening]]], minute: int, *, why: str = "", is_known: bool = True
) -> OpenNow:  # fmt: skip
    """Say whether a house is open at a minute of the first day, until when, and when it opens next.

    `days` are its openings from today on, merged; `why` is said if something closes it today.
    """
    if not is_known:
        return OpenNow(is_known=False)
    own = days[0][1] if days else ()
    told = tuple(own)
    here = next((closes for opens, closes in own if opens <= minute < closes), None)
    if here is not None:
        return OpenNow(is_known=True, is_open=True, until=clock_of(here), today=told, why=why)
    for on, openings in days:
        later = [opens for opens, _closes in openings if on != days[0][0] or opens > minute]
        if later:
            return OpenNow(
                is_known=True, today=told, next_on=on, next_at=clock_of(min(later)), why=why
            )
    return OpenNow(is_known=True, today=told, why=why)
