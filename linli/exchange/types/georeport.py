"""What the addresses of Open311 GeoReport v2 are asked and answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from linli.runtime.types import Rate

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
JURISDICTION = "441900"
NAMES_OF_CITY = frozenset({JURISDICTION, "dongguan", "dg.gov.cn"})
CHANGESET = "2026-11-28T00:00:00Z"
# of the standard: 90 days, or the first 1,000 requests, whichever is smallest
SPAN, MOST_REQUESTS = timedelta(days=90), 1000
MOST_DESCRIPTION, MOST_IDS, MOST_PAGE = 4000, 1000, 1000
POSTS, READS = Rate(600, timedelta(hours=1)), Rate(600, timedelta(minutes=10))
# a key that sends without end is stopped before anything of it is read
KEY_POSTS = Rate(500, timedelta(hours=1))
# the service of matters that have no category yet
OTHER = "other"


class Status(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which requests are asked for; `ids` overrides everything else."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    statuses: frozenset[str] = frozenset()
    page: int = 1
    size: int = MOST_REQUESTS


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as another system sends it, read but not judged. `attributes` by their codes."""

    service_code: str
    lat: float | None = None
    long: float | None = None
    address: str = ""
    address_id: str = ""
    description: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    media_url: str = ""
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    once: str = ""

    @property
    def name(self) -> str:
        """Return the name as it is written here: the family name first where it is Chinese."""
        parts = (self.last_name.strip(), self.first_name.strip())
        joined = "".join(parts)
        return joined if not joined.isascii() else " ".join(filter(None, reversed(parts)))


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question of a service, as its definition tells it; `values` are (key, name)."""

    code: str
    description: Any
    datatype: str = "string"
    hint: Any = ""
    variable: bool = True
    required: bool = False
    values: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """A type of request: a category of cases."""

    code: str
    name: str
    description: str
    keywords: str
    group: str
    category_id: int | None
