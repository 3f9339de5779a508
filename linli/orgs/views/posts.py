"""Pages on posts: one of them with its holders, and what can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.addresses import address_of
from linli.kernel.permits import require
from linli.kernel.seats import POST_HAS_RIGHTS, PostShape
from linli.kernel.web import Request, page
from linli.orgs import permits, queries, services
from linli.orgs.forms.centres import DayForm
from linli.orgs.forms.posts import AppointmentForm, PostChangeForm, PostForm, ReopeningForm
from linli.orgs.queries.closing import may_close, require_above
from linli.orgs.queries.handovers import waiting_sheets
from linli.orgs.queries.posts import POST_COLUMNS, details_within, post_choices
from linli.orgs.types import nobody_works
from linli.orgs.views.answering import Asking, Fresh, Way, answer, name_of, way_to
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]


def way_of(organisation: Any, *more: tuple[str, str]) -> Way:
    """Return the way to a page about an organisation."""
    here = (name_of(organisation), reverse("orgs:organisation", args=[organisation.code]))
    return way_to(organisation.place.code, here, *more)[1]


def title_of_post(post: Any) -> str:
    """Return the title of a post in the reader's language."""
    return name_of(_Titled(post.title, post.title_en))


class _Titled:
    def __init__(self, name: str, name_en: str) -> None:
        self.name, self.name_en = name, name_en


@require_safe
def post_page(request: Request, post_id: int) -> HttpResponse:
    """Show one post: who holds it, who acts when it is vacant, who held it before."""
    actor, today = request.actor, localdate()
    post = queries.get_post(actor, post_id)
    organisation = queries.organisation_by_id(actor, post.organisation_id, on=today)
    sees_all = queries.sees_all_posts(actor, organisation)
    may_appoint = actor.may(permits.appointer_of(organisation.level), at=post.path)
    closes = may_close(actor, organisation, post)
    holdings = queries.history_of(post)
    holders = [h for h in holdings if h.since <= today and (not h.until or h.until > today)]
    context: dict[str, object] = {
        "post": post,
        "title": title_of_post(post),
        "organisation": organisation,
        "way": way_of(organisation, (title_of_post(post), "")),
        "holders": holders,
        # who held a post years ago is the office's matter, not everybody's
        "former": [h for h in holdings if h.until and h.until <= today] if sees_all else [],
        "is_shut_out": sees_all and bool(holders) and nobody_works(holders),
        "acting": queries.acting_holder(post.pk, today) if sees_all else None,
        "sees_all": sees_all,
        "today": today,
        "may_edit": actor.may(permits.keeper_of(organisation.level), at=post.path),
        "may_close": closes,
        "may_reopen": closes and post.closed_on is not None and organisation.closed_on is None,
        "may_shape": actor.may(permits.kinds_of(organisation.level), at=post.path),
        "may_appoint": may_appoint,
        "sheets": waiting_sheets([h.pk for h in holders]) if may_appoint else {},
    }
    return page(request, "orgs/post.html", context)


@require_http_methods(GET_POST)
def post_add(request: Request, code: str) -> HttpResponse:
    """Make a post in an organisation."""
    organisation = queries.get_organisation(request.actor, code, on=localdate())
    permits.require_shaper(request.actor, organisation.level, at=organisation.path)
    above, own = post_choices(organisation)
    form = PostForm(request.POST or None, above=above, own=own)

    def act() -> None:
        services.add_post(organisation, form.details, actor=request.actor, now=timezone.now())

    title = _("New post")
    asking = Asking(
        title=title, form=form, way=way_of(organisation, (title, "")),
        to=reverse("orgs:organisation", args=[code]), submit=_("Make the post"),
        said=_("The post is made. It is vacant."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def post_change(request: Request, post_id: int) -> HttpResponse:
    """Change what a post is."""
    post, organisation = _mine(request, post_id, or_shaper=True)
    above, own = post_choices(organisation, without=post.pk)
    form = PostChangeForm(request.POST or None, above=above, own=own, initial=_said(post))
    if not request.actor.may(permits.keeper_of(organisation.level), at=post.path):
        form.close_all_but(SHAPE_FIELDS)

    def act() -> None:
        details = details_within(request.actor, post, form.details)
        services.change_post(
            post, details, edition=form.cleaned_data["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    def now() -> Any:
        return queries.get_post(request.actor, post_id)

    def said() -> Sequence[tuple[str, Any]]:
        current = _said(now())
        return [(str(f.label), current[n]) for n, f in form.fields.items() if n in PLAIN]

    asking = _asking(post, organisation, form, _("Change the post"), _("Save"),
                     _("The post is changed."))  # fmt: skip
    return answer(request, asking, act, Fresh(said=said, edition=lambda: int(now().edition)))


# what whoever decides on kinds alone may change
SHAPE_FIELDS = ("kind", "above_id", "deputy_id", "edition")
PLAIN = ("title", "title_en", "duties", "office_phone", "seats", "rank")


@require_http_methods(GET_POST)
def post_close(request: Request, post_id: int) -> HttpResponse:
    """Close a post that nobody holds."""
    post, organisation = _mine(request, post_id)
    require_above(request.actor, organisation, post)
    form = DayForm(request.POST or None, initial={"on": localdate()})

    def act() -> None:
        services.close_post(
            post, on=form.cleaned_data["on"], actor=request.actor, now=timezone.now()
        )

    asking = _asking(post, organisation, form, _("Close the post"), _("Close it"),
                     _("The post is closed."))  # fmt: skip
    asking = replace(
        asking,
        more={
            "left": queries.hanging_on_post(request.actor, post),
            "held": [one for one in queries.history_of(post) if not one.until],
            "may_appoint": request.actor.may(
                permits.appointer_of(organisation.level), at=post.path
            ),
        },
    )
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def post_reopen(request: Request, post_id: int) -> HttpResponse:
    """Open a post again that was closed by mistake."""
    post, organisation = _mine(request, post_id)
    require_above(request.actor, organisation, post)
    form = ReopeningForm(request.POST or None)

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.reopen_post(post, reason=reason, actor=request.actor, now=timezone.now())

    asking = _asking(post, organisation, form, _("Open the post again"), _("Open it again"),
                     _("The post is open again. It is vacant."))  # fmt: skip
    gone = _("What the post had when it closed stays where it went: cases, cells, shifts and rules. "
             "Whatever it is to do again is given to it anew.")  # fmt: skip
    return answer(request, replace(asking, danger=gone), act)


@require_http_methods(GET_POST)
def post_appoint(request: Request, post_id: int) -> HttpResponse:
    """Record that somebody takes the post."""
    post = queries.get_post(request.actor, post_id)
    organisation = queries.organisation_by_id(request.actor, post.organisation_id, on=localdate())
    require(request.actor, permits.appointer_of(organisation.level), at=post.path)
    form = AppointmentForm(request.POST or None, initial={"since": localdate()})

    made: list[int] = []
    now = timezone.now()

    def act() -> None:
        made.append(services.appoint(post, form.appointment, actor=request.actor, now=now).pk)

    asking = _asking(post, organisation, form, _("Who takes the post?"), _("Put on record"),
                     _("The holder is on record."),
                     to=lambda: _after(post, made[0], now))  # fmt: skip
    return answer(request, asking, act)


def _after(post: Any, holding_id: int, now: datetime) -> str:
    """Whoever has rights by a post needs an account: which one is asked next."""
    if POST_HAS_RIGHTS.call(PostShape(post.path, post.kind_id, post_id=post.pk), now=now):
        return address_of("access:holder", holding_id)
    return address_of("orgs:post", post.pk)


def _mine(request: Request, post_id: int, *, or_shaper: bool = False) -> tuple[Any, Any]:
    post = queries.get_post(request.actor, post_id)
    organisation = queries.organisation_by_id(request.actor, post.organisation_id, on=localdate())
    if or_shaper:
        permits.require_shaper(request.actor, organisation.level, at=organisation.path)
    else:
        require(request.actor, permits.keeper_of(organisation.level), at=post.path)
    return post, organisation


def _said(post: Any) -> dict[str, Any]:
    said = {name: getattr(post, name) for name in POST_COLUMNS}
    return {**said, "kind": post.kind_id, "edition": post.edition}


def _asking(
    post: Any,
    organisation: Any,
    form: Form,
    *words: str,
    to: Callable[[], str] | None = None,
) -> Asking:
    """Words are title, button, and what is said when it went well."""
    title, submit, said = words
    back = reverse("orgs:post", args=[post.pk])
    way = way_of(organisation, (title_of_post(post), back), (title, ""))
    lead = f"{name_of(organisation)} · {title_of_post(post)}"
    return Asking(
        title=title, form=form, way=way, to=to or back, submit=submit, said=said, lead=lead
    )
