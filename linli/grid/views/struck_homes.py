"""A home entered by mistake is taken off the list of a storm, and put back."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.grid import permits
from linli.grid.forms.storms import StrikeForm
from linli.grid.queries import storms as queries
from linli.grid.services import striking
from linli.grid.views.frame import GET_POST, answer, done_or_told
from linli.grid.views.storms import There
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import queries as places


@require_http_methods(GET_POST)
def strike(request: Request, home_id: int) -> HttpResponse:
    """Take a home off the list, with the reason."""
    found = queries.get_home(request.actor, home_id)
    require(request.actor, permits.STORM, at=found.path)
    at = There(found.storm, places.get_place(code_of(found.path)))
    form = StrikeForm(request.POST or None, initial={"edition": found.edition})

    def act() -> None:
        said = form.cleaned_data
        striking.strike_home(
            found, said["why"], edition=said["edition"], actor=request.actor, now=timezone.now()
        )

    asking = at.asking(
        _("Take a home off the list"), form, _("The home is off the list. It can be put back."),
        _("%(name)s: it counts nowhere any more and its helper does not see it.")
        % {"name": found.masked_name},
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def restore(request: Request, home_id: int) -> HttpResponse:
    """Put a home back on the list."""
    found = queries.get_home(request.actor, home_id)
    return done_or_told(
        request, lambda: striking.restore_home(found, actor=request.actor, now=timezone.now()),
        _("The home is on the list again."),
        There(found.storm, places.get_place(code_of(found.path))).url,
    )  # fmt: skip
