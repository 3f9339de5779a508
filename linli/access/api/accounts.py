"""Who one is, and staff accounts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.access import permits
from linli.access.api.frame import LinkOut, holder_of, link_out, path_of, signed_in
from linli.access.forms import AccountForm, with_choices
from linli.access.models import Account
from linli.access.queries.accounts import SORTS, Wanted, filtered, get_account, visible_accounts
from linli.access.queries.choices import place_choices
from linli.access.services import accounts as services
from linli.access.types import NewAccount
from linli.kernel.api import listed
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request

router = Router()


class GrantOut(Schema):
    permit: str
    path: str
    ceiling: int


class MeOut(Schema):
    label: str
    posts: list[int]
    permits: list[GrantOut]
    acting_for: int | None
    purpose: str


class AccountOut(Schema):
    id: int
    username: str
    name: str
    office: str
    place: str
    state: str


class AccountsOut(Schema):
    count: int
    items: list[AccountOut]
    next: str | None


class InvitedOut(AccountOut):
    link: LinkOut


class OpenedOut(AccountOut):
    """`link` is null where two people approve first, and the second of them hands one over."""

    link: LinkOut | None


class AccountIn(Schema):
    """`phone` is kept sealed and never told again; `place` is a code."""

    display_name: str
    username: str
    place: str
    unit: str = ""
    phone: str = ""
    language: str = "zh-hans"


@router.get(
    "/access/me/", response=MeOut, summary="Who is behind this key or session",
    operation_id="linli_access_api_me",
)  # fmt: skip
def me(request: Request) -> dict[str, Any]:
    """The name, posts and permits by which the caller acts."""
    signed_in(request)
    actor = request.actor
    return {
        "label": actor.label,
        "posts": sorted(actor.posts),
        "permits": [
            {"permit": grant.permit, "path": grant.path, "ceiling": grant.ceiling}
            for grant in actor.grants
        ],
        "acting_for": actor.acting_for,
        "purpose": actor.purpose,
    }


@router.get(
    "/access/accounts/", response=AccountsOut, summary="Staff accounts of a place",
    operation_id="linli_access_api_accounts",
)  # fmt: skip
def accounts(
    request: Request, place: str = "", state: str = "", limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """The accounts that the caller looks after, in the order of their names."""
    signed_in(request)
    wanted = Wanted(path=path_of(place) if place else "", state=state)
    found = page_of(
        filtered(visible_accounts(request.actor), wanted),
        SORTS[0],
        cursor=cursor,
        limit=clean_limit(limit),
    )
    return listed(found, account_out)


@router.get("/access/accounts/{int:account_id}/", response=AccountOut)
def account(request: Request, account_id: int) -> dict[str, Any]:
    """One account that the caller looks after, or the caller's own."""
    signed_in(request)
    return account_out(get_account(request.actor, account_id))


@router.post("/access/accounts/", response={201: InvitedOut})
def invite(request: Request, given: AccountIn) -> Status[dict[str, Any]]:
    """Make a staff account; the link for its first password stands in this answer alone. Not by a key."""
    holder_of(request, permits.MANAGE)
    made, link = services.invite_account(
        new_account(request, given), actor=request.actor, now=timezone.now()
    )
    return Status(201, {**account_out(made), "link": link_out(request, link)})


def new_account(request: Request, given: AccountIn) -> NewAccount:
    """Return what was sent as the form of the page accepts it. Refuses with NotFound, Invalid."""
    form = AccountForm({**given.dict(), "place": path_of(given.place)})
    said = with_choices(form, place=place_choices(request.actor, permits.MANAGE)).accepted()
    return NewAccount(
        username=said["username"].strip().lower(), display_name=said["display_name"].strip(),
        path=said["place"], unit=said["unit"].strip(), phone=said["phone"],
        language=said["language"],
    )  # fmt: skip


def account_out(one: Account) -> dict[str, Any]:
    """Return an account as the API writes it; never its number, badge or ways in."""
    return {
        "id": one.pk, "username": one.username, "name": one.display_name, "office": one.unit,
        "place": one.path, "state": one.state,
    }  # fmt: skip
