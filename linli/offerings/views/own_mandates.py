"""Who may come for me: the mandates on paper that a resident gave, as she sees and ends them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import NotFound
from linli.kernel.web import Request, done, page
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.queries.mandates import own_mandates
from linli.offerings.services.mandates import end_agency


@never_cache
@require_GET
def mine(request: Request) -> HttpResponse:
    """Show whom somebody let come for her, and the button that ends it."""
    if request.actor.account_id is None:
        raise NotFound()
    rows = own_mandates(request.actor)
    frame = {
        "rows": rows, "today": localdate(),
        "names": item_titles(one.item_key for one in rows if one.item_key),
    }  # fmt: skip
    return page(request, "offerings/mandates/mine.html", frame)


@require_POST
def end(request: Request, mandate_id: int) -> HttpResponse:
    """End one of her own at once."""
    end_agency(mandate_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("The mandate has ended."))
    return done(request, reverse("offerings:my_mandates"))
