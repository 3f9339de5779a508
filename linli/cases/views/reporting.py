"""The resident's page to report something: place, photo, words, what its category asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from linli.cases.errors import OtherPlace
from linli.cases.forms.reporting import BY_SMS, IN_INBOX, OFFICIAL, ReportForm
from linli.cases.queries import intake
from linli.cases.queries.accusing import accuses_in, unkept_words
from linli.cases.queries.asking import Asking
from linli.cases.queries.categories import id_of
from linli.cases.queries.offering import Alike, alike
from linli.cases.queries.promising import promised
from linli.cases.services.filing import file_report, refer_accusation
from linli.cases.types.filing import REPORTS, TRIES, Answered, Contact, Filing, Naming
from linli.cases.types.words import Channel
from linli.cases.views.asking import asked_by, asked_of, asked_part
from linli.cases.views.once import is_new, mark_of, sent_once, was_sent
from linli.cases.views.photos import keep_sent
from linli.kernel.addresses import address_of
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, page
from linli.orgs.queries import homes
from linli.runtime.services.idempotency import Claim
from linli.runtime.types import account_or_address, limited

# the village whose pages this browser read last, as the portal keeps it
PLACE_COOKIE = "linli-place"
# what the writer was shown once, as the form keeps it; UNASKED: what waited on a phone without
# network, where nothing could be asked, goes without answers
ALIKE, ACCUSES, UNASKED = "1", "o", "q"
GET_POST = ["GET", "HEAD", "POST"]


@limited("cases.reports", REPORTS, account_or_address, counts=is_new)
@limited("cases.report_tries", TRIES, account_or_address)
@require_http_methods(GET_POST)
def report(request: Request) -> HttpResponse:
    """Ask where if that is not known, then show the form, then take it.

    With `questions` in the address: only what that category asks, for the page that is open.
    """
    if request.method != "POST" and "questions" in request.GET:
        return asked_part(request)
    given = request.POST if request.method == "POST" else request.GET
    spot = _spot(given.get("spot", ""))
    code = intake.code_of(spot.path) if spot else given.get("place", "")
    chain = intake.chain_or_none(code[:24]) if code else None
    about = given.get("about", "")[:60]
    if chain is None:
        return _ask_where(request, about, is_unknown=bool(code or given.get("spot")))
    signed_in = request.actor.account_id is not None
    category_id = spot.category_id if spot else None
    if category_id is None and about and request.method != "POST":
        # what is sent names its category itself
        category_id = id_of(about, localdate())
    first = {
        "place": chain[-1].code, "where": "", "spot": spot.code if spot else "",
        "category": category_id, "same_as": given.get("same_as", "")[:24],
    }  # fmt: skip
    form = ReportForm(
        _sent(request), request.FILES or None,
        initial=first, is_signed_in=signed_in, at_spot=spot is not None,
    )  # fmt: skip
    frame: dict[str, Any] = {"form": form, "chain": chain, "place": chain[-1], "spot": spot}
    if request.method == "POST":
        return _taken(request, form, frame)
    frame["asking"] = asked_of(request, category_id)
    return _shown(request, frame, 200)


report.reads_freely = True  # type: ignore[attr-defined]  # opening the form reports nothing


def _sent(request: Request) -> QueryDict | None:
    """Return what was sent, without the point if the button said that the named place is meant."""
    if request.method != "POST" or "no_point" not in request.POST:
        return request.POST if request.method == "POST" else None
    sent = request.POST.copy()
    sent["lon"] = sent["lat"] = ""
    return sent


def _spot(code: str) -> Any:
    try:
        return intake.open_spot(code[:12]) if code else None
    except NotFound:
        return None


def _ask_where(request: Request, about: str, *, is_unknown: bool) -> HttpResponse:
    """Which village? The one read last comes first; names are searched without a script too.

    Where the address named a place that there is not, that is said.
    """
    words = request.GET.get("village", "")[:60]
    last = intake.chain_or_none(request.COOKIES.get(PLACE_COOKIE, "")[:24])
    frame: dict[str, object] = {
        "words": words, "about": about, "found": intake.villages_named(words),
        "last": last[-1] if last and last[-1].level == "village" else None,
        "is_unknown": is_unknown,
    }  # fmt: skip
    return page(request, "cases/report_where.html", frame)


def _taken(request: Request, form: ReportForm, frame: dict[str, Any]) -> HttpResponse:
    kept = keep_sent(request, form)
    frame["photos"] = kept.photos
    is_right = not kept.only_photos and form.is_valid()
    frame["asking"] = asking = asked_by(request, judges=not kept.only_photos)
    is_fresh = kept.is_fresh or asking.held.is_fresh
    if not is_right or asking.faults:
        # photos and files that came in stay although the words are not right yet: they go after two days
        return _shown(request, frame, 200 if is_fresh or kept.only_photos else 422)
    said = form.cleaned_data
    if "to_official" in request.POST:
        said["matter"] = OFFICIAL
    mark = mark_of(request, said) if said["matter"] != OFFICIAL else None
    if (hints := _hints(said, frame, mark)) is not None:
        form.data["seen"] = _seen(said, hints)  # type: ignore[index]
        return _shown(request, {**frame, **hints}, 200)
    language = get_language() or "zh-hans"
    filing = filing_of(form, kept.codes, asking.answered, language=language)
    try:
        if said["matter"] == OFFICIAL:
            refer_accusation(filing, actor=request.actor, now=timezone.now())
            return page(request, "cases/report_official.html", frame)
        return sent_once(request, mark, lambda: _filed(request, filing))
    except Invalid as refusal:
        _take(refusal, form, frame)
        return _shown(request, frame, 200 if is_fresh else 422)


def _take(refusal: Invalid, form: ReportForm, frame: dict[str, Any]) -> None:
    """Show why it was not taken; where the point lies elsewhere it is asked which place is meant."""
    frame["asks_numbers"] = refusal.code == "numbers_in_text"
    if isinstance(refusal, OtherPlace):
        around = intake.chain_or_none(str(refusal.details["nearest"]))
        frame["other"] = around[-1] if around else None
        return
    form.take(refusal.fields)
    if "point" in refusal.fields:
        form.leave_point_out()


def _hints(
    said: dict[str, Any], frame: dict[str, Any], mark: Claim | None
) -> dict[str, Any] | None:
    """What is told once before it is sent: sent again, it goes as it is."""
    if said["matter"] == OFFICIAL or was_sent(mark):
        return None
    asking: Asking = frame["asking"]
    words = "\n".join((said["where"], said["text"], *asking.answered.said))
    if ACCUSES not in said["seen"] and accuses_in(said["category"], said["matter"], words):
        return {"is_accusing": True}
    hints: dict[str, Any] = {}
    if asking.items and not asking.is_seen and UNASKED not in said["seen"]:
        hints["is_asking"] = True
    if ALIKE not in said["seen"] and not said["same_as"] and (found := _alike(said, frame)):
        hints["similar"] = found
    return hints or None


def _seen(said: dict[str, Any], hints: dict[str, Any]) -> str:
    marks = (("is_accusing", ACCUSES), ("similar", ALIKE))
    return str(said["seen"])[:10] + "".join(mark for name, mark in marks if name in hints)


def _filed(request: Request, filing: Filing) -> str:
    """Take the report down; return the address of its receipt. Refuses with Invalid."""
    filed = file_report(filing, actor=request.actor, now=timezone.now())
    query = urlencode({"code": filed.code})
    return f"{reverse('cases:receipt', args=[filed.number])}?{query}"


def _alike(said: dict[str, Any], frame: dict[str, Any]) -> list[Alike]:
    """What others reported like this; nothing of it is looked up for what is led to 12388."""
    if said["matter"] == OFFICIAL:
        return []
    spot, here = frame["spot"], frame["form"].point
    point = (spot.lon, spot.lat) if spot and spot.lon is not None else None
    if point is None and here is not None:
        point = round(here[0] * intake.MILLION), round(here[1] * intake.MILLION)
    return alike(said["text"], frame["place"].path, point, said["category"])


def filing_of(
    form: ReportForm, codes: tuple[str, ...], answered: Answered, *, language: str
) -> Filing:
    """Return what the form says as a report, what the category asked in its words."""
    said = form.cleaned_data
    wants_sms = said["reply"] == BY_SMS
    return Filing(
        text=said["text"],
        channel=Channel.QR if said.get("spot") else Channel.PAGE,
        place=said["place"],
        spot=said["spot"],
        point=form.point,
        where=said["where"],
        matter=said["matter"],
        category_id=said["category"],
        answered=answered,
        photos=codes,
        contact=Contact(phone=said["phone"] if wants_sms else ""),
        naming=Naming.WITHHELD if said["withheld"] else Naming.NAMED,
        by_sms=wants_sms,
        is_mine=said["reply"] == IN_INBOX,
        numbers_meant=said["numbers_meant"],
        same_as=said["same_as"],
        language=language,
    )


def _shown(request: Request, frame: dict[str, Any], status: int) -> HttpResponse:
    now, place = timezone.now(), frame["place"]
    whole = {
        "photos": [],
        "asks_numbers": False,
        "is_accusing": False,
        "is_asking": False,
        "other": None,
        "unkept": unkept_words(),
        **frame,
        "due": promised(place.path, now),
        "office": homes.office_of(place.path, timezone.localdate()),
        "other_ways": address_of("portal:door", governed(frame["chain"]).code, "report"),
    }
    return page(request, "cases/report.html", whole, status=status)


def governed(chain: tuple[Any, ...]) -> Any:
    """Return the village, town or city of a chain: groups and buildings have no pages of their own."""
    return next(one for one in reversed(chain) if one.level in ("village", "town", "city"))
