"""Parting two entries that were joined by mistake, with what came in while they were one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from linli.kernel import scope, sql
from linli.kernel.errors import WrongState
from linli.kernel.events import publish
from linli.kernel.joined import PART_ACCOUNTS, PERSON_COLUMNS
from linli.kernel.permits import Actor, require, system_actor
from linli.people import permits
from linli.people.events import DeathWithdrawn, PeopleParted
from linli.people.models import DuplicatePair, HouseholdMember, Person
from linli.people.queries.meanwhile import came_since, mark_of
from linli.people.queries.pairs import locked, villages_of
from linli.people.queries.persons import ids_of_one
from linli.people.services.joining import Undo
from linli.people.services.mass.reopening import reopen, reopen_membership
from linli.people.services.mass.terms import rebuild_terms
from linli.people.states import PAIR
from linli.trail.services import record

PUT_BACK = """
UPDATE {table} SET {column} = %s
 WHERE {account} = %s AND {column} = ANY(%s) AND {since} AND {only}
"""


@transaction.atomic
def part_pair(pair: DuplicatePair, reason: str, *, actor: Actor, now: datetime) -> DuplicatePair:
    """Part two entries that were joined by mistake; not once they are erased.

    What an account wrote meanwhile goes back to its own person; the rest stays with the kept entry
    and is named for somebody to look through. Refuses with NotAllowed, WrongState.
    """
    pair = DuplicatePair.objects.select_for_update().get(pk=pair.pk)
    require(actor, permits.MERGE, at=pair.path)
    pair.state = PAIR.after(pair.state, "part")
    if pair.undo is None:
        raise WrongState(move="part", state="erased")
    kept, gone = pair.undo["kept"], pair.undo["gone"]
    with scope.acting(system_actor("people.part")):
        list(locked(pair))
        came = [[one.key, one.count] for one in came_since(pair).rows]
        one_before = ids_of_one(kept)
        lives_since = _entries_back(pair.undo, kept, gone)
        known = pair.undo.get("accounts")
        owners = PART_ACCOUNTS.call(known, kept, gone, actor=actor, now=now)
        _rows_back(pair, owners, one_before)
    pair.undo, pair.decided_at, pair.decided_by = None, now, actor.label
    pair.reason, pair.came_since = reason.strip()[:500], {"entry": kept, "rows": came}
    pair.save()
    record("people.parted", on=pair, actor=actor, now=now, place=pair.path,
           person_id=kept, gone=gone, came={key: count for key, count in came})  # fmt: skip
    publish(PeopleParted(kept_id=kept, gone_id=gone))
    if lives_since is not None:
        # her account, and questions whether her benefits stop, go on as after any death entered by mistake
        publish(DeathWithdrawn(gone, lives_since))
    return pair


def _entries_back(undo: Mapping[str, list[list[object]]], kept: int, gone: int) -> date | None:
    before = villages_of(kept, gone)
    ended = [step for step in undo["steps"] if _has_ended_membership(step)]
    Undo.back([step for step in undo["steps"] if step not in ended])
    for row in HouseholdMember.objects.filter(pk__in=[pk for _name, pk, _before in ended]):
        reopen_membership(row)
    lives_since = _take_death_back(kept, gone)
    rebuild_terms([kept, gone], also_in=before)
    return lives_since


def _has_ended_membership(step: Sequence[object]) -> bool:
    """Say whether a step ended one of two memberships of one household: its place may be taken."""
    name, _pk, before = step
    return name == HouseholdMember.__name__ and before == {"until": None}


def _take_death_back(kept: int, gone: int) -> date | None:
    """A death that was entered meanwhile stands with the kept entry; whoever else it was lives on.

    Return the day of the death that was hers for a while, or None.
    """
    died = dict(Person.objects.filter(pk__in=[kept, gone]).values_list("pk", "died_on"))
    on = died.get(kept)
    if on is None or died.get(gone) is not None:
        return None
    reopen(gone, on)
    return on


def _rows_back(pair: DuplicatePair, owners: Mapping[int, int | None], ids: Sequence[int]) -> None:
    """Give each row that names its account to the account's own person."""
    for column in PERSON_COLUMNS:
        mark = [] if column.is_own else [mark_of(pair, column)]
        if not column.account or None in mark:
            continue
        text = PUT_BACK.format(
            table=column.table, column=column.column, account=column.account, only=column.only,
            since=f"{column.grown} > %s" if mark else "true",
        )  # fmt: skip
        for account, owner in owners.items():
            params = [owner, account, list(ids), *mark]
            sql.execute(f"people.back.{column.key}", text, params)
