"""Pages on which the Party's own posts enter organisations, numbers and relations. Level 6."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries
from linli.orgs.forms.party import (
    CountsForm,
    FormOfBranchForm,
    ManageForm,
    NonLocalForm,
    OriginForm,
    PartyOrganisationForm,
)
from linli.orgs.queries import party
from linli.orgs.queries.register import must_keep_party, must_see
from linli.orgs.services import party as services
from linli.orgs.services.party import PartyFacts
from linli.orgs.services.party_forms import change_party_form
from linli.orgs.types import Details, Management, PartyForm, PartyType
from linli.orgs.views.answering import Asking, answer, name_of
from linli.orgs.views.party import way_of
from linli.places import queries as places

GET_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_POST)
def add(request: Request, code: str) -> HttpResponse:
    """Enter a Party organisation."""
    place = places.open_place(code)
    must_keep_party(request.actor, place.path)
    above = party.possible_parents(request.actor, place.path, on=localdate())
    form = PartyOrganisationForm(
        request.POST or None, parents=[(o.code, name_of(o)) for o in above],
        initial={"since": localdate()},
    )  # fmt: skip

    def act() -> None:
        data = form.cleaned_data
        facts = PartyFacts(
            party_type=PartyType(data["party_type"]), form=PartyForm(data["form"]),
            parent=next((o for o in above if o.code == data["parent"]), None),
            units=data["units"], has_committee=data["has_committee"],
        )  # fmt: skip
        services.set_up_party_organisation(
            place, Details(name=data["name"]), facts, since=data["since"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    return answer_party(request, code, form, act, _("New Party organisation"), _("Enter"),
                   _("The Party organisation is on record."))  # fmt: skip


@require_http_methods(GET_POST)
def count(request: Request, code: str) -> HttpResponse:
    """Enter the numbers of a day."""
    found = party.get_party_organisation(request.actor, code, on=localdate())
    must_keep_party(request.actor, found.path)
    form = CountsForm(request.POST or None, initial={"counted_on": localdate()})

    def act() -> None:
        services.enter_counts(
            found, form.numbers, counted_on=form.cleaned_data["counted_on"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    return answer_party(
        request, found.place.code, form, act, _("Enter numbers"), _("Enter"),
        _("The numbers are on record."), to=reverse("orgs:party_organisation", args=[code]),
        lead=_("Numbers only: nobody is named. What is left empty is unknown, not zero."),
    )  # fmt: skip


@require_http_methods(GET_POST)
def reshape(request: Request, code: str) -> HttpResponse:
    """Record another form, a branch committee or other units of a joint branch; an approval fills it."""
    found = party.get_party_organisation(request.actor, code, on=localdate())
    must_keep_party(request.actor, found.path)
    row = party.row_of(found, localdate())
    form = FormOfBranchForm(
        request.POST or None, initial={
            "form": request.GET.get("form", row.form), "units": row.units,
            "has_committee": row.has_committee or request.GET.get("has_committee") == "1",
        },
    )  # fmt: skip

    def act() -> None:
        change_party_form(found, **form.cleaned_data, actor=request.actor, now=timezone.now())

    return answer_party(request, found.place.code, form, act, _("Form, committee and units"), _("Save"),
                   _("The entry is changed."),
                   to=reverse("orgs:party_organisation", args=[code]))  # fmt: skip


@require_http_methods(GET_POST)
def manage(request: Request, code: str) -> HttpResponse:
    """Put a Party organisation under management or co-management of the working committee."""
    found = party.get_party_organisation(request.actor, code, on=localdate())
    must_keep_party(request.actor, found.path)
    form = ManageForm(request.POST or None, initial={"since": localdate()})

    def act() -> None:
        by = party.working_committee(request.actor, found.path, on=localdate())
        if by is None:
            raise Invalid({"kind": [_("This place has no working committee on record.")]})
        services.manage_party_organisation(
            found, by, kind=Management(form.cleaned_data["kind"]),
            since=form.cleaned_data["since"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    return answer_party(request, found.place.code, form, act, _("Managed or co-managed"), _("Save"),
                   _("The relation is on record."),
                   to=reverse("orgs:party_organisation", args=[code]))  # fmt: skip


@require_http_methods(GET_POST)
def name_village(request: Request, code: str) -> HttpResponse:
    """Name a village with many non-local residents and heavy tasks."""
    place = places.open_place(code)
    must_see(request.actor, place.path)
    require(request.actor, permits.PARTY_DECIDE, at=place.path)
    form = NonLocalForm(request.POST or None, initial={"since": localdate()})

    def act() -> None:
        services.name_for_non_local(
            place, **form.cleaned_data, actor=request.actor, now=timezone.now()
        )

    return answer_party(request, code, form, act, _("Name the village"), _("Name"),
                   _("The village is named."))  # fmt: skip


@require_http_methods(GET_POST)
def origin(request: Request, holding_id: int) -> HttpResponse:
    """Note whether a deputy secretary or member is from outside Dongguan."""
    holding = queries.get_holding(request.actor, holding_id)
    must_keep_party(request.actor, holding.path)
    form = OriginForm(request.POST or None)
    code = holding.path.rstrip("/").rpartition("/")[2]

    def act() -> None:
        services.note_origin(
            holding, is_non_dongguan=form.cleaned_data["is_non_dongguan"] == "yes",
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    return answer_party(request, code, form, act, _("From outside Dongguan?"), _("Note it"),
                   _("It is noted."), lead=f"{holding.holder_name} · {holding.post.title}")  # fmt: skip


def answer_party(
    request: Request, code: str, form: Any, act: Any, *words: str, to: str = "", lead: str = ""
) -> HttpResponse:
    """Ask for something on a Party page.

    Words are title, button, and what is said when it went well.
    """
    title, submit, said = words
    asking = Asking(
        title=title, form=form, way=way_of(code, (title, ""))[1],
        to=to or reverse("orgs:party", args=[code]), submit=submit, said=said, lead=lead,
    )  # fmt: skip
    return answer(request, asking, act)
