"""The queue of words to read before everybody does, and the decision on each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases import permits
from linli.cases.forms.releasing import ReleaseForm
from linli.cases.queries import releasing as queries
from linli.cases.queries.public import category_name
from linli.cases.rules.shown import blacked_out
from linli.cases.services import releasing as services
from linli.cases.types.moves import At
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, done, page

PAGE = 25


@require_GET
def queue(request: Request) -> HttpResponse:
    """What waits to be read, the oldest first."""
    if not request.actor.is_system and not request.actor.paths(permits.RELEASE):
        raise NotFound()
    cursor, limit = request.GET.get("cursor"), clean_limit(PAGE)
    found = queries.queue(request.actor, cursor=cursor, limit=limit)
    context: dict[str, object] = {"found": found, "now": timezone.now()}
    return page(request, "cases/release/queue.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: Request, number: str) -> HttpResponse:
    """Read the words of a case and release or withhold each."""
    case = queries.get_for_release(request.actor, number)
    form = ReleaseForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and request.POST.get("move") != "preview":
        try:
            _decide(request, case, form)
        except Invalid as refusal:
            form.take({"reason" if k == "text" else k: v for k, v in refusal.fields.items()})
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, _after(request, case))
    pieces = queries.pieces_of(case)
    context: dict[str, object] = {
        "case": case, "category": category_name(case.category),
        "rows": [(piece, *_form_for(piece, form)) for piece in pieces],
        "faults": form.faults if form else [],
    }  # fmt: skip
    status = 422 if form is not None and form.faults else 200
    return page(request, "cases/release/decide.html", context, status=status)


def _decide(request: Request, case: Any, form: ReleaseForm) -> None:
    at, seq, now = At(case.pk), form.cleaned_data["seq"], timezone.now()
    if request.POST.get("move") == "withhold":
        reason = form.cleaned_data["reason"]
        services.withhold_words(at, seq, reason=reason, actor=request.actor, now=now)
        messages.success(request, _("Not shown. The writer was told why."))
    else:
        pieces = form.pieces()
        services.release_words(at, seq, hidden=pieces, actor=request.actor, now=now)
        messages.success(request, _("Everybody can read it now."))


def _form_for(piece: queries.Piece, sent: ReleaseForm | None) -> tuple[ReleaseForm, str]:
    """The form of a piece, with what was typed if it was this one, and how it would read."""
    if sent is not None and str(sent["seq"].value()) == str(piece.seq):
        hidden = sent.pieces() if hasattr(sent, "cleaned_data") else []
        return sent, blacked_out(piece.text, hidden)
    first = {"seq": piece.seq, "hidden": "\n".join(piece.names)}
    return ReleaseForm(initial=first), blacked_out(piece.text, list(piece.names))


def _after(request: Request, case: Any) -> str:
    """The same case while something of it waits, then the next that waits."""
    again = queries.get_for_release(request.actor, case.number)
    if again.waits_for_release:
        return reverse("cases:release_case", args=[case.number])
    following = queries.next_number(request.actor, case)
    if following:
        return reverse("cases:release_case", args=[following])
    return reverse("cases:release")
