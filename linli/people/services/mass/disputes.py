"""Two entries that claim one number: noted where somebody may see both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.people.models import DuplicatePair
from linli.people.queries.scopes import common_path, node_at, node_of_id
from linli.people.rules.joining import SAME_NUMBER, score


def dispute(claims: Sequence[tuple[int, int, str, list[int]]], *, now: datetime) -> None:
    """Note that two entries claim one number: (new, holder, path of the new one, holder's villages).

    The pair lies at the lowest place that holds both, so that nobody below learns of the other.
    """
    pairs = []
    for new, holder, path, villages in claims:
        there = node_of_id(villages[0]) if villages else None
        place = node_at(common_path(path, there.path) if there else path.split("/")[0] + "/")
        assert place is not None, "villages of one city have a place in common"
        pairs.append(
            DuplicatePair(
                path=place.path, city_id=place.city_id, town_id=place.town_id,
                village_id=place.village_id, one_id=min(new, holder), other_id=max(new, holder),
                score=score([SAME_NUMBER]), reasons=[SAME_NUMBER], found_at=now,
            )
        )  # fmt: skip
    DuplicatePair.objects.bulk_create(pairs, ignore_conflicts=True)
