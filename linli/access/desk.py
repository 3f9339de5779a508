"""What access brings to the desk: resets, reviews and requests that wait; accounts to look after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.access import permits
from linli.access.queries import sheets, untied
from linli.access.queries.holders import untied_holders
from linli.access.queries.requests import between, own_requests, requests_to_answer
from linli.access.queries.resets import approved_for, waiting_for
from linli.access.queries.rights import first_steps
from linli.access.queries.specials import rights_to_review
from linli.access.states import ACT_WORDS, KIND_WORDS, REQUEST_WORDS
from linli.kernel.list_files import ListFile
from linli.kernel.permits import PERSONAL, Actor
from linli.kernel.registries import DeskEntry, DeskItem, HomeItem, HomeSlot
from linli.orgs import permits as org_permits
from linli.ui.formats import clauses
from linli.ui.jinja import named

LISTS = (
    ListFile(
        "access.accounts", gettext_lazy("Staff accounts"), sheets.account_sheet,
        (permits.MANAGE, permits.GRANT, permits.REVIEW, permits.ENROL, permits.APPROVE_RESET), PERSONAL,
    ),
    ListFile(
        "access.requests", gettext_lazy("Requests about personal data"), sheets.request_sheet,
        (permits.ANSWER,), PERSONAL,
    ),
    ListFile(
        "access.holders", gettext_lazy("Holders without an account"), untied.untied_sheet,
        (org_permits.APPOINT,),
    ),
)  # fmt: skip
FIRST = {
    "people": (
        gettext_lazy("Bring in those who work here, one by one or from a list"), "access:accounts",
        gettext_lazy("Bring in"),
    ),
    "security": (
        gettext_lazy("Make somebody security administrator, who gives rights from then on"),
        "access:right_new", gettext_lazy("Give the right"),
    ),
    "auditor": (
        gettext_lazy("Make somebody auditor, who reads the trail"), "access:right_new",
        gettext_lazy("Give the right"),
    ),
    "hand_over": (
        gettext_lazy("End your own rights of the first set-up: others hold them now"),
        "access:rights", gettext_lazy("Hand over"),
    ),
}  # fmt: skip


def _first(actor: Actor) -> list[DeskItem]:
    """Return what the first operator of a new city does, step after step."""
    return [
        DeskItem(
            title=f"{number}. {words}",
            url=reverse(name),
            due_on=None,
            kind=_("First set-up"),
            step=str(step),
        )
        for number, (words, name, step) in enumerate(
            (FIRST[key] for key in first_steps(actor, now())), 1
        )
    ]


def _items(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return what waits for this actor, late first."""
    found = _first(actor)
    found += [
        _act(one, _("Approve"), reverse("access:resets")) for one in waiting_for(actor)[:limit]
    ]
    found += [
        _act(one, _("Do what was approved"), reverse("access:account", args=[one.account_id]))
        for one in approved_for(actor, now=now())[:limit]
    ]
    found += [
        DeskItem(
            title=right.holder,
            url=reverse("access:review", args=[right.pk]),
            due_on=None,
            kind=_("Emergency access") if right.is_taken else _("Right for the whole city"),
            step=_("Review"),
        )
        for right in rights_to_review(actor)[:limit]
    ]
    found += _holders(actor, limit - len(found)) if len(found) < limit else []
    return found[:limit]


def _act(one: Any, step: str, url: str) -> DeskItem:
    """Return a reset, or what else takes two people, with the day until which it is done."""
    values = {"act": ACT_WORDS[one.what], "name": one.account.display_name}
    return DeskItem(
        title=_("%(act)s: %(name)s") % values,
        url=url,
        due_on=localdate(one.ends_at),
        kind=_("Sign-in"),
        step=step,
    )


def _holders(actor: Actor, limit: int) -> list[DeskItem]:
    """Return who took a post that gives rights and has no account yet, the latest first."""
    return [
        DeskItem(
            title=_("%(name)s, %(post)s") % {"name": one.holder_name, "post": named(one)},
            url=reverse("access:holder", args=[one.id]),
            due_on=None,
            kind=_("Holder without an account"),
            step=_("Choose the account"),
        )
        for one in untied_holders(actor, now=now(), limit=limit)
    ]


def _requests(actor: Actor, on: date, limit: int) -> Sequence[DeskItem]:
    """Return requests about personal data that wait for her and not for a colleague, the first due first."""
    return [
        DeskItem(
            title=_("Request about personal data"),
            url=reverse("access:request", args=[request.number]),
            due_on=request.due_on,
            kind=_("Personal data"),
            step=_("Answer"),
            number=request.number,
            holder=request.taken_by.display_name if request.taken_by else "",
            stage=REQUEST_WORDS[request.state],
        )
        for request in requests_to_answer(actor)
        .exclude(between(actor))
        .order_by("due_on", "pk")[:limit]
    ]


def _mine(place: None, actor: Actor, on: date, limit: int) -> Sequence[HomeItem]:
    """Return what one asked about one's own data, the newest first."""
    return [
        HomeItem(
            str(KIND_WORDS[request.kind]),
            reverse("access:request", args=[request.number]),
            clauses((request.number, REQUEST_WORDS[request.state])),
        )
        for request in own_requests(actor)[:limit]
    ]


MINE = HomeSlot(
    "access.requests",
    "me",
    gettext_lazy("What I asked about my data"),
    _mine,
    order=50,
    more_url_name="access:my_requests",
)


def _count_requests(actor: Actor, on: date) -> int | None:
    return requests_to_answer(actor)[:1000].count()


ENTRIES = (
    DeskEntry(
        "access.requests",
        gettext_lazy("Personal data"),
        "shield-check",
        "access:requests",
        (permits.ANSWER,),
        order=700,
        items=_requests,
        count=_count_requests,
        group="registers",
    ),
    DeskEntry(
        "access.accounts",
        gettext_lazy("Accounts and rights"),
        "shield-lock",
        "access:accounts",
        (permits.MANAGE, permits.GRANT, permits.REVIEW, permits.ENROL, permits.APPROVE_RESET),
        order=900,
        items=_items,
    ),
)
