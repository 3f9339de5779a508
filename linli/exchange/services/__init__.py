"""Writes of exchange: what another system sends in."""

from linli.exchange.services.posting import Receipt, post_request
from linli.exchange.services.updating import Updated, post_update

__all__ = ["Receipt", "Updated", "post_request", "post_update"]
