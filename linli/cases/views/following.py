"""Following a report: by number and code, or signed in as whoever reported it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from markupsafe import Markup

from linli.cases import home
from linli.cases.forms.following import FindForm, WordForm
from linli.cases.queries import intake
from linli.cases.queries.accusing import is_led_elsewhere, unkept_words
from linli.cases.queries.following import followed
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.openings_of_seals import openings_of
from linli.cases.queries.own import own_page
from linli.cases.services import following as services
from linli.cases.services.filing import refer_accusation
from linli.cases.types.filing import ACTS, LOOKS, Added, Filing, number_of
from linli.cases.types.kinds import Stage
from linli.cases.types.moves import At
from linli.cases.types.opened import code_of, keep_open
from linli.cases.types.sections import FOLLOW_SECTIONS, sections_of
from linli.cases.types.words import Channel
from linli.cases.views.code_asked import code_asked
from linli.cases.views.photos import Kept, keep_sent, picture_of
from linli.cases.views.stories import SIGNS, answer_of, stages_of, state_line, story_of
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.ids import number_typed
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, done, page
from linli.runtime.types import Rate, client_address, limited, without_key

if TYPE_CHECKING:
    from linli.cases.models import Case

ASKS = {
    "reopen": gettext_lazy("What is not solved?"),
    "add": gettext_lazy("What do you want to add?"),
}
MINE_SHOWN = 25


@without_key("looks up and changes nothing")
@limited("cases.looks", LOOKS, client_address)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponse:
    """Ask for number and code and lead to the case; a wrong pair is told, not which was wrong.

    The form is sent without its words in the address; an address with both still leads there.
    """
    sent = request.POST if request.method == "POST" else request.GET
    asked = request.method == "POST" or ("number" in sent and "code" in sent)
    form = FindForm(sent if asked else None, initial={"number": sent.get("number")})
    if not asked or not form.is_valid():
        status = 422 if asked else 200
        return page(request, "cases/find.html", {"form": form}, status=status)
    number = number_typed(form.cleaned_data["number"])
    try:
        _opened(request, number, form.cleaned_data["code"])
    except NotFound:
        words = _("Number and code do not belong together. Compare both sign by sign.")
        form.add_error("code", words)
        return page(request, "cases/find.html", {"form": form}, status=404)
    if request.method != "POST":
        return HttpResponseRedirect(address(number, form.cleaned_data["code"]))
    return keep_open(request, done(request, address(number, "")), number, form.cleaned_data["code"])


def address(number: str, code: str) -> str:
    """Return the page of a case with the code that opens it."""
    to = reverse("cases:follow", args=[number])
    return f"{to}?{urlencode({'code': code})}" if code else to


def paper_address(number: str) -> str:
    """Return the address that stands on paper: whole, without a language and without the code."""
    return f"{settings.LINLI_PUBLIC_URL}/follow/{number}"


def _opened(request: Request, number: str, code: str, *, guesses: bool = True) -> Case:
    return services.find_own(number, code, guesses=guesses, actor=request.actor, now=timezone.now())


@require_GET
def to_follow(request: Request, number: str) -> HttpResponse:
    """Lead from an address that knows no language, as on paper, to the page in the reader's."""
    response = HttpResponseRedirect(address(number_typed(number), request.GET.get("code", "")[:40]))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@never_cache
@limited("cases.looks", LOOKS, client_address)
@require_GET
def follow(request: Request, number: str) -> HttpResponse:
    """What became of a report. Without a code, or signed in as somebody else, the code is asked."""
    code = code_of(request, number)
    try:
        case = _opened(request, number, code)
    except NotFound:
        return code_asked(request, number, code, 404 if code else 200)
    shown = _shown(request, case, code, WordForm(initial={"code": code}))
    return keep_open(request, shown, case.number, code)


def _shown(
    request: Request, case: Case, code: str, form: WordForm, status: int = 200, **more: Any
) -> HttpResponse:
    it = followed(case, timezone.now())
    stages, at = stages_of(it)
    frame: dict[str, Any] = {
        "it": it, "code": code, "form": form, "photos": [], "stages": stages, "at": at,
        "signs": SIGNS, "beside": state_line(it), "story": story_of(it),
        "answer": answer_of(it),
        "address": paper_address(case.number),
        "open_move": "", "asks_numbers": False, "is_accusing": False, "more": _sections(request, case, code),
        "unkept": unkept_words(), "openings": openings_of(case.pk),
        "chain": intake.chain_or_none(intake.code_of(case.path)) or (), **more,
    }  # fmt: skip
    response = page(request, "cases/follow.html", frame, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _sections(request: Request, case: Case, code: str) -> list[Markup]:
    """What the app of the kind adds for whoever asked."""
    found = [
        (one, one.context(request.actor, case)) for one in sections_of(case.kind, FOLLOW_SECTIONS)
    ]
    return [
        # our own template, which escaped what people wrote when it drew it
        Markup(render_to_string(one.template, {**told, "case": case, "code": code}, request))  # noqa: S704
        for one, told in found
        if told is not None
    ]


@never_cache
@limited("cases.acts", ACTS, number_of)
@limited("cases.looks", LOOKS, client_address)
@require_POST
def act(request: Request, number: str, move: str) -> HttpResponse:
    """What the reporter does: add, withdraw, agree, or say that it is not solved."""
    code = code_of(request, number)
    case, now = _opened(request, number, code, guesses=False), timezone.now()
    at = At(case.pk)
    if move == "withdraw":
        services.withdraw_report(at, actor=request.actor, now=now)
        messages.success(request, _("You took it back."))
    elif move == "bring_again":
        services.bring_again(at, actor=request.actor, now=now)
        messages.success(request, _("It goes on."))
    elif move == "agree":
        agreed = services.agree_to_answer(at, actor=request.actor, now=now)
        messages.success(request, _thanks(case, agreed.held.standing.state))
    elif move in ASKS:
        return _said(request, case, move, code)
    else:
        raise NotFound()
    return done(request, address(case.number, code))


def _thanks(case: Case, state: str) -> str:
    """What follows from her word: where others reported the same it is hers alone."""
    if kind_of(case.kind, case.version).stage(state) is Stage.ANSWERED:
        return _("Thank you. It stays open for the others who reported it until it is done.")
    return _("Thank you. It counts as solved.")


def _said(request: Request, case: Case, move: str, code: str) -> HttpResponse:
    asks = ASKS[move] if move == "reopen" else ""
    form = WordForm(request.POST, request.FILES, asks=asks)
    kept = keep_sent(request, form)
    told: dict[str, Any] = {"open_move": move, "photos": kept.photos}
    status = 200 if kept.is_fresh or kept.only_photos else 422
    if kept.only_photos or not form.is_valid():
        return _shown(request, case, code, form, status, **told)
    if "to_official" in request.POST:
        return _led_elsewhere(request, case, form)
    if is_led_elsewhere(request.POST, form.cleaned_data["text"]):
        return _shown(request, case, code, form, 200, **told, is_accusing=True)
    try:
        _do(request, case, move, form.cleaned_data, kept)
    except Invalid as refusal:
        form.take(refusal.fields)
        told["asks_numbers"] = refusal.code == "numbers_in_text"
        return _shown(request, case, code, form, status, **told)
    messages.success(request, _("We have it."))
    return done(request, address(case.number, code))


def _led_elsewhere(request: Request, case: Case, form: WordForm) -> HttpResponse:
    """Keep nothing of an accusation but that its writer was led to the discipline inspection."""
    place = intake.code_of(case.path)
    filing = Filing("", Channel.PAGE, place=place)
    refer_accusation(filing, actor=request.actor, now=timezone.now())
    frame: dict[str, object] = {"form": form, "chain": intake.chain_or_none(place) or ()}
    return page(request, "cases/report_official.html", frame)


def _do(request: Request, case: Case, move: str, said: dict[str, Any], kept: Kept) -> None:
    at, now = At(case.pk), timezone.now()
    if move == "reopen":
        services.ask_to_reopen(at, said["text"], photos=kept.codes, actor=request.actor, now=now)
        return
    added = Added(said["text"], kept.codes, said["is_correction"], said["numbers_meant"])
    services.add_to_report(at, added, actor=request.actor, now=now)


@limited("cases.pictures", Rate(600, LOOKS.per), client_address)
@require_safe
def picture(request: Request, number: str, file: str) -> HttpResponseBase:
    """A photo of the case, small, for its reporter."""
    case = _opened(request, number, code_of(request, number))
    found = next((one for one in intake.files_of_case(case.pk) if one.file.code == file), None)
    if found is None or not found.file.width:
        raise NotFound()
    return picture_of(request, found.file)


@never_cache
@require_GET
def mine(request: Request) -> HttpResponse:
    """What the actor reported when signed in."""
    if request.actor.account_id is None:
        raise NotFound()
    limit = clean_limit(MINE_SHOWN)
    found = own_page(request.actor, cursor=request.GET.get("cursor"), limit=limit)
    rows = [home.line_of(one) for one in found.items]
    return page(request, "cases/mine.html", {"rows": rows, "found": found})
