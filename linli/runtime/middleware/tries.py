"""The tries of one request against the limits of its view: begun at once, told before anything else is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from linli.kernel.errors import TooMany
from linli.runtime.queries import limits_of
from linli.runtime.services import limits
from linli.runtime.services.limits import Try
from linli.runtime.types import Limit


class Tries:
    """What a request takes from its limits, in a transaction of its own beside that of the act."""

    def __init__(self, request: HttpRequest, view: Callable[..., Any]) -> None:
        self.is_refused = False
        self._taken = [(limit, limit.subject_of(request)) for limit in _limits(request, view)]
        self._told: Callable[[], None] | None = None
        if self._taken:
            tries = [Try(limit.bucket, subject, limit.rate) for limit, subject in self._taken]
            self._told = limits.begin_all(tries, now=timezone.now())
        self.are_any = bool(self._taken)

    def check(self) -> None:
        """Refuse once with TooMany for the first limit that is used up; none after it was counted."""
        told, self._told = self._told, None
        if told is None:
            return
        # until it is known what was counted, nothing is given back
        taken, self._taken = self._taken, []
        try:
            told()
        except TooMany as refusal:
            self.is_refused = True
            names = [limit.bucket for limit, _subject in taken]
            self._taken = taken[: names.index(str(refusal.details["bucket"]))]
            raise
        self._taken = taken

    def give_back(self, response: HttpResponse | None) -> None:
        """Give tries back that came to nothing, where a limit is for what was done alone."""
        for limit, subject in self._taken:
            if limit.counts is None or (response is not None and limit.counts(response)):
                continue
            limits.give_back(limit.bucket, subject, rate=limit.rate)


def _limits(request: HttpRequest, view: Callable[..., Any]) -> tuple[Limit, ...]:
    if request.method in ("GET", "HEAD") and getattr(view, "reads_freely", False):
        return ()
    return tuple(limits_of(view, request.method or ""))
