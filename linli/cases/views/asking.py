"""What the page of a report asks of and tells its writer while she writes."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from linli.cases.forms.reporting import OFFICIAL, SuggestForm
from linli.cases.queries import intake
from linli.cases.queries.asking import NAME, NOTHING, Asking, asking_of
from linli.cases.queries.offering import offered_for
from linli.cases.queries.questions import categories_that_ask
from linli.cases.services.answer_files import keep_answer_files
from linli.cases.types.answer_files import SentFiles
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.runtime.types import Rate, account_or_address, limited, without_key

SUGGESTIONS = Rate(120, timedelta(minutes=10))
MOST_ID = 2**31 - 1
# what every category asks, fetched ahead
ALL = "all"
# after the name of a question: codes of the files that came in before
KEPT = "-kept"


def asked_of(request: Request, category_id: int | None, *, judges: bool = True) -> Asking:
    """Return what a category asks, with what was typed on the page that came in."""
    sent = request.POST
    mark = sent.get("asked", "")
    held = keep_answer_files(
        category_id, mark, _files_sent(request), actor=request.actor, now=timezone.now()
    )
    found = asking_of(
        category_id, dict(sent.lists()), mark, today=localdate(),
        grows=sent.get("more_rows", ""), held=held,
    )  # fmt: skip
    # with a file that was refused the whole page is judged, so that the words stand beside its question
    return found if judges or held.refused else found.unjudged()


def _files_sent(request: Request) -> SentFiles:
    """Return what came for questions that take files, and what stands on the page of those that came before."""
    uploads, kept = request.FILES, request.POST
    return SentFiles(
        {
            name.removeprefix(NAME): uploads.getlist(name)
            for name in uploads
            if name.startswith(NAME)
        },
        {
            name.removeprefix(NAME).removesuffix(KEPT): kept.get(name, "")
            for name in kept
            if name.startswith(NAME) and name.endswith(KEPT)
        },
        request.POST.get("drop_answer", ""),
    )


def asked_by(request: Request, *, judges: bool = True) -> Asking:
    """Return what the category that was sent asks; of what is led to 12388 nothing more is asked."""
    sent = request.POST
    if sent.get("matter") == OFFICIAL or "to_official" in sent:
        return NOTHING
    category_id = whole_number(sent.get("category", ""), least=1, most=MOST_ID)
    return asked_of(request, category_id, judges=judges)


def asked_part(request: Request) -> HttpResponse:
    """What the category in the address asks, as a part of the page; nothing if it has no form.

    With `questions=all` what every category asks, so that an open page knows it without network too.
    """
    wanted = request.GET.get("questions", "")
    if wanted == ALL:
        found = [asked_of(request, category_id) for category_id in categories_that_ask()]
        return page(request, "cases/_questions_ahead.html", {"all": found})
    one = whole_number(wanted, least=1, most=MOST_ID)
    return page(request, "cases/_questions.html", {"asking": asked_of(request, one)})


@without_key("suggests from words and keeps nothing")
@limited("cases.suggest", SUGGESTIONS, account_or_address)
@require_POST
def suggested(request: Request) -> HttpResponse:
    """What the words so far point to: what it is about, and whether another place is named."""
    form = SuggestForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=204)
    said = form.cleaned_data
    chain = intake.chain_or_none(said["place"])
    hints = offered_for(said["text"], chain[-1].path if chain else "")
    frame: dict[str, object] = {"hints": hints, "chosen": said["category"]}
    return page(request, "cases/_suggested.html", frame)
