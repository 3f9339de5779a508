"""Health, metrics and request logs: answered before sessions, languages and sign-in."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus

import structlog
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from linli.kernel.metrics import GAUGES

REQUESTS = Counter("linli_requests_total", "Requests answered", ["method", "status"])
SECONDS = Histogram(
    "linli_request_seconds",
    "Time to answer",
    ["view"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
# before anybody knows the language of who asks
ZERO_BYTE = "网址里有无法识别的符号。\nThis address contains a null character (%00). Remove it."
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
log = structlog.get_logger("linli.web")
# a label is looked up behind a lock; there are fewer than two thousand views
_counted, _timed = lru_cache(256)(REQUESTS.labels), lru_cache(2048)(SECONDS.labels)


def observe(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer /healthz, /readyz and /metrics; count and log everything else without personal data."""

    own: dict[str, Callable[[], HttpResponse]] = {
        "/healthz": healthy,
        "/readyz": ready,
        "/metrics": metrics,
    }

    def middleware(request: HttpRequest) -> HttpResponse:
        answer = own.get(request.path_info)
        if answer is not None:
            return answer()
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return zero_byte(request.path_info)
        began = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - began
        match = request.resolver_match
        view = match.view_name if match and match.view_name else "none"
        method = request.method if request.method in METHODS else "other"
        _counted(method, str(response.status_code)).inc()
        _timed(view).observe(seconds)
        log.info(
            "request",
            method=request.method,
            view=view,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
        return response

    return middleware


def zero_byte(address: str) -> HttpResponse:
    """Refuse an address that no database could look up, to a program in the API's shape."""
    if address.startswith("/api/"):
        body = {"code": "zero_byte", "message": ZERO_BYTE, "fields": {}}
        return JsonResponse(body, status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(
        ZERO_BYTE, status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8"
    )


def healthy() -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


def ready() -> HttpResponse:
    """The process can reach its database and the tables are there."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        connection.close()
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


def metrics() -> HttpResponse:
    """Metrics in Prometheus' text format, those of all processes of this home added up."""
    counted: CollectorRegistry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    content = generate_latest(counted) + generate_latest(GAUGES)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)
