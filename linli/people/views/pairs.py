"""Entries that may be one person: the queue, comparing two, deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.registries import REFERENCES
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.people import permits
from linli.people.queries.meanwhile import came_of
from linli.people.queries.pairs import get_pair, suggested_to_keep, visible_pairs
from linli.people.queries.persons import entry_of
from linli.people.queries.vault import vault_of
from linli.people.services.duplicates import keep_apart, reopen_pair
from linli.people.services.joining import join_pair
from linli.people.services.parting import part_pair
from linli.people.states import PairState
from linli.people.types import titles
from linli.people.views.frame import parts_of, place_name
from linli.runtime.queries import offered

LIKELIEST = Keyset("likely", ("-score", "id"))
TONES = {PairState.OPEN: "soon", PairState.JOINED: "done", PairState.DIFFERENT: "idle"}


@require_GET
def pair_list(request: Request) -> HttpResponse:
    """Pairs that wait, the likeliest first; or those decided."""
    if not request.actor.holds(permits.MERGE):
        raise NotFound()
    asked = request.GET.get("state", "")
    state = asked if asked in set(PairState) else PairState.OPEN.value
    found = page_of(
        visible_pairs(request.actor).filter(state=state), LIKELIEST,
        cursor=request.GET.get("cursor"), limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    frame = {
        "tabs": parts_of(request, "pairs"), "found": found, "state": state, "t": titles,
        **offered(request.actor, "people.pairs"),
    }  # fmt: skip
    return page(request, "people/pair_list.html", frame)


@require_GET
def pair(request: Request, pair_id: int) -> HttpResponse:
    """Two entries side by side."""
    found = get_pair(request.actor, pair_id)
    sides: list[dict[str, Any]] = [
        {
            "person": person,
            "entry": entry_of(request.actor, person),
            "vault": vault_of(request.actor, person),
            "hanging": [
                (entry.title, count)
                for entry in REFERENCES
                if entry.to == "person" and (count := entry.count(person.pk))
            ],
        }
        for person in (found.one, found.other)
    ]
    frame = {
        "came": came_of(found), "pair": found, "sides": sides, "keep": suggested_to_keep(found), "t": titles,
        "name_of": place_name, "tone": TONES[PairState(found.state)],
    }  # fmt: skip
    return page(request, "people/pair.html", frame)


@require_POST
def pair_decide(request: Request, pair_id: int) -> HttpResponse:
    """Join two entries, keep them apart, look again, or part them."""
    found, now = get_pair(request.actor, pair_id), timezone.now()
    move, reason = request.POST.get("move", ""), request.POST.get("reason", "")
    if move == "join":
        keep = whole_number(request.POST.get("keep"))
        keep_id = found.one_id if keep is None else keep
        join_pair(found, keep_id, reason, actor=request.actor, now=now)
        messages.success(request, _("The two entries are one now. It can be undone here."))
    elif move == "part":
        parted = part_pair(found, reason, actor=request.actor, now=now)
        if (parted.came_since or {}).get("rows"):
            messages.warning(
                request, _("The entries are two again. Look through what came in meanwhile.")
            )
        else:
            messages.success(request, _("The entries are two again, as they were."))
    elif move == "reopen":
        reopen_pair(found, reason, actor=request.actor, now=now)
    else:
        keep_apart(found, reason, actor=request.actor, now=now)
        messages.success(request, _("Kept as two people."))
    return done(request, reverse("people:pair", args=[pair_id]))
