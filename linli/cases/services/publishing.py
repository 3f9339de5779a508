"""Kinds as tables: a version is published once, and its table never changes after."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.cases.models import KindState, KindTable
from linli.cases.queries.kinds import all_kinds
from linli.cases.rules.kinds import checksum, faults
from linli.cases.types.kinds import CaseKind
from linli.kernel.permits import Actor, open_to_all


class KindChanged(RuntimeError):
    """A published version of a kind has another table in the code: raise its version."""


class KindFaulty(RuntimeError):
    """A kind breaks a rule of the lint."""


@open_to_all("run by migrate, as the owner of the tables")
@transaction.atomic
def publish_kinds(*, actor: Actor, now: datetime) -> list[str]:
    """Write the states of every kind; return the names of the versions that are new.

    Raises KindFaulty and KindChanged, so that no release with a broken kind starts.
    """
    known = dict(KindTable.objects.values_list("name", "checksum"))
    new: list[str] = []
    for kind in all_kinds():
        wrong = list(faults(kind))
        if wrong:
            raise KindFaulty("; ".join(wrong))
        if kind.name not in known:
            _publish(kind, now)
            new.append(kind.name)
        elif known[kind.name] != checksum(kind):
            raise KindChanged(f"{kind.name} was published with another table: raise its version")
    return new


def _publish(kind: CaseKind, now: datetime) -> None:
    KindTable.objects.create(name=kind.name, checksum=checksum(kind), published_at=now)
    # a migration that turned older rows into cases of a new kind has written its states before
    KindState.objects.bulk_create(
        [
            KindState(kind=kind.key, version=kind.version, state=state, stage=str(said.stage))
            for state, said in kind.states.items()
        ],
        update_conflicts=True,
        unique_fields=["kind", "version", "state"],
        update_fields=["stage"],
    )
