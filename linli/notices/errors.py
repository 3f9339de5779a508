"""Refusals that only notices have."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal, Stale, WrongState


class NamesAPerson(Refusal):
    """The text holds a number that must never be posted."""

    code = "names_a_person"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _(
        "The notice holds a whole identity or bank card number (%(found)s). Mask it or take it out; a public notice never shows one."
    )


class LookFirst(Refusal):
    """Something in the text may be about a person; somebody has to say that she looked."""

    code = "look_first"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _(
        "%(count)s places in the notice may be about a person. Look at them, then say that they may be public."
    )


class SavedMeanwhile(Stale):
    code = "saved_meanwhile"
    message = _(
        "%(who)s saved this notice meanwhile. Your step was not made; look at it as it is now, then make it again."
    )


class CorrectionThere(WrongState):
    code = "correction_there"
    message = _("A correction is being written already. Go on with that one.")


class TooManyThere(Refusal):
    code = "too_many_files"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("There may be %(most)s at most. Take one away first.")
