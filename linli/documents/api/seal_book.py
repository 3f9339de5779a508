"""The seal book of a place printed as a numbered sheet, over the API."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.documents import queries, services
from linli.documents.api.frame import ListIn, filter_of
from linli.documents.api.seals import path_named
from linli.kernel.web import Request

router = Router()


class SheetIn(Schema):
    """Which entries of one place are printed; days both counted in."""

    place: str
    state: str = ""
    kind: str = ""
    q: str = ""
    since: date | None = None
    until: date | None = None


class SheetOut(Schema):
    """The numbered sheet: its paper stands in the register under this code."""

    document: str
    number: str


# the name under which programs know it
PRINT = "linli_documents_api_seals_print_book"


@router.post("/seal-uses/print", response={201: SheetOut}, operation_id=PRINT)
def print_book(request: Request, given: SheetIn) -> Status[dict[str, str]]:
    """Print the seal book of one place as a numbered sheet, to be signed and filed."""
    place = path_named(given.place)
    shown = filter_of(
        ListIn(**given.dict(exclude={"place"})), ["open", *queries.SEAL_STATE_WORDS],
        queries.SEAL_WORDS,
    )  # fmt: skip
    sheet = services.print_seal_book(
        shown, place=place, language=str(request.LANGUAGE_CODE), actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, {"document": sheet.code, "number": sheet.number})
