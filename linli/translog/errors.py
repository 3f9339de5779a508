"""Refusals that only the transparency log has."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal


class NotSignedYet(Refusal):
    code = "not_signed_yet"
    status = HTTPStatus.CONFLICT
    message = _("No signed head covers entry %(index)s yet. Heads are signed every minute.")


class NoSuchHead(Refusal):
    code = "no_such_head"
    status = HTTPStatus.NOT_FOUND
    message = _("There is no signed head of size %(size)s.")


class HeadsReversed(Refusal):
    code = "heads_reversed"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("The older head comes first: give a size from 1 to %(new)s.")
