"""Requests to take a case up again: the list and the decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases import permits
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.rating import ReopeningForm
from linli.cases.queries import reopening as queries
from linli.cases.services import reopening as services
from linli.cases.types.moves import At
from linli.cases.views.public import FILES
from linli.kernel.errors import Invalid, NotFound, Stale, WrongState
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.ui.downloads import list_download

PAGE = 25


@require_GET
def listing(request: Request) -> HttpResponse:
    """Requests that wait, those due first."""
    if not request.actor.holds(permits.SUPERVISE):
        raise NotFound()
    narrowed = narrowing_of(request.actor, request.GET.dict(), permits.SUPERVISE)
    if request.GET.get("format") in FILES:
        rows = queries.requests(request.actor, narrowed.on())
        return list_download(request, "cases.reopening", rows)
    cursor, limit = request.GET.get("cursor"), clean_limit(PAGE)
    found = queries.list_asked(request.actor, narrowed.on(), cursor=cursor, limit=limit)
    context: dict[str, object] = {
        "found": found, "now": timezone.now(), "narrowed": narrowed,
        **offered(request.actor, "cases.reopening"),
    }  # fmt: skip
    return page(request, "cases/reopening/list.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: Request, number: str) -> HttpResponse:
    """One request and the decision on it."""
    asked = queries.get_asked(request.actor, number)
    form = ReopeningForm(request.POST or None, initial={"seq": asked.case.seq})
    form.offer(queries.bases_to_keep(asked.case, localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, asked.case.pk, form)
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, Stale):
                # it was looked at again: sent once more, it is a decision on how it stands now
                form.renew("seq", asked.case.seq)
        else:
            return done(request, reverse("cases:reopening"))
    context: dict[str, object] = {"asked": asked, "form": form}
    status = 422 if form.faults else 200
    return page(request, "cases/reopening/decide.html", context, status=status)


def _decide(request: Request, case_id: int, form: ReopeningForm) -> None:
    given, now = form.cleaned_data, timezone.now()
    at = At(case_id, given["seq"])
    if request.POST.get("move") == "take_up":
        services.take_up_again(at, text=given["text"], actor=request.actor, now=now)
        messages.success(request, _("Taken up again; its time begins anew."))
        return
    services.leave_closed(
        at, key=given["basis_key"], basis=given["basis"], text=given["text"],
        actor=request.actor, now=now,
    )  # fmt: skip
    messages.success(request, _("It stays closed. The reporter was told why."))
