"""What the apps above tell the register about two entries that become one person, or two again, and what follows
an account to a new number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from linli.kernel.hooks import JoinRights, PartAccounts
from linli.kernel.registries import Hook, Registry


@dataclass(frozen=True)
class Column:
    """A column of a table: `key` is table.column."""

    key: str

    @property
    def table(self) -> str:
        return self.key.partition(".")[0]

    @property
    def column(self) -> str:
        return self.key.partition(".")[2]


@dataclass(frozen=True)
class PersonColumn(Column):
    """A column that says whose a row is, for two joined entries that are parted again.

    Rows grow by their `id`; where numbers are handed out in blocks and so give no order, `moment` is
    SQL of the moment at which a row came. `account` tells by whose account a row was written, as SQL:
    by it the row goes back to its own person. With `is_own` it is always of the account's own person,
    however old; else she may have stood for another before. `only` leaves rows out. What names no
    account a person looks through: `title` says what it is.
    """

    title: Any
    account: str = ""
    is_own: bool = False
    only: str = "true"
    moment: str = ""

    @property
    def grown(self) -> str:
        """SQL of what is greater for a row that came later."""
        return self.moment or "id"


@dataclass(frozen=True)
class AccountColumn(Column):
    """A column that says by which account of a resident a row was written.

    The row follows her at once when her account goes on with a new number.
    """


PERSON_COLUMNS: Registry[PersonColumn] = Registry("columns that say whose a row is")
ACCOUNT_COLUMNS: Registry[AccountColumn] = Registry(
    "columns that follow a resident to a new number"
)
# (ids of one entry and of those joined to it, ids of the other's, actor=, now=) → notes what a staff
# account comes to by their being one person, or refuses; filled by access
JOIN_RIGHTS: Hook[JoinRights] = Hook("join_rights")
# ids of entries → ids of the accounts that are tied to them; filled by access
ACCOUNTS_OF: Hook[Callable[[Collection[int]], Sequence[int]]] = Hook("accounts_of", default=())
# (ids of the kept entry's accounts when two were joined, id of the kept, id of the other one, actor=,
# now=) → {account: whose it is from now on, or None}; filled by access
PART_ACCOUNTS: Hook[PartAccounts] = Hook("part_accounts", default={})
