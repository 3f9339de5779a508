"""Addresses of the floor: one page, and one row with its commit."""

from __future__ import annotations

import os
import secrets
from functools import cache
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.urls import path
from django.utils import timezone, translation

from linli.config.urls import urlpatterns as ours
from linli.kernel.permits import NOBODY
from linli.portal import doors, queries
from linli.portal.views.homes import frame

ROW = """
INSERT INTO documents_shortcode (code, kind, target_id, made_at) VALUES (%s, 'bench', %s, now())
"""


@cache
def frozen() -> dict[str, Any]:
    """The context of the page, read once."""
    home = queries.home_of(os.environ["LINLI_BENCH_PLACE"], NOBODY, timezone.localdate())
    return {**frame(home), "entrances": doors.of_place(home.place)}


def page(request: HttpRequest) -> HttpResponse:
    """Render the template, nothing else."""
    translation.activate("zh-hans")
    request.actor = NOBODY  # type: ignore[attr-defined]
    template = get_template("portal/village_home.html", using=None)
    return HttpResponse(template.render(frozen(), request))


def insert(request: HttpRequest) -> HttpResponse:
    """Write one row and commit, nothing else.

    What was sent is read: the server hangs up on whoever sends something that nobody reads.
    """
    assert request.body
    with connection.cursor() as cursor:
        cursor.execute(ROW, [secrets.token_hex(6), secrets.randbits(60)])
    return HttpResponse("{}", status=201, content_type="application/json")


urlpatterns = [path("floor/", page), path("floor/insert/", insert), *ours]
