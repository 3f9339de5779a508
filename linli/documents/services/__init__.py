"""Writes of documents: issuing, printing again, withdrawing, seals, printed codes."""

from linli.documents.services.book import print_seal_book
from linli.documents.services.codes import make_code
from linli.documents.services.drawing import draw_picture, draw_sheet
from linli.documents.services.electronic import (
    ask_electronic_seal,
    call_off_electronic_seal,
    file_to_seal,
    note_no_seal,
    refuse_electronic_seal,
    take_electronic_seal,
)
from linli.documents.services.issuing import issue_document
from linli.documents.services.papers import (
    log_document,
    reprint_document,
    take_back_document,
    withdraw_document,
)
from linli.documents.services.seals import (
    apply_for_seal,
    approve_seal_use,
    cancel_seal_use,
    refuse_seal_use,
    stamp_seal_use,
)

__all__ = [
    "apply_for_seal",
    "approve_seal_use",
    "ask_electronic_seal",
    "call_off_electronic_seal",
    "cancel_seal_use",
    "draw_picture",
    "draw_sheet",
    "file_to_seal",
    "issue_document",
    "log_document",
    "make_code",
    "note_no_seal",
    "print_seal_book",
    "refuse_electronic_seal",
    "refuse_seal_use",
    "reprint_document",
    "stamp_seal_use",
    "take_electronic_seal",
    "take_back_document",
    "withdraw_document",
]
