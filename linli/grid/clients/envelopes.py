"""Names, telephones, words and what phones sent, as they lie sealed in tables of the grid."""

from __future__ import annotations

from linli.kernel.sealing import open_sealed, seal

CONTACTS, HEADS, WORDS = "grid_contactvault", "grid_headvault", "grid_wordvault"
QUEUES, QUEUED = "grid_phonequeue", "grid_queued"
HOMES = "grid_stormhomevault"
# table → its sealed columns and the column that names the row
COLUMNS = {
    CONTACTS: (("name", "phone"), "contact_id"),
    HEADS: (("phone",), "head_id"),
    WORDS: (("text", "phone"), "word_id"),
    QUEUES: (("secret",), "id"),
    QUEUED: (("said",), "id"),
    HOMES: (("name", "phone", "address"), "home_id"),
}


def sealed(value: str, table: str, column: str, row: int) -> bytes:
    """Return a value as it lies in the table."""
    return seal(value, table=table, column=column, row=row)


def opened(value: bytes | memoryview, table: str, column: str, row: int) -> str:
    """Return a value as people read it."""
    return open_sealed(bytes(value), table=table, column=column, row=row)
