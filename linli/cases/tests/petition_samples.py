"""Petitions of the tests: opened, passed on, answered, in review."""

from __future__ import annotations

from linli.cases.services import petitions
from linli.cases.testing import move
from linli.cases.tests.offices import (
    CITY,
    TOWN,
    at,
    petition_office,
    post_at,
)
from linli.cases.types.filing import Contact
from linli.cases.types.moves import At
from linli.cases.types.openings import Asker, Petitioning
from linli.kernel.permits import system_actor
from linli.places.testing import make_village

SYSTEM = system_actor("test")
ANNA = Asker(Contact("陈大文", "13800001234"))
WORDS = "The compensation for my field was never paid."


def petition(**given: object) -> Petitioning:
    return Petitioning(**{"place": "441900005", "text": WORDS, "asker": ANNA, **given})  # type: ignore[arg-type]


def opened(day: str = "2026-08-10", **given: object) -> int:
    make_village("441900005001")
    return petitions.open_petition(petition(**given), actor=petition_office(), now=at(day)).held.id


def passed_on(day: str = "2026-09-28") -> tuple[int, int]:
    """Return a petition that was passed on to a post, and that post."""
    case_id, post = opened(day), post_at(TOWN)
    petitions.transfer_petition(
        At(case_id), post, "The land office has it.", actor=petition_office(), now=at(day)
    )
    return case_id, post


def replied() -> int:
    case_id = opened("2026-08-10")
    move(case_id, "accept", petition_office(), now=at("2026-08-11"), public={"text": "Accepted."})
    move(
        case_id,
        "reply",
        petition_office(),
        now=at("2026-09-10"),
        public={"text": "It was paid in 2019."},
    )
    return case_id


def in_review() -> tuple[int, int]:
    case_id = replied()
    review = petitions.ask_review(
        At(case_id), "441900", "Not paid.", actor=petition_office(path=CITY), now=at("2026-09-20")
    )
    return case_id, review.held.id
