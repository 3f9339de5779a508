"""What a case sheet shows of a case, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the story. `public` is told to the reporter or by her, `internal` stays inside.

    Words that were erased are None while their flag says that there were some. `answers` are the questions
    of a category that were answered with files, each with its files.
    """

    seq: int
    move: str
    title: str
    icon: str
    tone: str
    at: datetime
    who: str
    public: str | None
    basis: str
    by_reporter: bool
    standing: str
    internal: str | None
    details: Sequence[str]
    is_erased: bool
    files: Sequence[Any] = ()
    answers: Sequence[tuple[str, Sequence[Any]]] = ()


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock: what must happen by when, by which rule, and whether that is certain.

    `footing` is law, unread, practice or given; `term` says it in words, with the promise.

    `due_on` is the last day while it runs; `was_due_on` and `ended_at` are told once it is met.
    """

    key: str
    title: str
    state: str
    state_words: str
    tone: str
    due_on: date | None
    was_due_on: date | None
    ended_at: datetime | None
    due_text: str
    promise: str
    law: str
    footing: str
    term: str
    law_key: str
    is_provisional: bool
    extended: str
    pauses: int
    may_extend: bool
    may_ask: bool
    may_say_why: bool
    unit: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """A post's part in the case, and what the actor may do about it."""

    number: int
    role: str
    state: str
    state_words: str
    tone: str
    post: str
    offered_by: str
    offered_at: datetime
    ended_at: datetime | None
    acts: Sequence[str]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """Another case that hangs on this one, as far as the actor may see it."""

    words: str
    number: str
    title: str
    state: str
    is_open: bool
