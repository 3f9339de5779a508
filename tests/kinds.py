"""The kinds of posts that try every address, and which of them opens a page on which day."""

from __future__ import annotations

from functools import cache

from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.demo.cast import TOWN, VILLAGE_1
from linli.kernel.permits import PROTECTED, Actor, Grant
from tests.addresses import Address
from tests.closed import NEEDS, may_open
from tests.turns import TURN, in_turn

PATHS = {
    "city": "441900/",
    "town": f"441900/{TOWN}/",
    "village": f"441900/{TOWN}/{VILLAGE_1}/",
}
# level 6 takes a right of its own: with it the Party's pages open
KINDS = [*TEMPLATES, "party_work with level 6", "party_decision with level 6"]


def rights_of(kind: str) -> set[str]:
    """Return the permits of a kind of post."""
    return set(permits_of(kind.split(" ")[0]))


def first_to_open() -> list[str]:
    """Return a few kinds that hold, among them, every permit that any kind holds."""
    left, chosen = set().union(*map(rights_of, KINDS)), list[str]()
    while left:
        chosen.append(max(KINDS, key=lambda kind: len(left & rights_of(kind))))
        left -= rights_of(chosen[-1])
    return chosen


FIRST = first_to_open()


def actor_with(kind: str, account_id: int) -> Actor:
    """Return somebody with a template of rights at the widest place it is meant for."""
    template = TEMPLATES[kind.split(" ")[0]]
    ceiling = PROTECTED if " " in kind else template.ceiling
    path = PATHS[template.levels[-1]]
    grants = tuple(Grant(name, path, ceiling) for name in permits_of(template.key))
    return Actor(account_id, None, kind, grants)


@cache
def openers(address: Address) -> list[str]:
    """Return which of the first kinds open a page."""
    if address.route not in NEEDS:
        return FIRST
    return [
        kind for kind in FIRST if may_open(actor_with(kind, 0), address.route, PATHS["village"])
    ]


def tries(kind: str, address: Address, turn: int = TURN) -> bool:
    """Say whether a kind of post opens a page that it may open: half of the first, others by day.

    What such a page shows to staff hangs on single permits: in two days each page is seen with each
    permit, and every day with about half of them.
    """
    if kind not in FIRST:
        return in_turn(f"{kind} {address}", 4, turn)
    among = openers(address)
    return len(among) == 1 or in_turn(str(address), 2, turn + among.index(kind))
