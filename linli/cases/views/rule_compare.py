"""What a set of rules would have done with the cases of the last days, beside the rules of today."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.cases.queries import rule_sets as queries
from linli.cases.queries.categories import category_names
from linli.cases.queries.posts import post_names
from linli.cases.queries.shadow import Comparison, compare
from linli.cases.views.rule_sets import MOST_SHOWN, frame
from linli.kernel.sheets import download
from linli.kernel.web import Request, page
from linli.kernel.wholes import whole_number
from linli.places.queries.tree import names_of_paths
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.demo import demo_note
from linli.ui.formats import number

MONTH, MOST_DAYS = 30, 366
PERIODS = (7, MONTH, 90, 365)


@require_safe
def set_compare(request: Request, set_id: int) -> HttpResponse:
    """Show what the set would have done with the cases of the last days, beside today's rules."""
    rule_set, now = queries.get_set(request.actor, set_id), timezone.now()
    days = whole_number(request.GET.get("days", ""), most=MOST_DAYS) or MONTH
    found = compare(rule_set, request.actor, since=now - timedelta(days=days), until=now, now=now)
    posts = {post for before, after, _n in found.moves for post in (before, after)}
    names, categories = post_names(posts), category_names()
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        table = [_heads(), *(_cells(one, names, categories) for one in found.differences)]
        return download(table, name=_("Differences"), form=form, note=demo_note())
    context: dict[str, object] = {
        **frame(request, rule_set, "compare"),
        "found": found,
        "numbers": _numbers(found),
        "shown": found.differences[:MOST_SHOWN],
        "most": MOST_SHOWN,
        "names": names,
        "categories": categories,
        "places": names_of_paths({one.path for one in found.differences[:MOST_SHOWN]}),
        "days": days,
        "choices": [(n, _("the last %(days)s days") % {"days": n}) for n in PERIODS],
        "here": address_of(request),
        "columns": [col(_("Case")), col(_("Came in on")), col(_("Category")), col(_("Place")),
                    col(_("Rules of today")), col(_("These rules"))],
        "move_columns": [col(_("Rules of today")), col(_("These rules")), col(_("Cases"), end=True)],
    }  # fmt: skip
    return page(request, "cases/rule_compare.html", context)


def _numbers(found: Comparison) -> list[dict[str, object]]:
    handed_back = sum(1 for one in found.differences if one.bounced)
    rows = (
        (_("Cases looked at"), found.looked_at),
        (_("Would go elsewhere"), len(found.differences)),
        (_("Of these handed back before"), handed_back),
        (_("Would reach no post"), found.unreached),
    )
    return [{"title": title, "value": number(n), "text": "", "url": ""} for title, n in rows]


def _heads() -> list[str]:
    return [
        _("Case"),
        _("Came in on"),
        _("Category"),
        _("Rules of today"),
        _("These rules"),
        _("Handed back"),
    ]


def _cells(one: Any, names: dict[int, str], categories: dict[int, str]) -> list[str]:
    opened: datetime = timezone.localtime(one.opened_at)
    return [
        one.number,
        f"{opened:%Y-%m-%d %H:%M}",
        categories.get(one.category_id, ""),
        names.get(one.before.post_id, "") if one.before else "",
        names.get(one.after.post_id, "") if one.after else "",
        str(one.bounced),
    ]
