"""意见反馈 on every page: give it; it is followed and answered as a case (BU-17)."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases.queries.accusing import unkept_words
from linli.kernel.errors import NotFound
from linli.kernel.web import Request, done, page
from linli.portal import permits, queries, services
from linli.portal.forms import CodeForm, FeedbackForm
from linli.portal.types import GIVEN, KIND, LOOKS
from linli.runtime.types import client_address, limited


@limited("portal.feedback", GIVEN, client_address)
@require_http_methods(["GET", "POST"])
def give(request: Request) -> HttpResponse:
    """The form; what was received has a number and a code, which the receipt tells."""
    form = FeedbackForm(request.POST or None, initial={"page": request.GET.get("from", "")[:300]})
    if request.actor.account_id is None:
        del form.fields["tell_me"]
    if request.method == "POST" and form.is_valid():
        given = services.give_feedback(
            form.cleaned_data["text"],
            page=form.cleaned_data["page"],
            path=queries.place_of_page(form.cleaned_data["page"]),
            language=get_language() or "zh-hans",
            tell_me=form.cleaned_data.get("tell_me", False),
            actor=request.actor,
            now=timezone.now(),
        )
        return done(request, _with_code("cases:receipt", given.number, given.code))
    status = 422 if form.is_bound else 200
    return page(
        request, "portal/feedback.html", {"form": form, "unkept": unkept_words()}, status=status
    )


give.reads_freely = True  # type: ignore[attr-defined]  # opening the form is not giving feedback


def _with_code(name: str, number: str, code: str) -> str:
    return f"{reverse(name, args=[number])}?{urlencode({'code': code})}"


@limited("portal.codes", LOOKS, client_address)
@require_GET
def find(request: Request) -> HttpResponse:
    """Ask for a code from before the numbers and lead to its case; a wrong one is told, no more."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, "portal/feedback_find.html", {"form": form}, status=status)
    code = form.cleaned_data["code"]
    try:
        number = queries.number_of_code(code)
    except NotFound:
        form.add_error("code", _("There is no feedback with this code. Compare it sign by sign."))
        return page(request, "portal/feedback_find.html", {"form": form}, status=404)
    return HttpResponseRedirect(_with_code("cases:follow", number, code))


@limited("portal.codes", LOOKS, client_address)
@require_GET
def follow(request: Request, code: str) -> HttpResponse:
    """Lead from an address that writers were given before the numbers to the case."""
    return HttpResponseRedirect(_with_code("cases:follow", queries.number_of_code(code), code))


@require_GET
def to_find(request: Request) -> HttpResponse:
    """Lead from the address that is told by phone to the page in the reader's language."""
    return _in_readers_language(reverse("cases:find"))


@require_GET
def to_follow(request: Request, code: str) -> HttpResponse:
    """Lead from an address that knows no language, as on paper, to the page in the reader's."""
    return _in_readers_language(reverse("portal:feedback_follow", args=[code]))


def _in_readers_language(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_GET
def inbox(request: Request) -> HttpResponse:
    """Lead to the feedback in the list of cases."""
    if not request.actor.holds(permits.ANSWER):
        raise NotFound()
    return HttpResponseRedirect(f"{reverse('cases:list')}?{urlencode({'kind': KIND})}")
