"""Makers of mandates on paper for tests: the agent, the clerk at the window, the signed sheet."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.types import Channel
from linli.files.testing import photo
from linli.kernel.permits import VAULT, Actor
from linli.kernel.testing import make_actor
from linli.offerings import permits
from linli.offerings.models import AgentMandate
from linli.offerings.services.mandates import sign_mandate
from linli.offerings.services.outside_mandates import prepare_outside
from linli.offerings.types.applications import Applicant, Applying
from linli.offerings.types.mandates import Agent, Giver, MandateFacts
from linli.people import permits as people
from linli.people.testing import NOON, VILLAGE, path_of

GIVER = Giver("王远", "110101198001010010", "13900005678")
SON = Agent("陈小文", "11010519491231002X", "13800001234")
TODAY, LAST = date(2026, 11, 24), date(2027, 11, 24)


def clerk_at(village: str = VILLAGE) -> Actor:
    """Return who takes applications in at a village."""
    held = (permits.RECEIVE, permits.SEE, people.VIEW)
    return make_actor("window", *held, at=path_of(village), ceiling=VAULT, account_id=7)


def paper() -> SimpleUploadedFile:
    """Return the signed sheet, photographed."""
    return SimpleUploadedFile("signed.jpg", photo(120, 90), "image/jpeg")


def held_outside(until: date = LAST, **more: Any) -> AgentMandate:
    """Return a signed mandate of somebody whom no register here has."""
    facts = MandateFacts(SON, until, **more)
    row = prepare_outside(VILLAGE, GIVER, facts, actor=clerk_at(), now=NOON)
    return sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)


def wish(**more: Any) -> Applying:
    """Return an application for a residence permit at the window, with all papers on the table."""
    given = {
        "applicant": Applicant(), "answers": {"whose": "own"}, "brought": frozenset({"id-card"}),
        "channel": Channel.COUNTER, **more,
    }  # fmt: skip
    return Applying("residence-permit", VILLAGE, **given)
