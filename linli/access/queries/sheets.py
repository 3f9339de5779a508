"""Lists of access as files: accounts and requests about data, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from linli.access.queries.accounts import Wanted, filtered, visible_accounts
from linli.access.queries.requests import requests_to_answer
from linli.access.states import ACCOUNT_WORDS, KIND_WORDS, REQUEST_WORDS
from linli.kernel.list_files import Asked, Row
from linli.kernel.permits import Actor
from linli.kernel.registries import PATH_OF, PLACE_NAMES
from linli.kernel.sheets import day_cell, moment_cell

STEP = 500


def account_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Accounts that one looks after: who, where and in which state, nothing of when she signed in."""
    yield [_("Name"), _("Sign-in name"), _("Unit"), _("Place"), _("State")]
    wanted = Wanted(_path(asked), asked.get("state", ""), asked.get("q", ""))
    names: dict[str, str] = {}
    found = filtered(visible_accounts(actor), wanted).order_by("path", "display_name", "pk")
    for one in found.iterator(chunk_size=STEP):
        yield [
            one.display_name, one.username, one.unit, _name(names, one.path),
            str(ACCOUNT_WORDS[one.state]),
        ]  # fmt: skip


def request_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """Requests about data that one answers; whose they are and what they say stays out."""
    yield [_("Number"), _("What is asked"), _("Place"), _("State"), _("Received"), _("Due"),
           _("Taken by"), _("Answered")]  # fmt: skip
    names: dict[str, str] = {}
    found = requests_to_answer(actor, state=asked.get("state", ""), path=_path(asked))
    for one in found.order_by("due_on", "pk").iterator(chunk_size=STEP):
        yield [
            one.number, str(KIND_WORDS[one.kind]), _name(names, one.path), str(REQUEST_WORDS[one.state]),
            moment_cell(one.received_at), day_cell(one.due_on),
            one.taken_by.display_name if one.taken_by else "", moment_cell(one.answered_at),
        ]  # fmt: skip


def _path(asked: Asked) -> str:
    """Return the path of the place that was chosen, as the page takes it: a path, or a code."""
    typed = asked.get("place", "").strip()
    return typed if not typed or "/" in typed else (PATH_OF.call(typed) or typed)


def _name(names: dict[str, str], path: str) -> str:
    if path not in names:
        names[path] = PLACE_NAMES.call([path]).get(path, "") if path else ""
    return names[path]
