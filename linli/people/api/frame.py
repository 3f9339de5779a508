"""What the addresses of this API share: the place that is asked about, and its code."""

from __future__ import annotations

from linli.kernel.permits import Permit
from linli.kernel.web import Request
from linli.people import permits
from linli.people.queries.lists import place_to_list
from linli.people.queries.scopes import Node, node_of_id


def code_of(village_id: int) -> str:
    """Return the code of a village."""
    node = node_of_id(village_id)
    return node.code if node else ""


def place_of(request: Request, code: str, permit: Permit = permits.VIEW) -> Node:
    """Return the place asked about, else the first that the token sees. Refuses with NotFound."""
    return place_to_list(request.actor, code, permit)
