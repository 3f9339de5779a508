"""JSON API of notices: what everybody reads, and writing for whoever posts."""

from linli.notices.api import papers, reading, writing
from linli.notices.api.frame import router

__all__ = ["papers", "reading", "router", "writing"]
