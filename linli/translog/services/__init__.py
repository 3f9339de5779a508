"""Writes of the transparency log: entries, forgetting, signed heads."""

from linli.translog.services.appending import append, append_many, forget
from linli.translog.services.heads import begin_anew, enter_trail_head, sign_head

__all__ = ["append", "append_many", "begin_anew", "enter_trail_head", "forget", "sign_head"]
