"""How each kind that staff open is asked for on their common page; the kinds name these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases.forms import openings as forms
from linli.cases.queries.openings import Choices, companies_choices, or_none, receivers_at
from linli.cases.queries.receivers import posts_held_at
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
from linli.kernel.paths import nearest_first
from linli.kernel.permits import Actor
from linli.places.types import PlaceRow

Said = dict[str, Any]
Open = Callable[..., Any]
# what of a form is another value in what the service takes, by its name there
Turned = Mapping[str, Callable[[Said], Any]]


def _opener(kind: type[Any], service: Open, turned: Turned | None = None) -> Open:
    """Return what opens a case with what was typed: fields go by their name into what the service takes."""

    def opened(place: str, said: Said, files: tuple[str, ...], actor: Actor, now: datetime) -> Any:
        given = _taken(kind, {**said, "place": place, "files": files}, turned or {})
        found = service(given, actor=actor, now=now)
        return found if isinstance(found, list) else [found]

    return opened


def _taken(kind: type[Any], said: Said, turned: Turned) -> Any:
    """Return what a service takes with what was typed: who asks under seal, what is `turned` as that says."""
    ways: Turned = {"asker": _asker, **turned}
    names = {one.name for one in fields(kind)}
    given = {name: said[name] for name in names & said.keys()}
    return kind(**given | {name: ways[name](said) for name in names & ways.keys()})


def _asker(said: Said) -> Asker:
    return Asker(Contact(said["name"], said["phone"]))


def _post_in(name: str) -> Callable[[Said], int | None]:
    """Return what reads the post that was chosen in a field, None for none."""
    return lambda said: int(said[name]) if said.get(name) else None


def _receivers(kind: str) -> Callable[[Said], tuple[Any, ...]]:
    """Return what reads the posts or places among those that a task goes to."""
    read = int if kind == "post" else str
    return lambda said: tuple(
        read(value)
        for one, _colon, value in (to.partition(":") for to in said["to"])
        if one == kind
    )


def _about(place: PlaceRow, on: date) -> dict[str, Choices]:
    """The posts whose conduct it may be about: those of the place, then of the places above."""
    around = [post for path in nearest_first(place.path) for post in posts_held_at(path, on)]
    return {"about": or_none(around)}


def _at_complaint(place: PlaceRow, on: date) -> dict[str, Choices]:
    return {"company_post": companies_choices(place.path, on)}


def _at_directive(place: PlaceRow, on: date) -> dict[str, Choices]:
    return {"to": receivers_at(place, on)}


ABOUT: Turned = {"about_post_id": _post_in("about")}
# in the order of the page on which staff choose among them
VISIT = ByForm(
    _("Somebody comes with a petition: note it, answer at once or pass it on to the town."),
    icon="users",
    order=10,
    form=forms.VisitForm,
    open=_opener(Visiting, register_visit, ABOUT),
    choices=_about,
    has_asker=True,
)
PETITION = ByForm(
    _("Registered here; within fifteen days it is accepted or passed on."),
    icon="mail",
    order=20,
    form=forms.PetitionForm,
    open=_opener(Petitioning, open_petition, ABOUT),
    choices=_about,
    has_asker=True,
)
PROPERTY_COMPLAINT = ByForm(
    _("First the company; if it is late the committee coordinates, then the town."),
    icon="building",
    order=30,
    form=forms.ComplaintForm,
    open=_opener(
        Complaining, open_property_complaint, {"company_post_id": _post_in("company_post")}
    ),
    choices=_at_complaint,
    has_asker=True,
)
DIRECTIVE = ByForm(
    _("A task with a day: signed for, reported back, struck off."),
    icon="send",
    order=40,
    form=forms.DirectiveForm,
    open=_opener(
        Directing, open_directive, {"posts": _receivers("post"), "places": _receivers("place")}
    ),
    choices=_at_directive,
)
INCOMING = ByForm(
    _("A paper from another office: shown to who must know it, handled, filed."),
    icon="inbox", order=50, form=forms.IncomingForm, open=_opener(Receiving, open_incoming),
)  # fmt: skip
