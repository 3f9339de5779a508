"""Shapes of cases over the API for those who work on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema

from linli.cases.forms.sheet import moves_of, part_acts, steps_of
from linli.cases.models import Case
from linli.cases.queries import sheet as sheets
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.others import words_of_others
from linli.cases.queries.reading import ceiling_of
from linli.cases.queries.story import story_of
from linli.cases.queries.telling import Told, row_of, told_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor

MILLION = 1_000_000


class CaseOut(Schema):
    """A case as lists show it; `due_on` null: no clock runs; `holder_post` null: nobody has it."""

    number: str
    seq: int
    kind: str
    matter: str
    title: str
    state: str
    state_words: str
    stage: str
    is_open: bool
    channel: str
    place: str
    category: str | None
    lon: float | None
    lat: float | None
    opened_at: datetime
    closed_at: datetime | None
    due_on: date | None
    due_at: datetime | None
    is_provisional: bool
    holder_post: int | None
    offered_post: int | None
    bounced: int
    reopened: int


class ClockOut(Schema):
    """A clock of the present cycle; `rule` is a key of the rulebook.

    `footing` says what the length stands on: law, unread (a law that is to be confirmed), practice
    (no law gives a number), given (the day was named by whoever asked).
    """

    key: str
    title: str
    state: str
    due_on: date | None
    promise: str
    rule: str
    footing: str
    is_provisional: bool


class PartOut(Schema):
    """A post's part in the case."""

    part: int
    role: str
    state: str
    post: str
    offered_at: datetime
    ended_at: datetime | None
    may: list[str]


class AnsweredOut(Schema):
    """A question of the category that was answered with files: its words, and their codes."""

    asked: str
    files: list[str]


class StepOut(Schema):
    """A step of the story. `told` is for the reporter or from the reporter, `note` stays among staff."""

    seq: int
    move: str
    title: str
    at: datetime
    who: str
    told: str | None
    is_by_reporter: bool
    note: str | None
    is_erased: bool
    files: list[str]
    answers: list[AnsweredOut]


class OtherOut(Schema):
    """Words of somebody who reported the same, with the number of their own report."""

    number: str
    at: datetime
    text: str


class OthersOut(Schema):
    """What those wrote who reported the same, newest first; older words are in the reports `older_in`."""

    newest: list[OtherOut]
    older_in: list[str]


class CaseDetailOut(CaseOut):
    """`may` are moves and steps that the caller can make now."""

    clocks: list[ClockOut]
    parts: list[PartOut]
    story: list[StepOut]
    links: list[str]
    others: OthersOut
    may: list[str]


def shown(told: Told) -> dict[str, Any]:
    """Return a row of a list."""
    row = told.row
    names = (
        "number", "seq", "kind", "matter", "state", "stage", "is_open", "channel", "opened_at",
        "closed_at", "is_provisional", "bounced", "reopened",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in names},
        "title": told.title,
        "state_words": told.state,
        "place": code_of(row.path),
        "category": told.category or None,
        "lon": None if row.lon is None else row.lon / MILLION,
        "lat": None if row.lat is None else row.lat / MILLION,
        "due_on": told.due_on,
        "due_at": row.due_at if told.due_on else None,
        "holder_post": row.lead_post_id,
        "offered_post": row.offered_post_id,
    }


def detail_of(actor: Actor, case: Case, now: datetime) -> dict[str, Any]:
    """Return one case with all that its sheet shows."""
    kind = kind_of(case.kind, case.version)
    clocks, parts = sheets.clocks_of(actor, case, now), sheets.parts_of(actor, case)
    acts = part_acts(case, parts, None)
    offered = [*moves_of(actor, case, None), *steps_of(actor, case, clocks, None)]
    return {
        **shown(told_rows(actor, [row_of(case)], now)[0]),
        "clocks": [
            {
                "key": one.key, "title": one.title, "state": one.state, "due_on": one.due_on,
                "promise": one.promise, "rule": one.law_key, "footing": one.footing, "is_provisional": one.is_provisional,
            }
            for one in clocks
        ],
        "parts": [
            {
                "part": one.number, "role": one.role, "state": one.state, "post": one.post,
                "offered_at": one.offered_at, "ended_at": one.ended_at,
                "may": [view.name for view in acts[one.number]],
            }
            for one in parts
        ],
        "story": [
            {
                "seq": one.seq, "move": one.move, "title": one.title, "at": one.at,
                "who": one.who, "told": one.public, "is_by_reporter": one.by_reporter,
                "note": one.internal, "is_erased": one.is_erased,
                "files": [file.code for file in one.files],
                "answers": [
                    {"asked": asked, "files": [file.code for file in files]}
                    for asked, files in one.answers
                ],
            }
            for one in story_of(case.pk, kind, ceiling=ceiling_of(actor, case))
        ],
        "links": [one.number for one in sheets.links_of(actor, case)],
        "others": words_of_others(actor, case.pk),
        "may": list(dict.fromkeys(one.name for one in offered)),
    }  # fmt: skip
