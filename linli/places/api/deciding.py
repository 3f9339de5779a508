"""What a town decides about a village: what it counts as, and its category in the plan."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Schema, Status

from linli.kernel.errors import NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import permits, queries, services
from linli.places.api.facts import DecisionOut, decision_out
from linli.places.api.routing import router
from linli.places.forms import CategoryForm, SettlementForm
from linli.places.services.decisions import Ruling
from linli.places.types import Category, Settlement


class RulingIn(Schema):
    """The document of the decision, its day, and the day from which it holds."""

    value: str
    document: str
    decided_on: str
    valid_from: str


@router.post("/places/{code}/decide/{topic}", response={201: DecisionOut})
def decide(request: Request, code: str, topic: str, given: RulingIn) -> Status[dict[str, Any]]:
    """Record the town's decision on a village: `settlement` or `category`, from a day on."""
    place = queries.open_place(code)
    if topic not in ("settlement", "category") or place.level != "village":
        raise NotFound(topic=topic)
    require(request.actor, permits.DECIDE, at=place.path[: -len(place.code) - 1])
    said = (SettlementForm if topic == "settlement" else CategoryForm)(given.dict()).accepted()
    by: dict[str, Any] = {
        "ruling": Ruling(said["document"], said["decided_on"], said["valid_from"]),
        "actor": request.actor, "now": timezone.now(),
    }  # fmt: skip
    if topic == "settlement":
        made = services.decide_settlement(place, Settlement(said["value"]), **by)
    else:
        made = services.decide_category(place, Category(said["value"]), **by)
    return Status(201, decision_out(made))
