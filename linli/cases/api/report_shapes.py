"""What the API takes and gives about reports."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Field, Schema

from linli.cases.types.rating import Why
from linli.kernel.api import Plain

FOR_HERE = (
    "the writer was told that 12388 takes accusations of officials, and means it for the office; "
    "without it such a text is refused once"
)
NUMBERS_MEANT = "numbers of people in the text are meant; without it such a text is refused once"


ANSWERS = (
    "answers to the questions of the category's form, by their keys: chosen ones as their values, "
    "yes and no as such, a table as its rows, each with its cells by the key of their column; a place as its "
    "code, a point as longitude and latitude, files as the codes of POST /reports/photos?for_question=open "
    "(sealed for a question under seal), a signature as such a code or paper; the form is that of GET "
    "/forms/report-<code of the category>/. What it seals, and what hangs on that, is kept sealed and given "
    "out nowhere; everything else stands in the words of the report, and files on it"
)


class ContactIn(Plain):
    """How the reporter is reached; sealed, and deleted a year after the end."""

    name: str = Field(default="", max_length=60)
    phone: str = Field(default="", max_length=24)


class ReportIn(Plain):
    """A report. `place` is a code, `lon` and `lat` WGS-84; one of both says where it is.

    `channel` other than page and qr is for staff that takes it down for somebody.
    """

    text: str = Field(max_length=5000)
    place: str = Field(default="", max_length=24)
    lon: float | None = Field(default=None, ge=-180, le=180)
    lat: float | None = Field(default=None, ge=-90, le=90)
    spot: str = Field(default="", max_length=12)
    where: str = Field(default="", max_length=120)
    matter: Literal["inquiry", "help", "complaint", "tip", "suggestion", "praise"] = "help"
    category: Annotated[int, Field(ge=1)] | Annotated[str, Field(max_length=40)] | None = Field(
        default=None,
        description="The short name of a category, as categories and public cases tell it; or its number.",
    )
    answers: dict[str, str | list[str] | list[dict[str, str]]] = Field(
        default={}, description=ANSWERS
    )
    form_version: int | None = Field(
        default=None, ge=1, le=999_999, description="The version of that form that was shown."
    )
    photos: list[str] = Field(default=[], max_length=20)
    contact: ContactIn = ContactIn()
    naming: Literal["named", "withheld", "anonymous"] = "anonymous"
    by_sms: bool = False
    is_mine: bool = False
    numbers_meant: bool = Field(default=False, description=NUMBERS_MEANT)
    meant_for_here: bool = Field(default=False, description=FOR_HERE)
    same_as: str = Field(default="", max_length=24, description="An open public report to follow.")
    channel: Literal["page", "qr", "counter", "phone", "visit", "letter"] = "page"


class FiledOut(Plain):
    """The number, and the code that opens it with the number; the code is shown here alone.

    `accept_by` and `settle_by` are the first moment too late; `accept_on` and `settle_on` the last
    day in time, as pages and messages tell it. `is_promised` is false where no post is filled here
    or above that could take it up: then the days stand by rule alone.
    """

    number: str
    code: str
    accept_by: datetime | None
    settle_by: datetime | None
    accept_on: date | None
    settle_on: date | None
    is_promised: bool


class PhotoOut(Schema):
    code: str
    size: int


class RefusedOut(Schema):
    code: str
    message: str


class PhotosOut(Schema):
    """Photos that were kept for two days, and why others were not."""

    kept: list[PhotoOut]
    refused: list[RefusedOut]


class StoryStepOut(Schema):
    """One step as the reporter reads it; `text` is empty where nobody said anything.

    `basis` is the rule on which a refusal or another decision stands, with its source.
    """

    seq: int
    move: str
    at: datetime
    state: str
    text: str
    basis: str
    is_by_reporter: bool


class WholeOut(Schema):
    """The case that a report is the same as: where it stands, and what the office decided and said of it."""

    state: str
    stage: str
    state_words: str
    next_words: str
    closed_at: datetime | None
    story: list[StoryStepOut]


class FollowOut(Schema):
    """Where a report stands, for whoever has its code; once it has ended no day is promised.

    `promise` is what its category promised in words when it was reported. `is_promised` is false
    where no post is filled that could take it up: then the day stands by rule alone. Of a report that is
    the same as another, day, post and moves are those of the `whole`."""

    number: str
    kind: str
    state: str
    stage: str
    state_words: str
    next_words: str
    place: str
    opened_at: datetime
    closed_at: datetime | None
    settle_by: datetime | None
    settle_on: date | None
    is_promised: bool
    is_late: bool
    is_provisional: bool
    promise: str
    post: str | None
    phone: str | None
    moves: list[str]
    story: list[StoryStepOut]
    whole: WholeOut | None


class WordIn(Schema):
    """What is added to a report; `photos` are codes of reports/photos, `is_correction` mends what was said before."""

    text: str = Field(max_length=5000)
    photos: list[str] = Field(default=[], max_length=20)
    is_correction: bool = False
    numbers_meant: bool = Field(default=False, description=NUMBERS_MEANT)
    meant_for_here: bool = Field(default=False, description=FOR_HERE)


class RateIn(Schema):
    """A grade from 1 to 5; `why` says of a bad one what was not good, as codes."""

    grade: int = Field(ge=1, le=5)
    why: list[Why] = []
