"""The pages about connections, as tabs on each of them; apps above add theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linli.kernel.permits import Permit
from linli.kernel.registries import Registry


@dataclass(frozen=True)
class ConnectionTab:
    """A page about connections: its words, the name of its address, where it stands in the row.

    It is shown to who holds the permit, with `for_city` to who holds it for the whole city.
    """

    key: str
    title: Any
    url_name: str
    permit: Permit
    order: int
    for_city: bool = False


TABS: Registry[ConnectionTab] = Registry("tabs of connections")
