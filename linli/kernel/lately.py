"""What was read lately, kept in the memory of a process for all its threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Lately(Generic[K, V]):
    """So many values at most; what was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, read: Callable[[], V], *, anew: bool = False) -> V:
        """Return a value, read if it is not known or wanted anew; two threads may both read it."""
        with self._lock:
            if not anew and key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        value = read()
        with self._lock:
            self.kept[key] = value
            self.kept.move_to_end(key)
            while len(self.kept) > self.most:
                self.kept.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self.kept.clear()
