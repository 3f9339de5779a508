"""The people of one synthetic village, drawn by the published shares, and who lives with whom.

Everything is an array over people, so that a million take seconds. Only uniform random numbers
are used, so that the same seed makes the same village with any version of the library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.people.rules.city import COLLECTIVE_SHARE

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

YEAR = 365.2425
ADULT, OLDEST_BAND = 18, 80
WORKING = (16, 55)
HEAD, SPOUSE, CHILD, PARENT, GRANDCHILD, SIBLING, OTHER, ROOMMATE = range(8)
RELATIONS = ("head", "spouse", "child", "parent", "grandchild", "sibling", "other", "roommate")
# the census counts 2.83 persons in a collective household
MEAN_ROOM, LARGEST_ROOM = 2.83, 8


@dataclass(frozen=True)
class Model:
    """The published shares: one cell for each age band, sex and status; sizes of households."""

    lows: Ints
    highs: Ints
    is_male: Flags
    is_hukou: Flags
    cumulated: Floats
    sizes: Ints
    sizes_cumulated: Floats


@dataclass(frozen=True)
class Crowd:
    """People in the order of their households; `household` counts from 0."""

    age: Floats
    is_male: Flags
    is_hukou: Flags
    household: Ints
    relation: Ints
    head: Ints
    is_collective: Flags

    @property
    def households(self) -> int:
        return int(self.household[-1]) + 1 if len(self.household) else 0


def model_of(
    bands: Sequence[tuple[str, str, str, float]], sizes: Sequence[tuple[str, float]]
) -> Model:
    """Return the model from (age band, sex, status, share) and (household size, share)."""
    ends = [band.rstrip("+").split("-") for band, *_ in bands]
    shares = np.array([share for *_, share in bands])
    size_shares = np.array([share for _, share in sizes])
    return Model(
        np.array([int(end[0]) for end in ends]),
        np.array([int(end[-1]) + 1 if len(end) > 1 else OLDEST_BAND + 20 for end in ends]),
        np.array([sex == "male" for _, sex, *_ in bands]),
        np.array([status == "hukou" for _, _, status, _ in bands]),
        np.cumsum(shares / shares.sum()),
        np.array([int(size.rstrip("+")) for size, _ in sizes]),
        np.cumsum(size_shares / size_shares.sum()),
    )


def draw(model: Model, people: int, random: np.random.Generator) -> Crowd:
    """Draw the people of one village."""
    cell = np.searchsorted(model.cumulated, random.random(people), side="right")
    cell = np.minimum(cell, len(model.cumulated) - 1)
    low, high, chance = model.lows[cell], model.highs[cell], random.random(people)
    # few of those over eighty are much older
    chance = np.where(low >= OLDEST_BAND, chance**3, chance)
    age: Floats = low.astype(np.float64) + chance * (high - low)
    is_hukou = model.is_hukou[cell]
    shared = _collective(age, is_hukou, random)
    parts = [
        _families(model, np.flatnonzero(~shared & is_hukou), age, model.is_male[cell], random),
        _families(model, np.flatnonzero(~shared & ~is_hukou), age, model.is_male[cell], random),
        _rooms(np.flatnonzero(shared), random),
    ]
    return _joined(parts, age, model.is_male[cell], is_hukou, shared)


def _collective(age: Floats, is_hukou: Flags, random: np.random.Generator) -> Flags:
    """Choose who lives in dormitories: workers without local hukou, 18.1 % of all."""
    fits = ~is_hukou & (age >= WORKING[0]) & (age < WORKING[1])
    order = np.argsort(np.where(fits, random.random(len(age)), 2.0), kind="stable")
    shared = np.zeros(len(age), dtype=bool)
    shared[order[: min(int(fits.sum()), round(COLLECTIVE_SHARE * len(age)))]] = True
    return shared


@dataclass(frozen=True)
class _Part:
    """People by their index, household after household."""

    who: Ints
    household: Ints
    relation: Ints
    head: Ints
    households: int


def _sizes(draws: Ints, people: int) -> Ints:
    """Cut a run of sizes where all people are housed."""
    ends = np.cumsum(draws)
    last = int(np.searchsorted(ends, people))
    sizes = draws[: last + 1].copy()
    sizes[-1] -= ends[last] - people
    return sizes[sizes > 0]


def _families(
    model: Model, who: Ints, age: Floats, is_male: Flags, random: np.random.Generator
) -> _Part:
    """Put people into families: an adult at the head, children beside somebody a generation older."""
    if not len(who):
        return _Part(who, who, who, who, 0)
    draws = model.sizes[
        np.minimum(
            np.searchsorted(model.sizes_cumulated, random.random(len(who)), side="right"),
            len(model.sizes) - 1,
        )
    ]
    sizes = _sizes(draws, len(who))
    adults, children = who[age[who] >= ADULT], who[age[who] < ADULT]
    if len(adults) < len(sizes):
        adults, children = who, who[:0]
    adults = adults[np.argsort(random.random(len(adults)), kind="stable")]
    household = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum(sizes) - sizes
    nth = np.arange(len(who)) - first[household]
    heads, others = adults[: len(sizes)], adults[len(sizes) :]
    seats = np.empty(len(who), dtype=np.int64)
    seats[first] = heads
    free = np.flatnonzero(nth > 0)
    old = age[heads][household[free]]
    young = free[np.argsort(_fit(old, nth[free], random), kind="stable")[: len(children)]]
    rest = np.setdiff1d(free, young, assume_unique=True)
    _seat(seats, young, age[heads][household[young]], children, age, random, 3.0)
    _seat_couples(seats, rest, heads[household[rest]], others, age, is_male, random)
    head = heads[household]
    relation = _relations(seats, head, household, age, is_male)
    return _Part(seats, household, relation, head, len(sizes))


def _fit(head_age: Floats, nth: Ints, random: np.random.Generator) -> Floats:
    """Say how ill a seat fits a child: heads of 24 to 48 have children, in the third seat first."""
    far = np.maximum(0.0, np.maximum(24 - head_age, head_age - 48))
    fit: Floats = far / 4 + (nth == 1) * 3.0 + random.random(len(nth)) * 2
    return fit


def _seat(
    seats: Ints, free: Ints, wanted: Floats, people: Ints, age: Floats,
    random: np.random.Generator, noise: float,
) -> None:  # fmt: skip
    """Seat people so that their ages follow those of the heads, with some noise."""
    by_head = free[np.argsort(wanted, kind="stable")]
    stir = (random.random(len(people)) - 0.5) * 2 * noise
    seats[by_head] = people[np.argsort(age[people] + stir, kind="stable")]


def _seat_couples(
    seats: Ints, free: Ints, head: Ints, people: Ints, age: Floats, is_male: Flags,
    random: np.random.Generator,
) -> None:  # fmt: skip
    """Seat women beside men and men beside women as far as there are any, alike in age."""
    beside_men = np.flatnonzero(is_male[head])
    women = people[~is_male[people]][: len(beside_men)]
    left = np.setdiff1d(np.arange(len(free)), beside_men[: len(women)], assume_unique=True)
    men = np.setdiff1d(people, women, assume_unique=True)
    for at, who in ((beside_men[: len(women)], women), (left, men)):
        _seat(seats, free[at], age[head[at]], who, age, random, 6.0)


def _relations(seats: Ints, head: Ints, household: Ints, age: Floats, is_male: Flags) -> Ints:
    older = age[head] - age[seats]
    is_head = seats == head
    fits = (np.abs(older) <= 12) & (is_male[seats] != is_male[head])
    fits &= (age[seats] >= 20) & (age[head] >= 20)
    couple = np.zeros(len(seats), dtype=bool)
    candidates = np.flatnonzero(fits)
    couple[candidates[np.unique(household[candidates], return_index=True)[1]]] = True
    return np.select(
        [is_head, couple, older >= 45, older >= 16, older <= -16, np.abs(older) < 12],
        [HEAD, SPOUSE, GRANDCHILD, CHILD, PARENT, SIBLING],
        OTHER,
    ).astype(np.int64)


def _rooms(who: Ints, random: np.random.Generator) -> _Part:
    """Put people into rooms of a dormitory; the sizes are geometric."""
    if not len(who):
        return _Part(who, who, who, who, 0)
    chance = random.random(len(who))
    draws = np.floor(np.log1p(-chance) / np.log1p(-1 / MEAN_ROOM)).astype(np.int64) + 1
    sizes = _sizes(np.minimum(draws, LARGEST_ROOM), len(who))
    household = np.repeat(np.arange(len(sizes)), sizes)
    first = np.cumsum(sizes) - sizes
    relation = np.full(len(who), ROOMMATE)
    relation[first] = HEAD
    return _Part(who, household, relation, who[first][household], len(sizes))


def _joined(
    parts: Sequence[_Part], age: Floats, is_male: Flags, is_hukou: Flags, shared: Flags
) -> Crowd:
    offsets = np.cumsum([0, *(part.households for part in parts)])
    who = np.concatenate([part.who for part in parts])
    household = np.concatenate(
        [part.household + offset for part, offset in zip(parts, offsets[:-1], strict=True)]
    )
    place = np.empty(len(who), dtype=np.int64)
    place[who] = np.arange(len(who))
    return Crowd(
        age[who], is_male[who], is_hukou[who], household,
        np.concatenate([part.relation for part in parts]),
        place[np.concatenate([part.head for part in parts])],
        shared[who],
    )  # fmt: skip
