"""The homes that whoever is signed in moves in a storm, with address and telephone."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.grid import permits
from linli.grid.queries import storms as queries
from linli.grid.services import homes
from linli.grid.states import STEPS
from linli.grid.types.storms import HOME_MOVES, HOME_STATE_TITLES, NEED_TITLES
from linli.kernel.paging import page_of_rows
from linli.kernel.web import Request, own_account_id, page

PAGE = 50


@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """One's own homes in storms under way, in full; each look is recorded. Nobody else's."""
    own_account_id(request)
    found = page_of_rows(
        list(queries.own_homes(request.actor)), lambda one: str(one.pk),
        cursor=request.GET.get("cursor"), limit=PAGE,
    )  # fmt: skip
    why = _("To move them")
    told = homes.read_homes(found.items, why, actor=request.actor, now=timezone.now())
    context: dict[str, object] = {
        "homes": [(one, told[one.pk]) for one in found.items],
        "found": found, "needs": NEED_TITLES, "states": HOME_STATE_TITLES, "marks": HOME_MOVES,
        "steps": STEPS, "may_work": request.actor.holds(permits.WORK),
    }  # fmt: skip
    return page(request, "grid/my_homes.html", context)
