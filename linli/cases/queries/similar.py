"""Matters like the one that somebody is about to report, among what everybody may see."""

from __future__ import annotations

from collections.abc import Callable

from linli.cases.queries.public import WITH, public_cases, public_place, shown
from linli.cases.rules import similar as rules
from linli.cases.rules.shown import rough
from linli.cases.types.kinds import Stage
from linli.cases.types.public import PublicCase, Similar
from linli.kernel.errors import NotFound

# the newest of a village; older ones are no longer what somebody stands before
LOOKED_AT = 300
ANSWERED = (Stage.ANSWERED, Stage.SOLVED, Stage.REFUSED)


def similar(
    text: str,
    path: str,
    point: tuple[int, int] | None = None,
    *,
    kin: frozenset[str] = frozenset(),
    limit: int = 3,
) -> Similar:
    """Return answered matters like this one, and public open ones close by; best first.

    `path` is the place's, `point` (lon, lat) in millionths of a degree, `kin` the codes of its category
    and of those that may mean the same: outside of them nothing is alike. Only released words are
    compared: what is not public does not even change an order.
    """
    codes = path.rstrip("/").split("/")[:3]
    try:
        place = public_place(codes[-1])
    except NotFound:
        return Similar()
    found = public_cases(place).filter(merged_into__isnull=True).select_related(*WITH)
    cases = shown(list(found.order_by("-opened_at", "-pk")[:LOOKED_AT]))
    wanted, cell = rules.pairs(text), rough(*point) if point else None

    def rank(case: PublicCase) -> float:
        same = case.category_code in kin
        if kin and case.category_code and not same:
            return 0.0
        words = rules.alike(wanted, rules.pairs(case.said)) if case.said and wanted else 0.0
        words = words if words >= rules.LEAST else 0.0
        near = rules.is_near(cell, case.point)
        # what shares no word may be the same where it lies and is about the same
        if not words and not (same and near):
            return 0.0
        return rules.score(words, same_category=same, is_near=near)

    def is_here(case: PublicCase) -> bool:
        # without both points the village is as near as is known: then the words have to be alike
        if cell is not None and case.point is not None:
            return rules.is_near(cell, case.point)
        return rules.alike(wanted, rules.pairs(case.said)) >= rules.LEAST if case.said else False

    return Similar(
        _best(cases, rank, lambda case: case.stage in ANSWERED and bool(case.answer), limit),
        _best(
            cases,
            rank,
            lambda case: case.stage == Stage.OPEN and is_here(case),
            limit,
        ),
    )


def _best(
    cases: list[PublicCase],
    rank: Callable[[PublicCase], float],
    fits: Callable[[PublicCase], bool],
    limit: int,
) -> list[PublicCase]:
    ranked = [(rank(case), case) for case in cases if fits(case)]
    found = sorted((row for row in ranked if row[0] > 0), key=lambda row: -row[0])
    return [case for _, case in found[:limit]]
