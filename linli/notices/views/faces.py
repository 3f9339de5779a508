"""Faces without a sign-in: the touch screen, the big screen on the wall, and the feed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, page
from linli.notices import queries
from linli.notices.rules.markup import plain
from linli.notices.views.showing import address_of_posting, name_of, rows, shown
from linli.orgs.queries import homes
from linli.places import queries as places
from linli.ui.addresses import address_of

if TYPE_CHECKING:
    from linli.notices.models import Posting

NEWEST = Keyset("new", ("-first_day", "-id"))
MOST = 12  # lines of the touch screen at once, each as large as a finger
TURN = 20  # seconds for which the big screen shows one notice


@require_safe
def touch_list(request: Request, code: str) -> HttpResponse:
    """What is displayed at a place, on the touch screen in its hall."""
    place, today = places.chain_of(code)[-1], timezone.localdate()
    found = page_of(
        queries.displayed_at(place.path, today),
        NEWEST,
        cursor=request.GET.get("cursor"),
        limit=MOST,
    )
    context: dict[str, object] = {
        "place": place, "name": name_of(place), "rows": rows(found.items, today), "found": found,
        "here": address_of(request),
    }  # fmt: skip
    return page(request, "notices/touch_list.html", context)


@require_safe
def touch_posting(request: Request, code: str, notice: str) -> HttpResponse:
    """One notice on the touch screen of a place."""
    place, today = places.chain_of(code)[-1], timezone.localdate()
    found = queries.get_public(notice, on=today)
    context: dict[str, object] = {
        "place": place, "name": name_of(place), "one": shown(found, found.current, today),
        "address": address_of_posting(found),
    }  # fmt: skip
    return page(request, "notices/touch_posting.html", context)


@require_safe
def screen(request: Request, code: str) -> HttpResponse:
    """What is displayed at a place on the wall, one notice after the other."""
    place, now = places.chain_of(code)[-1], timezone.now()
    today = timezone.localdate(now)
    found = queries.displayed_at(place.path, today)
    count = found.count()
    turn = int(now.timestamp()) // TURN % count if count else 0
    one = next(iter(found[turn : turn + 1]), None)
    context: dict[str, object] = {
        "place": place, "name": name_of(place), "count": count, "turn": turn + 1,
        "one": shown(one, one.current, today) if one else None,
        "address": address_of_posting(one) if one else "",
        "office": homes.office_of(place.path, today),
    }  # fmt: skip
    return page(request, "notices/screen.html", context, part="notices/_screen.html")


@require_safe
def feed(request: Request, code: str) -> HttpResponse:
    """The notices of a place as Atom: new, corrected and withdrawn ones, the last changed first."""
    place, today = places.chain_of(code)[-1], timezone.localdate()
    with translation.override("zh-hans"):
        made = _feed(place, queries.feed_of(place.path, today))
        response = HttpResponse(
            made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
        )
    response["Cache-Control"] = "public, max-age=300"
    return response


def _feed(place: Any, postings: list[Posting]) -> Atom1Feed:
    base = settings.LINLI_PUBLIC_URL
    made = Atom1Feed(
        title=f"{place.name} {queries.FEED_TITLE}",
        link=base + reverse("notices:of_place", args=[place.code]),
        description="",
        language="zh-Hans",
        feed_url=base + reverse("notices_feed", args=[place.code]),
    )
    for one in postings:
        _enter(made, one)
    return made


def _enter(made: Atom1Feed, one: Posting) -> None:
    version = one.current
    if version is None:
        return
    title, text = version.title, plain(version.body)
    if one.state == "withdrawn":
        words = queries.PHASE_WORDS["withdrawn"]
        title = f"[{words}] {queries.title_of(one.category) if one.is_hidden else title}"
        text = one.withdrawn_reason
    made.add_item(
        title=title,
        link=address_of_posting(one),
        description=text,
        unique_id=f"{settings.LINLI_PUBLIC_URL}/notices/{one.code}",
        pubdate=_at(one.published_at),
        updateddate=_at(one.changed_at if one.state == "withdrawn" else version.published_at),
        author_name=one.office,
        categories=[str(queries.title_of(one.category))],
    )


def _at(moment: datetime | None) -> datetime:
    assert moment is not None, "what is public was published"
    return moment
