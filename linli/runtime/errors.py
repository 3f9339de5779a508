"""Refusals that only runtime has."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal, WrongState


class KeyMissing(Refusal):
    code = "key_missing"
    status = HTTPStatus.BAD_REQUEST
    message = _(
        "This was sent without its one-time mark, so it could not be told from a second copy. "
        "Nothing was done. Go back, reload the page and send it again."
    )


class KeyMissingInCall(KeyMissing):
    message = _(
        "This call needs a header “Idempotency-Key” with a value that is new for each act. "
        "Nothing was done."
    )


class KeyUnreadable(Refusal):
    code = "key_unreadable"
    status = HTTPStatus.BAD_REQUEST
    message = _("An idempotency key has 1 to %(most)s visible ASCII characters. Nothing was done.")


class KeyReused(Refusal):
    code = "key_reused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _(
        "The same one-time mark was sent before with other content. Nothing was done this time. "
        "Reload the page, compare with what was saved, and send again if needed."
    )


class StillRunning(WrongState):
    code = "still_running"
    message = _(
        "The first copy of this request is still being worked on. "
        "Wait a few seconds and look at the result before you send it again."
    )


class AnswerGone(WrongState):
    code = "already_done"
    message = _("This was done already, and only once. Open the page again to see the result.")


class RightEnded(Refusal):
    code = "right_ended"
    status = HTTPStatus.FORBIDDEN
    message = _(
        "The right with which this was started has ended. What was done stays; "
        "whoever may do it today starts it again."
    )


class NothingToCancel(WrongState):
    code = "job_ended"
    message = _("This job has ended already and cannot be cancelled.")


class NameTaken(WrongState):
    code = "view_name_taken"
    message = _("You have a view called “%(name)s” for this list. Choose another name.")


class TooManyViews(WrongState):
    code = "too_many_views"
    message = _("You can keep %(most)s views for one list. Delete one first.")
