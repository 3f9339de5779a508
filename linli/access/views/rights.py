"""Rights of a place: the list for screen, Excel and signature; giving and ending rights."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import permits, rules, xlsx
from linli.access.forms import RightForm, fill_right, places_to_give, right_meant
from linli.access.queries.choices import place_choices, place_names
from linli.access.queries.lists import (
    accounts_without_rights,
    get_list,
    rights_list,
    visible_lists,
)
from linli.access.queries.rights import get_right
from linli.access.services import lists
from linli.access.services import rights as services
from linli.access.templates_of_rights import LEVEL_WORDS, TEMPLATES, permits_of
from linli.access.views.sign_in import GET_POST
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.permits import PERMITS, require_somewhere
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.runtime.queries import offered
from linli.ui.picking import picked

SEES = (permits.GRANT, permits.REVIEW)


@require_GET
def rights(request: Request) -> HttpResponse:
    """Who may do what at a place."""
    require_somewhere(request.actor, *SEES)
    places = place_choices(request.actor, *SEES)
    typed = request.GET.get("place", "")
    path = picked(places, typed) or typed or places[0][0]
    now, below = timezone.now(), request.GET.get("below") == "1"
    rows = rights_list(request.actor, path, now=now, below_too=below)
    forgotten = accounts_without_rights(path, now=now)
    if request.GET.get("format") == "xlsx":
        names = place_names({row.path for row in rows})
        return xlsx.rights_file(rows, forgotten, names, path)
    found = page_of_rows(
        rows, str, cursor=request.GET.get("cursor"), limit=clean_limit(request.GET.get("limit"))
    )
    frame: dict[str, Any] = {
        "found": found,
        "path": path,
        "below": below,
        "places": places,
        "names": place_names({path, *(row.path for row in found.items)}),
        "forgotten": forgotten,
        "lists": visible_lists(request.actor).filter(path=path)[:8],
        "levels": LEVEL_WORDS,
        "may_give": request.actor.may(permits.GRANT, at=path),
        "may_review": request.actor.may(permits.REVIEW, at=path),
        **offered(request.actor, "access.rights"),
    }
    return page(request, "access/rights.html", frame)


@require_GET
def templates(request: Request) -> HttpResponse:
    """The templates with the permits in them, for everybody who gives or reviews rights."""
    require_somewhere(request.actor, *SEES)
    shown = [
        (one, [PERMITS[name] for name in permits_of(one.key) if name in PERMITS])
        for one in TEMPLATES.values()
    ]
    return page(request, "access/templates.html", {"shown": shown, "levels": LEVEL_WORDS})


@require_http_methods(GET_POST)
def right_new(request: Request) -> HttpResponse:
    """Give a right at a place."""
    require_somewhere(request.actor, permits.GRANT, permits.GRANT_SPECIAL)
    held = places_to_give(request.actor)
    path = request.POST.get("place") or request.GET.get("place") or held[0][0]
    form = RightForm(request.POST or None, initial={"place": path, "ceiling": 4})
    fill_right(form, request.actor, path, _chosen_account(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.give_right(
                right_meant(form, request.actor), actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take({_FIELDS.get(k, k): v for k, v in refusal.fields.items()})
        else:
            messages.success(request, _("The right is given. It holds from now on."))
            return done(request, f"{reverse('access:rights')}?place={path}")
    frame: dict[str, Any] = {"form": form, "path": path}
    return page(request, "access/right_form.html", frame, status=422 if form.is_bound else 200)


_FIELDS = {"ends_at": "ends_on"}


def _chosen_account(request: Request) -> int | None:
    """Return the account that was chosen, or that a link to this page names."""
    kind, _colon, chosen = request.POST.get("subject", "").partition(":")
    return whole_number(chosen if kind == "account" else request.GET.get("account"))


@require_POST
def right_end(request: Request, right_id: int) -> HttpResponse:
    """Take a right back."""
    right = get_right(request.actor, right_id)
    services.end_right(right, actor=request.actor, now=timezone.now())
    messages.success(request, _("The right is taken back. It is gone at the next request."))
    back = f"{reverse('access:rights')}?place={right.path}"
    return done(request, request.POST.get("back") or back)


@require_POST
def list_make(request: Request) -> HttpResponse:
    """Freeze the list of this quarter, to be printed and signed."""
    made = lists.make_list(request.POST.get("place", ""), actor=request.actor, now=timezone.now())
    return done(request, reverse("access:list", args=[made.pk]))


@require_GET
def list_paper(request: Request, list_id: int) -> HttpResponse:
    """The list as it was, as paper with a line for each signature."""
    made = get_list(request.actor, list_id)
    names = place_names({made.path, *(row["path"] for row in made.rows)})
    first, last = rules.quarter_days(made.year, made.quarter)
    frame: dict[str, Any] = {
        "made": made,
        "names": names,
        "first": first,
        "last": last,
        "hash": bytes(made.content_hash).hex(),
        "may_sign": request.actor.account_id != made.made_by_id and made.signed_at is None,
    }
    return page(request, "access/list_paper.html", frame)


@require_POST
def list_sign(request: Request, list_id: int) -> HttpResponse:
    """Note that the signed paper came back."""
    made = get_list(request.actor, list_id)
    lists.note_signed(made, actor=request.actor, now=timezone.now())
    messages.success(request, _("Noted as signed."))
    return done(request, f"{reverse('access:rights')}?place={made.path}")
