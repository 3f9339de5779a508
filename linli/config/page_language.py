"""The language of a page, as Django finds it, found once for each way of asking.

Django looks it up three times for every request, and where the address bears none, as all of the API,
each time as a refusal that it does not remember: in a profile a fiftieth of taking in a report.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from linli.config.catalogs import in_one_catalog

# longer ones are asked for each time: nobody fills the memory with what she makes up
LONGEST, MOST = 120, 2_000
NOT_FOUND = 404


class LanguageMiddleware(LocaleMiddleware):
    """Django's own, for addresses of which each page bears its language."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        for code, _name in settings.LANGUAGES:
            in_one_catalog(code)

    def process_request(self, request: HttpRequest) -> None:
        first, said = _first(request.path_info), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        is_short = len(first) + len(said or "") + len(accepted) <= LONGEST
        found = (_asked if is_short else _asked.__wrapped__)(first, said, accepted)
        translation.activate(found)
        request.LANGUAGE_CODE = found

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.status_code == NOT_FOUND:
            # it may lack its language alone: Django leads there
            answer: HttpResponseBase = super().process_response(request, response)
            return answer
        first = _first(request.path_info)
        if (_borne if len(first) <= LONGEST else _borne.__wrapped__)(first) is None:
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


def _first(path: str) -> str:
    """Return the part of an address that may be a language."""
    return "/" + path[1:].partition("/")[0] + "/"


@lru_cache(MOST)
def _asked(first: str, said: str | None, accepted: str) -> str:
    """Return what Django finds for an address, a choice kept in a cookie and what a browser reads."""
    request = HttpRequest()
    request.path_info, request.META["HTTP_ACCEPT_LANGUAGE"] = first, accepted
    if said is not None:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = said
    with translation.override(translation.get_language_from_request(request, check_path=True)):
        return str(translation.get_language())


@lru_cache(MOST)
def _borne(first: str) -> str | None:
    """Return the language that an address bears, if any."""
    found: str | None = translation.get_language_from_path(first)
    return found
