"""Who gets what hangs on a post or a body once it ends: told before somebody closes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from linli.kernel.contributions import Hit
from linli.kernel.permits import Actor
from linli.kernel.registries import Registry


@dataclass(frozen=True, slots=True)
class Falling:
    """So many things of one kind that one post is asked for first: by which rule, and those the actor may see.

    `rule` is its word for programs, `why` for people. Without `post_id` nobody is found for them.
    """

    post_id: int | None
    name: str
    rule: str
    why: Any
    count: int
    seen: Sequence[Hit]


@dataclass(frozen=True)
class Falls:
    """`of(actor, id, successor)` tells who gets what the reference of this key counts.

    `successor` is the body that takes over where a body ends, if one is named. What stands far behind
    may be left out: the count of the reference is the whole.
    """

    key: str
    of: Callable[[Actor, int, int | None], Sequence[Falling]]


FALLS: Registry[Falls] = Registry("what falls to others")
