"""Live values: kept while nothing of their topic changed, looked for each second where nobody tells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from linli.kernel import live
from linli.kernel.live import LIVE, NEWS, LiveMiddleware, LiveValue


class Told:
    """News as a test tells them."""

    def __init__(self) -> None:
        self.heard, self.told = True, 0

    def is_heard(self) -> bool:
        return self.heard

    def count(self, topic: str) -> int:
        return self.told


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return what was made of a live value, each time that it was; the clock stands until a test moves it."""
    calls: list[str] = []

    def make(rest: str) -> tuple[str, str]:
        calls.append(rest)
        return f"topic:{rest}", f"{rest} {len(calls)}"

    monkeypatch.setitem(LIVE._items, "test", LiveValue("test", make))
    before = NEWS._function
    yield calls
    NEWS._function = before


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = 1000.0
        monkeypatch.setattr(live.time, "monotonic", lambda: self.at)


def ask(of: LiveMiddleware) -> str:
    return of(RequestFactory().get("/live/en/test/a")).content.decode()


def test_without_news_it_is_made_once_a_second(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, asked = Clock(monkeypatch), LiveMiddleware(lambda _request: HttpResponse())
    NEWS.fill(lambda: None)

    assert [ask(asked), ask(asked)] == ["a 1", "a 1"]
    clock.at += 1.1
    assert ask(asked) == "a 2" and len(made) == 2


def test_with_news_it_stays_until_something_of_its_topic_changed(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, news = Clock(monkeypatch), Told()
    asked = LiveMiddleware(lambda _request: HttpResponse())
    NEWS.fill(lambda: news)
    ask(asked)
    clock.at += 0.5
    assert ask(asked) == "a 2", "of which topic it is was not known before"

    clock.at += 5
    assert ask(asked) == "a 2"
    news.told += 1
    assert ask(asked) == "a 3"
    news.told += 1
    assert ask(asked) == "a 3", "in a rush it is made every fifth of a second"
    clock.at += 0.3
    assert ask(asked) == "a 4"
    clock.at += live.STEADY_SECONDS + 1
    assert ask(asked) == "a 5", "minutes that are left change by the clock alone"


def test_when_news_stop_coming_it_is_looked_for_again(
    made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, news = Clock(monkeypatch), Told()
    asked = LiveMiddleware(lambda _request: HttpResponse())
    NEWS.fill(lambda: news)
    ask(asked)
    news.heard = False

    clock.at += 1.1
    assert ask(asked) == "a 2"
    clock.at += 1.1
    assert ask(asked) == "a 3"


def test_an_answer_is_one_piece_whoever_makes_it_anew_meanwhile(made: list[str]) -> None:
    middleware = LiveMiddleware(lambda request: HttpResponse())

    first = middleware._fresh("zh-hans/test/a")
    kept = (first.body, first.tag)
    live._make(middleware._held["zh-hans/test/a"], "zh-hans/test/a")

    assert (first.body, first.tag) == kept
    assert middleware._held["zh-hans/test/a"].body != first.body
