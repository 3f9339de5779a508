"""JSON API on places. Places are public."""

from linli.places.api import days, parts, tree
from linli.places.api.routing import router

__all__ = ["days", "parts", "router", "tree"]
