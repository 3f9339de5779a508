"""Mandates on paper at the window: printed, scanned back, ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.files.services import FileRefused
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.applying import words_of
from linli.offerings.forms.mandates import MandateForm, ScanForm
from linli.offerings.queries.applicants import Known, known_person
from linli.offerings.queries.mandates import get_mandate, mandates_of
from linli.offerings.queries.window import offered_at_window, window_places
from linli.offerings.services import mandates
from linli.offerings.views.outside_mandates import one_alone
from linli.ui.asking import Asking, answer_with

MOST_ITEMS = 200
Items = list[tuple[str, str]]


def _person(request: Request, person_id: int) -> Known:
    person = known_person(request.actor, person_id)
    if person is None or not request.actor.paths(permits.RECEIVE):
        raise NotFound()
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request, person_id: int) -> HttpResponse:
    """The mandates that somebody gave, and a new one to print."""
    person = _person(request, person_id)
    here = reverse("offerings:mandates", args=[person.person_id])
    items = _items(request)
    form = MandateForm(request.POST or None, items=items)
    return answer_with(
        "offerings/mandates/list.html", request, _asking(person, form, here),
        lambda: mandates.prepare_mandate(
            person.person_id, form.facts, actor=request.actor, now=timezone.now()
        ),
        **_frame(request, person, items),
    )  # fmt: skip


def _items(request: Request) -> Items:
    places = [path for path, _name in window_places(request.actor)]
    found = offered_at_window("", localdate(), MOST_ITEMS, places=places)
    return [(one.key, words_of(one.name)) for one in found]


def _asking(person: Known, form: MandateForm, here: str) -> Asking:
    return Asking(
        title=person.name, form=form, to=here, submit=_("Print the mandate"),
        said=_("Print it, let both sign, then scan it back."),
        way=[(_("Take an application in"), reverse("offerings:window")), (person.name, "")],
    )  # fmt: skip


def _frame(request: Request, person: Known, items: Items) -> dict[str, Any]:
    return {
        "person": person, "rows": mandates_of(request.actor, person.person_id), "today": localdate(),
        "names": dict(items), "wrong": {},
    }  # fmt: skip


@require_POST
def act(request: Request, mandate_id: int, move: str) -> HttpResponse:
    """Scan the signed paper back, or end a mandate at once."""
    now = timezone.now()
    if move == "sign":
        form = ScanForm(request.POST, request.FILES)
        form.full_clean()
        try:
            row = mandates.sign_mandate(
                mandate_id, form.cleaned_data.get("paper"), actor=request.actor, now=now
            )
        except FileRefused as refusal:
            return _asked_again(request, mandate_id, [str(refusal)])
        except Invalid as refusal:
            return _asked_again(request, mandate_id, list(refusal.fields["paper"]))
        messages.success(request, _("The mandate holds from today."))
    elif move == "end":
        row = mandates.end_agency(mandate_id, actor=request.actor, now=now)
        messages.success(request, _("The mandate has ended."))
    else:
        raise NotFound()
    if row.person_id is None:
        return done(request, reverse("offerings:outside_mandates"))
    return done(request, reverse("offerings:mandates", args=[row.person_id]))


def _asked_again(request: Request, mandate_id: int, wrong: list[str]) -> HttpResponse:
    """Show what is wrong with a signed paper at its field, on the page where the mandate stands."""
    row = get_mandate(request.actor, mandate_id)
    if row.person_id is None:
        return one_alone(request, row, wrong)
    person, items = _person(request, row.person_id), _items(request)
    form = MandateForm(items=items)
    asking = _asking(person, form, reverse("offerings:mandates", args=[person.person_id]))
    frame = {**_frame(request, person, items), "asking": asking, "form": form}
    frame["wrong"] = {row.pk: wrong}
    return page(request, "offerings/mandates/list.html", frame, status=422)
