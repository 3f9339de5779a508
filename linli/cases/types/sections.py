"""What a case sheet shows besides what every case has: sections that others add.

A section belongs to whoever knows its matter. It is registered in `ready()`, reads through queries
of its own, and shows nothing where its context is None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from linli.kernel.permits import Actor
from linli.kernel.registries import Registry


class CaseHead(Protocol):
    """The head of a case as sections read it; who asks may see the case."""

    pk: Any
    number: Any
    kind: Any
    version: Any
    state: Any
    stage: Any
    level: Any
    matter: Any
    channel: Any
    path: Any
    seq: Any
    is_open: Any


@dataclass(frozen=True)
class Section:
    """A part of the sheet: `template` gets what `context` returns, by its names and as `its`, beside `case`.

    `order` places it: below 50 before the story, from 50 on behind it. `kinds` are keys of the
    kinds that have it; without any, all do.
    """

    key: str
    order: int
    template: str
    context: Callable[[Actor, CaseHead], Mapping[str, Any] | None]
    kinds: frozenset[str] = frozenset()

    def is_of(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


SHEET_SECTIONS: Registry[Section] = Registry("sections of the case sheet")
# the same on the page on which whoever asked follows it; templates get `code` besides
FOLLOW_SECTIONS: Registry[Section] = Registry("sections of the page to follow a case")


def sections_of(kind: str, registry: Registry[Section] = SHEET_SECTIONS) -> list[Section]:
    """Return the sections that a kind may have, in their order."""
    found = [section for section in registry if section.is_of(kind)]
    return sorted(found, key=lambda section: (section.order, section.key))
