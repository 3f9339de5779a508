"""Who takes something by herself, told apart without keeping who she is: her account, else her network."""

from __future__ import annotations

from linli.kernel.hoarding import network_of
from linli.kernel.permits import open_to_all
from linli.runtime.services.limits import subject_digest


@open_to_all("nothing is kept or read: it makes a mark of what the request says")
def origin_of(bucket: str, address: str, account_id: int | None = None) -> bytes | None:
    """Return what stands for the account, else for the network; None where neither is known.

    Marks of two buckets do not compare: what somebody books is nobody's list of what she does.
    """
    subject = network_of(address) if account_id is None else f"account {account_id}"
    return subject_digest(bucket, subject) if subject else None
