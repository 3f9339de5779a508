"""Reads of exchange."""

from linli.exchange.queries.requests import get_request, list_requests, number_of_token, updates
from linli.exchange.queries.services import COMMON, MATTERS, attributes, get_service, services

__all__ = [
    "COMMON",
    "MATTERS",
    "attributes",
    "get_request",
    "get_service",
    "list_requests",
    "number_of_token",
    "services",
    "updates",
]
