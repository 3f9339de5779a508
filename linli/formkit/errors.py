"""Refusals that only forms have."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal, Stale, WrongState


class NotAForm(Refusal):
    code = "not_a_form"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("This is no form that can be read: “%(path)s”, %(why)s.")


class NotClean(WrongState):
    code = "not_clean"
    message = _("%(count)s things must be put right before the form can be published.")


class DraftThere(WrongState):
    code = "draft_there"
    message = _("A new version is being worked on already. Go on with that one.")


class TooMuchTyped(Refusal):
    code = "too_much_typed"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _(
        "This is more than one form can keep: at most %(most)s characters. What was kept before is still there; go back and leave some of it out."
    )


class SavedMeanwhile(Stale):
    code = "saved_meanwhile"
    message = _(
        "%(who)s saved this form meanwhile. Your step was not made; look at the form as it is now, then make it again."
    )
