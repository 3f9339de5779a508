"""Pages on posts that ended and are still named by lists and rules: which they are, and who takes their place."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.forms.routing import ReplaceForm
from linli.cases.queries import ended_posts as queries
from linli.cases.queries.categories import name_of
from linli.cases.queries.duties import line_of
from linli.cases.queries.posts import post_names
from linli.cases.queries.routing_words import STATE_WORDS
from linli.cases.services.replacing import Replaced, replace_post
from linli.cases.views.routing_frame import GET_POST, Asking, Way, answer, require_keeper
from linli.kernel.permits import Actor
from linli.kernel.web import Request, page
from linli.places.queries.tree import names_of_paths
from linli.ui.columns import col


@require_safe
def ended_list(request: Request) -> HttpResponse:
    """List posts that ended and are named where the reader keeps lists and rules."""
    require_keeper(request.actor)
    rows = queries.still_named(request.actor, localdate())
    title = _("Posts that ended and are still named")
    context: dict[str, object] = {
        "title": title,
        "way": [_start(), (title, "")],
        "rows": rows,
        "places": names_of_paths({row.path for row in rows}),
        "columns": [col(_("Post")), col(_("Place")), col(_("Ends on")), col(_("Lines of lists")),
                    col(_("Rules")), col(_("Next step"), end=True)],
    }  # fmt: skip
    return page(request, "cases/ended_posts.html", context)


@require_http_methods(GET_POST)
def ended_replace(request: Request, post_id: int) -> HttpResponse:
    """Show what names a post that ended; let another one take its place in all of it."""
    actor, today = request.actor, localdate()
    require_keeper(actor)
    ended = queries.ended_post(post_id)
    first = max(today, ended.closed_on)
    initial = {"post_id": queries.likely_successor(actor, ended, today), "since": first}
    form = ReplaceForm(request.POST or None, initial=initial, actor=actor, path=ended.path)

    def act() -> None:
        given = form.cleaned_data
        done = replace_post(
            post_id, given["post_id"], since=given["since"], actor=actor, now=timezone.now()
        )
        _tell(request, done)

    title = _("Name another post")
    way: Way = [_start(), (_("Posts that ended and are still named"), reverse("cases:ended_posts")),
                (title, "")]  # fmt: skip
    asking = Asking(
        title, form, way, reverse("cases:ended_posts"), _("Let it take the place"),
        _("The other post stands in lists and rules."),
        lead=post_names([post_id]).get(post_id, ""), template="cases/ended_post.html",
        more={**_named(actor, post_id, first), "today": today},
    )  # fmt: skip
    return answer(request, asking, act)


def _named(actor: Actor, post_id: int, day: date) -> dict[str, object]:
    lines = queries.naming_lines(actor, post_id, day).select_related("category")
    found = [
        (row.category, line_of(row)) for row in lines.order_by("path", "category__order", "pk")
    ]
    sets = queries.sets_told(actor, post_id, day)
    paths = {line.path for _category, line in found} | {one.held.path for one in sets}
    return {
        "lines": found, "sets": sets, "places": names_of_paths(paths), "name_of": name_of,
        "states": STATE_WORDS, "day": day,
    }  # fmt: skip


def _start() -> tuple[str, str]:
    return _("Routing of cases"), reverse("cases:routing")


def _tell(request: Request, done: Replaced) -> None:
    """Say which rules do not hold yet."""
    if done.drafts:
        words = ngettext(
            "%(num)s set of rules waits as a draft: look at it and put it in force.",
            "%(num)s sets of rules wait as drafts: look at them and put them in force.",
            len(done.drafts),
        )
        messages.warning(request, words % {"num": len(done.drafts)})
