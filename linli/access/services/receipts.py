"""A receipt on paper for whoever asked at the counter and reads no inbox (PIPL 50)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.access import permits
from linli.access.clients import receipts
from linli.access.models import DataRequest
from linli.access.queries.receipts import is_for_another
from linli.kernel.errors import WrongState
from linli.kernel.permits import PERSONAL, Actor, require

if TYPE_CHECKING:
    from linli.documents.models import Document


@transaction.atomic
def print_receipt(request: DataRequest, *, actor: Actor, now: datetime) -> Document:
    """Print the receipt of a request that was filed for somebody. Refuses with NotAllowed, WrongState."""
    require(actor, permits.ACT_FOR, at=request.path, level=PERSONAL)
    if not is_for_another(request):
        raise WrongState()
    return receipts.print_receipt(request, actor=actor, now=now)
