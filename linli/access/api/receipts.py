"""The receipt of a request about personal data, over the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.access.queries.requests import get_request
from linli.access.services import receipts
from linli.kernel.web import Request

router = Router()


class ReceiptOut(Schema):
    """The paper: its number, and the code by which it is read and checked."""

    number: str
    code: str


@router.post("/access/data-requests/{number}/receipt", response={201: ReceiptOut})
def print_receipt(request: Request, number: str) -> Status[Any]:
    """Print the receipt of a request that was filed for somebody at the counter."""
    found = get_request(request.actor, number)
    return Status(201, receipts.print_receipt(found, actor=request.actor, now=timezone.now()))
