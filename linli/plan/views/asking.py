"""What several pages of plan ask of the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from linli.kernel.permits import Permit
from linli.kernel.web import Request
from linli.kernel.wholes import whole_number
from linli.plan import queries

PAGE = 25
MOST_NUMBER = 2**31 - 1


def plan_of(request: Request) -> Any:
    """The plan that the address names, else the main one."""
    return queries.current_document(request.GET.get("plan", ""))


def shows_invented(request: Request) -> bool:
    """Whether the invented town stands on the board: in the demo, or when asked."""
    return bool(getattr(settings, "LINLI_DEMO", False)) or request.GET.get("demo") == "include"


def number_of(text: str) -> int | None:
    """A whole number of the address, or nothing."""
    return whole_number(text, most=MOST_NUMBER)


def may_anywhere(request: Request, permit: Permit) -> bool:
    """Whether to show the way to a step: the actor may do it somewhere."""
    return request.actor.holds(permit)


def names_of(rows: Sequence[Any]) -> dict[str, Any]:
    """The places of some heads by path; one query."""
    return queries.place_names({row.path for row in rows})
