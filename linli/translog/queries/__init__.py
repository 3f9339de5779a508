"""Reads of the transparency log. Everything in it is for everybody, except what opens private entries."""

from linli.translog.queries.entries import entries as entries_from
from linli.translog.queries.entries import get_entry, kinds, opening
from linli.translog.queries.heads import (
    consistency,
    earlier_names,
    head_of_size,
    heads_page,
    inclusion,
    latest,
    origin,
    trail_heads,
    verifier_keys,
)

__all__ = [
    "consistency",
    "entries_from",
    "get_entry",
    "head_of_size",
    "heads_page",
    "inclusion",
    "kinds",
    "latest",
    "opening",
    "earlier_names",
    "origin",
    "verifier_keys",
    "trail_heads",
]
