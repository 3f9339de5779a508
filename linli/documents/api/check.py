"""JSON API of documents: the check that anybody may make."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from ninja import Router, Schema

from linli.documents import queries
from linli.documents.queries.checking import CheckedSeal
from linli.kernel.web import Request
from linli.runtime.services import limits
from linli.runtime.types import Rate, client_address

router = Router()
LOOKS = Rate(120, timedelta(minutes=10))


class CheckedSealOut(Schema):
    """The electronic seal that the paper bears; `sha256` is the sealed file.

    `verdict` is `trusted`, `unknown` (cannot be judged here) or `false`, `why` a stable word for it.
    """

    seal: str
    certificate: str
    sealed_at: datetime
    sha256: str
    verdict: str
    why: str
    holder: str
    issuer: str
    serial: str

    @staticmethod
    def of(found: CheckedSeal) -> CheckedSealOut:
        judged = found.judged
        return CheckedSealOut(
            seal=found.seal, certificate=found.certificate, sealed_at=found.sealed_at,
            sha256=found.sha256, verdict=judged.verdict, why=judged.why, holder=judged.holder,
            issuer=judged.issuer, serial=judged.serial,
        )  # fmt: skip


class CheckOut(Schema):
    """What anybody may know of a printed paper."""

    number: str
    code: str
    what: str
    office: str
    issued_at: datetime
    is_valid: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str
    sha256: str
    is_demo: bool
    log_index: int | None
    electronic: CheckedSealOut | None


@router.get("/documents/{code}/check/", response=CheckOut)
def check_document(request: Request, code: str) -> CheckOut:
    """Say what a paper is and whether it is valid."""
    limits.take("documents.codes", client_address(request), rate=LOOKS, now=timezone.now())
    found = queries.check_document(code)
    own = set(CheckOut.model_fields) - {"what", "electronic"}
    return CheckOut(
        **{name: getattr(found, name) for name in own},
        what=str(found.what),
        electronic=CheckedSealOut.of(found.electronic) if found.electronic else None,
    )
