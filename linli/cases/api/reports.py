"""Reports over the API: photos, filing, following; anybody may, as on the page."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import File, Header, Router, Status
from ninja.files import UploadedFile

from linli.cases.api.followed import told_of
from linli.cases.api.report_shapes import (
    FiledOut,
    FollowOut,
    PhotosOut,
    RateIn,
    ReportIn,
    WordIn,
)
from linli.cases.forms.rating import RatingForm
from linli.cases.models import Case
from linli.cases.queries.accusing import lead_elsewhere_once
from linli.cases.queries.answers import answers_given
from linli.cases.queries.categories import id_chosen
from linli.cases.queries.following import followed
from linli.cases.queries.handlers import somebody_may_take
from linli.cases.rules.clocks import local_day
from linli.cases.services import following as acts
from linli.cases.services.filing import file_report
from linli.cases.services.photos import keep_photos
from linli.cases.services.rating import rate_case
from linli.cases.types.filing import (
    ACTS,
    LOOKS,
    REPORTS,
    TRIES,
    UNSENT_ANSWER,
    UNSENT_PAPER,
    UNSENT_PHOTO,
    UNSENT_SEALED,
    Added,
    Answered,
    Contact,
    Filing,
    Naming,
    number_of,
)
from linli.cases.types.moves import At
from linli.cases.types.rating import LOOKS as CODES
from linli.cases.types.words import Channel
from linli.kernel.errors import Invalid
from linli.kernel.web import Request
from linli.runtime.types import account_or_address, client_address, is_fresh, limited

router = Router()


class ForQuestion(StrEnum):
    """Whether files answer a question of a category, and one under seal."""

    NONE = ""
    OPEN = "open"
    SEALED = "sealed"


FOR_QUESTION = {ForQuestion.OPEN: UNSENT_ANSWER, ForQuestion.SEALED: UNSENT_SEALED}


@router.post("/reports/photos", response={201: PhotosOut})
@limited("cases.report_tries", TRIES, account_or_address)
def add_photos(
    request: Request,
    photos: File[list[UploadedFile]],
    papers: bool = False,
    for_question: ForQuestion = ForQuestion.NONE,
) -> Status[dict[str, Any]]:
    """Keep photos for two days until their report is sent; a broken one is named, the others stay.
    Where none could be kept the request is refused.

    With `papers` they are materials of an application, and PDF is taken too. With `for_question` they
    answer a question of a category, which may take other files too, `open` or `sealed` as that is.
    """
    policy = FOR_QUESTION.get(for_question) or (UNSENT_PAPER if papers else UNSENT_PHOTO)
    kept, refused = keep_photos(photos, policy=policy, actor=request.actor, now=timezone.now())
    if refused and not kept:
        raise Invalid({"photos": [str(one) for one in refused]})
    told = [{"code": one.code, "message": str(one)} for one in refused]
    return Status(201, {"kept": kept, "refused": told})


@router.post("/reports/", response={201: FiledOut})
@limited("cases.report_tries", TRIES, account_or_address)
@limited("cases.reports", REPORTS, account_or_address, counts=is_fresh)
def report(request: Request, given: ReportIn) -> Status[dict[str, Any]]:
    """Report something; no account needed. Number and code lead back to it.

    What accuses an official is refused once (accuses_official): tell its writer of 12388, and send it
    with `meant_for_here` if it is still meant for the office.
    """
    now = timezone.now()
    if given.by_sms and not given.contact.phone.strip():
        raise Invalid({"contact.phone": [_("Write the number to which we send the message.")]})
    today, category = local_day(now), given.category
    if isinstance(category, str):
        category = id_chosen(category, today)
    answered = answers_given(category, given.answers, given.form_version, today=today)
    if not given.meant_for_here:
        words = "\n".join((given.text, *answered.said))
        lead_elsewhere_once(given.where, words, category, given.matter)
    filed = file_report(_filing(given, category, answered), actor=request.actor, now=now)
    told = {
        "number": filed.number, "code": filed.code,
        "accept_by": filed.accept_by, "settle_by": filed.settle_by,
        "accept_on": filed.accept_on, "settle_on": filed.settle_on,
        "is_promised": filed.is_offered or somebody_may_take(filed.case_id, now),
    }  # fmt: skip
    return Status(201, told)


def _filing(given: ReportIn, category: int | None, answered: Answered) -> Filing:
    point = None if given.lon is None or given.lat is None else (given.lon, given.lat)
    return Filing(
        text=given.text,
        answered=answered,
        channel=Channel(given.channel),
        place=given.place,
        point=point,
        spot=given.spot,
        where=given.where,
        matter=given.matter,
        category_id=category,
        photos=tuple(given.photos),
        contact=Contact(given.contact.name, given.contact.phone),
        naming=Naming(given.naming),
        by_sms=given.by_sms,
        is_mine=given.is_mine,
        numbers_meant=given.numbers_meant,
        same_as=given.same_as,
        language=get_language() or "zh-hans",
    )


def _opened(request: Request, number: str, code: str) -> Case:
    return acts.find_own(
        number, code, guesses=request.method != "POST", actor=request.actor, now=timezone.now()
    )


@router.get("/reports/{number}/", response=FollowOut)
@limited("cases.looks", LOOKS, client_address)
def follow(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Where a report stands, with its code in the header `Follow-Code`, or signed in as its reporter."""
    return told_of(followed(_opened(request, number, follow_code), timezone.now()))


@router.post("/reports/{number}/add", response=FollowOut)
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
def add(
    request: Request, number: str, given: WordIn, follow_code: Header[str] = ""
) -> dict[str, Any]:
    """Add something, or set right what was written before; accusations as in POST /reports/."""
    case = _opened(request, number, follow_code)
    _lead_elsewhere(given)
    added = Added(given.text, tuple(given.photos), given.is_correction, given.numbers_meant)
    acts.add_to_report(At(case.pk), added, actor=request.actor, now=timezone.now())
    return _again(case)


@router.post("/reports/{number}/withdraw", response=FollowOut)
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
def withdraw(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Take a report back."""
    return _done(request, number, follow_code, acts.withdraw_report)


@router.post("/reports/{number}/bring-again", response=FollowOut)
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
def bring_again(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Say that it was not taken back, whatever staff noted: it goes on."""
    return _done(request, number, follow_code, acts.bring_again)


@router.post("/reports/{number}/agree", response=FollowOut)
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
def agree(request: Request, number: str, follow_code: Header[str] = "") -> dict[str, Any]:
    """Say that the answer settled it."""
    return _done(request, number, follow_code, acts.agree_to_answer)


@router.post("/reports/{number}/ask-reopen", response=FollowOut)
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
def ask_reopen(
    request: Request, number: str, given: WordIn, follow_code: Header[str] = ""
) -> dict[str, Any]:
    """Say that it is not solved, and why; a supervisor decides. Accusations as in POST /reports/."""
    case = _opened(request, number, follow_code)
    _lead_elsewhere(given)
    photos = tuple(given.photos)
    acts.ask_to_reopen(
        At(case.pk), given.text, photos=photos, actor=request.actor, now=timezone.now()
    )
    return _again(case)


@router.post("/reports/{number}/rate", response=FollowOut)
@limited("cases.codes", CODES, client_address)
def rate(
    request: Request, number: str, given: RateIn, follow_code: Header[str] = ""
) -> dict[str, Any]:
    """Rate how it was handled, once for what the reporter was told; it counts if given later and not by staff."""
    case = _opened(request, number, follow_code)
    said = RatingForm({**given.dict(), "code": follow_code}).accepted()
    rate_case(
        case.number, follow_code, said["grade"], why=said["why"], actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return _again(case)


def _done(request: Request, number: str, code: str, act: Callable[..., Any]) -> dict[str, Any]:
    case = _opened(request, number, code)
    act(At(case.pk), actor=request.actor, now=timezone.now())
    return _again(case)


def _lead_elsewhere(given: WordIn) -> None:
    if not given.meant_for_here:
        lead_elsewhere_once("", given.text)


def _again(case: Case) -> dict[str, Any]:
    case.refresh_from_db()
    return told_of(followed(case, timezone.now()))
