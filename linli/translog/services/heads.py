"""Signed heads: the root of the tree at a size, signed by the installation's key."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from linli.kernel import locks
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.sealing import sign
from linli.trail.queries import chain
from linli.translog import rules
from linli.translog.models import LogName, TreeHead
from linli.translog.queries import heads, nodes
from linli.translog.services.appending import append
from linli.translog.types import SignedHead

TRAIL_HEAD = "trail.head"


@open_to_all("called by the job that publishes heads")
@transaction.atomic
def enter_trail_head(*, actor: Actor, now: datetime) -> int | None:
    """Enter the head of the trail's chain if it has grown; return the entry's number."""
    head = chain.head()
    if head.seq <= heads.last_trail_head():
        return None
    content = {"entries": head.seq, "hash": head.hash.hex()}
    return append(TRAIL_HEAD, content, actor=actor, now=now)


@open_to_all("called by the job that publishes heads")
@transaction.atomic
def sign_head(*, actor: Actor, now: datetime) -> SignedHead | None:
    """Sign the tree as it stands, unless the last head covers it already."""
    locks.hold("translog.append")
    size, last = nodes.size(), heads.latest()
    if size == 0 or (last and last.size == size):
        return None
    root, origin = nodes.root(size), _origin(now)
    text = rules.head_text(origin, size, root, now)
    public, signature = sign(text.encode())
    note = rules.signed_note(text, origin, public, signature)
    TreeHead.objects.create(size=size, root=root, at=now, public_key=public, note=note)
    return SignedHead(size, root, now, public, note)


def _origin(now: datetime) -> str:
    known = LogName.objects.first()
    if known is None:
        known = LogName.objects.create(origin=f"linli/{secrets.token_hex(8)}", made_at=now)
    return known.origin
