"""Writes of the trail: recording what happens, and sealing what was recorded."""

from linli.trail.services.epochs import begin_epoch, ensure_epoch
from linli.trail.services.letting_go import let_go
from linli.trail.services.recording import (
    record,
    record_many,
    record_read,
    record_refusal,
)
from linli.trail.services.sealing import seal_once

__all__ = [
    "begin_epoch",
    "ensure_epoch",
    "let_go",
    "record",
    "record_many",
    "record_read",
    "record_refusal",
    "seal_once",
]
