"""Pages on which an organisation is entered, changed, closed or reorganised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.forms.centres import DayForm
from linli.orgs.forms.register import (
    CloseForm,
    CorrectionForm,
    EdgeForm,
    NewOrganisationForm,
    RenameForm,
    ReorganisationForm,
)
from linli.orgs.queries.closing import require_above
from linli.orgs.queries.naming import organisation_given, organisation_said
from linli.orgs.services import ChangeFacts
from linli.orgs.types import Certainty, Change, Details, Hierarchy, Precision
from linli.orgs.views.answering import Asking, Fresh, answer, name_of, way_to
from linli.places import queries as places
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]
FIELDS = tuple(Details.__slots__)


@require_http_methods(GET_POST)
def organisation_add(request: Request, code: str) -> HttpResponse:
    """Enter an organisation at a place."""
    place = places.open_place(code)
    require(request.actor, permits.EDIT, at=place.path)
    initial = {"kind": request.GET.get("kind", "")}
    form = NewOrganisationForm(request.POST or None, initial=initial)
    here = reverse("orgs:at", args=[code])

    def act() -> None:
        services.add_organisation(
            place,
            form.cleaned_data["kind"],
            form.details,
            since=form.cleaned_data["since"],
            actor=request.actor,
            now=timezone.now(),
        )

    _place, way = way_to(code, (_("Organisations"), here), (_("New organisation"), ""))
    asking = Asking(
        title=_("New organisation"), form=form, way=way, to=here, submit=_("Enter"),
        said=_("The organisation is in the register."),
        lead=_("A collective is recorded only if it exists: the register never assumes one."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def organisation_correct(request: Request, code: str) -> HttpResponse:
    """Mend what the register says of an organisation today."""
    organisation = _mine(request, code)
    form = CorrectionForm(request.POST or None, initial=_initial(organisation))

    def act() -> None:
        services.correct_organisation(
            organisation, form.details, edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = _asking(
        organisation, form, _("Correct the entry"), _("Save"), _("The entry is corrected."),
        lead=_("For slips and new phone numbers. A new name from a day on is a renaming."),
    )  # fmt: skip
    return answer(request, asking, act, _fresh(request, code, form))


@require_http_methods(GET_POST)
def organisation_rename(request: Request, code: str) -> HttpResponse:
    """Give an organisation another name or seat from a day on."""
    organisation = _mine(request, code)
    form = RenameForm(request.POST or None, initial=_initial(organisation))

    def act() -> None:
        services.rename_organisation(
            organisation, form.details, since=form.cleaned_data["since"],
            edition=form.cleaned_data["edition"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = _asking(
        organisation, form, _("Rename or move"), _("Rename"), _("The new name is on record."),
        lead=_("The name before stays on record and is shown for earlier days."),
    )  # fmt: skip
    return answer(request, asking, act, _fresh(request, code, form))


@require_http_methods(GET_POST)
def organisation_close(request: Request, code: str) -> HttpResponse:
    """Close an organisation from a day on."""
    organisation = _mine(request, code)
    require_above(request.actor, organisation)
    known = queries.successor_of(request.actor, organisation)
    form = CloseForm(
        request.POST or None, initial={"edition": organisation.edition, "successor": known}
    )

    after = _id_of(request, form["successor"].value())

    def act() -> None:
        successor = _other(request, form, "successor") if form.cleaned_data["successor"] else None
        services.close_organisation(
            organisation, on=form.cleaned_data["on"], edition=form.cleaned_data["edition"],
            successor=successor, actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = _asking(
        organisation, form, _("Close the organisation"), _("Close it"),
        _("The organisation is closed."),
        danger=_("Its posts are closed with it. Names and holders stay on record."),
        more={"hanging": queries.hanging_on(request.actor, organisation, after)},
    )  # fmt: skip
    return answer(request, asking, act, _fresh(request, code, form))


@require_http_methods(GET_POST)
def organisation_under(request: Request, code: str) -> HttpResponse:
    """Put an organisation under another one."""
    organisation = _mine(request, code)
    form = EdgeForm(request.POST or None, initial={"since": localdate()})

    def act() -> None:
        services.put_under(
            organisation, _other(request, form, "parent"),
            hierarchy=Hierarchy(form.cleaned_data["hierarchy"]),
            since=form.cleaned_data["since"], basis=form.cleaned_data["basis"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = _asking(
        organisation, form, _("What does it stand under?"), _("Save"), _("The line is on record.")
    )
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def organisation_under_end(request: Request, code: str, edge_id: int) -> HttpResponse:
    """End that an organisation stands under another one."""
    organisation = _mine(request, code)
    edge = queries.get_line(request.actor, organisation, edge_id)
    form = DayForm(request.POST or None, initial={"on": localdate()})

    def act() -> None:
        services.take_from_under(
            edge, on=form.cleaned_data["on"], actor=request.actor, now=timezone.now()
        )

    above = queries.organisation_by_id(request.actor, edge.parent_id, on=localdate())
    asking = _asking(
        organisation, form, _("Stands under it no longer"), _("End the line"),
        _("The end of the line is on record."), lead=name_of(above),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def organisation_reorganise(request: Request, code: str) -> HttpResponse:
    """Record what became of an organisation."""
    organisation = queries.get_organisation(request.actor, code, on=localdate())
    require(request.actor, permits.REORGANISE, at=organisation.path)
    form = ReorganisationForm(request.POST or None)

    def act() -> None:
        data = form.cleaned_data
        facts = ChangeFacts(
            change=Change(data["change"]), on=data["on"], precision=Precision(data["precision"]),
            certainty=Certainty(data["certainty"]), document=data["document"], note=data["note"],
        )  # fmt: skip
        successor = _other(request, form, "successor") if data["successor"] else None
        services.reorganise(organisation, successor, facts, actor=request.actor, now=timezone.now())

    asking = _asking(
        organisation, form, _("Record a reorganisation"), _("Put on record"),
        _("The reorganisation is on record."),
        lead=_("Then close the organisation that ended: from that day on its successor is named."),
    )  # fmt: skip
    return answer(request, asking, act)


def _mine(request: Request, code: str) -> Any:
    """Return an organisation that the actor keeps. Refuses with NotFound, NotAllowed."""
    organisation = queries.get_organisation(request.actor, code, on=localdate())
    require(request.actor, permits.keeper_of(organisation.level), at=organisation.path)
    return organisation


def _initial(organisation: Any) -> dict[str, object]:
    said = {name: getattr(organisation, name, "") or "" for name in FIELDS}
    return {**said, "edition": organisation.edition}


def _fresh(request: Request, code: str, form: Form) -> Fresh:
    """How to tell what somebody else saved meanwhile."""

    def now() -> Any:
        return queries.get_organisation(request.actor, code, on=localdate())

    def said() -> Sequence[tuple[str, Any]]:
        return form.as_saved(_initial(now()))

    return Fresh(said=said, edition=lambda: int(now().edition))


def _asking(
    organisation: Any, form: Form, title: str, submit: str, said: str, **more: Any
) -> Asking:
    to = reverse("orgs:organisation", args=[organisation.code])
    _place, way = way_to(organisation.place.code, (name_of(organisation), to), (title, ""))
    return Asking(title=title, form=form, way=way, to=to, submit=submit, said=said, **more)


def _other(request: Request, form: Form, name: str) -> Any:
    """Return the organisation whose name or code was typed. Refuses with Invalid."""
    return organisation_given(request.actor, form.cleaned_data[name], field=name, on=localdate())


def _id_of(request: Request, code: str | None) -> int | None:
    """Return the id of the organisation whose name or code stands in a form; None if there is none of it."""
    try:
        return int(organisation_said(request.actor, code or "", on=localdate()).pk)
    except NotFound:
        return None
