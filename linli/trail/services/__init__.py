"""Writes of the trail: recording what happens, and sealing what was recorded."""

from linli.trail.services.epochs import begin_epoch, ensure_epoch
from linli.trail.services.letting_go import let_go
from linli.trail.services.recording import (
    ALONGSIDE,
    given_alongside,
    record,
    record_each,
    record_looking,
    record_many,
    record_read,
    record_refusal,
)
from linli.trail.services.sealing import seal_once

__all__ = [
    "ALONGSIDE",
    "begin_epoch",
    "ensure_epoch",
    "given_alongside",
    "let_go",
    "record",
    "record_each",
    "record_looking",
    "record_many",
    "record_read",
    "record_refusal",
    "seal_once",
]
