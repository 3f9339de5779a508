"""Files that were uploaded while a form was open are hung on what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache

from linli.files.clients import cabinet
from linli.files.errors import FileKindNotWanted
from linli.files.models import StoredFile
from linli.files.types import DRAFT, Owner, Policy
from linli.kernel import sql
from linli.kernel.errors import NotFound, Refusal
from linli.kernel.permits import Actor, open_to_all

# all of them or none: what is refused has changed nothing. Found by code alone, since the drafts
# of everybody hang on one owner
ADOPT = """
WITH found AS MATERIALIZED (
    SELECT id, kind, state = 'kept' AND owner_kind = %(owner_kind)s AND {whose} = %({whose})s
            AS is_theirs
      FROM files_storedfile WHERE code IN ({codes}) FOR UPDATE
)
UPDATE files_storedfile file
   SET owner_kind = %(kind)s, owner_id = %(id)s, place = %(place)s, retention_until = %(until)s
  FROM found
 WHERE file.id = found.id
   AND (SELECT count(*) = %(most)s AND bool_and(is_theirs AND kind = ANY(%(kinds)s)) FROM found)
RETURNING {columns}
"""

# one by itself needs no look at the others; an equal sign before the owner would let its index be taken
ADOPT_ONE = """
UPDATE files_storedfile file
   SET owner_kind = %(kind)s, owner_id = %(id)s, place = %(place)s, retention_until = %(until)s
 WHERE code = {codes} AND state = 'kept' AND {whose} = %({whose})s
   AND owner_kind IS NOT DISTINCT FROM %(owner_kind)s AND kind = ANY(%(kinds)s)
RETURNING {columns}
"""


@open_to_all("only whoever uploaded the draft finds it")
def adopt(
    codes: Iterable[str],
    *,
    owner: Owner,
    place: str,
    policy: Policy,
    actor: Actor,
    now: datetime,
    held: Owner | None = None,
) -> list[StoredFile]:
    """Hang files that were uploaded while a form was filled in on the thing that came of it.

    `held` is the draft on which they hang until then; without it they are the actor's own.
    Refuses with NotFound if one is not the actor's, or is no draft any more.
    """
    begun = begin_adopting(
        codes, owner=owner, place=place, policy=policy, actor=actor, now=now, held=held
    )
    return begun()


@open_to_all("only whoever uploaded the draft finds it")
def begin_adopting(
    codes: Iterable[str],
    *,
    owner: Owner,
    place: str,
    policy: Policy,
    actor: Actor,
    now: datetime,
    held: Owner | None = None,
) -> Callable[[], list[StoredFile]]:
    """Begin what `adopt` does, and go on; what is returned waits for it, and refuses as that does."""
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        return list
    theirs = (
        {"owner_kind": DRAFT, "account_id": actor.account_id}
        if held is None
        else {"owner_kind": held.kind, "owner_id": held.id}
    )
    given = {
        **theirs, **(named := _named(wanted)), "most": len(wanted), "kinds": [str(k) for k in policy.kinds],
        "kind": owner.kind, "id": owner.id, "place": place,
        "until": cabinet.until(now, policy.keep_days),
    }  # fmt: skip
    whose = "account_id" if held is None else "owner_id"
    statement = _adoption(whose, len(named))
    begun = sql.ask_instances("files.adopt", statement, given, StoredFile, is_hurried=True)

    def adopted() -> list[StoredFile]:
        hung = begun()
        if len(hung) != len(wanted):
            raise _not_adopted(wanted, theirs, policy)
        return sorted(hung, key=lambda file: file.pk)

    return adopted


@open_to_all(
    "called where an account goes on with the number of another, whose service asked for the permit"
)
def drafts_follow(gone_id: int, kept_id: int, *, actor: Actor) -> int:
    """Let what one uploaded while a form was open be the other account's of hers; return how many."""
    found = StoredFile.objects.filter(owner_kind=DRAFT, owner_id=gone_id, account_id=gone_id)
    return found.update(owner_id=kept_id, account_id=kept_id)


def _named(codes: Sequence[str]) -> dict[str, str]:
    """Return each code under a name of its own, the last one again up to a power of two: few statements.

    Of a list in one value PostgreSQL does not know how long it is, and would plan anew each time, which
    takes longer than the statement.
    """
    size = 1 << (len(codes) - 1).bit_length()
    return {f"code{n}": codes[min(n, len(codes) - 1)] for n in range(size)}


@cache
def _adoption(whose: str, count: int) -> str:
    columns = ", ".join(f"file.{column}" for column in sql.columns_of(StoredFile))
    codes = ", ".join(f"%(code{n})s" for n in range(count))
    return (ADOPT_ONE if count == 1 else ADOPT).format(whose=whose, columns=columns, codes=codes)


def _not_adopted(wanted: list[str], theirs: Mapping[str, object], policy: Policy) -> Refusal:
    """Say why files were not hung: one is not there, or of a kind that nobody wants there."""
    found = StoredFile.objects.filter(code__in=wanted, state="kept", **theirs).order_by("id")
    wrong = next((file for file in found if file.kind not in policy.kinds), None)
    if wrong is None or len(found) != len(wanted):
        return NotFound()
    return FileKindNotWanted(name=wrong.name, wanted=policy.wanted, found=wrong.kind.upper())
