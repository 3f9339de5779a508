"""Free text from outside: without signs that nobody sees, before any form or schema reads it.

Signs that turn the direction of writing, take no room or steer a device let a text look like
another one; they come along unnoticed when one copies from a letter or a chat. They are dropped.
A zero byte or half a sign (a lone surrogate) no database keeps: a program that sends one is told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid

# joiners (U+200C, U+200D) stay: they belong to the spelling of languages and to emoji
_UNSEEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
UNSEEN = re.compile(f"[{_UNSEEN}]")
LINE_ENDS = str.maketrans("\u2028\u2029", "\n\n")
UNKEPT = re.compile("[\x00\ud800-\udfff]")
# what could stand in a body for a sign that is not to stay, itself or by its escape
ODD = re.compile(
    f"[{_UNSEEN}\u2028\u2029]"
    r"|\\(?:[bf]|u(?:00(?:[01]|7f|[89]|ad)|061c|180e|20(?:0[bef]|2[89a-e]|6)|feff|fff|d[89a-f]))",
    re.IGNORECASE,
)
API = "/api/"


def clean_text(text: str) -> str:
    """Return a text without unseen signs; line ends, tabs and all that can be seen stay."""
    if text.isascii() and text.isprintable():
        return text
    return UNSEEN.sub("", text.translate(LINE_ENDS))


def clean_json(body: bytes) -> Any:
    """Return what a JSON body says with its texts cleaned. Refuses with Invalid for what cannot be kept."""
    text = _plain(body)
    if text is not None:
        return json.loads(text)
    given = json.loads(body)
    faults = [
        _(
            "This text contains a character that cannot be stored (a null character or a broken symbol). Remove it and send again."
        )
    ]
    fields = {where or "body": faults for where in _unkept(given, "")}
    if fields:
        raise Invalid(fields)
    return _cleaned(given)


def _plain(body: bytes) -> str | None:
    """Return a body as text where one look shows that it holds nothing to be cleaned, as most do."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return None if ODD.search(text) else text


def _unkept(value: Any, where: str) -> Iterator[str]:
    """Yield where texts stand that cannot be kept."""
    if isinstance(value, str):
        if UNKEPT.search(value):
            yield where
    elif isinstance(value, dict):
        for name, item in value.items():
            if UNKEPT.search(name):
                yield where
            else:
                yield from _unkept(item, f"{where}.{name}" if where else name)
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _unkept(item, f"{where}.{at}" if where else str(at))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {name: _cleaned(item) for name, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


def is_kept_as_typed(name: str) -> bool:
    """Say whether a field is never shown as text: a password is whatever somebody typed.

    Every field in which one is typed has the word in its name; a test holds all forms to it.
    """
    return "password" in name


# what belongs to the form that came: one that is sent again has its own
OF_ITS_PAGE = frozenset({"csrfmiddlewaretoken", "key"})
# fields of what proves who somebody is, once
PROOFS = frozenset({"pin", "badge", "recovery", "passkey", "ticket"})


class FormTexts:
    """Clean what a form of a page sends, whichever view reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> None:
        """Put cleaned values in place of the sent ones; calls of programs are read by `clean_json`."""
        if request.method != "POST" or request.path_info.startswith(API):
            return
        changed = {
            name: cleaned
            for name, values in request.POST.lists()
            if not is_kept_as_typed(name)
            and (cleaned := [clean_text(value) for value in values]) != values
        }
        if changed:
            request.POST = _with(request.POST, changed)  # type: ignore[assignment]


def _with(sent: QueryDict, changed: dict[str, list[str]]) -> QueryDict:
    data = sent.copy()
    for name, values in changed.items():
        data.setlist(name, values)
    data._mutable = False
    return data
