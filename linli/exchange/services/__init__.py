"""Writes of exchange: what another system sends in."""

from linli.exchange.services.posting import Receipt, post_request

__all__ = ["Receipt", "post_request"]
