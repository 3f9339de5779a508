"""Refusals of the addresses for other systems; all are told in the form of the standard."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid, NotAllowed, NotFound, Refusal, WrongState


class KeyNeeded(NotAllowed):
    code = "api_key"
    message = _("The api_key is missing, unknown or has ended. The city gives keys to systems.")


class NotGiven(Refusal):
    """An argument that is needed was not given."""

    code = "not_given"
    status = HTTPStatus.BAD_REQUEST
    message = _("“%(name)s” was not provided.")


class Unreadable(Refusal):
    """An argument cannot be read as the standard has it."""

    code = "unreadable"
    status = HTTPStatus.BAD_REQUEST
    message = _("“%(name)s” cannot be read: %(why)s")


class NoJurisdiction(NotFound):
    code = "jurisdiction_id"
    message = _("The jurisdiction_id was not found. This city's is %(ours)s; it may be left out.")


class NoService(NotFound):
    code = "service_code"
    message = _("The service_code was not found.")


class NoRequest(NotFound):
    code = "service_request_id"
    message = _("The service_request_id was not found.")


class NoToken(NotFound):
    code = "token"
    message = _("The token was not found. Tokens are kept for 90 days.")


class NoAddress(NotFound):
    code = "address"
    message = _("There is nothing at this address. See /open311/discovery.xml.")


class NotAList(Invalid):
    """A file cannot be read as a list of orders. `fault` is a stable word for programs."""

    code = "not_a_list"
    REASONS = {
        "empty": _("The file is empty."),
        "broken": _("The workbook is damaged, or far larger inside than outside. Save it again as xlsx."),
        "not_text": _("This is no list. Send xlsx or csv."),
        "no_rows": _("There are headings and not a single row."),
        "too_many": _("More than %(most)s rows. Split the file."),
    }  # fmt: skip

    def __init__(self, fault: str, **details: object) -> None:
        self.fault = fault
        text = str(self.REASONS[fault])
        super().__init__({"file": [text % details if details else text]})


class ColumnsMissing(Invalid):
    """Columns without which no order can be read were not named."""

    code = "columns_missing"

    def __init__(self, names: str) -> None:
        words = _("Say which column holds: %(names)s.") % {"names": names}
        super().__init__({"columns": [str(words)]})


class ListGone(WrongState):
    code = "list_gone"
    message = _("The content of this list was erased. Hand it in again.")


class ListTakenOver(WrongState):
    code = "list_taken_over"
    message = _("Somebody else is taking this list just now. Open it again.")


class PlaceNeeded(Invalid):
    code = "place_needed"

    def __init__(self) -> None:
        super().__init__(
            {"place": [str(_("Choose the village or community, or the town itself."))]}
        )


class CaseNotOver(WrongState):
    code = "case_not_over"
    message = _("The case is still open, so there is nothing to take up again.")


class NothingToReturn(WrongState):
    code = "nothing_to_return"
    message = _(
        "The hotline was told all there is. Results appear here once cases are answered or ended."
    )


class NotACase(WrongState):
    code = "not_a_case"
    message = _("This order has no case yet. Choose its place first.")


class AskedAlready(WrongState):
    code = "asked_already"
    message = _("The hotline was asked already and has not decided yet.")


class TooLateToReturn(WrongState):
    code = "too_late_to_return"
    message = _(
        "The time in which an order can be handed back is over. Handle it, or call the hotline."
    )


class WordsNeeded(Invalid):
    code = "words_needed"

    def __init__(self, fields: list[str]) -> None:
        super().__init__({field: [str(_("Write something first."))] for field in fields})
