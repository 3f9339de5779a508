"""Makers of papers and seal uses for everybody's tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.documents import permits, services
from linli.documents.models import Document, SealUse
from linli.documents.services.seals import Application
from linli.documents.types import Issue
from linli.kernel.permits import Actor
from linli.kernel.testing import VILLAGE, make_actor

CLERK = make_actor(
    "村务文员", permits.READ, permits.ISSUE, permits.WITHDRAW, permits.APPLY_SEAL, account_id=1
)
CHAIR = make_actor("村委会主任", permits.READ, permits.APPROVE_SEAL, account_id=2)
KEEPER = make_actor("印章保管人", permits.READ, permits.KEEP_SEAL, account_id=3)
NOTICE: dict[str, Any] = {
    "addressee": "各位村民",
    "text": ["经村民代表会议表决通过，自2026年12月1日起调整环境卫生保洁安排，现予公示。"],
    "period": "2026年11月24日至12月8日（15天）",
    "contact": "何伟明，0769-5550 0123",
    "objection": "可以向村务监督委员会提出，电话 0769-5550 0124。",
}


def make_document(
    *,
    now: datetime,
    template: str = "documents.notice",
    data: dict[str, Any] | None = None,
    actor: Actor = CLERK,
    place: str = VILLAGE,
    **issue: Any,
) -> Document:
    """Issue a public notice of a village."""
    return services.issue_document(
        template,
        NOTICE if data is None else data,
        issue=Issue(place=place, office="示范一村村民委员会", **issue),
        actor=actor,
        now=now,
    )


def make_seal_use(
    *, now: datetime, actor: Actor = CLERK, copies: int = 2, place: str = VILLAGE
) -> SealUse:
    """Apply for a seal on a contract."""
    application = Application("contract", "环卫服务合同", copies, "示范保洁公司")
    return services.apply_for_seal(application, place=place, actor=actor, now=now)
