"""Names, numbers and addresses that belong to nobody, for synthetic people.

Identity numbers begin with 00: no province has that code, so no real person can bear one; check
digit, birth date and sex are right, so that they pass wherever a number is judged. Telephones
begin with 100, where no mobile network is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from linli.people.rules.crowd import HEAD, OTHER, ROOMMATE, SPOUSE, Crowd, Flags, Floats, Ints
from linli.people.rules.documents import CHECK_SIGNS, FICTITIOUS_PREFIX, WEIGHTS

FIRST_DECADE, LAST_DECADE = 1930, 2020
# 499 men and 500 women may be born on one day in one village
MOST_A_DAY = 499
FLATS_A_BUILDING = 12

Days = NDArray[np.datetime64]


def running_shares(weights: Sequence[float]) -> Floats:
    """Return the running sums of weights as shares of the whole."""
    sums = np.cumsum(np.array(weights, dtype=np.float64))
    shares: Floats = sums / sums[-1]
    return shares


def pick(cumulated: Floats, chance: Floats) -> Ints:
    """Return for each chance the index that it falls upon."""
    found = np.searchsorted(cumulated, chance, side="right")
    return np.minimum(found, len(cumulated) - 1).astype(np.int64)


def families(crowd: Crowd, hukou: Floats, others: Floats, random: np.random.Generator) -> Ints:
    """Return the family name of each as an index; others are counted behind those with hukou.

    Children and siblings bear the name of the head, spouses and room-mates their own.
    """
    chance = random.random(len(crowd.age))
    own = np.where(crowd.is_hukou, pick(hukou, chance), len(hukou) + pick(others, chance))
    has_own = np.isin(crowd.relation, (HEAD, SPOUSE, ROOMMATE, OTHER))
    return np.where(has_own, own, own[crowd.head])


def decades(born_year: Ints) -> Ints:
    """Return the decade whose given names somebody got."""
    return np.clip(born_year // 10 * 10, FIRST_DECADE, LAST_DECADE)


def numbers(prefix: int, born: Days, is_male: Flags) -> list[str]:
    """Return an identity number for each birth day, all different in the whole city."""
    month = born.astype("datetime64[M]")
    days = (born.astype("datetime64[Y]").astype(np.int64) + 1970) * 10_000
    days += (month.astype(np.int64) % 12 + 1) * 100 + (born - month).astype(np.int64) + 1
    key = days * 2 + is_male
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0]) if len(key) else order
    run = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)]))
    if len(run) and run.max() >= MOST_A_DAY:
        raise ValueError("too many people are born on one day in one village")
    nth = np.empty(len(key), dtype=np.int64)
    nth[order] = run
    # men have odd sequence numbers; 000 is never given
    serial = 2 * (nth + 1) - is_male
    return _checked(int(FICTITIOUS_PREFIX) * 10_000 + prefix, days, serial)


def _checked(prefix: int, days: Ints, serial: Ints) -> list[str]:
    total = sum(int(sign) * w for sign, w in zip(f"{prefix:06d}", WEIGHTS[:6], strict=True))
    sums = np.full(len(days), total, dtype=np.int64)
    for values, width, weights in ((days, 8, WEIGHTS[6:14]), (serial, 3, WEIGHTS[14:17])):
        for place, factor in enumerate(weights):
            sums += values // 10 ** (width - 1 - place) % 10 * factor
    head = f"{prefix:06d}"
    return [
        f"{head}{day}{number:03d}{CHECK_SIGNS[rest]}"
        for day, number, rest in zip(
            days.tolist(), serial.tolist(), (sums % 11).tolist(), strict=True
        )
    ]


def phone(index: int) -> str:
    """Return the telephone of the n-th synthetic person of the city."""
    return f"100{index:08d}"


def roads_of(words: Mapping[str, Sequence[str]], random: np.random.Generator) -> list[str]:
    """Return the roads of one village, none twice."""
    names, kinds = words["name"], words["kind"]
    count = min(24, len(names))
    chosen = np.argsort(random.random(len(names)), kind="stable")[:count]
    return [names[i] + kinds[int(random.random() * len(kinds))] for i in chosen.tolist()]


def home(roads: Sequence[str], index: int) -> str:
    """Return the address of the n-th flat of a village: 和顺路12号302."""
    road, rest = index % len(roads), index // len(roads)
    building, flat = rest // FLATS_A_BUILDING + 1, rest % FLATS_A_BUILDING
    return f"{roads[road]}{building}号{flat // 2 + 1}0{flat % 2 + 1}"


def dormitory(works: Sequence[str], index: int) -> tuple[str, str]:
    """Return the works and the address of the n-th dormitory room of a village."""
    name = works[index % len(works)]
    rest = index // len(works)
    return name, f"{name}厂宿舍{rest // 60 + 1}栋{rest % 60 // 10 + 1}{rest % 10 + 1:02d}"
