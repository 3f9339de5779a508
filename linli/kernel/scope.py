"""Whose eyes the database sees through: what row security reads in each transaction.

The database backend (kernel.db) writes three settings at the start of every transaction of whoever
may see something. They end with it, so that a pooled connection never carries the rights of the
person before: where there are none, nothing is shown. This guards against a forgotten filter, not against injected SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection
from psycopg.pq import TransactionStatus

from linli.kernel import sql
from linli.kernel.permits import Actor


@dataclass(frozen=True, slots=True)
class Scope:
    """`scopes` are place paths, `person` an own id or "", `system` is "on" or ""."""

    scopes: tuple[str, ...] = ()
    person: str = ""
    system: str = ""

    @property
    def sees_anything(self) -> bool:
        """Say whether row security shows anything to these eyes."""
        return bool(self.scopes or self.person or self.system)

    def settings(self) -> tuple[str, str, str]:
        """Return the three values as PostgreSQL reads them."""
        inner = ",".join('"' + path.replace('"', "") + '"' for path in self.scopes)
        return ("{" + inner + "}", self.person, self.system)


NOTHING = Scope()
current: ContextVar[Scope] = ContextVar("linli_scope", default=NOTHING)

# with a place for each of the three values
SETTINGS = (
    "SELECT set_config('linli.scopes', {}, true), set_config('linli.person', {}, true), "
    "set_config('linli.system', {}, true)"
)
SET_LOCAL = SETTINGS.format("%s", "%s", "%s")


def scope_of(actor: Actor) -> Scope:
    """Return what row security may show to an actor."""
    return Scope(
        scopes=actor.scopes(),
        person=str(actor.person_id or ""),
        system="on" if actor.is_system else "",
    )


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Let transactions in this block see what the actor may see.

    Inside a running transaction the settings change at once and change back at the end.
    """
    token = current.set(scope_of(actor))
    apply_now()
    try:
        yield
    finally:
        current.reset(token)
        if not _is_broken():
            apply_now()


def _is_broken() -> bool:
    """Say whether the transaction failed: asking it anything would hide the error that broke it."""
    raw = connection.connection
    failed = raw is not None and raw.info.transaction_status == TransactionStatus.INERROR
    return connection.needs_rollback or failed


def apply_now() -> None:
    """Write the settings into the running transaction, if there is one."""
    if sql.in_transaction():
        sql.later("scope.apply", SET_LOCAL, current.get().settings())
