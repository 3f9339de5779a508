"""Where a page may lead: tabs, footer and groups of the desk, as entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import DeskGroup, Hook

HTML_LANGUAGES = {"zh-hans": "zh-Hans", "en": "en"}
LANGUAGE_NAMES = {"zh-hans": "中文", "en": "English"}


# (request) → the five tabs of residents as Entry, for the place the page is about; filled by portal
TABS_OF: Hook[Callable[[HttpRequest], list[Entry] | None]] = Hook("tabs_of")
# without it: key, words, icon, the page it leads to; a tab whose page does not exist is not shown
TABS = (
    ("home", _("Home"), "home", "portal:home"),
    ("services", _("Services"), "clipboard-text", "portal:services"),
    ("participate", _("Take part"), "users-group", "portal:participate"),
    ("open", _("Open books"), "receipt-yuan", "portal:open"),
    ("me", _("Mine"), "user-circle", "portal:me"),
)
ACCOUNT = (
    (_("My affairs"), "portal:me"),
    (_("Inbox"), "notify:inbox"),
    (_("Sign-in and security"), "access:security"),
    (_("Who read my data"), "trail:who_read"),
)
FOOTER_FACTS = ("sponsor", "operator", "icp_number", "police_number", "site_code", "hotline")


ICP_REGISTER = "https://beian.miit.gov.cn/"
POLICE_REGISTER = "https://beian.mps.gov.cn/#/query/webSearch"


FOOTER = (
    (_("Accessibility"), "portal:accessibility"),
    (_("Privacy"), "portal:privacy"),
    (_("How to object"), "portal:objections"),
    (_("Public log"), "translog:log"),
    (_("Check of a paper"), "documents:check_ask"),
)
# headings of the desk's navigation, from what one does every day to what one sets up
DESK_GROUPS: tuple[tuple[DeskGroup, Any], ...] = (
    ("mine", _("My work")),
    ("cases", _("Cases and replies")),
    ("grid", _("Grid work")),
    ("papers", _("Notices and papers")),
    ("registers", _("Registers")),
    ("manage", _("Set-up and oversight")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a navigation."""

    key: str
    title: Any
    icon: str
    url: str
    count: int | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of a navigation under one heading."""

    key: str
    title: Any
    entries: list[Entry]


def page_of(name: str) -> str:
    """Return the address of a page, or nothing if this installation has no such page."""
    return _page_of(name, get_language() or "")


@cache
def _page_of(name: str, language: str) -> str:
    """Addresses without arguments never change while we run; each language has its own."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def in_language(path: str, now: str, then: str) -> str:
    """Return the address of the same page in the other language: only the prefix differs."""
    return f"/{then}/{path[len(now) + 2 :]}" if path.startswith(f"/{now}/") else f"/{then}/"
