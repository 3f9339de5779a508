"""Parts of the draft of an item over the API: a basis, a question, a condition, a material, one at a time."""

from __future__ import annotations

from typing import Any, Literal

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.kernel.web import Request
from linli.offerings.api.item_work import WorkDetailOut, draft_of, told_of
from linli.offerings.queries import items as queries
from linli.offerings.services import item_parts

router = Router()
Part = Literal["basis", "questions", "conditions", "materials"]


class ItemPartIn(Schema):
    """What one part says, as the file of an item has it. `edition` is `draft_edition`."""

    edition: int
    content: dict[str, Any]


class ItemPartMoveIn(Schema):
    """`edition` is `draft_edition`."""

    edition: int


@router.post("/item-work/{slug:key}/parts/{part}/", response={201: WorkDetailOut})
def add_item_part(
    request: Request, key: str, part: Part, given: ItemPartIn
) -> Status[dict[str, Any]]:
    """Put one part more at the end of a draft."""
    _put(request, key, part, None, given)
    return Status(201, told_of(request, key))


@router.post("/item-work/{slug:key}/parts/{part}/{int:number}/", response=WorkDetailOut)
def write_item_part(
    request: Request, key: str, part: Part, number: int, given: ItemPartIn
) -> dict[str, Any]:
    """Write one part of a draft anew; parts are counted from 1."""
    _put(request, key, part, number, given)
    return told_of(request, key)


@router.post("/item-work/{slug:key}/parts/{part}/{int:number}/{move}", response=WorkDetailOut)
def move_item_part(
    request: Request,
    key: str,
    part: Part,
    number: int,
    move: Literal["remove", "up"],
    given: ItemPartMoveIn,
) -> dict[str, Any]:
    """Take a part out of a draft, or let it change places with the one before it."""
    act = {"remove": item_parts.remove_part, "up": item_parts.raise_part}[move]
    draft = draft_of(queries.get_item(request.actor, key))
    act(draft, part, number, edition=given.edition, actor=request.actor, now=timezone.now())
    return told_of(request, key)


def _put(request: Request, key: str, part: str, number: int | None, given: ItemPartIn) -> None:
    draft = draft_of(queries.get_item(request.actor, key))
    item_parts.put_part(
        draft, part, number, given.content, edition=given.edition, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
