"""The menu of the desk: what somebody may open, how much waits there, and where the page of now belongs."""

from __future__ import annotations

from fnmatch import fnmatchcase

from django.http import HttpRequest
from django.utils.timezone import localdate

from linli.kernel.permits import Actor
from linli.kernel.registries import DESK, DeskEntry
from linli.ui import badges
from linli.ui.entries import DESK_GROUPS, Entry, Group, page_of

# entries with their addresses
Shown = list[tuple[DeskEntry, str]]


def menu_of(request: HttpRequest, actor: Actor, desk_url: str) -> list[Group]:
    """Return what an actor may open, under the headings of the office; one without any is left out."""
    shown = _shown(actor)
    current = _current(request, shown, desk_url)
    counts = badges.counts_of(
        actor, localdate(), [entry for entry, _url in shown], current=current.key if current else ""
    )
    under: dict[str, list[Entry]] = {key: [] for key, _title in DESK_GROUPS}
    for one, url in shown:
        entry = Entry(one.key, one.title, one.icon, url, counts[one.key], one is current)
        under[one.group].append(entry)
    return [Group(key, title, under[key]) for key, title in DESK_GROUPS if under[key]]


def _shown(actor: Actor) -> Shown:
    found = [
        (entry, page_of(entry.url_name))
        for entry in sorted(DESK, key=lambda entry: entry.order)
        if not entry.permits or any(actor.paths(permit) for permit in entry.permits)
    ]
    return [(entry, url) for entry, url in found if url]


def _current(request: HttpRequest, shown: Shown, desk_url: str) -> DeskEntry | None:
    """Return the entry that names this page, else the one with the longest address above it, if any has."""
    match = request.resolver_match
    view = match.view_name if match is not None else ""
    named = [
        (len(pattern), entry)
        for entry, _url in shown
        for pattern in entry.covers
        if fnmatchcase(view, pattern)
    ]
    above = [(len(url), entry) for entry, url in shown if _is_under(request.path, url, desk_url)]
    return max(named or above, key=lambda one: one[0], default=(0, None))[1]


def _is_under(path: str, url: str, desk_url: str) -> bool:
    """Say whether a page belongs to an entry; below the desk itself lies everything."""
    return path == url or (url != desk_url and path.startswith(url))
