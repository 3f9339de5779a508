"""How weekly times are given to groups: turn by turn, everybody one before anybody a second. Pure.

In each turn every group that has less than the quota asks for its best wish that is still free and does not
fall on a time it has already. Where several want the same, the draw decides: the order of a turn is the hash
of the published seed and the group's number with the turn (kernel/draws.py). So nobody chooses the order, and
whoever was last in one turn may be first in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.kernel.draws import Draw, Entry, Option, outcome


@dataclass(frozen=True, slots=True)
class Time:
    """A weekly time on offer; two of one weekday overlap if they share a minute."""

    key: str
    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: the draw as anybody can make it again, and who got what."""

    draw: Draw
    won: dict[str, str]


def entry_id(group: str, turn: int) -> str:
    """Return how a group is called in a turn."""
    return f"{group}.{turn}"


def allocate(
    name: str, times: Sequence[Time], wishes: Mapping[str, Sequence[str]], *, most: int, seed: str,
    public: str = "",
) -> list[Turn]:  # fmt: skip
    """Return the turns of a round; those in which nobody could ask for anything are left out."""
    by_key = {one.key: one for one in times}
    free, got, turns = set(by_key), {group: [] for group in wishes}, []  # type: ignore[var-annotated]
    for number in range(1, most + 1):
        entries = []
        for group in sorted(wishes):
            if len(got[group]) >= number:
                continue
            asked = _open_to(group, wishes, got, free, by_key)
            if asked:
                entries.append(Entry(entry_id(group, number), tuple(asked)))
        if not entries:
            break
        options = tuple(Option(key, 1) for key in sorted(free))
        draw = Draw(f"{name}, turn {number}", options, tuple(entries), seed, public)
        won = outcome(draw)
        for entry, key in won.items():
            got[entry.rpartition(".")[0]].append(key)
            free.discard(key)
        turns.append(Turn(draw, won))
    return turns


def _open_to(
    group: str, wishes: Mapping[str, Sequence[str]], got: Mapping[str, Sequence[str]], free: set[str],
    by_key: Mapping[str, Time],
) -> list[str]:  # fmt: skip
    """Return the wishes of a group that it may still ask for, the best first."""
    own = [by_key[key] for key in got[group]]
    return [
        key for key in wishes[group] if key in free and not any(_clash(by_key[key], one) for one in own)
    ]  # fmt: skip


def _clash(one: Time, other: Time) -> bool:
    return one.weekday == other.weekday and one.begins < other.ends and other.begins < one.ends


def overlap(times: Iterable[tuple[int, int, int, int]]) -> bool:
    """Say whether two weekly times (venue, weekday, begins, ends) of one venue share a minute."""
    ordered = sorted(times)
    return any(
        one[:2] == other[:2] and other[2] < one[3]
        for one, other in zip(ordered, ordered[1:], strict=False)
    )


def awards_of(turns: Sequence[Turn]) -> dict[str, str]:
    """Return who gets each time: {key of the time: group}."""
    return {key: entry.rpartition(".")[0] for turn in turns for entry, key in turn.won.items()}
