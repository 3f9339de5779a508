"""What offerings refuse with."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.wholes import whole_number


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


class NotOffered(Invalid):
    """The item cannot be applied for here or today."""

    code = "not_offered"
    message = _("This cannot be applied for here. The guide says where to go.")


class NoMandate(Invalid):
    code = "no_mandate"
    message = _(
        "There is no mandate that holds today. She gives it at the window or in her account."
    )


class PaidAlready(WrongState):
    """A payment came in of which nothing was decided yet."""

    code = "paid_already"
    message = _("A payment has come in and is being looked at. Do not pay a second time.")


class AlreadyApplied(WrongState):
    code = "already_applied"
    message = _("This was sent before. Its receipt has number and code.")


class FeeOpen(WrongState):
    code = "fee_open"
    message = _("The fee is not paid yet. Note the payment first.")


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


# visits
class TimeTaken(WrongState):
    code = "time_taken"
    message = _("Somebody took this time a moment ago. Choose another one.")


class NoSuchTime(WrongState):
    code = "no_such_time"
    message = _("This time is not offered any more: it is past, or the window is closed then.")


class NoSuchDay(Invalid):
    """Nobody comes to a home on such a day."""

    code = "no_such_day"
    message = _("Nobody comes on this day. Choose another one.")


class TextedBefore(WrongState):
    code = "texted_before"
    message = _("This ticket was sent by message already. Write the number down.")


class NotServed(Invalid):
    """What somebody comes for is not done at this window, or not at this place."""

    code = "not_served"
    message = _("This is not done here. Choose a time of a window that does it.")

    def __init__(self) -> None:
        super().__init__({"item": [str(self.message)]})


class KeptTime(WrongState):
    code = "kept_time"
    message = _("This time is still kept for those who call or come. Choose another one.")


class TooManyVisits(WrongState):
    code = "too_many_visits"
    message = _("%(most)s visits are booked under this number already. Cancel one of them first.")


class TooManyHere(WrongState):
    """One address holds as many times of a day as it may."""

    code = "too_many_here"
    message = _(
        "As many times of this day as one address may hold are booked from here. Leave a mobile number, or call or come: the counter books for you."
    )


class WindowEnded(WrongState):
    code = "window_ended"
    message = _("This window is not in use any more.")


class NobodyWaits(WrongState):
    code = "nobody_waits"
    message = _("Nobody waits for this window at the moment.")


class WindowBusy(WrongState):
    code = "window_busy"
    message = _("Somebody stands at this window already. Finish or skip that ticket first.")


class HallClosed(WrongState):
    code = "hall_closed"
    message = _("The windows do not open any more today: nobody would call a ticket.")


class LineFull(WrongState):
    code = "line_full"
    message = _("No more tickets are given out today.")


class NotYetRatable(WrongState):
    code = "not_yet_ratable"
    message = _("A visit is rated once it has ended, and at most %(days)s days later.")


class RatedBefore(WrongState):
    code = "rated_before"
    message = _("This visit was rated already. Each is rated once.")


class EnteredBefore(WrongState):
    code = "entered_before"
    message = _("This number is in the draw already. Each enters once.")


class NothingFree(WrongState):
    code = "nothing_free"
    message = _("Nothing is offered to this entry any more: its term is over, or it was answered.")


class NotTaken(WrongState):
    code = "not_taken"
    message = _("No entries are taken any more for this draw.")


class WaitsForDraw(NoSuchTime):
    code = "waits_for_draw"
    message = _(
        "This day is given by draw. Enter the draw instead; what is left opens to all afterwards."
    )


# what can be wrong with an item: `ItemFault.code` → its words
ITEM_FAULTS: dict[str, Any] = {
    "missing": _("Nothing here."),
    "too_long": _("This is too long: %(word)s"),
    "too_many": _("These are too many: %(word)s"),
    "no_text": _("Text is expected here."),
    "no_number": _("This is no number that can be: %(word)s"),
    "no_list": _("A list is expected here."),
    "no_key": _("A key has small letters, digits and hyphens: %(word)s"),
    "no_when": _("It is not said for which answer this holds."),
    "unknown": _("This word is not known: %(word)s"),
    "unknown_field": _("No such field: %(word)s"),
    "code_signs": _("The code has signs that no code has."),
    "code_length": _("A code has 12, 31 or 33 signs."),
    "code_body": _("The first 18 signs are no credit code: its check digit is wrong."),
    "code_level": _("The sign of the level (the 19th) is from 1 to 6."),
    "code_other_level": _(
        "The sign of the level (the 19th) names another level than the one where it is decided."
    ),
    "code_other_body": _(
        "The code begins with another body than the office that answers for the item: %(word)s"
    ),
    "code_twice": _("Another item that is offered here has this code: %(word)s"),
    "no_phone": _("This is no telephone number: %(word)s"),
    "code_region": _("The basic code begins with 00 (national) or 44 (Guangdong)."),
    "proof_no_basis": _(
        "A proof needs a law, a regulation or the list of retained proofs as its basis; without one it may not be issued (民发〔2020〕20号)."
    ),
    "no_basis": _("An administrative item names the law that it rests on."),
    "limit_no_source": _("Name where the limit of the law stands."),
    "promised_longer": _("More days are promised than the law allows. Promise at most as many."),
    "promised_unit": _(
        "The law counts in other days. Promise in the same ones: working days, or calendar days."
    ),
    "fee_no_basis": _("Name the basis on which the fee is taken."),
    "twice": _("This key stands here twice: %(word)s"),
    "no_choice": _("A question needs at least two answers: %(word)s"),
    "when_question": _("It hangs on a question that is not asked: %(word)s"),
    "when_answer": _("It hangs on an answer that nobody can give: %(word)s"),
    "material_shared": _(
        "A register has this already, so the applicant may not be asked for it (国务院令第716号第七条): %(word)s"
    ),
    "material_held": _(
        "A register usually has this. Let the office look it up, or write why the applicant must bring it: %(word)s"
    ),
    "sharing_no_source": _("Name the register in which the office looks this up: %(word)s"),
    "refused_nowhere": _("Say where people go instead."),
    "refused_no_rule": _("Name the rule by which this proof may not be issued (CE-01 to CE-20)."),
    "refused_asks": _("What is not issued asks for nothing and promises nothing."),
    "not_refused": _("Only a proof that may not be issued says where to go instead."),
    "no_promise": _("No number of days is promised."),
    "asked_for_nothing": _("Nothing hangs on this question: leave it out. %(word)s"),
    "many_questions": _("More than five questions: people give up."),
    "hukou_first": _("The first question is about hukou. Ask it once it matters."),
    "no_english": _("The English is missing; readers of English see the Chinese."),
    "basis_check": _("A basis is to be confirmed; readers see that."),
    "lost": _("This row repeats a key of a row before: %(word)s"),
}
# where a fault stands: the part before the first full stop → its words
ITEM_PLACES: dict[str, Any] = {
    "key": _("Key"), "kind": _("Kind of item"), "name": _("Name of the item"), "says": _("In one sentence"),
    "events": _("Life events"), "subject": _("For whom"), "level": _("Where it is decided"),
    "office": _("Deciding office"), "code": _("Item code"), "basis": _("Legal basis"), "statutory": _("Limit of the law"),
    "promised": _("Promised limit"), "fee": _("Fee"), "visits": _("Visits needed"), "channels": _("Ways"),
    "questions": _("Questions"), "conditions": _("Conditions"), "materials": _("Materials"),
    "result": _("What you get"), "synonyms": _("Other names"), "refused": _("Where to go instead"),
    "certainty": _("Certainty"), "form": _("Form"), "phone": _("Phone for questions"),
}  # fmt: skip


def fault_words(code: str, word: str = "") -> str:
    """Return what is wrong with an item in the words of the reader."""
    return str(ITEM_FAULTS[code]) % {"word": word} if code in ITEM_FAULTS else code


def place_words(where: str) -> str:
    """Return where a fault stands in the words of the reader: 材料 2."""
    name, _dot, rest = where.partition(".")
    number = rest.partition(".")[0]
    words = str(ITEM_PLACES.get(name, name))
    return words if whole_number(number) is None else f"{words} {number}"


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
