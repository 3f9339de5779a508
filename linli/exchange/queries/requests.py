"""Requests as the standard tells them: what everybody may see of cases, and nothing else.

The day of a report is public, its hour is not: searches by time go by whole days.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from linli.cases.queries import public
from linli.cases.queries.public_standing import said_by_offices, standing_at
from linli.cases.types.kinds import Stage
from linli.cases.types.public import PublicCase, PublicWord
from linli.exchange.errors import NoRequest, NoToken, Unreadable
from linli.exchange.models import PostedRequest
from linli.exchange.rules import asking
from linli.exchange.types import OTHER, Asked, Status
from linli.kernel.errors import NotFound

MILLION = 1_000_000
# answered is not done: only what is done, refused by rule or ended is closed
CLOSED = frozenset({Stage.SOLVED, Stage.REFUSED, Stage.ENDED})


def list_requests(asked: Asked, *, now: datetime, extended: bool) -> list[dict[str, Any]]:
    """Return requests, newest first. Refuses with Unreadable."""
    found = public.public_cases().select_related(*public.WITH)
    if asked.ids:
        return _page(found.filter(number__in=asked.ids), asked, extended=extended)
    zone = get_current_timezone()
    first, last = asking.days_of(_span(asked, now), zone)
    found = found.filter(opened_at__gte=first, opened_at__lt=last)
    if asked.codes:
        codes = Q(category__code__in=asked.codes)
        found = found.filter(codes | Q(category__isnull=True) if OTHER in asked.codes else codes)
    if len(asked.statuses) == 1:
        found = standing_at(found, _stages_of(Status(*asked.statuses)))
    return _page(found, asked, extended=extended)


def _page(found: QuerySet[Any], asked: Asked, *, extended: bool) -> list[dict[str, Any]]:
    begin = (asked.page - 1) * asked.size
    cases = list(found.order_by("-opened_at", "-pk")[begin : begin + asked.size])
    return [told(one, extended=extended) for one in public.shown(cases)]


def _span(asked: Asked, now: datetime) -> tuple[datetime, datetime]:
    try:
        return asking.span(asked.start, asked.end, now)
    except asking.Wrong as wrong:
        why = {
            "span": _("the span may not be longer than 90 days"),
            "order": _("end_date lies before start_date"),
        }[wrong.why]
        raise Unreadable(name="start_date, end_date", why=why) from wrong


def _stages_of(status: Status) -> list[Stage]:
    return [stage for stage in Stage if (stage in CLOSED) == (status is Status.CLOSED)]


def get_request(number: str, *, extended: bool) -> dict[str, Any]:
    """Return one request. Refuses with NoRequest."""
    try:
        return told(public.get_public(number), extended=extended)
    except NotFound as missing:
        raise NoRequest() from missing


def told(case: PublicCase, *, extended: bool = False) -> dict[str, Any]:
    """Return a case as a request of the standard; what the standard leaves open is empty."""
    lon, lat = case.point if case.point else (None, None)
    photos = [_address_of(code) for code in case.photos]
    row: dict[str, Any] = {
        "service_request_id": case.number,
        "status": status_of(case),
        "status_notes": case.answer or str(case.state),
        "service_name": case.category,
        "service_code": case.category_code or OTHER,
        "description": case.said or None,
        "agency_responsible": case.body or None,
        "service_notice": case.promise or None,
        "requested_datetime": beginning(case.opened_on),
        "updated_datetime": beginning(case.updated_on),
        "expected_datetime": None if case.expected_on is None else beginning(case.expected_on),
        "address": case.place,
        "address_id": case.place_code,
        "zipcode": None,
        "lat": None if lat is None else lat / MILLION,
        "long": None if lon is None else lon / MILLION,
        "media_url": photos[0] if photos else None,
    }
    return {**row, "media_urls": photos, "same_as": case.same_as or None} if extended else row


def status_of(case: PublicCase) -> str:
    """Return whether a request is open or closed."""
    return Status.CLOSED if case.stage in CLOSED else Status.OPEN


def beginning(on: date) -> str:
    """Return a day as the standard writes it: the moment at which it begins here."""
    return datetime.combine(on, time.min, get_current_timezone()).isoformat(timespec="seconds")


def _address_of(code: str) -> str:
    return settings.LINLI_PUBLIC_URL + reverse("files:smaller", args=[code, "1920"])


def updates(asked: Asked, *, now: datetime) -> list[dict[str, Any]]:
    """Return what offices said on requests and was released, the oldest first (an extension).

    It is asked by the days on which it was said, or by requests. Refuses with Unreadable.
    """
    found = public.public_cases().select_related(*public.WITH)
    begin = (asked.page - 1) * asked.size
    if asked.ids:
        of_these = found.filter(number__in=asked.ids).order_by("-opened_at", "-pk")
        told_of = [(case, word) for case in public.shown(list(of_these)) for word in case.words]
        by_offices = [_said(case, word) for case, word in told_of if not word.is_by_reporter]
        return by_offices[begin : begin + asked.size]
    first, last = asking.days_of(_span(asked, now), get_current_timezone())
    steps = list(said_by_offices(first, last)[begin : begin + asked.size])
    cases = public.shown(list(found.filter(pk__in={case_id for case_id, _seq in steps})))
    said = {(case.id, word.seq): _said(case, word) for case in cases for word in case.words}
    return [said[step] for step in steps if step in said]


def _said(case: PublicCase, word: PublicWord) -> dict[str, Any]:
    return {
        "update_id": f"{case.number}-{word.seq}",
        "service_request_id": case.number,
        "status": status_of(case),
        "updated_datetime": beginning(word.on),
        "description": word.text,
        "media_url": None,
    }


def number_of_token(token: str) -> str:
    """Return the number that a request got. Refuses with NoToken."""
    found = None
    if asking.is_uuid(token):
        found = PostedRequest.objects.filter(token=token).first()
    if found is None:
        raise NoToken()
    return found.number
