"""What upper apps give to lower ones, filled from `AppConfig.ready()`, read at run time.

A lower app never imports an upper one; the upper one registers what it contributes here.
Each item has a key; a second item under the same key is a programming error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from linli.kernel.contributions import (
    CaseKindEntry,
    DeskEntry,
    DeskGroup,
    DeskItem,
    Evidence,
    FileMade,
    FileVisibility,
    Generator,
    HealthCheck,
    Hit,
    HomeItem,
    HomeSlot,
    Indicator,
    Measured,
    PathColumn,
    Reference,
    SearchSource,
    TableGrant,
    Verb,
)
from linli.kernel.declarations import HeldFact, Kept, ResidentDemand, Retention, StaffDemand
from linli.kernel.hooks import Hook, KeepFile, OthersMay

if TYPE_CHECKING:
    from django.http import HttpRequest

    from linli.kernel.errors import Refusal
    from linli.kernel.permits import Actor

__all__ = [
    "ACTOR_OF",
    "CASE_KINDS",
    "CELL_POSTS",
    "DESK",
    "FILE_VISIBILITY",
    "FORMER_PATHS",
    "GENERATORS",
    "HEALTH",
    "HELD_FACTS",
    "HOME_SLOTS",
    "IDS_OF_PERSON",
    "INDICATORS",
    "KEEP_FILE",
    "KEPT_FOR_GOOD",
    "ON_REFUSAL",
    "PATH_COLUMNS",
    "PATH_OF",
    "PLACE_NAMES",
    "POST_NAMES",
    "POST_TITLES",
    "REFERENCES",
    "RESIDENT_DEMANDS",
    "RETENTION",
    "RIGHTS_NOW",
    "SEARCH",
    "STAFF_DEMANDS",
    "SYSTEM_WORK",
    "TABLE_GRANTS",
    "THINGS",
    "THING_NAMES",
    "VERBS",
    "CaseKindEntry",
    "DeskEntry",
    "DeskGroup",
    "DeskItem",
    "Evidence",
    "FileMade",
    "FileVisibility",
    "Generator",
    "HealthCheck",
    "HeldFact",
    "Hit",
    "HomeItem",
    "HomeSlot",
    "Hook",
    "Indicator",
    "Kept",
    "Keyed",
    "Measured",
    "PathColumn",
    "Reference",
    "Registry",
    "ResidentDemand",
    "Retention",
    "SearchSource",
    "StaffDemand",
    "TableGrant",
    "Verb",
]


class Keyed(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Registry(Generic[T]):
    """Items by key, in the order of registration."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._items: dict[str, T] = {}

    def add(self, item: T) -> None:
        known = self._items.get(item.key)
        assert known is None or known == item, f"{self.name}: two items are called {item.key}"
        self._items[item.key] = item

    def add_all(self, items: Iterable[T]) -> None:
        for item in items:
            self.add(item)

    def get(self, key: str) -> T | None:
        return self._items.get(key)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)


INDICATORS: Registry[Indicator] = Registry("indicators")
SEARCH: Registry[SearchSource] = Registry("search")
DESK: Registry[DeskEntry] = Registry("desk")
HOME_SLOTS: Registry[HomeSlot] = Registry("home slots")
RETENTION: Registry[Retention] = Registry("retention")
KEPT_FOR_GOOD: Registry[Kept] = Registry("tables kept for good")
GENERATORS: Registry[Generator] = Registry("generators")
CASE_KINDS: Registry[CaseKindEntry] = Registry("case kinds")
REFERENCES: Registry[Reference] = Registry("references")
STAFF_DEMANDS: Registry[StaffDemand] = Registry("staff demands")
RESIDENT_DEMANDS: Registry[ResidentDemand] = Registry("what residents are asked")
HELD_FACTS: Registry[HeldFact] = Registry("facts that a register holds")
FILE_VISIBILITY: Registry[FileVisibility] = Registry("file visibility")
TABLE_GRANTS: Registry[TableGrant] = Registry("table grants")
PATH_COLUMNS: Registry[PathColumn] = Registry("columns that hold paths of places")
HEALTH: Registry[HealthCheck] = Registry("health checks")
VERBS: Registry[Verb] = Registry("verbs of the trail")
THINGS: Registry[Verb] = Registry("kinds of things in the trail")
# label of a system actor → what it does, as people read it
SYSTEM_WORK: Registry[Verb] = Registry("work that the system does by itself")

# code of a place → its path, or None; filled by places
PATH_OF: Hook[Callable[[str], str | None]] = Hook("path_of")
# (actor, refusal, address) → writes the refused act in a transaction of its own; filled by trail
ON_REFUSAL: Hook[Callable[[Actor | None, Refusal, str], None]] = Hook("on_refusal")
# (request) → Actor; filled by access
ACTOR_OF: Hook[Callable[[HttpRequest], Actor | None]] = Hook("actor_of")
# (actor as she was once, now) → the same with what is left of her rights; filled by access
RIGHTS_NOW: Hook[Callable[[Actor, datetime], Actor | None]] = Hook("rights_now")
# (permit, path of a place, account, now=) → whether somebody else may do it there; filled by access
OTHERS_MAY: Hook[OthersMay] = Hook("others_may", default=False)
# ids of posts → {id: body and title, in the reader's language}; filled by orgs
POST_NAMES: Hook[Callable[[Iterable[int]], dict[int, str]]] = Hook("post_names", default={})
# () → {Chinese title of a usual post: its English one}; filled by orgs
POST_TITLES: Hook[Callable[[], Mapping[str, str]]] = Hook("post_titles", default={})
# paths of places → {path: name, in the reader's language}; filled by places
PLACE_NAMES: Hook[Callable[[Iterable[str]], dict[str, str]]] = Hook("place_names", default={})
# (cells as (path of the village, layer, code, moment), day) → (organisation, post) that looks after
# each at that hour, or None where nobody does; filled by grid
CELL_POSTS: Hook[
    Callable[[Sequence[tuple[str, str, str, datetime]], date], Sequence[tuple[int, int] | None]]
] = Hook("cell_posts", default=())
# (kind, key) of things → {(kind, key): name, in the reader's language}; filled by portal
THING_NAMES: Hook[Callable[[Iterable[tuple[str, str]]], dict[tuple[str, str], str]]] = Hook(
    "thing_names", default={}
)
# paths → paths of places that ended and that places at or below these follow; filled by places
FORMER_PATHS: Hook[Callable[[Iterable[str]], Sequence[str]]] = Hook("former_paths", default=())
# (FileMade, place=, actor=, now=) → code of the kept file; filled by files
KEEP_FILE: Hook[KeepFile] = Hook("keep_file")
# id of a person → ids of all entries that are this person, joined ones too; filled by people
IDS_OF_PERSON: Hook[Callable[[int], list[int] | None]] = Hook("ids_of_person")
