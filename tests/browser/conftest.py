"""Chromium for the browser tests; without it they are skipped aloud."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.tours import Tour, for_a_tour
from tests.browser.visits import Visitor
from tests.conftest import City

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
RESIDENT, IMPORTER = "resident", "importer"
MISSING = "NO CHROMIUM, NO BROWSER TESTS: install chromium and fonts-noto-cjk."


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Site:
    """The demo city as a site, and who walks through it."""

    browser: Browser
    base: str
    city: City
    sessions: dict[str, str] = field(default_factory=dict)
    guide: Tour | None = None

    def tour(self, who: str = "", **cookies: str) -> Tour:
        """Return the tab that goes through many pages, now as somebody; nobody without a name."""
        session = {"linli-session": self.session(who)} if who else {}
        if self.guide is None:
            self.guide = Tour(for_a_tour(self.browser), self.base, "/static/ui/htmx.min.js")
        return self.guide.be({**session, **cookies})

    def session(self, who: str) -> str:
        """Return the session of one of the demo's people, who signs in once."""
        if who not in self.sessions:
            self.sessions[who] = _sign_in(who)
        return self.sessions[who]


def code_of(username: str) -> str:
    """Return what the authenticator app of one of the demo's people shows now."""
    from django.utils import timezone

    from linli.access import rules
    from linli.access.secrets import demo_secrets

    return rules.totp(demo_secrets(username)[1], int(timezone.now().timestamp()) // 30)


def _sign_in(who: str) -> str:
    from linli.access.secrets import demo_secrets

    if who == RESIDENT:
        return _resident()
    username = _importer() if who == IMPORTER else who
    browser = Client()
    password = demo_secrets(username)[0]
    browser.post("/en/access/sign-in/", {"username": username, "password": password})
    answer = browser.post("/en/access/sign-in/factor/", {"code": code_of(username)})
    assert answer.status_code == 303, f"{username} does not get in"
    return str(browser.cookies["linli-session"].value)


def _resident() -> str:
    """Let the demo's resident in, by telephone and code."""
    from linli.access.services.codes import DEMO_CODE
    from linli.demo.cast import RESIDENT_PHONE

    browser = Client()
    asked = browser.post("/en/access/sign-in/resident/", {"phone": RESIDENT_PHONE})
    ticket = re.search(r'name="ticket" value="([^"]+)"', asked.content.decode())
    assert ticket is not None, "no code is asked for"
    answer = browser.post("/en/access/sign-in/code/", {"code": DEMO_CODE, "ticket": ticket[1]})
    assert answer.status_code == 303, "the resident does not get in"
    return str(browser.cookies["linli-session"].value)


def _importer() -> str:
    """Give one of the demo's people what the demo gives nobody: lists of staff may be brought in."""
    from linli.access.models import Account
    from linli.access.testing import make_right

    account = Account.objects.get(username="zhong.yi")
    for permit in ("orgs.import", "orgs.staff"):
        make_right(permit=permit, path="441900/", account_id=account.pk)
    return account.username


def _handler(app: Any) -> Any:
    """Answer as in service: a browser keeps what belongs to a page, and asks no more for it."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    from linli.config.room import with_room

    class Kept(StaticFilesHandler):
        def serve(self, request: Any) -> Any:
            answer = super().serve(request)
            answer["Cache-Control"] = "max-age=3600"
            return answer

    return with_room(_in_frames(Kept(app)))


def _in_frames(app: Any) -> Any:
    """Let pages be shown in a frame of their own site, where a tour looks at them; in service none may be."""

    def framed(environ: dict[str, Any], start: Any) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            kept = [
                (name, value.replace("frame-ancestors 'none'", "frame-ancestors 'self'"))
                for name, value in headers
                if name != "X-Frame-Options"
            ]
            return start(status, kept, *more)

        return app(environ, begin if environ.get("HTTP_SEC_FETCH_DEST") == "iframe" else start)

    return framed


@pytest.fixture(scope="module")
def site(chromium: Browser, inhabited: City) -> Iterator[Site]:
    """A server on a free port that shows the demo city of this module."""
    from django.test.testcases import LiveServerThread

    # as in service (config/wsgi.py): nobody who asks waits until the calls are loaded
    import_module("linli.config.api_urls")
    server: Any = LiveServerThread("127.0.0.1", static_handler=_handler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    site = Site(chromium, f"http://127.0.0.1:{server.port}", inhabited)
    yield site
    if site.guide is not None:
        site.guide.context.close()
    server.terminate()


@pytest.fixture
def phone(site: Site) -> Iterator[BrowserContext]:
    """A phone that nobody uses yet."""
    from tests.browser.phones import a_phone

    with a_phone(site) as context:
        yield context


@pytest.fixture
def visitor(site: Site) -> Iterator[Visitor]:
    """Opens pages of the running demo; at the end nobody may have complained."""
    visitor = Visitor(site.browser, site.base)
    yield visitor
    visitor.close()
    assert visitor.complaints == []
