"""The resident applies: first the questions that are open, then the list for her case, then sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.cases.queries import intake
from linli.cases.types import Channel
from linli.kernel.errors import Invalid
from linli.kernel.web import Request, done, page
from linli.offerings.errors import AlreadyApplied, SentBefore
from linli.offerings.forms.applying import ApplyForm, QuestionsForm
from linli.offerings.queries.applicants import Known, known_of, own_place
from linli.offerings.queries.item_versions import item_asked
from linli.offerings.queries.promises import accept_day
from linli.offerings.rules.applications import (
    asks_whose,
    is_for_other,
    is_online,
    known_answers,
    limit_of,
    materials_of,
    open_questions,
)
from linli.offerings.services.applying import apply_for
from linli.offerings.types.applications import APPLIES, TRIES, Applicant, Applying, ItemAsked
from linli.offerings.types.helping import OTHER, WHOSE
from linli.offerings.views.photos_of_papers import (
    KeptPapers,
    form_asked,
    form_given,
    keep_papers,
)
from linli.orgs.queries import homes
from linli.runtime.types import account_or_address, is_fresh, limited

PLACE_COOKIE = "linli-place"
GET_POST = ["GET", "HEAD", "POST"]


def is_new(response: HttpResponse) -> bool:
    """Say whether an application was taken just now: only these are counted against the limit."""
    return response.status_code == 303 and is_fresh(response)


@never_cache
@limited("offerings.applies", APPLIES, account_or_address, counts=is_new)
@limited("offerings.tries", TRIES, account_or_address)
@require_http_methods(GET_POST)
def apply(request: Request, key: str) -> HttpResponse:
    """Apply for an item: where, what is open, the list, sent."""
    item = item_asked(key, timezone.localdate())
    given = request.POST if request.method == "POST" else request.GET
    frame: dict[str, Any] = {"item": item}
    if not is_online(item):
        return page(request, "offerings/applications/elsewhere.html", frame)
    chain = chain_asked(request, given.get("place", ""))
    if chain is None:
        return ask_where(request, frame)
    if not item.is_offered_at(chain[-1].path):
        return ask_where(request, {**frame, "not_in": chain[-1]})
    answers = known_answers(item, given.dict())
    open_ones = open_questions(item, answers)
    frame |= {"chain": chain, "place": chain[-1], "answers": answers, "whose": given.get("for", "")}
    if open_ones:
        asked = QuestionsForm(item=item, keys=open_ones)
        return page(request, "offerings/applications/questions.html", {**frame, "form": asked})
    return _form(request, item, frame)


apply.reads_freely = True  # type: ignore[attr-defined]  # opening the form sends nothing


def chain_asked(request: Request, code: str) -> tuple[Any, ...] | None:
    """Return the village that is named, hers or the last one, with all above it."""
    code = (
        code
        or own_place(request.actor, now=timezone.now())
        or request.COOKIES.get(PLACE_COOKIE, "")
    )
    chain = intake.chain_or_none(code[:24]) if code else None
    return chain if chain and chain[-1].level not in ("city", "town") else None


def ask_where(request: Request, frame: dict[str, Any]) -> HttpResponse:
    """Ask in which village somebody lives or works; `not_in` is one where the item is not offered."""
    words = request.GET.get("village", "")[:60]
    more = {"words": words, "found": intake.villages_named(words)}
    return page(request, "offerings/applications/where.html", {**frame, **more})


def _form(request: Request, item: ItemAsked, frame: dict[str, Any]) -> HttpResponse:
    known = known_of(request.actor, now=timezone.now())
    # who acts by a mandate is known as the one who gave it
    helps = is_for_other(item, frame["answers"], frame["whose"]) and not (known and known.is_other)
    papers = materials_of(item, frame["answers"])
    is_post = request.method == "POST"
    form = ApplyForm(
        request.POST if is_post else None, request.FILES or None, item=item, papers=papers,
        is_known=known is not None, has_phone=bool(known and known.phones), is_for_other=helps,
        initial={"uuid": uuid4()},
    )  # fmt: skip
    frame |= {"form": form, "known": known, "papers": papers, "kept": KeptPapers()}
    frame["turn"] = _turned(item, frame, is_for_other=helps)
    frame["asked"] = form_asked(request, item)
    if not is_post:
        return _shown(request, frame, 200)
    kept = keep_papers(request, form)
    frame["kept"] = kept
    if is_changed(request, item):
        return _shown(request, {**frame, "is_changed": True}, 200 if kept.is_fresh else 409)
    asked = frame["asked"]
    if not form.is_valid() or (asked and asked.faults):
        return _shown(request, frame, 200 if kept.is_fresh else 422)
    try:
        return _sent(request, item, frame, kept)
    except Invalid as refusal:
        form.take(refusal.fields)
        return _shown(request, frame, 200 if kept.is_fresh else 422)


def is_changed(request: Request, item: ItemAsked) -> bool:
    """Say whether another version of the item holds since the form was shown: it is shown once more."""
    return request.POST.get("item_version", str(item.version)) != str(item.version)


def _turned(item: ItemAsked, frame: dict[str, Any], *, is_for_other: bool) -> dict[str, str]:
    """Return what the address says once it is for the other one of the two: herself or somebody she helps."""
    asked = WHOSE if asks_whose(item) else "for"
    answers = {key: said for key, said in frame["answers"].items() if key != asked}
    return {"place": frame["place"].code, **answers, **({} if is_for_other else {asked: OTHER})}


def _applicant(form: ApplyForm, known: Known | None) -> Applicant:
    """Return whom it is for and who helps; one of the two may be known."""
    who = Applicant(**form.applicant)
    if known is None:
        return who
    return replace(who, **{"agent_name" if form.is_for_other else "name": known.name})


def _sent(
    request: Request, item: ItemAsked, frame: dict[str, Any], kept: KeptPapers
) -> HttpResponse:
    form, known = frame["form"], frame["known"]
    said = form.cleaned_data
    applying = Applying(
        item=item.key, place=frame["place"].code, answers=frame["answers"],
        applicant=_applicant(form, known), agent_relation=said.get("agent_relation", ""),
        photos={key: codes for key, codes in kept.codes.items() if codes},
        delivery=said["delivery"], channel=Channel.PAGE, is_mine=known is not None,
        by_sms=bool(said.get("by_sms") and said.get(form.reached)),
        person_id=known.person_id if known and not form.is_for_other else None,
        language=get_language() or "zh-hans", uuid=said["uuid"],
        item_version=item.version, is_sure=request.POST.get("sure") == "1", **form_given(request),
    )  # fmt: skip
    try:
        applied = apply_for(applying, actor=request.actor, now=timezone.now())
    except AlreadyApplied as again:
        return done(request, reverse("cases:follow", args=[again.details["number"]]))
    except SentBefore as before:
        return _shown(request, {**frame, "before": before.details}, 200 if kept.is_fresh else 409)
    query = urlencode({"code": applied.code})
    return done(request, f"{reverse('offerings:applied', args=[applied.number])}?{query}")


def _shown(request: Request, frame: dict[str, Any], status: int) -> HttpResponse:
    now, place = timezone.now(), frame["place"]
    more = {
        "accept_on": accept_day(place.path, now),
        "limit": limit_of(frame["item"]),
        "office": homes.office_of(place.path, timezone.localdate()),
    }
    return page(request, "offerings/applications/apply.html", {**frame, **more}, status=status)
