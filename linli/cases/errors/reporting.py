"""What meets whoever reports: words, photos and matters that cannot be taken like this."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, WrongState


class NumbersInText(Invalid):
    """A text names or reaches people by numbers, and its writer has not said that this is meant."""

    code = "numbers_in_text"


class AccusesOfficial(Invalid):
    """A text accuses an official, and its writer was not yet told where that goes (AP-07)."""

    code = "accuses_official"

    def __init__(self) -> None:
        words = _(
            "This reads like an accusation of an official. The discipline inspection takes it: 12388, "
            "www.12388.gov.cn. Nothing was kept here. Sent once more as meant for here, a person reads it first."
        )
        super().__init__({"text": [str(words)]})


class OtherPlace(Invalid):
    """The point lies in another place than the one that was named; `nearest` is where it lies."""

    code = "other_place"


class AlreadyFiled(WrongState):
    code = "already_filed"
    message = _("This report came in already. Its number and code were shown then.")


class NotFollowable(Invalid):
    """The matter that somebody wants to follow is not public here, or is over."""

    code = "not_followable"

    def __init__(self) -> None:
        said = _("This matter is over, or is none of this place. Send yours as one of its own.")
        super().__init__({"same_as": [str(said)]})


class PhotoGone(Invalid):
    """A photo was kept for two days and is gone, or belongs to another report."""

    code = "photo_gone"


class CaseOver(WrongState):
    code = "case_over"
    message = _("This is closed, so nothing can be added. For something new, write a new report.")


class OwnMatter(WrongState):
    """Words in a report that only follows another would be read by nobody first (AP-07)."""

    code = "own_matter"
    message = _("This is a matter of its own. Write a new report, so that somebody reads it first.")


class TooLateToObject(WrongState):
    """The time to say that an end was wrong is over."""

    code = "too_late_to_object"
    message = _("The time to object is over. For something new, write a new report.")


class ReasonNeeded(Invalid):
    code = "reason_needed"

    def __init__(self) -> None:
        super().__init__({"reason": [str(_("Say why you need it; the person may read it."))]})
