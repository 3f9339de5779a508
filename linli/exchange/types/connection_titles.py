"""Words of connections: systems, states, what went wrong on the way."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.documents.types import SealAct
from linli.exchange.types import connections as wire
from linli.exchange.types.connections import SAYS, System
from linli.exchange.types.hall import Answer, ChangeKind, Difference, HallState
from linli.exchange.types.payments import Act, Doubt

SYSTEM: dict[str, Any] = {
    System.HALL: _("City service hall"),
    System.BASE_DATA: _("City base data"),
    System.PAYMENTS: _("Payments"),
    System.SEALS: _("Seal service"),
}
LETTER_STATE: dict[str, Any] = {
    "waiting": _("waits to be sent"), "sent": _("sent and taken"), "dead": _("could not be sent"),
    "dropped": _("let go by a person"),
}  # fmt: skip
LETTER_TONE = {"waiting": "run", "sent": "done", "dead": "late", "dropped": "idle"}
SENT_IN_STATE: dict[str, Any] = {
    "waiting": _("waits for a person"), "taken": _("taken in"), "returned": _("sent back to the hall"),
    "recalled": _("taken back by the applicant"),
}  # fmt: skip
SENT_IN_TONE = {"waiting": "soon", "taken": "done", "returned": "idle", "recalled": "idle"}
CHANGE_KIND: dict[str, Any] = {
    "": _("cannot be read"),
    ChangeKind.SUPPLEMENT: _("missing papers"), ChangeKind.WITHDRAWAL: _("withdrawal"),
}  # fmt: skip
ANSWERED: dict[str, Any] = {
    Answer.TAKEN: _("done as asked"), Answer.MOOT: _("nothing was left to do"),
    Answer.RETURNED: _("sent back to the hall"),
}  # fmt: skip
CHANGE_STATE: dict[str, Any] = {"waiting": _("not done yet"), **ANSWERED}
CHANGE_TONE = {"waiting": "run", "taken": "done", "moot": "idle", "returned": "idle"}
DIFFERENCE: dict[str, Any] = {
    Difference.NEW: _("new in the hall's list"), Difference.CHANGED: _("changed at the hall"),
    Difference.GONE: _("ended at the hall"), Difference.SAME: _("nothing to decide"),
}  # fmt: skip
DIFFERENCE_TONE = {"new": "soon", "changed": "soon", "gone": "late", "same": "done"}
HALL_STATE: dict[str, Any] = {
    "": _("nothing told yet"),
    HallState.RECEIVED: _("received"), HallState.CORRECTION: _("something is missing"),
    HallState.ACCEPTED: _("accepted for handling"), HallState.AT_WORK: _("being worked on"),
    HallState.PAUSED: _("time stands still"), HallState.GRANTED: _("granted"), HallState.DENIED: _("denied"),
    HallState.READY: _("ready to be had"), HallState.DELIVERED: _("handed over"),
    HallState.NOT_ACCEPTED: _("not accepted"), HallState.WITHDRAWN: _("withdrawn"),
    HallState.LAPSED: _("ended: papers never came"), HallState.RETURNED: _("sent back to the hall"),
}  # fmt: skip
ON_THE_WAY: dict[str, Any] = {
    wire.NO_ANSWER: _("no answer in time"),
    wire.BUSY: _("the other side is busy or broken"),
    wire.HALF: _("only a part of the answer came"),
    wire.NOT_JSON: _("the answer cannot be read"),
    wire.NOT_SIGNED: _("the answer is not signed as agreed"),
    wire.NOT_OURS: _("the answer is not what the contract says"),
    wire.TOO_LARGE: _("the answer is far too large"),
    "not_connected": _("there is no connection any more"),
    "restored": _(
        "it may have gone before the restore: ask the other side, then send it or let it go"
    ),
    "file_gone": _("the paper's file is gone"),
}
# what systems say that we know; another word of theirs is shown as it came
THEY_SAY: dict[str, Any] = {
    "closed_there": _("the matter is closed there already"),
    "signature": _("it does not know our signature"),
    "no_such_address": _("it has no such address"),
    "no_such_number": _("it does not know the number"),
    "no_such_file": _("it does not have the file"),
    "no_ground": _("it was not told the legal ground"),
    "not_for_this_purpose": _("it does not answer for this purpose"),
    "settled_with_bank": _("the money was settled with the bank already"),
    "office_unknown": _("it does not know the office"),
    "unknown_number": _("it does not know the number"),
    "seal_expired": _("the seal of this office has run out"),
}
WHY_WAITING: dict[str, Any] = {
    "unreadable": _("it cannot be read"),
    "unknown_item": _("nobody has said which of our items this is"),
    "unknown_place": _("the place is unknown or has ended"),
    "not_offered": _("the item is not offered online here now"),
    "no_office": _("the office of this item does not exist any more"),
    "answers": _("it does not answer what the item asks"),
    "invalid": _("name, number or telephone cannot be right"),
    "over": _("it waited too long; what it said is gone"),
    "changed_after": _("the hall sent it again with other content after it was taken"),
}
WHY_STUCK: dict[str, Any] = {
    "unreadable": _("it cannot be read"),
    "unknown_application": _("the application that it is about never came"),
    "unknown_material": _("it names a paper that was not asked for"),
    "incomplete": _("not all that is missing came with it"),
    "not_asked": _("nothing is missing at the moment"),
    "decided": _("it is decided already and cannot be taken back"),
    "no_file": _("its files cannot be had from the hall"),
    "file_spoilt": _("a file is not the one that was sent"),
    "file_refused": _("a file cannot be taken: wrong kind, too large or broken"),
    "over": _("it waited too long; what it said is gone"),
    "changed_after": _("the hall sent it again with other content after it was decided on"),
}
COMPARED: dict[str, Any] = {
    "not_here": _("the other side has it, we do not"),
    "not_there": _("we have it, the other side does not"),
    "other": _("both say something else"),
}
PAY_ACT: dict[str, Any] = {
    Act.ORDER: _("a fee may be paid"), Act.CLOSE: _("nothing more may be paid"), Act.REFUND: _("money goes back"),
}  # fmt: skip
LETTER_KIND: dict[str, Any] = {
    **PAY_ACT, "answer": _("what became of a step at the hall"),
    SealAct.ASK: _("a paper is to be sealed"), SealAct.END: _("a seal is called off or withdrawn"),
}  # fmt: skip
PAY_STATE: dict[str, Any] = {
    "waiting": _("waits for a person"), "taken": _("noted with a receipt"),
    "returned": _("given back"), "dropped": _("settled otherwise"),
}  # fmt: skip
PAY_TONE = {"waiting": "soon", "taken": "done", "returned": "idle", "dropped": "idle"}
PAY_DOUBT: dict[str, Any] = {
    Doubt.UNREADABLE: _("it cannot be read"),
    Doubt.UNKNOWN_ORDER: _("nobody asked for a payment under this number"),
    Doubt.WRONG_AMOUNT: _("another sum was paid than was asked for"),
    Doubt.PAID_BEFORE: _("it was paid a second time"),
    Doubt.TOO_LATE: _("it was paid after the number was withdrawn"),
    Doubt.ENDED: _("the application ended before it was paid"),
    Doubt.NOTHING_OPEN: _("less is still to be paid than came"),
    Doubt.CHANGED_AFTER: _("the payment system sent it again with other content"),
}
ITEM_FIELD: dict[str, Any] = {
    "name": _("Name of the item"), "version": _("Version"), "office": _("Deciding office"),
    "statutory_days": _("Statutory limit in working days"), "promised_days": _("Promised limit in working days"), "fee_fen": _("Fee in fen"),
    "visits": _("Visits needed"), "materials": _("Materials"), "channels": _("Channels"), "basis": _("Legal basis"),
    "url": _("Address at the hall"),
}  # fmt: skip


def fault_words(fault: str) -> str:
    """Return what went wrong on the way, in words; a word of the other side that we do not know as it is."""
    if fault.startswith(SAYS):
        word = fault.removeprefix(SAYS)
        said = THEY_SAY.get(word) or gettext("“%(word)s” (its own word)") % {"word": word}
        return gettext("the other side will not take it: %(word)s") % {"word": said}
    return str(ON_THE_WAY.get(fault, fault))


def told_words(kind: str, state: str) -> Any:
    """Say what a letter tells: a state of the hall, what became of a step, or an act of payment."""
    return HALL_STATE.get(state) or LETTER_KIND.get(kind, kind)
