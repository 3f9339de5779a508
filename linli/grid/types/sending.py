"""What comes later than it was done: photos that were sent before, and the day of the phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.files.types import Owner


@dataclass(frozen=True, slots=True)
class Sent:
    """Photos that came before what they show; without `held` they are drafts of whoever sends it."""

    codes: tuple[str, ...] = ()
    held: Owner | None = None


@dataclass(frozen=True, slots=True)
class Later:
    """On which day something was done that is sent only now, and its photos."""

    on: date | None = None
    photos: Sent = Sent()
