"""A visit is rated on one's own phone or on the tablet of the hall; bad ratings are called back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.types.rating import GRADE_WORDS, WHY_WORDS
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paging import page_of
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.visit_ratings import (
    RatingCaseForm,
    ReviewForm,
    VisitCallForm,
    VisitRatingForm,
)
from linli.offerings.queries import rating_reviews as reviews
from linli.offerings.queries import visit_ratings as queries
from linli.offerings.rules.visit_ratings import may_change
from linli.offerings.services import rating_cases, rating_reviews
from linli.offerings.services import visit_ratings as services
from linli.offerings.types.visit_ratings import OUTCOMES, RatedBy
from linli.offerings.types.visits import LOOKS
from linli.offerings.views.tickets import centre_of
from linli.offerings.views.visit_frame import GET_POST
from linli.runtime.types import client_address, limited

REVIEWS = ("ask", "keep", "exclude")
PAGE = 25


@limited("offerings.codes", LOOKS, client_address)
@require_http_methods(GET_POST)
def rate(request: Request, code: str) -> HttpResponse:
    """Rate a visit by the code of its ticket, or by the one that was sent; change what was said too soon."""
    rated, now = queries.rated_by_code(code), timezone.now()
    before = rated.rating
    form = VisitRatingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.rate_visit(
                code,
                said["grade"],
                why=said["why"],
                phone=said["phone"],
                actor=request.actor,
                now=now,
            )
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("Thank you. Your rating was taken down."))
            return done(request, request.get_full_path())
    context: dict[str, object] = {
        "form": form, "rated": rated, "centre": centre_of(rated.centre_id), "grades": GRADE_WORDS,
        "may_change": before is not None
        and may_change(before, RatedBy.OWN, now, is_staff=request.actor.is_staff),
    }  # fmt: skip
    return page(
        request, "offerings/ratings/rate.html", context, status=422 if form.is_bound else 200
    )


rate.reads_freely = True  # type: ignore[attr-defined]


@require_safe
def calls(request: Request) -> HttpResponse:
    """Bad ratings that wait for a call, those due first; reviews that wait; those called before."""
    actor, view = request.actor, request.GET.get("view", "")
    reviews.require_ratings(actor)
    of, sort = reviews.VIEWS.get(view, reviews.VIEWS[""])
    found = page_of(of(actor), sort, cursor=request.GET.get("cursor"), limit=PAGE)
    context: dict[str, object] = {
        "found": found,
        "view": view if view in reviews.VIEWS else "",
        "now": timezone.now(),
        "grades": GRADE_WORDS,
        "whys": WHY_WORDS,
    }
    return page(request, "offerings/ratings/calls.html", context)


@require_http_methods(GET_POST)
def call(request: Request, rating_id: int) -> HttpResponse:
    """One call: what was bad, the number if one was left, what came of it; and its review."""
    found = reviews.get_rating(request.actor, rating_id)
    form, phone, review = VisitCallForm(request.POST or None), None, ReviewForm()
    case = RatingCaseForm(initial={"text": found.note})
    if request.method == "POST" and request.POST.get("step") == "number":
        phone = services.number_to_call(found, actor=request.actor, now=timezone.now())
        form = VisitCallForm()
    elif request.method == "POST" and request.POST.get("step") in REVIEWS:
        review, form = ReviewForm(request.POST), VisitCallForm()
        if _reviewed(request, found, review):
            return done(request, reverse("offerings:rating_calls"))
    elif request.method == "POST" and request.POST.get("step") == "case":
        case, form = RatingCaseForm(request.POST), VisitCallForm()
        if _made_case(request, found, case):
            return done(request, reverse("offerings:rating_call", args=[rating_id]))
    elif request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.record_visit_call(
                found, said["reached"], said["note"], actor=request.actor, now=timezone.now()
            )
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("The call is written down."))
            return done(request, reverse("offerings:rating_calls"))
    context: dict[str, object] = {
        "rating": found, "form": form, "phone": phone, "grades": GRADE_WORDS, "whys": WHY_WORDS,
        "centre": centre_of(found.centre_id), "reached": OUTCOMES,
        "may_reach": request.actor.may(permits.REACH, at=found.path), "review": review,
        "may_review": queries.may_review(request.actor, found),
        "may_ask": request.actor.may(permits.CALL_BACK, at=found.path),
        "case": case, "waits": reviews.waits_for_call(request.actor, found),
    }  # fmt: skip
    status = 422 if form.faults or review.faults or case.faults else 200
    return page(request, "offerings/ratings/call.html", context, status=status)


def _made_case(request: Request, rating: Any, case: RatingCaseForm) -> bool:
    """Hand what is to be put right to the office; say whether that was done."""
    if not case.is_valid():
        return False
    try:
        rating_cases.make_case(
            rating, case.cleaned_data["text"], actor=request.actor, now=timezone.now()
        )
    except Invalid as fault:
        case.take(fault.fields)
        return False
    except WrongState as fault:
        case.add_error(None, str(fault))
        return False
    messages.success(request, _("The office has it as a task with its term."))
    return True


def _reviewed(request: Request, rating: Any, review: ReviewForm) -> bool:
    """Ask for a review or decide on one; say whether that was done."""
    if not review.is_valid():
        return False
    step, reason, now = request.POST["step"], review.cleaned_data["reason"], timezone.now()
    try:
        if step == "ask":
            rating_reviews.ask_review(rating, reason, actor=request.actor, now=now)
            messages.success(request, _("Asked. Somebody else decides; until then it counts."))
        else:
            rating_reviews.decide_review(
                rating, is_excluded=step == "exclude", reason=reason, actor=request.actor, now=now
            )
            messages.success(request, _("Decided; the reason stays on record."))
    except Invalid as fault:
        review.take(fault.fields)
        return False
    return True
