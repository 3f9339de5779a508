"""What every page knows without being told: language, type size, navigation, footer."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from linli.kernel.permits import NOBODY, Actor
from linli.ui.addresses import Address, address_of
from linli.ui.desk_menu import menu_of
from linli.ui.entries import (
    ACCOUNT,
    FOOTER,
    FOOTER_FACTS,
    HTML_LANGUAGES,
    ICP_REGISTER,
    LANGUAGE_NAMES,
    POLICE_REGISTER,
    TABS,
    TABS_OF,
    Entry,
    Group,
    in_language,
    page_of,
)
from linli.ui.kept_words import lost_words

TYPE_COOKIE, CONTRAST_COOKIE = "linli-type", "linli-contrast"


class Shell:
    """The frame around a page; worked out only as far as the template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.actor: Actor = getattr(request, "actor", NOBODY)
        self.is_large = request.COOKIES.get(TYPE_COOKIE) == "large"
        self.is_high_contrast = request.COOKIES.get(CONTRAST_COOKIE) == "high"
        self.is_turned = request.GET.get("turn") == "1"

    @property
    def is_reading(self) -> bool:
        """Say whether asking for the same address again changes nothing."""
        return self.request.method in ("GET", "HEAD")

    @cached_property
    def back_url(self) -> str:
        """The page before, if it is one of ours."""
        before = urlsplit(self.request.META.get("HTTP_REFERER", ""))
        if before.netloc != self.request.get_host():
            return ""
        return f"{before.path}?{before.query}" if before.query else before.path

    @cached_property
    def path(self) -> str:
        """The address to come back to: this page, or after a POST the page that held the form."""
        return self.request.get_full_path() if self.is_reading else self.back_url or self.home_url

    @property
    def form_url(self) -> str:
        """This page, or after a POST the form that was sent, if need be by its own address."""
        if self.is_reading:
            return self.path
        return self.back_url or self.request.get_full_path()

    @cached_property
    def above_url(self) -> str:
        """The page to which the address of a move belongs: a page ends in a slash, what is sent from it does not."""
        above = self.request.path.rpartition("/")[0] + "/"
        try:
            resolve(above)
        except Resolver404:
            return ""
        return "" if self.request.path.endswith("/") else above

    @property
    def lang(self) -> str:
        return get_language() or "zh-hans"

    @property
    def html_lang(self) -> str:
        return HTML_LANGUAGES.get(self.lang, self.lang)

    @cached_property
    def other(self) -> dict[str, str]:
        """The same page in the other language."""
        code = "en" if self.lang != "en" else "zh-hans"
        return {
            "code": HTML_LANGUAGES[code],
            "name": LANGUAGE_NAMES[code],
            "url": in_language(self.path, self.lang, code),
        }

    @property
    def other_here(self) -> str:
        """This very address in the other language, where a form that was sent can be sent again."""
        code = "en" if self.lang != "en" else "zh-hans"
        return in_language(self.request.get_full_path(), self.lang, code)

    @property
    def is_demo(self) -> bool:
        return bool(getattr(settings, "LINLI_DEMO", False))

    @property
    def is_signed_in(self) -> bool:
        return self.actor.account_id is not None

    @property
    def is_staff(self) -> bool:
        return self.actor.is_staff

    @cached_property
    def tabs(self) -> list[Entry]:
        given: list[Entry] | None = TABS_OF.call(self.request)
        if given is not None:
            return given
        found = [(key, title, icon, page_of(name)) for key, title, icon, name in TABS]
        return [Entry(key, title, icon, url) for key, title, icon, url in found if url]

    @cached_property
    def desk(self) -> list[Group]:
        """The work this actor may do, in the order of the office; a heading without any is left out."""
        return menu_of(self.request, self.actor, self.desk_url) if self.is_staff else []

    @cached_property
    def desk_url(self) -> str:
        return page_of("portal:desk")

    @cached_property
    def home_url(self) -> str:
        return page_of("portal:home") or "/"

    @cached_property
    def search_url(self) -> str:
        return page_of("portal:search")

    @cached_property
    def sign_in_url(self) -> str:
        return page_of("access:sign_in")

    @cached_property
    def resident_sign_in_url(self) -> str:
        return page_of("access:resident")

    @cached_property
    def feedback_url(self) -> str:
        return page_of("portal:feedback")

    @cached_property
    def footer_links(self) -> list[tuple[Any, str]]:
        return [(title, url) for title, name in FOOTER if (url := page_of(name))]

    @cached_property
    def account_links(self) -> list[tuple[Any, str]]:
        return [(title, url) for title, name in ACCOUNT if (url := page_of(name))]

    @cached_property
    def sign_out_url(self) -> str:
        return page_of("access:sign_out")

    @property
    def icp_url(self) -> str:
        """Where the ministry shows the filing, as the ministry asks beside the number."""
        return ICP_REGISTER

    @cached_property
    def footer(self) -> dict[str, str]:
        """Who answers for this installation: sponsor, operator, 备案 numbers, site code, hotline."""
        known = settings.LINLI_FOOTER
        return {key: str(known.get(key) or "") for key in FOOTER_FACTS}

    @property
    def police_url(self) -> str:
        """Where the police show the filing that the number at the foot stands for."""
        digits = "".join(sign for sign in self.footer["police_number"] if sign.isdecimal())
        return f"{POLICE_REGISTER}?code={digits}" if digits else ""

    @cached_property
    def here(self) -> Address:
        """The address of this page, to be changed part by part."""
        return address_of(self.request)

    @property
    def banners(self) -> list[Any]:
        """What holds on every page until it is ended: acting for somebody, emergency access."""
        return list(getattr(self.request, "banners", []))

    @property
    def idle_seconds(self) -> int | None:
        """After how long without a touch a counter computer locks; None on any other."""
        return getattr(self.request, "idle_seconds", None)

    @property
    def is_at_counter(self) -> bool:
        """Say whether this is an enrolled computer at a window, where colleagues take turns."""
        return self.idle_seconds is not None

    @property
    def switch_url(self) -> str:
        """Where a colleague takes over by badge or PIN; she comes back to this page."""
        to = page_of("access:counter_lock")
        return f"{to}?{urlencode({'next': self.path})}" if to else ""

    def words_lost_in(self, shown: str, form: Any = None) -> list[tuple[str, str]]:
        """Return what was written and refused, and stands in no form of the page that came back.

        Somebody else decided meanwhile and the form is gone; what was written for it must not be.
        """
        if self.is_reading or getattr(self.request, "answers_with", 200) < 400:
            return []
        typed = [(k, v) for k, values in self.request.POST.lists() for v in values]
        return lost_words(self.request.path_info, typed, shown, form)

    @cached_property
    def notices(self) -> list[Any]:
        """What was just done, told once after the redirect."""
        return list(get_messages(self.request))


def page_context(request: HttpRequest) -> dict[str, object]:
    """Give every template the frame as `shell`."""
    return {"shell": Shell(request)}
