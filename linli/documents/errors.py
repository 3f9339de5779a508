"""Refusals that only documents have."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, Refusal, WrongState


class SealPictureRefused(Refusal):
    code = "seal_picture"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _(
        "“%(field)s” holds a picture. A paper never carries a picture of a seal or signature: "
        "print it, and let the keeper of the seal stamp it by hand."
    )


class TemplateBroken(Refusal):
    code = "template_broken"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    message = _("The paper could not be set. It was reported; nothing was numbered or kept.")


class AlreadyWithdrawn(WrongState):
    code = "document_withdrawn"
    message = _("This paper was withdrawn and cannot be printed or withdrawn again.")


class OwnApplication(NotAllowed):
    code = "own_application"
    message = _("Whoever applied for the seal cannot also approve it. Let somebody else decide.")


class OwnStamping(NotAllowed):
    code = "own_stamping"
    message = _(
        "Whoever applied for the seal does not stamp. Let another keeper of the seal do it."
    )


class NotForElectronicSeal(WrongState):
    code = "not_for_electronic_seal"
    message = _(
        "This paper cannot be sealed electronically: its file is gone, too large or too confidential. "
        "Let it be stamped by hand."
    )


class TooManyCopies(WrongState):
    code = "too_many_copies"
    message = _("Only %(most)s copies were approved. Apply for the others first.")
