"""Shapes of windows, hours, closings, calls, days and visits as programs read and write them."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from linli.kernel.api import PagedIn


class HoursOut(Schema):
    """Weekly opening: `weekday` 0 is Monday; clocks as 08:30; `until` is the first day on which it holds no more.

    `post` is the id of the post that serves, nothing where none is set.
    """

    weekday: int
    opens: str
    closes: str
    step: int
    kept_phone: int
    kept_counter: int
    post: int | None
    since: date | None
    until: date | None


class CentreWindowOut(Schema):
    """`serves` are keys of what is done there; none means everything that the centre does."""

    id: int
    number: str
    name: str
    name_en: str
    serves: list[str]
    is_low: bool
    edition: int
    hours: list[HoursOut]


class ClosingOut(Schema):
    """A closing (or an extra opening) of a day: of one window by its id, or of the whole centre."""

    id: int
    window: int | None
    on: date
    opens: str
    closes: str
    is_open: bool
    why: str
    note: str


class TakenBackOut(ClosingOut):
    """A closing that was taken back; `visits` lay in the opening alone and were cancelled, told as above."""

    visits: int


class CentreWindowsOut(Schema):
    windows: list[CentreWindowOut]
    closings: list[ClosingOut]


class WindowIn(Schema):
    """What an office says of a window. `serves` are keys of items; none means all that the centre does."""

    number: str
    name: str
    name_en: str = ""
    serves: list[str] = []
    is_low: bool = False


class NewWindowIn(WindowIn):
    """A window of the centre with this code; afterwards its hours are set."""

    centre: str


class WindowChangeIn(WindowIn):
    """All that is said of the window from now on; `edition` as it was read."""

    edition: int


class SpanIn(Schema):
    """Minutes of the day: 510 is 08:30; `weekday` 0 is Monday; `post` is the id of a post of the centre."""

    weekday: int = Field(ge=0, le=6)
    opens: int
    closes: int
    step: int
    kept_phone: int = Field(0, ge=0)
    kept_counter: int = Field(0, ge=0)
    post: int | None = None


class WeekIn(Schema):
    """The whole week of a window from a day on; `edition` as it was read."""

    since: date
    edition: int | None = None
    spans: list[SpanIn]


class ClosingIn(Schema):
    """Days and minutes to close, of the centre or one `window`; with `is_open` an extra opening cut by `step`.

    With `is_dry` nothing is recorded: the answer says which visits it would cancel."""

    centre: str
    window: int | None = None
    first: date
    last: date
    opens: int = 0
    closes: int = 1440
    why: str
    note: str = ""
    is_open: bool = False
    step: int = 0
    is_dry: bool = False


class ClosedOut(Schema):
    """`visits` were cancelled; whoever left a number is told. Of a dry run: would be, and `silent` of them left none."""

    closings: list[ClosingOut]
    visits: int
    silent: int | None = None


class CallIn(Schema):
    """`move` is next, recall, skip, done, send-on (to `window`) or call (`ticket` out of turn); `ticket` is the
    one that is meant, as `ticket` of the answer names it (the code is the visitor's alone); with next who stands there as you see it, refused if it is somebody else."""

    move: str
    ticket: str = ""
    window: int | None = None


class CallOut(Schema):
    """Who stands at the window now; nothing if nobody does."""

    ticket: str
    label: str
    state: str


class VisitsIn(PagedIn):
    """As the list on the desk: `q` is a code or a whole telephone number, `centre` the code of a centre."""

    centre: str = ""
    q: str = ""
    since: str = ""
    until: str = ""
    state: str = ""
    way: str = ""


class DayVisitOut(Schema):
    code: str
    window: int
    starts_at: datetime
    ends_at: datetime
    state: str
    way: str
    item: str
    phone_masked: str


class WeekdayOut(Schema):
    """A weekday of hours that are only looked at: their words, how many times, how many of them kept for whom."""

    weekday: int
    times: str
    count: int
    kept_phone: int
    kept_counter: int


class HoursPreviewOut(Schema):
    """`outside` are booked visits that would lie outside; they stay as told. `until`: from then on others are planned."""

    days: list[WeekdayOut]
    outside: list[DayVisitOut]
    until: date | None


class DayVisitsOut(Schema):
    count: int
    items: list[DayVisitOut]
    next: str | None


class BoardLineOut(Schema):
    """A time at a window, or a visit without one. `kept` as with free times; whoever does not serve there sees
    no visit."""

    window: int
    number: str
    starts_at: datetime
    kept: str
    is_past: bool
    visit: DayVisitOut | None


class OutcomeOut(Schema):
    """What became of the visits of thirty days; no clerk and no window is counted."""

    booked: int
    came: int
    missed: int
    cancelled: int
    closed: int


class SpreadOut(Schema):
    """Ratings of thirty days: visits that `ended`, those that count, how many of each grade from 5 down to 1.

    `grades` is nothing where fewer than `least` are rated; `left_out` were mistaken or malicious,
    `no_number` left none at which to call.
    """

    ended: int
    rated: int
    grades: list[int] | None
    bad: int
    called: int
    least: int
    left_out: int
    no_number: int


class WindowDayOut(Schema):
    """A day at all windows of a centre as its page shows it, and the thirty days up to it."""

    on: date
    lines: list[BoardLineOut]
    visits: OutcomeOut
    ratings: SpreadOut
