"""An entry of a draw by its telephone number over the API: for whoever has no code, or whom a stranger entered."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Router, Schema, Status

from linli.kernel.web import Request
from linli.offerings.api.draw_shapes import EntryOut
from linli.offerings.api.draws import entry_said
from linli.offerings.forms.rounds import ClaimForm
from linli.offerings.queries import rounds as queries
from linli.offerings.services import claiming
from linli.offerings.types.visits import LOOKS
from linli.runtime.types import client_address, limited, without_key

router = Router()


class MineIn(Schema):
    """The number of an entry; with `code`, the six digits that were sent to it."""

    phone: str
    code: str = ""


class SentOut(Schema):
    """A code was sent to the number, whether it entered or not."""

    sent: bool


@router.post("/draws/{code}/mine", response={200: EntryOut, 202: SentOut})
@limited("offerings.codes", LOOKS, client_address)
@without_key("a wrong try is counted, so it must not be undone with a transaction")
def open_mine(request: Request, code: str, given: MineIn) -> Status[dict[str, Any]]:
    """Send a one-time code to a number, and with it take the entry of the number over under a new code."""
    one, now, address = queries.round_called(code), timezone.now(), client_address(request)
    said = ClaimForm({"phone": given.phone, "code": given.code}).accepted()
    if said["code"]:
        entry = claiming.take_over(
            one, said["phone"], said["code"], address=address, actor=request.actor, now=now
        )
        return Status(200, entry_said(entry))
    claiming.send_code(
        said["phone"], address=address, language=get_language() or "zh-hans", actor=request.actor,
        now=now,
    )  # fmt: skip
    return Status(202, {"sent": True})
