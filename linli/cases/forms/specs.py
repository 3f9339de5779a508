"""How each kind that staff open is asked for: its form, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.forms import openings as forms
from linli.cases.forms.frame import OpeningForm
from linli.cases.services.directives import open_directive
from linli.cases.services.incoming import open_incoming
from linli.cases.services.opening import Opened
from linli.cases.services.petitions import open_petition
from linli.cases.services.property import open_property_complaint
from linli.cases.services.visits import register_visit
from linli.cases.types.filing import Contact
from linli.cases.types.openings import (
    Asker,
    Complaining,
    Directing,
    Petitioning,
    Receiving,
    Visiting,
)
from linli.kernel.permits import Actor

Said = dict[str, Any]


@dataclass(frozen=True)
class Spec:
    """The form of a kind, and the service that opens it: (place, said, files, actor, now)."""

    form: type[OpeningForm]
    open: Callable[[str, Said, tuple[str, ...], Actor, datetime], list[Opened]]
    lead: Any = ""
    icon: str = "file-text"
    has_asker: bool = False


def _asker(said: Said) -> Asker:
    return Asker(Contact(said["name"], said["phone"]))


def _petition(place: str, said: Said, files: tuple[str, ...], actor: Actor, now: datetime) -> Any:
    about = said.get("about")
    petition = Petitioning(
        place=place,
        text=said["text"],
        matter=said["matter"],
        channel=said["channel"],
        visitors=said["visitors"],
        asker=_asker(said),
        about_post_id=int(about) if about else None,
        same_as=said["same_as"],
        files=files,
    )
    return [open_petition(petition, actor=actor, now=now)]


def _visit(place: str, said: Said, files: tuple[str, ...], actor: Actor, now: datetime) -> Any:
    visit = Visiting(place, said["text"], said["matter"], said["visitors"], _asker(said), files)
    return [register_visit(visit, actor=actor, now=now)]


def _complaint(place: str, said: Said, files: tuple[str, ...], actor: Actor, now: datetime) -> Any:
    post = said.get("company_post")
    complaint = Complaining(
        place=place,
        text=said["text"],
        company=said["company"],
        matter=said["matter"],
        channel=said["channel"],
        company_post_id=int(post) if post else None,
        asker=_asker(said),
        files=files,
    )
    return [open_property_complaint(complaint, actor=actor, now=now)]


def _directive(place: str, said: Said, files: tuple[str, ...], actor: Actor, now: datetime) -> Any:
    chosen = [value.partition(":") for value in said["to"]]
    task = Directing(
        place=place,
        title=said["title"],
        text=said["text"],
        due_on=said["due_on"],
        posts=tuple(int(value) for kind, _colon, value in chosen if kind == "post"),
        places=tuple(value for kind, _colon, value in chosen if kind == "place"),
        basis=said["basis"],
        cost=said["cost"],
        paper_number=said["paper_number"],
        files=files,
    )
    return open_directive(task, actor=actor, now=now)


def _incoming(place: str, said: Said, files: tuple[str, ...], actor: Actor, now: datetime) -> Any:
    paper = Receiving(
        place=place,
        title=said["title"],
        sender=said["sender"],
        paper_number=said["paper_number"],
        dated_on=said["dated_on"],
        due_on=said["due_on"],
        urgency=said["urgency"],
        text=said["text"],
        files=files,
    )
    return [open_incoming(paper, actor=actor, now=now)]


SPECS: dict[str, Spec] = {
    "visit": Spec(
        forms.VisitForm, _visit,
        _("Somebody comes with a petition: note it, answer at once or pass it on to the town."),
        "users", has_asker=True,
    ),
    "petition": Spec(
        forms.PetitionForm, _petition,
        _("Registered here; within fifteen days it is accepted or passed on."),
        "mail", has_asker=True,
    ),
    "property_complaint": Spec(
        forms.ComplaintForm, _complaint,
        _("First the company; if it is late the committee coordinates, then the town."),
        "building", has_asker=True,
    ),
    "directive": Spec(
        forms.DirectiveForm, _directive,
        _("A task with a day: signed for, reported back, struck off."),
        "send",
    ),
    "incoming": Spec(
        forms.IncomingForm, _incoming,
        _("A paper from another office: shown to who must know it, handled, filed."),
        "inbox",
    ),
}  # fmt: skip
