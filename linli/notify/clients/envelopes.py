"""Number and text of a delivery as they lie in the table: opened only to be sent."""

from __future__ import annotations

from linli.kernel.sealing import open_sealed, seal

TABLE = "notify_delivery"


def sealed(value: str, column: str, ref: str) -> bytes:
    """Return a value of a delivery as it lies in the table."""
    return seal(value, table=TABLE, column=column, row=ref)


def opened(value: bytes | memoryview, column: str, ref: str) -> str:
    """Return a value of a delivery as it goes out."""
    return open_sealed(bytes(value), table=TABLE, column=column, row=ref)
