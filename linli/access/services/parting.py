"""Whose an account is after two joined entries of the register were parted again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from linli.access.clients.messages import tell
from linli.access.models import Account
from linli.access.services.accounts import end_all
from linli.kernel.permits import Actor, open_to_all
from linli.people import queries as people
from linli.trail.services import record


@open_to_all("the register has required its own permit to part two entries")
def part_accounts(
    known: Collection[int] | None, kept: int, gone: int, *, actor: Actor, now: datetime
) -> dict[int, int | None]:
    """Return whose the accounts are that do not go on as they were: account → person, or None.

    Accounts of the entry that stands by itself again are hers. One that was tied while the two were
    one is tied to nobody: which of the two showed her document, nobody can tell from here. Pairs
    that were joined before the accounts were noted (`known` is None) keep theirs.
    """
    ours = Account.objects.filter(person_id__in=people.ids_of_one(gone))
    theirs = dict.fromkeys(ours.values_list("pk", flat=True), gone)
    if known is None:
        return {**theirs}
    doubtful = Account.objects.select_for_update().filter(person_id__in=[kept, gone])
    untied = list(doubtful.exclude(pk__in=list(known)).order_by("pk"))
    for account in untied:
        _untie(account, actor, now)
    return {**theirs, **{account.pk: None for account in untied}}


def _untie(account: Account, actor: Actor, now: datetime) -> None:
    """What she has open ends: it was opened as somebody of the register."""
    was, account.person_id = account.person_id, None
    account.save(update_fields=["person"])
    end_all(account, actor=actor, now=now)
    record(
        "access.person_untied", on=account, actor=actor, now=now, place=account.path, person_id=was
    )
    tell("access.person_untied", account, actor=actor, now=now)
