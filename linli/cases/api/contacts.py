"""How a reporter is reached and what she answered under seal, over the API: with a reason, on record each time."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from ninja import Router, Schema

from linli.cases.queries.sealed_answers import get_sealed
from linli.cases.services.contacts import Revealed, open_sealed_file, reveal_sealed
from linli.cases.types.filing import UNKEPT
from linli.files.types import FileKind
from linli.kernel.api import gives, plain
from linli.kernel.web import Request
from linli.runtime.types import without_key

router = Router()


class ReasonIn(Schema):
    """Why it is needed: 2 to 200 characters. It stays on record, and the person may read it. `file` is the
    code of one with which the person answered under seal: then its bytes are the answer."""

    reason: str
    file: str = ""


class SealedAnswerOut(Schema):
    """An answer under seal; `rows` are those of a table, under `heads`."""

    question: str
    text: str
    heads: list[str]
    rows: list[list[str]]


class SealedFileOut(Schema):
    """A file under seal, to be asked for by its code; `size` in bytes."""

    question: str
    code: str
    kind: str
    size: int


class RevealedOut(Schema):
    """What lay under seal; what was not left is empty. `phone` is the one given for the case, else the one that
    messages go to; of a report only what was left with it."""

    number: str
    name: str
    phone: str
    answers: list[SealedAnswerOut]
    files: list[SealedFileOut]


@router.post(
    "/cases/{number}/contact", response=RevealedOut,
    openapi_extra=gives("application/octet-stream", type="string", format="binary"),
)  # fmt: skip
@without_key("reads with a reason and changes nothing; each reading is on record")
def reveal(request: Request, number: str, given: ReasonIn) -> HttpResponse:
    """Show name, telephone and sealed answers of whoever reported a case; with `file` hand that one out.

    Each reading and its reason are recorded. Of one who asked not to be known to those who handle it:
    a supervisor who does not handle it alone.
    """
    case, now = get_sealed(request.actor, number)[0], timezone.now()
    if given.file:
        found, content = open_sealed_file(
            case, given.file, given.reason, actor=request.actor, now=now
        )
        return HttpResponse(content, content_type=FileKind(found.kind).mime, headers=UNKEPT)
    told = _told(case.number, reveal_sealed(case, given.reason, actor=request.actor, now=now))
    return JsonResponse(told, headers={"Cache-Control": UNKEPT["Cache-Control"]})


def _told(number: str, found: Revealed) -> dict[str, Any]:
    answers = [
        {"question": one.label, "text": one.text, "heads": one.heads, "rows": one.rows}
        for one in found.answers
    ]
    files = [
        {"question": asked, **plain(file, "code", "kind", "size")}
        for asked, several in found.files
        for file in several
    ]
    return {
        "number": number, "name": found.contact.name, "phone": found.contact.phone,
        "answers": answers, "files": files,
    }  # fmt: skip
