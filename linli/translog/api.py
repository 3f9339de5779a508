"""JSON API of the transparency log, open to everybody: heads, entries, proofs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Field, Router, Schema

from linli.kernel.api import gives
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request
from linli.kernel.wholes import whole_number
from linli.translog import queries, rules
from linli.translog.errors import NoSuchHead
from linli.translog.queries import nodes
from linli.translog.types import Entry, SignedHead

router = Router(tags=["log"])


class HeadOut(Schema):
    size: int
    root: str
    at: datetime
    key: str
    note: str


class HeadsOut(Schema):
    count: int
    items: list[HeadOut]
    next: str | None


class LogEntryOut(Schema):
    index: int
    kind: str
    at: datetime
    commitment: str
    salt: str | None
    content: dict[str, Any] | None
    is_forgotten: bool


class LogEntriesOut(Schema):
    count: int = Field(description="The size of the log.")
    items: list[LogEntryOut]
    next: str | None


class ProofOut(Schema):
    index: int
    leaf: str
    path: list[str]
    head: HeadOut


class ConsistencyOut(Schema):
    old: HeadOut
    new: HeadOut
    path: list[str]


@router.get("/log/head/", response=HeadOut)
def latest_head(request: Request) -> dict[str, Any]:
    """The latest signed head."""
    head = queries.latest()
    if head is None:
        raise NoSuchHead(size=0)
    return head_out(head)


@router.get("/log/heads/", response=HeadsOut)
def list_heads(
    request: Request, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """Signed heads, newest first."""
    found = queries.heads_page(cursor=cursor, limit=clean_limit(limit))
    heads = [
        SignedHead(h.size, bytes(h.root), h.at, bytes(h.public_key), h.note) for h in found.items
    ]
    return {"count": found.count, "items": [head_out(head) for head in heads], "next": found.next}


@router.get("/log/heads/{int:size}/", response=HeadOut)
def get_head(request: Request, size: int) -> dict[str, Any]:
    """The signed head of a size."""
    return head_out(queries.head_of_size(size))


@router.get("/log/checkpoint/", openapi_extra=gives("text/plain", type="string"))
def checkpoint(request: Request) -> HttpResponse:
    """The latest signed head as text, as witnesses of transparency logs read it."""
    head = queries.latest()
    if head is None:
        raise NoSuchHead(size=0)
    return HttpResponse(head.note, content_type="text/plain; charset=utf-8")


@router.get("/log/entries/", response=LogEntriesOut)
def list_entries(
    request: Request, first: int = 0, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """Entries in their order, from number `first` on. `count` is the size of the log."""
    most, size = clean_limit(limit), nodes.size()
    begin = whole_number(cursor)
    found = queries.entries_from(max(first if begin is None else begin, 0), most)
    after = found[-1].index + 1 if found else size
    return {
        "count": size,
        "items": [entry_out(entry) for entry in found],
        "next": str(after) if after < size else None,
    }


@router.get("/log/entries/{int:index}/", response=LogEntryOut)
def get_entry(request: Request, index: int) -> dict[str, Any]:
    """One entry."""
    return entry_out(queries.get_entry(index))


@router.get("/log/entries/{int:index}/proof/", response=ProofOut)
def get_proof(request: Request, index: int, size: int | None = None) -> dict[str, Any]:
    """The inclusion proof of an entry under the head of a size, or the latest."""
    proof = queries.inclusion(index, size)
    return {
        "index": proof.index,
        "leaf": proof.leaf.hex(),
        "path": [step.hex() for step in proof.path],
        "head": head_out(proof.head),
    }


@router.get("/log/consistency/", response=ConsistencyOut)
def get_consistency(request: Request, old: int, new: int | None = None) -> dict[str, Any]:
    """The proof that the log of a newer head begins with the log of an older one."""
    older, newer, path = queries.consistency(old, new)
    return {
        "old": head_out(older),
        "new": head_out(newer),
        "path": [step.hex() for step in path],
    }


def head_out(head: SignedHead) -> dict[str, Any]:
    """Return a head as the API shows it."""
    return {
        "size": head.size,
        "root": head.root.hex(),
        "at": head.at,
        "key": rules.verifier_key(rules.read_note(head.note).origin, head.public_key),
        "note": head.note,
    }


def entry_out(entry: Entry) -> dict[str, Any]:
    """Return an entry as the API shows it."""
    return {
        "index": entry.index,
        "kind": entry.kind,
        "at": entry.at,
        "commitment": entry.commitment.hex(),
        "salt": entry.salt.hex() if entry.salt else None,
        "content": entry.content,
        "is_forgotten": entry.is_forgotten,
    }
