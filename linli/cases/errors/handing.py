"""What handing a case over is refused with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import WrongState


class NotTheLead(WrongState):
    code = "not_the_lead"
    message = _("Another post has this case. Ask it to hand the case over, or take it over first.")


class HasOwnPage(WrongState):
    code = "own_page"
    message = _("This step needs more than words: take it on its own page.")


class AlreadyAnswered(WrongState):
    code = "already_answered"
    message = _("This offer was answered already.")


class AlreadyOffered(WrongState):
    code = "already_offered"
    message = _("This is offered to a post already. Wait for its answer, or take the offer back.")


class CaseClosed(WrongState):
    code = "case_closed"
    message = _("This case is closed. Nobody has to handle it any more.")


class NotForThisPost(WrongState):
    code = "not_for_this_post"
    message = _("This post cannot have this case. Choose another one.")


class NothingOffered(WrongState):
    code = "nothing_offered"
    message = _("No offer of this case waits for an answer.")


class NoSuchPart(WrongState):
    code = "no_such_part"
    message = _("Nobody has a part with number %(number)s in this case.")


class DecidedMeanwhile(WrongState):
    """Somebody else decided before; what was written for the decision is shown again."""

    code = "decided_meanwhile"
    message = _(
        "This was decided meanwhile: it is “%(state_words)s” now. Nothing of yours was done."
    )


class NeverFollowed(WrongState):
    """A petition or a paper is between its sender and the office: nobody else is told where it stands."""

    code = "never_followed"
    message = _(
        "Nobody else is told where a case of that kind stands. Tie the two cases together instead."
    )
