"""Number, address and text as they lie in the tables: opened only to be sent."""

from __future__ import annotations

from linli.kernel.sealing import open_sealed, seal

TABLE, ADDRESSES = "notify_delivery", "notify_emailaddress"


def sealed(value: str, column: str, ref: str) -> bytes:
    """Return a value of a delivery as it lies in the table."""
    return seal(value, table=TABLE, column=column, row=ref)


def opened(value: bytes | memoryview, column: str, ref: str) -> str:
    """Return a value of a delivery as it goes out."""
    return open_sealed(bytes(value), table=TABLE, column=column, row=ref)


def sealed_address(value: str, account_id: int) -> bytes:
    """Return the e-mail address of an account as it lies in the table."""
    return seal(value, table=ADDRESSES, column="address", row=account_id)
