"""How each kind that staff open is asked for on their common page; the kinds name these."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.forms import openings as forms
from linli.cases.queries.openings import Choices, companies_choices, or_none, receivers_at
from linli.cases.queries.receivers import posts_at
from linli.cases.services.directives import open_directive
from linli.cases.services.incoming import open_incoming
from linli.cases.services.petitions import open_petition
from linli.cases.services.property import open_property_complaint
from linli.cases.services.visits import register_visit
from linli.cases.types.filing import Contact
from linli.cases.types.kinds import ByForm
from linli.cases.types.openings import (
    Asker,
    Complaining,
    Directing,
    Petitioning,
    Receiving,
    Visiting,
)
from linli.kernel.permits import Actor
from linli.places.types import PlaceRow

Said = dict[str, Any]


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


def _at_petition(place: PlaceRow, on: date) -> dict[str, Choices]:
    return {"about": or_none(posts_at(place.path, on))}


def _at_complaint(place: PlaceRow, on: date) -> dict[str, Choices]:
    return {"company_post": companies_choices(place.path, on)}


def _at_directive(place: PlaceRow, on: date) -> dict[str, Choices]:
    return {"to": receivers_at(place, on)}


# in the order of the page on which staff choose among them
VISIT = ByForm(
    _("Somebody comes with a petition: note it, answer at once or pass it on to the town."),
    icon="users",
    order=10,
    form=forms.VisitForm,
    open=_visit,
    has_asker=True,
)
PETITION = ByForm(
    _("Registered here; within fifteen days it is accepted or passed on."),
    icon="mail",
    order=20,
    form=forms.PetitionForm,
    open=_petition,
    choices=_at_petition,
    has_asker=True,
)
PROPERTY_COMPLAINT = ByForm(
    _("First the company; if it is late the committee coordinates, then the town."),
    icon="building",
    order=30,
    form=forms.ComplaintForm,
    open=_complaint,
    choices=_at_complaint,
    has_asker=True,
)
DIRECTIVE = ByForm(
    _("A task with a day: signed for, reported back, struck off."),
    icon="send",
    order=40,
    form=forms.DirectiveForm,
    open=_directive,
    choices=_at_directive,
)
INCOMING = ByForm(
    _("A paper from another office: shown to who must know it, handled, filed."),
    icon="inbox", order=50, form=forms.IncomingForm, open=_incoming,
)  # fmt: skip
