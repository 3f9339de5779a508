"""All indicators with what they say of the city, and one of them town by town."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.plan import queries
from linli.plan.views.asking import plan_of, shows_invented
from linli.plan.views.words import amount_words, trend_points
from linli.ui.demo import demo_note


@require_GET
def indicators(request: Request) -> HttpResponse:
    """Every indicator of this installation and its latest value for the city."""
    plan = plan_of(request)
    rows = queries.indicator_rows(request.actor, plan, timezone.localdate())
    return page(
        request, "plan/indicators.html", {"plan": plan, "rows": rows, "amount_words": amount_words}
    )


@require_GET
def indicator(request: Request, key: str) -> HttpResponse:
    """One indicator: how it is counted, its course in the city, and every town."""
    plan, today = plan_of(request), timezone.localdate()
    one = queries.get_indicator(request.actor, plan, key)
    towns = queries.indicator_towns(
        request.actor, plan, key, today, with_invented=shows_invented(request)
    )
    if request.GET.get("format") in ("csv", "xlsx"):
        heads = [
            _("Code"), pgettext("board", "Town"), _("Numerator"), _("Denominator"), _("As of"),
            _("Value"),
        ]  # fmt: skip
        body = [
            [t.code, t.name, v.numerator, v.denominator, v.as_of, amount_words(v)]
            if v
            else [t.code, t.name, *[""] * 4]
            for t, v in towns
        ]
        return download(
            [heads, *body], name=str(one.title), form=request.GET["format"], note=demo_note()
        )
    history = [
        value
        for value in queries.trend_of(request.actor, key, plan.path, today)
        if value.numerator is not None
    ]
    context: dict[str, object] = {
        "plan": plan, "one": one, "towns": towns, "points": trend_points(history),
        "amount_words": amount_words,
    }  # fmt: skip
    return page(request, "plan/indicator.html", context)
