"""Pages on pairings of urban and rural communities. Public."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request, page, page_asked
from linli.orgs import permits, queries, services
from linli.orgs.forms.centres import DayForm, PairForm
from linli.orgs.queries.naming import place_name
from linli.orgs.views.answering import Asking, answer, way_to
from linli.places import queries as places
from linli.ui.columns import col

GET_POST = ["GET", "HEAD", "POST"]


@require_safe
def pairing_list(request: Request, code: str) -> HttpResponse:
    """List the pairings of a place, standing ones first."""
    place, way = way_to(code, (_("Pairings"), ""))
    today = localdate()
    found = page_asked(request, queries.pairings_by_end(place.path, today), queries.BY_END)
    rows = found.items
    context: dict[str, object] = {
        "place": place,
        "way": way,
        "title": _("Pairings of %(place)s") % {"place": place_name(place)},
        "found": found,
        "standing": [p for p in rows if p.since <= today and (p.until is None or p.until > today)],
        "ended": [p for p in rows if p.until is not None and p.until <= today],
        "may_pair": request.actor.may(permits.EDIT, at=place.path) and place.level == "village",
        "may_end": lambda pairing: all(
            request.actor.may(permits.EDIT, at=path)
            for path in (pairing.one_path, pairing.other_path)
        ),
        "place_name": place_name,
        "columns": [
            col(_("Communities")), col(_("What they do")), col(_("Since")),
            col(_("Next step"), end=True),
        ],
    }  # fmt: skip
    return page(request, "orgs/pairings.html", context)


@require_http_methods(GET_POST)
def pairing_add(request: Request, code: str) -> HttpResponse:
    """Pair a community with another one."""
    place = places.open_place(code)
    require(request.actor, permits.EDIT, at=place.path)
    form = PairForm(request.POST or None, initial={"since": localdate()})
    here = reverse("orgs:pairings", args=[code])

    def act() -> None:
        data = form.cleaned_data
        try:
            other = places.open_place(data["other"].strip())
        except NotFound:
            raise Invalid({"other": [_("There is no place of this code.")]}) from None
        services.pair(
            (place, other), since=data["since"], content=data["content"],
            document=data["document"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("New pairing")
    asking = Asking(
        title=title, form=form, way=way_to(code, (_("Pairings"), here), (title, ""))[1], to=here,
        submit=_("Pair"), said=_("The two communities are paired."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def pairing_end(request: Request, pairing_id: int) -> HttpResponse:
    """End a pairing."""
    pairing = queries.get_pairing(pairing_id)
    for path in (pairing.one_path, pairing.other_path):
        require(request.actor, permits.EDIT, at=path)
    form = DayForm(request.POST or None, initial={"on": localdate()})
    here = reverse("orgs:pairings", args=[pairing.one.code])

    def act() -> None:
        services.end_pairing(
            pairing, on=form.cleaned_data["on"], actor=request.actor, now=timezone.now()
        )

    title = _("End the pairing")
    asking = Asking(
        title=title, form=form,
        way=way_to(pairing.one.code, (_("Pairings"), here), (title, ""))[1], to=here,
        submit=_("End"), said=_("The pairing is over."),
        lead=f"{place_name(pairing.one)} – {place_name(pairing.other)}",
    )  # fmt: skip
    return answer(request, asking, act)
