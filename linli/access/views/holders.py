"""The account of somebody who holds a post, chosen by who records holders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.access import permits
from linli.access.forms import HolderForm, with_choices
from linli.access.queries.accounts import get_account
from linli.access.queries.holders import (
    account_of_holder,
    accounts_to_tie,
    has_rights,
    holding_to_tie,
)
from linli.access.services.seating import tie_holder
from linli.access.views.sign_in import GET_POST
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.web import Request, done, page


@require_http_methods(GET_POST)
def holder(request: Request, holding_id: int) -> HttpResponse:
    """Choose the account of a holder, found by name; her own name is looked for at first."""
    holding = holding_to_tie(request.actor, holding_id)
    words = request.GET.get("q", request.POST.get("q", holding.holder_name))
    found, more = accounts_to_tie(request.actor, words)
    form = HolderForm(request.POST or None)
    with_choices(form, account=[(one.pk, _told(one)) for one in found])
    if request.method == "POST" and form.is_valid() and _tie(request, holding, form):
        messages.success(request, _("From now on the account has the rights of this post."))
        return done(request, reverse("orgs:post", args=[holding.post_id]))
    frame: dict[str, Any] = {
        "form": form,
        "holding": holding,
        "words": words,
        "found": found,
        "more": more,
        "has_rights": has_rights(holding, now=timezone.now()),
        "tied": account_of_holder(holding),
        "may_invite": bool(request.actor.paths(permits.MANAGE)),
    }
    return page(request, "access/holder.html", frame, status=422 if form.is_bound else 200)


def _told(account: Any) -> str:
    parts = (account.username, account.unit)
    return " · ".join([account.display_name, *(part for part in parts if part)])


def _tie(request: Request, holding: Any, form: HolderForm) -> bool:
    account = get_account(request.actor, form.cleaned_data["account"])
    try:
        tie_holder(holding, account, actor=request.actor, now=timezone.now())
    except Invalid as refusal:
        form.take(refusal.fields)
    except WrongState as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False
