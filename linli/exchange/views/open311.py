"""Open311 GeoReport v2: discovery, services, requests, tokens; updates and media as extensions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from linli.access.queries.tokens import actor_of_key
from linli.exchange import queries, services
from linli.exchange.errors import KeyNeeded, NoAddress, NotGiven, Unreadable
from linli.exchange.rules import asking
from linli.exchange.types import (
    CHANGESET,
    KEY_POSTS,
    MOST_IDS,
    MOST_PAGE,
    MOST_REQUESTS,
    SPECIFICATION,
    Asked,
    Posted,
    Status,
)
from linli.exchange.views.frame import Told, georeport
from linli.kernel.permits import Actor
from linli.kernel.web import Request
from linli.kernel.wholes import whole_number
from linli.runtime.services import limits

ATTRIBUTE = re.compile(r"attribute\[(?P<code>[^\[\]]{1,40})\](\[\])?")
OK, CREATED = HTTPStatus.OK, HTTPStatus.CREATED
ROOT = "/open311/v2"


@georeport("GET")
def discovery(request: Request) -> Told:
    """Where the addresses are, in which version and which forms."""
    formats = ["text/xml", "application/json"]
    endpoint = {
        "specification": SPECIFICATION,
        "url": settings.LINLI_PUBLIC_URL + ROOT,
        "changeset": CHANGESET,
        "type": "test" if settings.LINLI_DEMO else "production",
        "formats": formats,
    }
    contact = settings.LINLI_PUBLIC_URL + reverse("portal:feedback")
    found = {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": settings.LINLI_PUBLIC_URL + reverse("access:tokens"),
        "endpoints": [endpoint],
    }
    return "discovery", found, OK


@georeport("GET")
def service_list(request: Request) -> Told:
    """The types of requests."""
    rows = [
        {
            "service_code": one.code, "service_name": one.name, "description": one.description,
            "metadata": True, "type": "realtime", "keywords": one.keywords, "group": one.group,
        }
        for one in queries.services(timezone.localdate())
    ]  # fmt: skip
    return "services", rows, OK


@georeport("GET")
def service_definition(request: Request, code: str) -> Told:
    """What a type of request asks besides text and place."""
    service = queries.get_service(code, timezone.localdate())
    rows = [
        {
            "variable": one.variable, "code": one.code, "datatype": one.datatype,
            "required": one.required, "datatype_description": str(one.hint) or None,
            "order": order, "description": str(one.description),
            **({"values": [{"key": key, "name": str(name)} for key, name in one.values]} if one.values else {}),
        }
        for order, one in enumerate(queries.attributes(service.code), 1)
    ]  # fmt: skip
    return "service_definition", {"service_code": service.code, "attributes": rows}, OK


@georeport("GET", "POST")
def request_list(request: Request) -> Told:
    """Search requests, or post one."""
    if request.method == "POST":
        return _post(request)
    asked = _asked(request.GET)
    rows = queries.list_requests(asked, now=timezone.now(), extended=_extended(request))
    return "service_requests", rows, OK


@georeport("GET")
def request_one(request: Request, number: str) -> Told:
    """One request."""
    return "service_requests", [queries.get_request(number, extended=_extended(request))], OK


@georeport("GET")
def token(request: Request, token: str) -> Told:
    """The number that a request got under a token."""
    number = queries.number_of_token(token)
    return "service_requests", [{"service_request_id": number, "token": token}], OK


@georeport("GET", "POST")
def update_list(request: Request) -> Told:
    """What offices said on requests, as far as it is released; or one more word of whoever posted it.

    Both are extensions.
    """
    if request.method == "POST":
        return _post_update(request)
    rows = queries.updates(_asked(request.GET), now=timezone.now())
    return "service_requests_updates", rows, OK


@georeport("GET", "POST")
def nothing(request: Request, rest: str) -> Told:
    """Every other address."""
    raise NoAddress()


def _extended(request: Request) -> bool:
    return request.GET.get("extensions", "").lower() == "true"


def _asked(given: Mapping[str, str]) -> Asked:
    """Return which requests are asked for. Refuses with Unreadable."""
    ids = asking.words_of(given.get("service_request_id", ""))
    if len(ids) > MOST_IDS:
        raise Unreadable(name="service_request_id", why=_("too many at once"))
    statuses = asking.words_of(given.get("status", "").lower())
    if not set(statuses) <= set(Status):
        raise Unreadable(name="status", why=", ".join(Status))
    return Asked(
        ids=ids,
        codes=asking.words_of(given.get("service_code", "")),
        start=_moment(given, "start_date"),
        end=_moment(given, "end_date"),
        statuses=frozenset(statuses),
        page=_whole(given, "page", 1, MOST_PAGE),
        size=_whole(given, "page_size", MOST_REQUESTS, MOST_REQUESTS),
    )


def _moment(given: Mapping[str, str], name: str) -> Any:
    try:
        return asking.moment(given.get(name, ""), get_current_timezone())
    except asking.Wrong as wrong:
        why = _("write it like 2026-01-01T00:00:00+08:00 or 2026-01-01T00:00:00Z")
        raise Unreadable(name=name, why=why) from wrong


def _whole(given: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = given.get(name, "").strip()
    found = whole_number(text, least=1, most=most) if text else usual
    if found is None:
        raise Unreadable(name=name, why=_("a number from 1 to %(most)s") % {"most": most})
    return found


def _post(request: Request) -> Told:
    """Take a request down, for whoever is behind the api_key."""
    sent = request.POST
    given = {name: sent.get(name, "").strip() for name in sent}
    actor = _actor(request, given.get("api_key", ""))
    posted = _posted(given, request)
    receipt = services.post_request(
        posted, media=request.FILES.getlist("media"), actor=actor, now=timezone.now()
    )
    notice = _("Number %(number)s. Followed with the code %(code)s at %(address)s") % {
        "number": receipt.number,
        "code": receipt.code or _("that was given before"),
        "address": f"{settings.LINLI_PUBLIC_URL}/follow/{receipt.number}",
    }
    # token_only: as a system that gives numbers later would answer
    name, value = ("service_request_id", receipt.number)
    if given.get("token_only", "").lower() == "true":
        name, value = "token", receipt.token
    row = {name: value, "service_notice": notice, "account_id": None}
    return "service_requests", [row], CREATED


def _post_update(request: Request) -> Told:
    """Add words and photos to a request, for the key that posted it."""
    sent = {name: request.POST.get(name, "").strip() for name in request.POST}
    actor = _actor(request, sent.get("api_key", ""))
    for name in ("service_request_id", "description"):
        if not sent.get(name):
            raise NotGiven(name=name)
    added = services.post_update(
        sent["service_request_id"], sent["description"], media=request.FILES.getlist("media"),
        once=request.headers.get("Idempotency-Key", "")[:200], actor=actor, now=timezone.now(),
    )  # fmt: skip
    row = {"update_id": added.update_id, "service_request_id": added.number, "account_id": None}
    return "service_requests_updates", [row], CREATED


def _actor(request: Request, key: str) -> Actor:
    found = actor_of_key(key, now=timezone.now()) if key else None
    if found is None:
        raise KeyNeeded()
    subject = f"{found.account_id} {found.label}"
    limits.take("exchange.key", subject, rate=KEY_POSTS, now=timezone.now())
    return found


def _posted(given: Mapping[str, str], request: Request) -> Posted:
    """Return what was sent. Refuses with NotGiven, Unreadable."""
    if not given.get("service_code"):
        raise NotGiven(name="service_code")
    attributes = {
        found["code"]: values
        for name, values in request.POST.lists()
        if (found := ATTRIBUTE.fullmatch(name)) is not None
    }
    return Posted(
        service_code=given["service_code"],
        lat=_degrees(given, "lat", 90),
        long=_degrees(given, "long", 180),
        address=given.get("address_string", "")[:200],
        address_id=given.get("address_id", ""),
        description=given.get("description", ""),
        first_name=given.get("first_name", ""),
        last_name=given.get("last_name", ""),
        phone=given.get("phone", ""),
        media_url=given.get("media_url", "")[:500],
        attributes=attributes,
        once=request.headers.get("Idempotency-Key", "")[:200],
    )


def _degrees(given: Mapping[str, str], name: str, most: float) -> float | None:
    try:
        return asking.degrees(given.get(name, ""), most)
    except asking.Wrong as wrong:
        raise Unreadable(name=name, why=_("degrees of WGS84, like 23.02")) from wrong
