"""Refusals of the addresses for other systems; all are told in the form of the standard."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, NotFound, Refusal


class KeyNeeded(NotAllowed):
    code = "api_key"
    message = _("The api_key is missing, unknown or has ended. The city gives keys to systems.")


class NotGiven(Refusal):
    """An argument that is needed was not given."""

    code = "not_given"
    status = HTTPStatus.BAD_REQUEST
    message = _("“%(name)s” was not provided.")


class Unreadable(Refusal):
    """An argument cannot be read as the standard has it."""

    code = "unreadable"
    status = HTTPStatus.BAD_REQUEST
    message = _("“%(name)s” cannot be read: %(why)s")


class NoJurisdiction(NotFound):
    code = "jurisdiction_id"
    message = _("The jurisdiction_id was not found. This city's is %(ours)s; it may be left out.")


class NoService(NotFound):
    code = "service_code"
    message = _("The service_code was not found.")


class NoRequest(NotFound):
    code = "service_request_id"
    message = _("The service_request_id was not found.")


class NoToken(NotFound):
    code = "token"
    message = _("The token was not found. Tokens are kept for 90 days.")


class NoAddress(NotFound):
    code = "address"
    message = _("There is nothing at this address. See /open311/discovery.xml.")
