"""Makers of what is offered, for everybody's tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.taking_down import note_asker
from linli.cases.testing import NOON
from linli.cases.types.filing import Contact
from linli.cases.types.moves import Given
from linli.cases.types.openings import Asker
from linli.cases.types.shapes import Hand
from linli.kernel.permits import NOBODY, Actor
from linli.offerings.clients.applicants import sealed
from linli.offerings.models import Application, MaterialState
from linli.offerings.rules.applications import materials_of
from linli.offerings.types.applications import KIND, Applicant, ItemAsked
from linli.places import queries as places
from linli.places.testing import make_village

# an item as its version keeps it: two questions, one paper for one answer, one that comes by sharing
PERMIT: dict[str, Any] = {
    "key": "residence-permit",
    "kind": "public_service",
    "name": {"zh": "居住证申领", "en": "Residence permit"},
    "says": {"zh": "给在本市居住半年以上的人。", "en": "For who has lived here half a year."},
    "level": "town",
    "office": {"zh": "公安部门", "en": "Police"},
    "statutory": {"days": 15, "unit": "working", "certainty": "sure"},
    "promised": {"days": 10, "unit": "working"},
    "fee": {"fen": 0},
    "channels": ["counter", "online"],
    "questions": [
        {
            "key": "whose",
            "ask": {"zh": "住的房子是谁的？", "en": "Whose is the home?"},
            "options": [
                {"key": "own", "zh": "自己的", "en": "my own"},
                {"key": "rented", "zh": "租的", "en": "rented"},
            ],
        }
    ],
    "materials": [
        {"key": "id-card", "zh": "身份证", "en": "Identity card", "form": "original"},
        {"key": "lease", "zh": "租房合同", "en": "Lease", "form": "copy", "when": {"whose": ["rented"]}},
        {"key": "hukou", "zh": "户籍信息", "en": "Household register", "by": "sharing", "source": "人口库"},
    ],
    "result": {"zh": "居住证", "en": "Residence permit"},
}  # fmt: skip


def make_application(
    code: str = "441900005001",
    *,
    item: dict[str, Any] | None = None,
    answers: dict[str, str] | None = None,
    now: datetime = NOON,
    clerk: Actor | None = None,
    fee_fen: int = 0,
    **more: Any,
) -> Opened:
    """Open an application of a resident in a village, which is made if there is none.

    `clerk` took it in at the window; without one it came by page.
    """
    make_village(code)
    asked = ItemAsked("residence-permit", 3, item or PERMIT)
    given = Given(public={"text": asked.name["zh"]}, by_reporter=True)
    channel = "counter" if clerk else "page"
    opening = Opening(
        KIND, tuple(places.chain_of(code)), channel, title=asked.name["zh"], given=given
    )
    said = {"whose": "rented"} if answers is None else answers
    with transaction.atomic():
        hand = None if clerk else Hand("reporter")
        opened = open_case(opening, actor=clerk or NOBODY, now=now, hand=hand)
        case_id = opened.held.id
        who = Applicant("陈大文", "11010519491231002X", "13800001234")
        application = Application.objects.create(
            case_id=case_id, item_key=asked.key, item_version=asked.version, item=dict(asked.content),
            answers=said, sealed=sealed(who, case_id), id_masked="1101**********002X",
            delivery="counter", fee_fen=fee_fen, **more,
        )  # fmt: skip
        MaterialState.objects.bulk_create(
            MaterialState(application=application, key=one.key, changed_at=now)
            for one in materials_of(asked, said)
            if one.is_hers
        )
        asker = Asker(Contact(who.name, who.phone), is_on_behalf=clerk is not None)
        note_asker(opened.held, asker, actor=clerk or NOBODY, now=now)
    return opened
