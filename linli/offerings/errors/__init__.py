"""What offerings refuse with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.offerings.errors.visits import CalledMeanwhile as CalledMeanwhile
from linli.offerings.errors.visits import DatesOver as DatesOver
from linli.offerings.errors.visits import EnteredBefore as EnteredBefore
from linli.offerings.errors.visits import GoneMeanwhile as GoneMeanwhile
from linli.offerings.errors.visits import HallClosed as HallClosed
from linli.offerings.errors.visits import KeptTime as KeptTime
from linli.offerings.errors.visits import LineFull as LineFull
from linli.offerings.errors.visits import NobodyWaits as NobodyWaits
from linli.offerings.errors.visits import NoSuchDay as NoSuchDay
from linli.offerings.errors.visits import NoSuchTime as NoSuchTime
from linli.offerings.errors.visits import NothingFree as NothingFree
from linli.offerings.errors.visits import NotServed as NotServed
from linli.offerings.errors.visits import NotTaken as NotTaken
from linli.offerings.errors.visits import NotYetRatable as NotYetRatable
from linli.offerings.errors.visits import RatedBefore as RatedBefore
from linli.offerings.errors.visits import TextedBefore as TextedBefore
from linli.offerings.errors.visits import TimeTaken as TimeTaken
from linli.offerings.errors.visits import TooManyHere as TooManyHere
from linli.offerings.errors.visits import TooManyVisits as TooManyVisits
from linli.offerings.errors.visits import WaitsForDraw as WaitsForDraw
from linli.offerings.errors.visits import WindowBusy as WindowBusy
from linli.offerings.errors.visits import WindowEnded as WindowEnded


class Incomplete(Invalid):
    """A step of an application lacks what it asks for."""

    code = "incomplete"
    message = _("Something is missing here.")


class AskedBefore(Invalid):
    """Something is asked for that was not on the one notice of what is missing."""

    code = "asked_before"
    message = _("What is missing is told once and completely.")


class PartsOpen(WrongState):
    code = "parts_open"
    message = _("A department still works on its part. Decide when all parts are done.")


class WaiverOver(WrongState):
    """It was taken back already, or the case is over."""

    code = "waiver_over"
    message = _(
        "This cannot be taken back any more: it was already, or the application is finished."
    )


class NotOffered(Invalid):
    """The item cannot be applied for here or today."""

    code = "not_offered"
    message = _("This cannot be applied for here. The guide says where to go.")


class NoMandate(Invalid):
    code = "no_mandate"
    message = _(
        "There is no mandate that holds today. The person concerned can give one at the window."
    )


class GiverDied(WrongState):
    """A mandate ends with the death of who gave it."""

    code = "giver_died"
    message = _("This person died on %(day)s. Nobody acts in that name any more.")


class AlreadyApplied(WrongState):
    code = "already_applied"
    message = _("This was sent before. Its receipt has number and code.")


class ItemChanged(WrongState):
    """Another version of the item holds since it was shown; `version` is the one of today."""

    code = "item_changed"
    message = _("The guide changed meanwhile. Look at the papers and the fee again, then send it.")


class SentBefore(WrongState):
    """The same person applied for the same a short while ago; it is taken once she says that she means both."""

    code = "sent_before"
    message = _(
        "You have this already: %(number)s, sent at %(at)s. Open it, or say that you send another one."
    )


class FeeOpen(WrongState):
    code = "fee_open"
    message = _("The fee is not paid yet. Note the payment first, or let it off.")


class ReasonNeeded(Invalid):
    code = "reason_needed"
    message = _("Say why you need it; the reason is recorded.")


class KeyTaken(Invalid):
    code = "key_taken"
    message = _("Another item has this key. Choose another one.")


class NotPublishable(Invalid):
    """The item has faults that keep it from being published; `fields` say which, by where they stand."""

    code = "not_publishable"
    message = _("The item cannot be published yet. Correct what is listed.")


class SamePerson(NotAllowed):
    code = "same_person"
    message = _("Who wrote it does not publish it: let somebody else look at it first.")


class DraftOpen(WrongState):
    code = "draft_open"
    message = _("A new version is being written already. Go on with that one.")


class EndedItem(WrongState):
    code = "item_ended"
    message = _("This item has ended. Make a new one.")


class NothingOffered(WrongState):
    code = "nothing_offered"
    message = _("Nothing is offered here yet, so a handbook would be empty.")


class Suspended(WrongState):
    code = "item_suspended"
    message = _("This is not done at the moment: %(why)s")


# reports
class HeldAlready(Invalid):
    """Villages would be asked what a register holds; `fields` names the columns."""

    code = "held_already"
    message = _("A register holds this already: it is filled in, not asked.")


class ReportOver(WrongState):
    """The office ended a report, or took it back, while a village was filling in its sheet."""

    code = "report_over"
    message = _(
        "The office that asked has closed this report; nothing more is taken in. Ask it if your figures are still needed."
    )


class NothingToAsk(WrongState):
    code = "nothing_to_ask"
    message = _("No village with a committee lies here, or no column is to be filled.")


class AnsweredMeanwhile(WrongState):
    """Somebody else answered points of a check after a phone had seen them."""

    code = "answered_meanwhile"
    message = _(
        "Somebody else answered this meanwhile. Look at it and keep yours again if it is still right."
    )


class NoRowToTake(WrongState):
    """A list of items has no row that would make or change anything."""

    code = "no_row_to_take"
    message = _(
        "No row of this list makes a new item or changes one. Correct it and hand it in again."
    )


class StillOpen(Invalid):
    """A sheet cannot be signed off while cells are empty; `fields` names them."""

    code = "still_open"
    message = _("Some cells are still empty. Write 0 or “none” where there is nothing.")


SHEET_WORDS: dict[str, Any] = {
    "empty": _("The file is empty."),
    "too_big": _("The file is larger than %(number)s MB. A blank sheet is enough."),
    "not_xlsx": _("This is no xlsx workbook. Save it as xlsx and send it again."),
    "broken": _("The workbook cannot be read. Save it again as xlsx."),
    "macros": _("The workbook carries programs (macros). Save it as plain xlsx and send it again."),
    "many_sheets": _("The workbook has more than %(number)s sheets. Send the one that is to be filled."),
    "too_wide": _("A value stands far outside of the sheet. Delete empty rows and columns, then send it again."),
    "no_sheet": _("The workbook has no sheet of this name."),
    "no_headings": _("No row of headings was found: several short texts beside each other."),
    "too_many_columns": _("The sheet has %(number)s columns; up to 100 are read."),
    "too_many_rows": _("The sheet has %(number)s rows; up to 5,000 are read."),
}  # fmt: skip


def sheet_words(reason: str, number: int = 0) -> str:
    """Return what is wrong with an office's sheet in the words of the reader."""
    return str(SHEET_WORDS[reason]) % {"number": number}
