"""The office takes a report down for somebody at the counter or on the telephone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.cases import permits
from linli.cases.forms.reporting import OFFICIAL, OnBehalfForm
from linli.cases.queries.accusing import accuses_in
from linli.cases.queries.asking import NOTHING
from linli.cases.queries.intake import choices_of_places
from linli.cases.services.filing import file_report
from linli.cases.types.filing import Answered, Contact, Filing, Naming
from linli.cases.views.asking import asked_by
from linli.cases.views.photos import keep_sent
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, done, page

GET_POST = ["GET", "HEAD", "POST"]
# what the clerk was shown once, as the form keeps it
ACCUSES = "o"


@never_cache
@require_http_methods(GET_POST)
def on_behalf(request: Request) -> HttpResponse:
    """Take down what somebody says; the receipt is printed for her, or its code read out."""
    places = choices_of_places(request.actor, permits.INTAKE)
    if not places:
        raise NotFound()
    form = OnBehalfForm(request.POST if request.method == "POST" else None, request.FILES or None)
    field = form.fields["place"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = places
    frame: dict[str, Any] = {
        "form": form, "photos": [], "asks_numbers": False, "is_accusing": False,
        "is_asking": False, "asking": NOTHING,
    }  # fmt: skip
    if request.method != "POST":
        return page(request, "cases/counter.html", frame)
    return _taken(request, form, frame)


def _taken(request: Request, form: OnBehalfForm, frame: dict[str, Any]) -> HttpResponse:
    kept = keep_sent(request, form)
    frame["photos"] = kept.photos
    is_right = not kept.only_photos and form.is_valid()
    frame["asking"] = asking = asked_by(request, judges=not kept.only_photos)
    is_fresh = kept.is_fresh or asking.held.is_fresh
    status = 200 if is_fresh or kept.only_photos else 422
    if not is_right or asking.faults:
        return page(request, "cases/counter.html", frame, status=status)
    said = form.cleaned_data
    if said["matter"] == OFFICIAL or "to_official" in request.POST:
        return page(request, "cases/counter_official.html", frame)
    words = "\n".join((said["where"], said["text"], *asking.answered.said))
    if ACCUSES not in said["seen"] and accuses_in(said["category"], said["matter"], words):
        # told once, before anything is kept; taken down again, it goes as it is
        form.data["seen"] = ACCUSES  # type: ignore[index]
        return page(request, "cases/counter.html", {**frame, "is_accusing": True})
    if asking.items and not asking.is_seen:
        return page(request, "cases/counter.html", {**frame, "is_asking": True})
    filing = filing_of(said, kept.codes, asking.answered)
    try:
        filed = file_report(filing, actor=request.actor, now=timezone.now())
    except Invalid as refusal:
        form.take(refusal.fields)
        frame["asks_numbers"] = refusal.code == "numbers_in_text"
        return page(request, "cases/counter.html", frame, status=status)
    query = urlencode({"code": filed.code, "at": "counter"})
    return done(request, f"{reverse('cases:receipt', args=[filed.number])}?{query}")


def filing_of(said: dict[str, Any], codes: tuple[str, ...], answered: Answered) -> Filing:
    """Return what the clerk took down as a report, what the category asked in its words."""
    return Filing(
        text=said["text"],
        answered=answered,
        channel=said["channel"],
        place=said["place"],
        where=said["where"],
        matter=said["matter"],
        category_id=said["category"],
        photos=codes,
        contact=Contact(said["name"], said["phone"]),
        naming=Naming.WITHHELD if said["withheld"] else Naming.NAMED,
        by_sms=said["by_sms"],
        numbers_meant=said["numbers_meant"],
        language=get_language() or "zh-hans",
    )
