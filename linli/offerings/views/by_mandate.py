"""At the window: whoever comes by a mandate on paper of somebody whom no register here has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from linli.kernel.web import Request, done
from linli.kernel.wholes import whole_number
from linli.offerings.queries.outside_mandates import outside_mandate, why_not

if TYPE_CHECKING:
    from linli.offerings.models import AgentMandate


def mandate_asked(request: Request) -> AgentMandate | None:
    """Return the mandate by which one comes, whether it holds or not. Refuses with NotFound."""
    given = request.POST if request.method == "POST" else request.GET
    mandate_id = whole_number(given.get("mandate", ""), least=1)
    if mandate_id is None or whole_number(given.get("person", ""), least=1):
        return None
    return outside_mandate(request.actor, mandate_id)


def refused(request: Request, by: AgentMandate | None, item: str = "") -> HttpResponse | None:
    """Return the way back to the mandates, with the reason, where one opens nothing today; None where it does.

    What was filled in meanwhile is refused by the service, which keeps it on the page.
    """
    why = "" if by is None or request.method == "POST" else why_not(by, item, localdate())
    if not why:
        return None
    messages.error(request, why)
    return done(request, reverse("offerings:outside_mandates"))
