"""What crosses the edge of notices: categories with their periods, drafts, and what others may ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.clock import Unit

# kinds of owner under which files are kept
POSTING_PHOTO, POSTING_FILE, POSTING = (
    "notices.photo",
    "notices.postingversion",
    "notices.posting",
)
UNITS = (Unit.DAYS, Unit.WORKING_DAYS)
MOST_DAYS = 366
MOST_TEXT, MOST_TITLE = 10_000, 120
MOST_PHOTOS, MOST_FILES = 6, 9


class Category(StrEnum):
    """The fixed list of what is posted."""

    PUBLICITY = "publicity"
    RESOLUTION = "resolution"
    AFFAIRS = "affairs"
    FINANCE = "finance"
    ELECTION = "election"
    MEETING = "meeting"
    TENDER = "tender"
    RECRUITMENT = "recruitment"
    SERVICE = "service"
    SAFETY = "safety"
    OTHER = "other"


class Reach(StrEnum):
    """Where a posting is shown: at its place and all below it, or at places that it lists."""

    BELOW = "below"
    LISTED = "listed"


class Size(StrEnum):
    """On what a posting is printed: A4, one sheet A3, or A3 as two sheets A4."""

    A4 = "a4"
    A3 = "a3"
    TILED = "tiled"


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """`minimum` is the parameter of the rulebook that says how long it must stay; "" if none does."""

    title: Any
    days: int
    unit: Unit = Unit.DAYS
    minimum: str = ""
    needs_seal: bool = False


POSTED, OBJECTIONS = "disclosure.posted_min", "election.objection_window"
CATEGORIES: dict[Category, CategoryFacts] = {
    Category.PUBLICITY: CategoryFacts(
        _("Publicity for objections"), 5, Unit.WORKING_DAYS, "notices.publicity_min", True
    ),
    Category.RESOLUTION: CategoryFacts(_("Decisions of meetings"), 15, minimum=POSTED, needs_seal=True),
    Category.AFFAIRS: CategoryFacts(_("Village and community affairs"), 15, minimum=POSTED, needs_seal=True),
    Category.FINANCE: CategoryFacts(_("Money and accounts"), 15, minimum=POSTED, needs_seal=True),
    Category.ELECTION: CategoryFacts(_("Elections"), 20, minimum=OBJECTIONS, needs_seal=True),
    Category.MEETING: CategoryFacts(_("Meetings called"), 10),
    Category.TENDER: CategoryFacts(_("Tenders and lettings"), 10, needs_seal=True),
    Category.RECRUITMENT: CategoryFacts(_("Work and recruitment"), 15),
    Category.SERVICE: CategoryFacts(_("Everyday notices"), 7),
    Category.SAFETY: CategoryFacts(_("Safety"), 15),
    Category.OTHER: CategoryFacts(_("Other notices"), 7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote of a posting. `first_day` none: the day on which it is published.

    `office` is the code of the organisation that signs, `listed` are codes of places.
    """

    category: Category
    title: str
    body: str
    contact: str
    days: int
    unit: Unit
    basis: str = ""
    objection: str = ""
    office: str = ""
    first_day: date | None = None
    reach: Reach = Reach.BELOW
    listed: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a posting alone: what a correction may change."""

    title: str
    body: str
    contact: str
    basis: str = ""
    objection: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a correction says, why, whether the period begins anew, and which papers of before stay."""

    text: Text
    reason: str
    restarts: bool = False
    kept: tuple[str, ...] = ()
