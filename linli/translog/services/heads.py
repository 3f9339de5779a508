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
from linli.translog.queries.heads import ANEW
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


@open_to_all("called by restore alone, before anything is signed")
@transaction.atomic
def begin_anew(known: str, *, actor: Actor, now: datetime) -> int | None:
    """Go on under a new name after a restore; return the number of the entry that says so, None for an empty log.

    Heads may have been signed over entries that are lost: under the old name the log would have two
    pasts. `known` is the last head of it that anybody here knows, as a note; the restored one without.
    """
    locks.hold("translog.append")
    last = heads.latest()
    if last is None and not known:
        return None
    read = rules.read_note(known) if known else None
    if last is not None and (read is None or read.size < last.size):
        read = rules.read_note(last.note)
    assert read is not None
    content = {
        "before": heads.origin() or read.origin,
        "head": {"origin": read.origin, "root": read.root.hex(), "size": read.size},
        "kept": nodes.size(),
    }
    LogName.objects.create(origin=_new_name(), made_at=now)
    return append(ANEW, content, actor=actor, now=now)


def _origin(now: datetime) -> str:
    return heads.origin() or LogName.objects.create(origin=_new_name(), made_at=now).origin


def _new_name() -> str:
    return f"linli/{secrets.token_hex(8)}"
