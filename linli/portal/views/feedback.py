"""意见反馈 on every page: give, follow by code, answer (BU-17)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.cases.queries.accusing import unkept_words
from linli.kernel.errors import NotFound, Stale
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request, done, page
from linli.portal import permits, queries, services
from linli.portal.forms import AnswerForm, CodeForm, FeedbackForm
from linli.portal.states import FeedbackState
from linli.portal.types import GIVEN, LOOKS
from linli.runtime.queries import offered
from linli.runtime.types import client_address, limited


@limited("portal.feedback", GIVEN, client_address)
@require_http_methods(["GET", "POST"])
def give(request: Request) -> HttpResponse:
    """The form, and what was received."""
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("from", "")[:300]})
    if request.actor.account_id is None:
        del form.fields["tell_me"]
    if request.method == "POST" and form.is_valid():
        feedback = services.give_feedback(
            form.cleaned_data["text"],
            page=form.cleaned_data["page"],
            path=queries.place_of_page(form.cleaned_data["page"]),
            language=get_language() or "zh-hans",
            tell_me=form.cleaned_data.get("tell_me", False),
            actor=request.actor,
            now=timezone.now(),
        )
        return done(request, reverse("portal:feedback_follow", args=[feedback.code]))
    status = 422 if form.is_bound else 200
    return page(
        request, "portal/feedback.html", {"form": form, "unkept": unkept_words()}, status=status
    )


give.reads_freely = True  # type: ignore[attr-defined]  # opening the form is not giving feedback


@limited("portal.codes", LOOKS, client_address)
@require_GET
def find(request: Request) -> HttpResponse:
    """Ask for the code of a piece of feedback and lead to it; a wrong one is told, no more."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "portal/feedback_find.html", {"form": form}, status=status)
    code = form.cleaned_data["code"]
    try:
        queries.get_feedback(code)
    except NotFound:
        form.add_error("code", _("There is no feedback with this code. Compare it sign by sign."))
        return page(request, "portal/feedback_find.html", {"form": form}, status=404)
    return HttpResponseRedirect(reverse("portal:feedback_follow", args=[code]))


@limited("portal.codes", LOOKS, client_address)
@require_GET
def follow(request: Request, code: str) -> HttpResponse:
    """What became of it, for whoever has the code."""
    return page(request, "portal/feedback_follow.html", {"feedback": queries.get_feedback(code)})


@require_GET
def to_find(request: Request) -> HttpResponse:
    """Lead from the address that is told by phone to the page in the reader's language."""
    return _in_readers_language(reverse("portal:feedback_find"))


@require_GET
def to_follow(request: Request, code: str) -> HttpResponse:
    """Lead from an address that knows no language, as on paper, to the page in the reader's."""
    return _in_readers_language(reverse("portal:feedback_follow", args=[code]))


def _in_readers_language(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@limited("portal.codes", LOOKS, client_address)
@require_POST
def ask_back(request: Request, code: str) -> HttpResponse:
    """The writer says whether the answer helped."""
    feedback = queries.get_feedback(code)
    step = (
        services.confirm_answer if request.POST.get("helped") == "yes" else services.reopen_feedback
    )
    step(feedback, actor=request.actor, now=timezone.now())
    return done(request, reverse("portal:feedback_follow", args=[code]))


@require_GET
def inbox(request: Request) -> HttpResponse:
    """Feedback that the actor answers: waiting ones first, or all."""
    if not request.actor.paths(permits.ANSWER):
        raise NotFound()
    state = request.GET.get("state", FeedbackState.RECEIVED)
    words = request.GET.get("word", "").strip()
    found, sort = queries.feedback_list(request.actor, state, words)
    rows = page_of(found, sort, cursor=request.GET.get("cursor"), limit=clean_limit(25))
    context: dict[str, object] = {
        "found": rows, "state": state, "words": words,
        **offered(request.actor, "portal.feedback"),
    }  # fmt: skip
    return page(request, "portal/feedback_inbox.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: Request, code: str) -> HttpResponse:
    """Read one piece of feedback and answer it."""
    feedback = queries.get_for_answer(request.actor, code)
    form = AnswerForm(request.POST or None, initial={"version": feedback.version})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.answer_feedback(feedback, actor=request.actor, now=timezone.now(), **given)
        except Stale as stale:
            # her words stay, beside what the colleague wrote; sent again, they meet the new version
            feedback = queries.get_for_answer(request.actor, code)
            form = AnswerForm({"text": given["text"], "version": feedback.version})
            form.add_error(None, str(stale))
            status = stale.status
        else:
            messages.success(request, _("The answer was sent."))
            return done(request, reverse("portal:feedback_inbox"))
    context: dict[str, object] = {"feedback": feedback, "form": form}
    return page(request, "portal/feedback_answer.html", context, status=status)
