"""Which accounts are whose."""

from __future__ import annotations

from linli.access.models import Account
from linli.access.states import AccountState
from linli.people.queries import ids_of_one


def accounts_of_person(person_id: int) -> list[int]:
    """Return the accounts of somebody, closed ones too; joined entries are one person."""
    hers = ids_of_one(person_id)
    return sorted(Account.objects.filter(person_id__in=hers).values_list("pk", flat=True))


def has_account(person_id: int) -> bool:
    """Say whether somebody may sign in, by whichever of her joined entries."""
    hers = Account.objects.filter(person_id__in=ids_of_one(person_id))
    return hers.exclude(state=AccountState.DISABLED).exists()
