"""What the office takes down when it opens a case of a kind itself, and the number that waits for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from linli.cases.types.filing import Contact, Naming
from linli.cases.types.matters import PaperUrgency, PetitionMatter, PropertyMatter
from linli.cases.types.words import Channel

# waits for the number of a case that is being opened
Numbering = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks something: sealed, and only what is needed to answer.

    `account_id` and `person_id` are hers where she is known; the case is then among her affairs.
    """

    contact: Contact = Contact()
    naming: Naming = Naming.NAMED
    language: str = "zh-hans"
    account_id: int | None = None
    person_id: int | None = None
    by_sms: bool = False
    is_on_behalf: bool = True
    # she helps somebody else, whose the case is
    is_for_other: bool = False


@dataclass(frozen=True, slots=True)
class Petitioning:
    """A petition as it is registered. `place` is a code of a town or the city.

    `visitors` counts who came; `about_post_id` is the post whose conduct it is about and that never
    sees it; `same_as` the number of an earlier petition on the same matter; `files` are codes.
    """

    place: str
    text: str
    matter: str = PetitionMatter.APPEAL
    channel: str = Channel.VISIT
    visitors: int = 1
    category_id: int | None = None
    asker: Asker = Asker()
    about_post_id: int | None = None
    same_as: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visiting:
    """A visit to a village or community: who came with what; `about_post_id` as of a petition."""

    place: str
    text: str
    matter: str = PetitionMatter.APPEAL
    visitors: int = 1
    asker: Asker = Asker()
    about_post_id: int | None = None
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaining:
    """An owner's complaint about a property company, by name or by its post in the register."""

    place: str
    text: str
    company: str
    matter: str = PropertyMatter.OTHER
    channel: str = Channel.COUNTER
    company_post_id: int | None = None
    asker: Asker = Asker()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directing:
    """A task as it is handed down: what, by which day, to which posts and offices of places.

    For a committee's own work it also names its legal basis and who bears the cost (BU-22).
    """

    place: str
    title: str
    text: str
    due_on: date
    posts: tuple[int, ...] = ()
    places: tuple[str, ...] = ()
    basis: str = ""
    cost: str = ""
    paper_number: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiving:
    """A paper as it is registered. `due_on` is the day that the paper itself names, if it does."""

    place: str
    title: str
    sender: str
    paper_number: str = ""
    dated_on: date | None = None
    due_on: date | None = None
    urgency: str = PaperUrgency.USUAL
    text: str = ""
    files: tuple[str, ...] = ()
