"""Mandates on paper at the window: printed, scanned back, ended."""

from __future__ import annotations

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
from linli.kernel.web import Request, done
from linli.offerings import permits
from linli.offerings.forms.applying import words_of
from linli.offerings.forms.mandates import MandateForm, ScanForm
from linli.offerings.queries.applicants import Known, known_person
from linli.offerings.queries.mandates import mandates_of
from linli.offerings.queries.window import offered_at_window, window_places
from linli.offerings.services import mandates
from linli.ui.asking import Asking, answer_with

MOST_ITEMS = 200


def _person(request: Request, person_id: int) -> Known:
    person = known_person(request.actor, person_id)
    if person is None or not request.actor.paths(permits.RECEIVE):
        raise NotFound()
    return person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: Request, person_id: int) -> HttpResponse:
    """The mandates that somebody gave, and a new one to print."""
    person, today = _person(request, person_id), localdate()
    here = reverse("offerings:mandates", args=[person.person_id])
    places = [path for path, _name in window_places(request.actor)]
    found = offered_at_window("", today, MOST_ITEMS, places=places)
    items = [(one.key, words_of(one.name)) for one in found]
    form = MandateForm(request.POST or None, items=items)
    asking = Asking(
        title=person.name, form=form, to=here, submit=_("Print the mandate"),
        said=_("Print it, let both sign, then scan it back."),
        way=[(_("Take an application in"), reverse("offerings:window")), (person.name, "")],
    )  # fmt: skip
    return answer_with(
        "offerings/mandates/list.html", request, asking,
        lambda: mandates.prepare_mandate(
            person.person_id, form.facts, actor=request.actor, now=timezone.now()
        ),
        person=person, rows=mandates_of(request.actor, person.person_id), today=today,
        names=dict(items),
    )  # fmt: skip


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
            raise Invalid({"paper": [str(refusal)]}) from refusal
        messages.success(request, _("The mandate holds from today."))
    elif move == "end":
        row = mandates.end_agency(mandate_id, actor=request.actor, now=now)
        messages.success(request, _("The mandate has ended."))
    else:
        raise NotFound()
    if row.person_id is None:
        return done(request, reverse("offerings:outside_mandates"))
    return done(request, reverse("offerings:mandates", args=[row.person_id]))
