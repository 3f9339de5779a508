"""Teams and duty rosters, for staff."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.watch import FillForm, NoteForm, SeatForm, TeamForm, month_of
from linli.grid.queries import cells
from linli.grid.queries import watch as queries
from linli.grid.queries.narrowing import Wanted, teams_wanted
from linli.grid.services import teams, watch
from linli.grid.types.watch import ShiftOn, TeamKind
from linli.kernel.api import PagedIn, listed, one_of, paged, plain
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of
from linli.kernel.permits import require, require_somewhere
from linli.kernel.web import Request
from linli.places import queries as places

router = Router()
BY_NAME = Keyset("name", ("name", "id"))
MOST_DAYS = timedelta(days=62)


class TeamOut(Schema):
    """`people` is null where nobody counted."""

    id: int
    village: str
    kind: str
    name: str
    people: int | None
    days: str
    shifts: list[str]
    seats: int
    edition: int


class TeamIn(Schema):
    name: str
    kind: str
    people: int | None = None
    days: str
    shifts: list[str]
    seats: int = 1
    edition: int | None = None


class TeamsOut(Schema):
    count: int
    items: list[TeamOut]
    next: str | None


class TeamsIn(PagedIn):
    """`q` is a part of the name."""

    village: str = ""
    q: str = ""
    kind: str = ""


class TeamEndIn(Schema):
    edition: int | None = None


class NewTeamIn(TeamIn):
    village: str


class NoteIn(Schema):
    """What a shift leaves to the next; with `edition` only if nobody wrote meanwhile."""

    on: date
    shift: str
    text: str
    edition: int | None = None


class NoteOut(Schema):
    on: date
    shift: str
    text: str
    edition: int


class SeatOut(Schema):
    id: int
    post_id: int
    post: str
    part: str


class ShiftOut(Schema):
    """A shift of a day; `is_gap` where fewer held posts than seats are on duty."""

    on: date
    shift: str
    is_gap: bool
    is_rest: bool
    note: str
    seats: list[SeatOut]


class RosterOut(Schema):
    count: int
    items: list[ShiftOut]
    next: str | None


class RosterIn(PagedIn):
    first: date | None = None
    last: date | None = None


class SeatIn(Schema):
    on: date
    shift: str
    post_id: int
    part: str = "duty"


class FillIn(Schema):
    month: str
    posts: list[int]


class FilledOut(Schema):
    filled: int


@router.get("/teams/", response=TeamsOut)
def list_teams(request: Request, asked: Query[TeamsIn]) -> dict[str, Any]:
    """Teams by name, as numbers of people."""
    require_somewhere(request.actor, permits.SEE)
    found = queries.visible_teams(request.actor).filter(ended_on__isnull=True)
    if asked.village:
        found = found.filter(path=cells.village_for(request.actor, asked.village).path)
    wanted = Wanted(asked.q.strip(), one_of("kind", asked.kind, TeamKind))
    return paged(teams_wanted(found, wanted), BY_NAME, asked, _team)


def _team(one: Any) -> dict[str, Any]:
    columns = ("id", "kind", "name", "people", "days", "shifts", "seats", "edition")
    return {**plain(one, *columns), "village": code_of(one.path)}


@router.post("/teams/", response={201: TeamOut})
def add_team(request: Request, given: NewTeamIn) -> Status[dict[str, Any]]:
    """Enter a team of a village, by number and never by name."""
    place = cells.village_for(request.actor, given.village)
    require(request.actor, permits.KEEP, at=place.path)
    made = teams.add_team(
        places.open_place(given.village), _form(given).facts, actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return Status(201, _team(made))


def _form(given: TeamIn) -> TeamForm:
    form = TeamForm({**given.dict(), "called": given.name})
    form.accepted()
    return form


@router.post("/teams/{int:team_id}/end", response=TeamOut)
def end_team(request: Request, team_id: int, given: TeamEndIn) -> dict[str, Any]:
    """Dissolve a team today; shifts to come go with it."""
    team = queries.get_team(request.actor, team_id)
    done = teams.end_team(team, edition=given.edition, actor=request.actor, now=timezone.now())
    return _team(done)


@router.post("/teams/{int:team_id}/note", response=NoteOut)
def write_note(request: Request, team_id: int, given: NoteIn) -> dict[str, Any]:
    """Write what a shift leaves to the next: who is on duty in it, or who keeps the roster."""
    team = queries.get_team(request.actor, team_id)
    said = NoteForm(given.dict()).accepted()
    note = watch.write_note(
        team, ShiftOn(said["on"], said["shift"]), said["text"], edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return plain(note, "on", "shift", "text", "edition")


@router.post("/teams/{int:team_id}/correct", response=TeamOut)
def change_team(request: Request, team_id: int, given: TeamIn) -> dict[str, Any]:
    """Correct a team; who is on duty already stays so."""
    team = queries.get_team(request.actor, team_id)
    require(request.actor, permits.KEEP, at=team.path)
    form = _form(given)
    after = teams.change_team(
        team, form.facts, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _team(after)


@router.get("/teams/{int:team_id}/roster/", response=RosterOut)
def list_roster(request: Request, team_id: int, asked: Query[RosterIn]) -> dict[str, Any]:
    """The shifts of some days, at most 62: needed ones and those filled besides."""
    team = queries.get_team(request.actor, team_id)
    first = asked.first or localdate()
    last = min(max(asked.last or first, first), first + MOST_DAYS)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    page = page_of_rows(
        queries.roster(team, span, request.actor), lambda view: f"{view.at.on} {view.at.shift}",
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _shift)


def _shift(view: queries.ShiftView) -> dict[str, Any]:
    return {
        **plain(view.at, "on", "shift"), **plain(view, "is_gap", "is_rest", "note"),
        "seats": [_seat(one.seat) for one in view.seats],
    }  # fmt: skip


def _seat(one: Any) -> dict[str, Any]:
    return {**plain(one, "id", "post_id", "part"), "post": one.post.title}


@router.post("/teams/{int:team_id}/seats/", response={201: SeatOut})
def put_on_duty(request: Request, team_id: int, given: SeatIn) -> Status[dict[str, Any]]:
    """Put a post on duty in one shift."""
    team = queries.get_team(request.actor, team_id)
    require(request.actor, permits.KEEP, at=team.path)
    form = SeatForm(given.dict(), posts=_choices(request, team.path))
    form.accepted()
    made = watch.put_on_duty(team, form.seat, actor=request.actor, now=timezone.now())
    return Status(201, _seat(queries.get_seat(request.actor, made.pk)))


@router.post("/teams/{int:team_id}/fill", response=FilledOut)
def fill_roster(request: Request, team_id: int, given: FillIn) -> dict[str, Any]:
    """Fill the open shifts of a month (2026-12) from today on, posts in turn."""
    team = queries.get_team(request.actor, team_id)
    require(request.actor, permits.KEEP, at=team.path)
    said = FillForm({"posts": given.posts}, posts=_choices(request, team.path)).accepted()
    month = month_of(given.month, localdate())
    made = watch.fill_roster(
        team, month, said["posts"], actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return {"filled": made}


def _choices(request: Request, path: str) -> list[tuple[str, str]]:
    return cells.post_choices(request.actor, places.get_place(code_of(path)), localdate())
