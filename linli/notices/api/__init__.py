"""JSON API of notices: what everybody reads, and writing for whoever posts."""

from linli.notices.api import reading, writing
from linli.notices.api.frame import router

__all__ = ["reading", "router", "writing"]
