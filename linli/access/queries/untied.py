"""Holders of posts with rights who have no account yet, as a list: narrowed to a place, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from linli.access.queries.choices import place_names
from linli.access.queries.holders import Untied, untied_holders
from linli.kernel.list_files import Asked, Row
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.kernel.registries import PATH_OF
from linli.kernel.sheets import day_cell
from linli.ui.jinja import named


def untied_at(actor: Actor, place: str, *, now: datetime) -> list[Untied]:
    """Return those whom the actor ties, the latest first; of one place and below, if one is named by code or path."""
    typed = place.strip()
    path = typed if not typed or "/" in typed else (PATH_OF.call(typed) or typed)
    return [one for one in untied_holders(actor, now=now) if one.path.startswith(path)]


def untied_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Whom the page lists, as a file."""
    found = untied_at(actor, asked.get("place", ""), now=now)
    names = place_names({one.path for one in found})
    yield [_("Name"), _("Post"), _("Place"), _("Code of the place"), _("Since")]
    for one in found:
        yield [
            one.holder_name,
            named(one),
            names.get(one.path, ""),
            code_of(one.path),
            day_cell(one.since),
        ]
