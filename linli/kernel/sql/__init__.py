"""Hot reads and writes: prepared on the server, read into slotted dataclasses.

Django binds on the client and prepares nothing; these go through the same connection and
transaction, four times faster. Names identify statements in logs.
"""

from linli.kernel.prepared import Result
from linli.kernel.sql.asking import Asked, ask, ask_for
from linli.kernel.sql.blocks import next_id, next_of_block
from linli.kernel.sql.model_rows import (
    MOST_PREPARED,
    ask_instances,
    columns_of,
    insert,
    insert_later,
    insert_told_later,
    instances,
)
from linli.kernel.sql.statements import (
    bare_link,
    execute,
    in_one_message,
    in_transaction,
    is_pipelined,
    later,
    own_connection,
    rows,
    tuples,
    unhurried,
)
from linli.kernel.sql.whole import undone_whole

__all__ = [
    "Asked",
    "MOST_PREPARED",
    "Result",
    "ask",
    "ask_for",
    "ask_instances",
    "bare_link",
    "columns_of",
    "execute",
    "in_one_message",
    "in_transaction",
    "insert",
    "insert_later",
    "insert_told_later",
    "instances",
    "is_pipelined",
    "later",
    "next_id",
    "next_of_block",
    "own_connection",
    "rows",
    "tuples",
    "undone_whole",
    "unhurried",
]
