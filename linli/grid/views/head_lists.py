"""Who is head of which building, block and lane: the list for everybody, and the office's own."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.access import permits as access
from linli.grid import permits
from linli.grid.forms.lists import HeadFilter, PublicHeadFilter
from linli.grid.queries import heads as queries
from linli.grid.queries.narrowing import heads_wanted
from linli.grid.states import HEAD_TITLES_OF_STATES
from linli.grid.types import HEAD_TITLES
from linli.grid.views.files import as_asked
from linli.grid.views.frame import village_named, way_to
from linli.grid.views.list_files import LAST_STOOD, head_rows
from linli.kernel.paging import Keyset, page_of
from linli.kernel.permits import require
from linli.kernel.web import Request, page
from linli.runtime.queries import offered
from linli.ui.jinja import named

BY_GROUND = Keyset("ground", ("kind", "ground", "id"))
PAGE = 50


@require_safe
def public(request: Request, code: str) -> HttpResponse:
    """Who is head of which building, block and lane; everybody may see it and ask to be called."""
    place, form = village_named(code), PublicHeadFilter(request.GET or None)
    every = queries.serving(place.path, localdate())
    shown = page_of(
        heads_wanted(every, form.wanted), BY_GROUND, cursor=request.GET.get("cursor"), limit=PAGE
    )
    context: dict[str, object] = {
        "place": place, "found": shown, "form": form,
        # where all fit on one page nobody has to look for one
        "finds": bool(form.wanted.words or shown.next or shown.previous),
        "titles": HEAD_TITLES, "may_keep": request.actor.may(permits.HEADS, at=place.path),
        "may_stand": request.actor.may(access.RESIDE, at=place.path),
    }  # fmt: skip
    return page(request, "grid/heads.html", context)


@require_safe
def kept(request: Request, code: str) -> HttpResponse:
    """Everybody who stood in a village, with what became of it; also as a file and on paper."""
    place, form = village_named(code), HeadFilter(request.GET or None)
    require(request.actor, permits.HEADS, at=place.path)
    found = heads_wanted(
        queries.kept_heads(request.actor).filter(path=place.path), form.wanted
    )  # fmt: skip
    name = _("Heads of buildings, blocks and lanes of %(place)s") % {"place": named(place)}
    whole = found.order_by(*LAST_STOOD.columns)
    if file := as_asked(
        request, whole, head_rows, key="grid.heads", name=name, form=form, place=code
    ):
        return file
    shown = page_of(found, LAST_STOOD, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "place": place, "form": form, "titles": HEAD_TITLES, "states": HEAD_TITLES_OF_STATES,
        "found": shown, "unhanded": [one for one in shown.items if queries.lacks_hand_over(one)],
        "way": way_to(place, (_("Heads"), "")), **offered(request.actor, "grid.heads"),
    }  # fmt: skip
    return page(request, "grid/heads_kept.html", context)
