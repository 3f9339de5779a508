"""Arguments for every address: things that are there in the demo city of the tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.db import transaction

from linli.demo.cast import TOWN
from linli.kernel import scope
from linli.kernel.permits import system_actor
from tests import city_grid
from tests.addresses import Address
from tests.things.lookup import Things

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# who gives things for the addresses of which app
APPS = tuple(
    import_module(f"tests.things.{name}")
    for name in ("access", "activities", "cases", "exchange", "formkit", "ground", "notices", "offerings", "orgs", "papers",
                 "people", "places", "plan")
)  # fmt: skip
# parameters that mean the same everywhere
PLAIN: dict[str, object] = {
    "key": "village.notice",
    "year": 2026,
    "month": 9,
    "side": "480",
    "face": "desk",
    "town": TOWN,
    "number": 8,
    "purpose": "notify.events",
    "secret": "no-such-secret",
    "target": "T12-1",
}


@dataclass(frozen=True)
class Samples:
    """`by_route` are (beginning of a route, parameter): the longest beginning wins."""

    by_route: dict[tuple[str, str], Any]

    def fill(self, address: Address, language: str = "zh-hans") -> str:
        """Return where an address leads, its parameters filled."""
        route = address.route
        filled = PARAMETER.sub(lambda m: str(self._value(route, m[1] or m[2])), route)
        filled = filled.replace("^", "").replace("$", "")
        return f"/{language}/{filled}" if address.has_language else f"/{filled}"

    def _value(self, route: str, parameter: str) -> object:
        fits = [k for k in self.by_route if k[1] == parameter and route.startswith(k[0])]
        if fits:
            return self.by_route[max(fits, key=lambda k: len(k[0]))]
        return PLAIN.get(parameter, 1)


def from_city() -> Samples:
    """Look up one thing of each kind, past the walls of row security."""
    with scope.acting(system_actor("samples")), transaction.atomic():
        return _from_city()


def _from_city() -> Samples:
    by_route: Things = city_grid.samples()
    for app in APPS:
        by_route |= app.things()
    return Samples(by_route)
