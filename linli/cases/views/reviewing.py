"""Ratings under review: the list, and the decision whether one counts in the figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases import permits
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.rating import ReviewForm
from linli.cases.queries import excluding as queries
from linli.cases.queries.public import category_name
from linli.cases.queries.telling import post_names
from linli.cases.services import excluding as services
from linli.cases.types.rating import GRADE_WORDS, WHY_WORDS, Shown, Why
from linli.cases.views.list_rows import shown_in
from linli.cases.views.public import FILES
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.ui.downloads import list_download

PAGE = 25
TABS = {
    Shown.ALL: gettext_lazy("All ratings"),
    Shown.BAD: gettext_lazy("Bad ratings"),
    Shown.EXCLUDED: gettext_lazy("Out of figures"),
}


@require_GET
def listing(request: Request) -> HttpResponse:
    """Ratings of the places below, the newest first."""
    if not request.actor.holds(permits.REVIEW_RATINGS):
        raise NotFound()
    shown = shown_in(request.GET.dict())
    narrowed = narrowing_of(request.actor, request.GET.dict(), permits.REVIEW_RATINGS)
    rows = queries.shown_ratings(request.actor, shown, narrowed.on("case__"))
    if request.GET.get("format") in FILES:
        return list_download(request, "cases.ratings", rows)
    cursor, limit = request.GET.get("cursor"), clean_limit(PAGE)
    context: dict[str, object] = {
        "found": page_of(rows, queries.NEWEST, cursor=cursor, limit=limit), "narrowed": narrowed,
        **offered(request.actor, "cases.ratings"),
        "shown": str(shown), "tabs_of": [(str(key), words) for key, words in TABS.items()],
        "category_name": category_name, "grades": GRADE_WORDS,
    }  # fmt: skip
    return page(request, "cases/ratings/list.html", context)


@require_http_methods(["GET", "POST"])
def review(request: Request, rating_id: int) -> HttpResponse:
    """One rating, what was decided on it before, and the decision."""
    found = queries.get_rating(request.actor, rating_id)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = services.include_rating if found.excluded_at else services.exclude_rating
        try:
            decide(
                rating_id, reason=form.cleaned_data["reason"], actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("It counts again.") if found.excluded_at else _("It is left out of figures.")
            messages.success(request, words)
            return done(request, reverse("cases:rating", args=[rating_id]))
    history = queries.reviews_of([rating_id]).get(rating_id, [])
    context: dict[str, object] = {
        "rating": found, "case": found.case, "category": category_name(found.case.category),
        "grade": GRADE_WORDS[found.grade], "form": form, "history": history,
        "why": [WHY_WORDS[Why(one)] for one in found.why if one in list(Why)],
        "posts": post_names(i for one in history for i in (one.post_id, one.until_post_id)),
    }  # fmt: skip
    status = 422 if form.faults else 200
    return page(request, "cases/ratings/review.html", context, status=status)
