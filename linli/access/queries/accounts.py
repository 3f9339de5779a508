"""Reads on accounts: who is there, who may see whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from linli.access import permits
from linli.access.errors import LinkDead
from linli.access.models import Account, OneTimeLink
from linli.access.states import AccountKind, AccountState
from linli.kernel import sealing
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.permits import Actor
from linli.people.queries.persons import asked_by_entry

SORTS = (
    Keyset("name", ("display_name", "pk")),
    Keyset("-name", ("-display_name", "-pk")),
    Keyset("unit", ("unit", "display_name", "pk")),
    Keyset("-made", ("-created_at", "-pk")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of accounts is filtered by."""

    path: str = ""
    state: str = ""
    words: str = ""


def visible_accounts(actor: Actor) -> QuerySet[Account]:
    """Return staff accounts at places where the actor looks after accounts or reviews rights."""
    seen = Q(pk=actor.account_id) if actor.account_id else Q(pk__in=[])
    if actor.is_system:
        return Account.objects.filter(kind=AccountKind.STAFF)
    for permit in (permits.MANAGE, permits.REVIEW, permits.ENROL, permits.APPROVE_RESET):
        for path in actor.paths(permit):
            seen |= Q(path__gte=path, path__lt=path + "~")
    return Account.objects.filter(seen, kind=AccountKind.STAFF)


def filtered(found: QuerySet[Account], wanted: Wanted) -> QuerySet[Account]:
    """Return those of a list of accounts that fit the filters."""
    if wanted.path:
        found = found.filter(path__gte=wanted.path, path__lt=wanted.path + "~")
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.words:
        words = wanted.words.strip()
        found = found.filter(
            Q(display_name__icontains=words)
            | Q(username__istartswith=words)
            | Q(unit__icontains=words)
        )
    return found


def get_account(actor: Actor, account_id: int) -> Account:
    """Return one account. Refuses with NotFound, also for one that is not the actor's to see."""
    account = visible_accounts(actor).filter(pk=account_id).first()
    if account is None:
        raise NotFound(account=account_id)
    return account


def own_account(actor: Actor) -> Account:
    """Return the actor's own account. Refuses with NotFound."""
    account = Account.objects.filter(pk=actor.account_id or 0).first()
    if account is None:
        raise NotFound()
    return account


def account_named(name: str, *, kind: str = AccountKind.STAFF) -> Account | None:
    """Return the account of a sign-in name or a normal telephone number."""
    fits: dict[str, Any] = {"username": name}
    if name.startswith("+"):
        fits = sealing.blind_lookup("phone_index", name, purpose="access.phone")
    return Account.objects.filter(kind=kind, **fits).first()


def account_of_badge(number: str) -> Account | None:
    """Return the account of a badge in its normal form, also while it waits for its owner."""
    found = sealing.blind_lookup("badge_index", number, purpose="access.badge")
    return Account.objects.filter(**found).first()


def names_of(ids: set[int]) -> dict[int, str]:
    """Return the names of accounts by their ids, for lists that show who did something."""
    return dict(Account.objects.filter(pk__in=ids).values_list("pk", "display_name"))


def languages_of(account_ids: set[int], person_ids: set[int]) -> dict[tuple[str, int], str]:
    """Return in which language accounts, and the accounts of persons, are written to."""
    asked = asked_by_entry(person_ids)
    found = Account.objects.filter(Q(pk__in=account_ids) | Q(person_id__in=asked))
    languages: dict[tuple[str, int], str] = {}
    for pk, person_id, language in found.values_list("pk", "person_id", "language"):
        languages["account", pk] = language
        languages |= {("person", one): language for one in asked.get(person_id or 0, ())}
    return languages


def taken_usernames(wanted: set[str]) -> set[str]:
    """Return which sign-in names are taken, all that begin with one of those wanted."""
    begun = Q(pk__in=[])
    for name in wanted:
        begun |= Q(username__startswith=name)
    return set(Account.objects.filter(begun).values_list("username", flat=True))


def live_link(token_hash: bytes, *, now: datetime) -> OneTimeLink:
    """Return a one-time link that still opens. Refuses with LinkDead."""
    link = (
        OneTimeLink.objects.filter(
            token_hash=token_hash, used_at__isnull=True, revoked_at__isnull=True, ends_at__gt=now
        )
        .select_related("account")
        .first()
    )
    if link is None:
        raise LinkDead()
    return link


def open_among(account_ids: set[int]) -> set[int]:
    """Return which of some accounts are of staff who may sign in; one query."""
    found = Account.objects.filter(
        pk__in=account_ids, kind=AccountKind.STAFF, state=AccountState.ACTIVE
    )
    return set(found.values_list("pk", flat=True))


def open_account(account_id: int) -> Account | None:
    """Return a staff account that may sign in, or None."""
    found = Account.objects.filter(pk=account_id, kind=AccountKind.STAFF).first()
    return found if found is not None and found.is_active else None


def accounts_of(person_ids: Collection[int]) -> list[int]:
    """Return the accounts that are tied to these entries of the register, of staff and of residents."""
    hers = Account.objects.filter(person_id__in=list(person_ids)).order_by("pk")
    return list(hers.values_list("pk", flat=True))
