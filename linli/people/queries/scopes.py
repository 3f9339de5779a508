"""Which places an actor's lists are cut by: one equality on a column for each place."""

from __future__ import annotations

import time
from dataclasses import dataclass

from linli.kernel.permits import Actor, Permit
from linli.places import queries as places

FRESH_SECONDS = 30.0
COLUMNS = {"city": "city_id", "town": "town_id", "village": "village_id"}


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of what may be seen: rows whose `column` is `id`, all of them below `path`."""

    column: str
    id: int
    path: str


@dataclass(frozen=True, slots=True)
class Node:
    """A place as people need it: its ids and names."""

    id: int
    code: str
    path: str
    level: str
    name: str
    name_en: str
    short_name: str
    city_id: int
    town_id: int | None
    village_id: int | None
    is_invented: bool


class _Held:
    """The few hundred places in memory; read again after a while, or when one is not known."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.by_code: dict[str, Node] = {}
        self.by_id: dict[int, Node] = {}
        self.read_at = 0.0

    def now(self, path: str = "") -> dict[str, Node]:
        age = time.monotonic() - self.read_at
        if not self.nodes or age > FRESH_SECONDS or (path and path not in self.nodes):
            found = _read()
            self.nodes = {node.path: node for node in found}
            self.by_code = {node.code: node for node in found}
            self.by_id = {node.id: node for node in found}
            self.read_at = time.monotonic()
        return self.nodes

    def forget(self) -> None:
        self.nodes = {}


def _read() -> list[Node]:
    found = places.all_places(with_invented=True).filter(level__in=COLUMNS)
    return [
        Node(
            place.pk, place.code, place.path, place.level, place.name, place.name_en,
            place.short_name, place.city_id or place.pk, place.town_id, place.village_id,
            place.is_invented,
        )
        for place in found
    ]  # fmt: skip


held = _Held()


def node_at(path: str) -> Node | None:
    """Return the city, town or village of a path."""
    return held.now(path).get(path)


def node_of_code(code: str) -> Node | None:
    """Return the city, town or village with a code."""
    held.now()
    if code not in held.by_code:
        held.forget()
        held.now()
    return held.by_code.get(code)


def node_of_id(place_id: int) -> Node | None:
    """Return the city, town or village with an id."""
    held.now()
    return held.by_id.get(place_id)


def branches(actor: Actor, permit: Permit, *, at: str = "") -> list[Branch]:
    """Return the parts of the register where the actor holds a permit, at one place or everywhere.

    Several grants give several branches, each read in the order of its own index.
    """
    nodes = held.now(at)
    paths = _cities(nodes) if actor.is_system else actor.paths(permit)
    if at:
        inside = any(at.startswith(path) for path in paths)
        paths = (at,) if inside else tuple(path for path in paths if path.startswith(at))
    found = (nodes.get(path) or node_at(path) for path in paths)
    return [Branch(COLUMNS[node.level], node.id, node.path) for node in found if node]


def _cities(nodes: dict[str, Node]) -> tuple[str, ...]:
    return tuple(node.path for node in nodes.values() if node.level == "city")


def places_to_choose(actor: Actor, permit: Permit, *, level: str = "") -> list[Node]:
    """Return the places that an actor may choose between, from the city down, each below its town."""
    paths = tuple(branch.path for branch in branches(actor, permit))
    found = [node for node in held.now().values() if paths and node.path.startswith(paths)]
    return sorted((n for n in found if not level or n.level == level), key=lambda node: node.path)


def villages_below(path: str) -> list[Node]:
    """Return the villages and communities at or below a path, in the order of their codes."""
    nodes = held.now(path).values()
    return sorted(
        (node for node in nodes if node.level == "village" and node.path.startswith(path)),
        key=lambda node: node.code,
    )


def common_path(one: str, other: str) -> str:
    """Return the path of the lowest place that holds both."""
    shared = ""
    for mine, theirs in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if mine != theirs:
            break
        shared += mine + "/"
    return shared
