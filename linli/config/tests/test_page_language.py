"""The language of a page is the one that Django's own middleware finds, whatever is asked."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from linli.config.page_language import LONGEST, LanguageMiddleware

WORDS = [
    "",
    "zh-hans",
    "en",
    "zh",
    "zh-cn",
    "EN",
    "en-gb",
    "fr",
    "api",
    "zh_Hans",
    "en@x",
    "x" * 200,
    "文",
]
PATHS = st.sampled_from([
    *(f"/{word}{rest}" for word in WORDS for rest in ("", "/", "/plan/", "//")), "", "//en/",
])  # fmt: skip
ACCEPTED = ["", "en", "zh-CN,zh;q=0.9,en;q=0.8", "fr, *;q=0.1", "de", "*", "en" + ",de" * 300, ";;"]


def told(kind: Any, path: str, said: str | None, accepted: str, status: int) -> tuple[Any, ...]:
    """What one of the two makes of a request: the language on the way, and what the answer says of it."""
    request = RequestFactory().get("/")
    request.path_info = request.path = path
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    if said is not None:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = said
    seen: list[Any] = []

    def page(asked: Any) -> HttpResponse:
        seen.extend([translation.get_language(), asked.LANGUAGE_CODE])
        return HttpResponse(status=status)

    with translation.override(None):
        answer = kind(page)(request)
    return *seen, answer.status_code, sorted(answer.headers.items())


@given(
    PATHS, st.sampled_from([None, *WORDS]), st.sampled_from(ACCEPTED),
    st.sampled_from([200, 404, 303]),
)  # fmt: skip
def test_it_is_that_of_djangos_own(path: str, said: str | None, accepted: str, status: int) -> None:
    given = (path, said, accepted, status)

    assert told(LanguageMiddleware, *given) == told(LocaleMiddleware, *given)
    assert told(LanguageMiddleware, *given) == told(LocaleMiddleware, *given)


def test_what_is_made_up_and_long_is_not_kept() -> None:
    from linli.config.page_language import _asked

    before = _asked.cache_info().currsize
    for number in range(5):
        told(LanguageMiddleware, "/api/", None, "de," * LONGEST + f"x{number}", 200)

    assert _asked.cache_info().currsize == before
