"""Mandates of those who stand in no register here: listed, found by a card, printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import NotFound
from linli.kernel.paging import page_of
from linli.kernel.paths import code_of
from linli.kernel.web import Request, page
from linli.offerings.forms.applying import words_of
from linli.offerings.forms.mandates import OutsideForm
from linli.offerings.queries import outside_mandates as queries
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.queries.window import offered_at_window, window_places
from linli.offerings.services.outside_mandates import prepare_outside
from linli.ui.asking import Asking, answer_with

if TYPE_CHECKING:
    from linli.offerings.models import AgentMandate

GET_POST = ["GET", "HEAD", "POST"]
PAGE, MOST_ITEMS = 20, 200


def _places(request: Request) -> list[tuple[str, str]]:
    found = window_places(request.actor)
    if not found:
        raise NotFound()
    return found


@never_cache
@require_http_methods(GET_POST)
def listing(request: Request) -> HttpResponse:
    """Mandates at the places of the window; what was read from a card never gets into an address."""
    _places(request)
    today, view = localdate(), request.GET.get("view", "")
    asked = request.POST.get("q", "").strip()[:40]
    frame: dict[str, object] = {"asked": asked, "view": view, "found": None, "wrong": {}}
    if asked:
        rows = list(queries.under_number(request.actor, asked)[: queries.MOST + 1])
    else:
        shown = page_of(
            queries.in_view(queries.outside(request.actor), view, today), queries.NEWEST,
            cursor=request.GET.get("cursor"), limit=PAGE,
        )  # fmt: skip
        rows, frame["found"] = list(shown.items), shown
    frame["is_more"] = len(rows) > queries.MOST
    rows = rows[: queries.MOST]
    return page(request, "offerings/mandates/outside.html", frame | _told(rows, today))


def _told(rows: Sequence[AgentMandate], today: date) -> dict[str, object]:
    return {
        "rows": [(one, queries.holds(one, "", today)) for one in rows], "today": today,
        "names": item_titles(one.item_key for one in rows if one.item_key),
    }  # fmt: skip


def one_alone(request: Request, row: AgentMandate, wrong: list[str]) -> HttpResponse:
    """Show one mandate with what is wrong with the signed paper that was sent for it."""
    frame: dict[str, object] = {"asked": "", "view": None, "found": None, "is_more": False}
    frame |= {**_told([row], localdate()), "wrong": {row.pk: wrong}}
    return page(request, "offerings/mandates/outside.html", frame, status=422)


listing.reads_freely = True  # type: ignore[attr-defined]  # looking a card up writes nothing


@never_cache
@require_http_methods(GET_POST)
def new(request: Request) -> HttpResponse:
    """Print a mandate for somebody whom no register here has."""
    places, here = _places(request), reverse("offerings:outside_mandates")
    found = offered_at_window("", localdate(), MOST_ITEMS, places=[path for path, _name in places])
    form = OutsideForm(
        request.POST or None, items=[(one.key, words_of(one.name)) for one in found],
        places=[(code_of(path), name) for path, name in places],
    )  # fmt: skip
    title = _("Print a mandate for somebody from elsewhere")
    asking = Asking(
        title=title, form=form, to=here, submit=_("Print the mandate"),
        said=_("Print it, let both sign, then scan it back."),
        way=[
            (_("Take an application in"), reverse("offerings:window")),
            (_("Mandates of people from elsewhere"), here), (title, ""),
        ],
        lead=_("For whom stands in no register here. Look at the cards of both; the numbers lie sealed."),
    )  # fmt: skip
    return answer_with(
        "offerings/visits/form.html", request, asking,
        lambda: prepare_outside(
            form.cleaned_data["place"], form.giver, form.facts, actor=request.actor,
            now=timezone.now(),
        ),
    )  # fmt: skip
