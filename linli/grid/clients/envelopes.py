"""Names and telephones of contact persons as they lie in the table."""

from __future__ import annotations

from linli.kernel.sealing import open_sealed, seal

TABLE = "grid_contactvault"


def sealed(value: str, column: str, contact_id: int) -> bytes:
    """Return a value as it lies in the table."""
    return seal(value, table=TABLE, column=column, row=contact_id)


def opened(value: bytes | memoryview, column: str, contact_id: int) -> str:
    """Return a value as people read it."""
    return open_sealed(bytes(value), table=TABLE, column=column, row=contact_id)
