"""What was answered, what is wrong with it, and what the lint says about a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.kernel.registries import Registry


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an answer; the words for `code` are in queries/words.py."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


Typed = Mapping[str, Sequence[str]]
Codes = Mapping[str, Sequence[str]]
Faults = Mapping[str, Sequence[Fault]]


@dataclass(frozen=True)
class Answers:
    """What was answered: only what was asked. The sealed ones are for kernel.sealing.

    `values` hold whole numbers for money (fen) and decimals, dates as ISO text, and the codes of
    files, which `file_codes` lists once more.
    """

    values: Mapping[str, Any]
    sealed_values: Mapping[str, Any]
    file_codes: tuple[str, ...] = ()

    @property
    def whole(self) -> dict[str, Any]:
        """Return both parts together, as the schema describes them."""
        whole = {**self.values, **self.sealed_values}
        for key, rows in self.values.items():
            hidden = self.sealed_values.get(key)
            if isinstance(rows, list) and isinstance(hidden, list) and len(rows) == len(hidden):
                whole[key] = [{**one, **other} for one, other in zip(rows, hidden, strict=True)]
        return whole


@dataclass(frozen=True)
class Reading:
    """What came of what was typed: `typed` verbatim, `values` as understood, or faults by path.

    `shown` are the paths that are asked with these values. `answers` is there without faults only.
    """

    typed: Typed
    values: Mapping[str, Any]
    shown: frozenset[str]
    faults: Faults
    answers: Answers | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the publishing lint says: where, how grave, and what; words in queries/words.py."""

    code: str
    path: str = ""
    is_fault: bool = True
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A fact that some app fills in beforehand, so that nobody is asked for what is known.

    Whoever fills a form in with `prefill` registers what it can give.
    """

    key: str
    title: Any


@dataclass(frozen=True)
class AskedAt:
    """Where residents are asked the forms of an app: `address` takes the key of a form, and returns
    nothing for one that the app does not ask."""

    key: str
    address: Callable[[str], str]


ASKED_AT: Registry[AskedAt] = Registry("pages on which residents fill in published forms")
SOURCES: Registry[Source] = Registry("sources that fill in forms")
