"""Permits: what may be done, to whom it was granted, and where.

An Actor carries its grants, so `require` needs no query and no request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, TypeVar

from linli.kernel.errors import NotAllowed

PERMITS: dict[str, Permit] = {}

# Eight levels of confidentiality (docs/access.md): 1 public, 2 residents of the place, 3 staff,
# 4 personal, 5 vault, 6 Party and protected groups, 7 accusations, 8 sealed by name.
PUBLIC, RESIDENTS, STAFF, PERSONAL, VAULT, PROTECTED, ACCUSATION, SEALED = range(1, 9)


@dataclass(frozen=True)
class Permit:
    """One thing that a person can be allowed to do at a place. Making one registers it."""

    name: str
    title: Any
    level: int = PUBLIC

    def __post_init__(self) -> None:
        assert self.name not in PERMITS, f"two permits are called {self.name}"
        PERMITS[self.name] = self


@dataclass(frozen=True)
class Grant:
    """A permit that a post gives at a place and below, up to a confidentiality level."""

    permit: str
    path: str
    ceiling: int = STAFF
    post_id: int | None = None


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the paths that lie below none of the others, in order."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return tuple(found)


@dataclass(frozen=True)
class Actor:
    """Whoever is behind a call: a signed-in person, a token, a job, or nobody."""

    account_id: int | None
    person_id: int | None
    label: str
    grants: tuple[Grant, ...] = ()
    posts: frozenset[int] = field(default_factory=frozenset)
    acting_for: int | None = None
    purpose: str = ""
    is_system: bool = False
    # a key: it acts within its permits, and has no inbox or wishes of its own
    is_machine: bool = False
    # who stands behind a key: nothing of hers is opened by it, and nothing about her
    holder_person_id: int | None = None

    @property
    def human_id(self) -> int | None:
        """Return the person who reads what this actor is shown, for what must be kept from her."""
        return self.holder_person_id if self.person_id is None else self.person_id

    def may(self, permit: Permit, *, at: str, level: int = PUBLIC) -> bool:
        """Say whether this actor holds the permit at the place or above it.

        A place is a path of codes that each end in a slash, such as
        "441900/441900005/441900005001/": a grant on a town covers its villages,
        and one village never covers another whose code begins alike.
        """
        if self.is_system:
            return True
        need = max(level, permit.level)
        return any(
            grant.permit == permit.name and at.startswith(grant.path) and need <= grant.ceiling
            for grant in self.grants
        )

    def holds(self, *permits: Permit) -> bool:
        """Say whether this actor holds one of some permits anywhere."""
        return self.is_system or any(self.own_paths(permit) for permit in permits)

    def paths(self, permit: Permit, *, level: int = PUBLIC) -> tuple[str, ...]:
        """Return the outermost paths where the permit is held, in order; none covers another."""
        return outermost(self.own_paths(permit, level=level))

    def own_paths(self, permit: Permit, *, level: int = PUBLIC) -> tuple[str, ...]:
        """Return every path at which the permit itself was given, also below another one.

        What waits for somebody waits for the post of its own place; a post above may step in.
        """
        need = max(level, permit.level)
        held = {g.path for g in self.grants if g.permit == permit.name and need <= g.ceiling}
        return tuple(sorted(held))

    def post_at(self, path: str) -> int | None:
        """Return the post in which the actor acts at a place: the nearest that gives rights there."""
        near = [g for g in self.grants if g.post_id is not None and path.startswith(g.path)]
        if near:
            return max(near, key=lambda grant: len(grant.path)).post_id
        return min(self.posts, default=None)

    @property
    def place(self) -> str:
        """Return the smallest place that holds all where the actor may do anything, or nothing.

        It is where her own matters belong that hang on no place themselves.
        """
        codes = [grant.path.split("/")[:-1] for grant in self.grants]
        shared = list(takewhile(lambda step: len(set(step)) == 1, zip(*codes, strict=False)))
        return "".join(f"{step[0]}/" for step in shared)

    @property
    def is_staff(self) -> bool:
        """Say whether the actor works here: a resident's own grants stay below the level of staff."""
        return any(grant.ceiling >= STAFF for grant in self.grants)

    def scopes(self) -> tuple[str, ...]:
        """Return every path at which the actor may see personal data, for row security."""
        return tuple(sorted({g.path for g in self.grants if g.ceiling >= PERSONAL}))


NOBODY = Actor(account_id=None, person_id=None, label="nobody")


def system_actor(job: str) -> Actor:
    """Return the actor of a job or command. It may do all that the job calls."""
    return Actor(account_id=None, person_id=None, label=job, is_system=True)


def require(actor: Actor, permit: Permit, *, at: str, level: int = PUBLIC) -> None:
    """Refuse with NotAllowed unless the actor holds the permit at the place."""
    if not actor.may(permit, at=at, level=level):
        raise NotAllowed(permit=permit.name, at=at)


def require_somewhere(actor: Actor, *permits: Permit) -> None:
    """Refuse with NotAllowed whoever holds none of some permits anywhere."""
    if not actor.holds(*permits):
        raise NotAllowed(permit=permits[0].name, at="")


F = TypeVar("F", bound=Callable[..., object])


def open_to_all(reason: str) -> Callable[[F], F]:
    """Mark a service that needs no permit, and say why."""

    def mark(function: F) -> F:
        function.open_to_all = reason  # type: ignore[attr-defined]
        return function

    return mark
