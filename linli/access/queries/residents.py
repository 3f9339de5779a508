"""Residents as the counter needs them: who is meant, and where she lives."""

from __future__ import annotations

from linli.access import permits
from linli.access.models import Account
from linli.access.queries.accounts import account_named
from linli.access.states import AccountKind, AccountState
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.people.queries.naming import homes_of
from linli.people.queries.persons import asked_by_entry, current_id, may_see_person
from linli.people.queries.search import Found, find_people
from linli.ui import formats


def people_to_choose(actor: Actor, words: str) -> list[tuple[int, str]]:
    """Return (id, text) of people whom some words or a number find, where the actor sees them."""
    if not words.strip() or not actor.paths(permits.ACT_FOR):
        return []
    return [(found.person_id, _text(found)) for found in find_people(actor, words, limit=10).items]


def _text(found: Found) -> str:
    parts = [found.name, formats.day_plain(found.born_on) if found.born_on else "", found.address]
    return " · ".join(part for part in parts if part)


def may_be_named(actor: Actor, person_id: int) -> bool:
    """Say whether the actor may learn whom the number of a person stands for, to act for her."""
    return may_see_person(actor, person_id, permits.ACT_FOR)


def home_of(actor: Actor, person_id: int) -> str:
    """Return where a person lives, the place at which the actor enrols if there are several."""
    paths = homes_of(person_id)
    held = [path for path in paths if actor.may(permits.ENROL, at=path)]
    return str((held or paths or [""])[0])


def resident_account(phone: str) -> Account | None:
    """Return the account of a resident by her normal number, or None."""
    return account_named(phone, kind=AccountKind.RESIDENT)


def accounts_of(actor: Actor, person_ids: list[int]) -> list[Account]:
    """Return the open accounts of residents among people whom the actor found."""
    seen = asked_by_entry([one for one in person_ids if may_be_named(actor, one)])
    found = Account.objects.filter(person_id__in=seen, kind=AccountKind.RESIDENT)
    return list(found.exclude(state=AccountState.DISABLED).order_by("display_name", "pk"))


def get_resident(actor: Actor, account_id: int) -> Account:
    """Return the account of a resident whom the actor may see. Refuses with NotFound."""
    found = Account.objects.filter(pk=account_id, kind=AccountKind.RESIDENT).first()
    person_id = None if found is None else found.person_id
    if found is None or person_id is None or not may_be_named(actor, current_id(person_id)):
        raise NotFound(account=account_id)
    return found
