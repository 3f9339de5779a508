"""Events between apps: published inside the transaction, heard at once.

A listener does exactly one thing: it defers a job. Whatever it raises fails the transaction,
so that nothing happens without being told and nothing is told that did not happen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")
_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(kind: type[E], listener: Callable[[E], None]) -> None:
    """Call `listener` for each event of this class. Subscribing twice is the same as once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def publish(event: object) -> None:
    """Tell every listener of the event's class, in the order in which they subscribed."""
    for listener in _listeners[type(event)]:
        listener(event)
