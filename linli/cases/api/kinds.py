"""Cases that the office opens itself, the steps that have a form of their own, and papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from ninja import Field, Router, Schema, Status

from linli.cases.api.report_shapes import FOR_HERE
from linli.cases.forms.step_specs import STEPS
from linli.cases.queries.accusing import lead_elsewhere_once
from linli.cases.queries.kind_facts import issued
from linli.cases.queries.openings import form_of_kind, places_to_open
from linli.cases.queries.papers_offered import papers_to_issue
from linli.cases.queries.reading import get_case
from linli.cases.rules.clocks import local_day
from linli.cases.services.papers import issue_paper
from linli.cases.types.moves import At
from linli.kernel.errors import NotFound
from linli.kernel.web import Request

router = Router()


class OpenedOut(Schema):
    """`code` opens the case to whoever asked, and is told once; `parts` are the tasks of a round."""

    number: str
    code: str | None
    parts: list[str]


class OpeningIn(Schema):
    place: str
    files: list[str] = []


class AskedIn(OpeningIn):
    """What somebody asks of an office; what accuses an official is refused once (accuses_official)."""

    text: str
    name: str = ""
    phone: str = ""
    meant_for_here: bool = Field(default=False, description=FOR_HERE)


class PetitionIn(AskedIn):
    """`matter`: appeal, suggestion; an accusation is refused with `only_referred`."""

    matter: str = "appeal"
    channel: str = "visit"
    visitors: int = 1
    about: int | None = None
    same_as: str = ""


class VisitIn(AskedIn):
    matter: str = "appeal"
    visitors: int = 1
    about: int | None = None


class ComplaintIn(AskedIn):
    company: str
    company_post: int | None = None
    matter: str = "other"
    channel: str = "visit"


class DirectiveIn(OpeningIn):
    """`to`: `post:ID` for a post of the place, `place:CODE` for the office of a place below."""

    title: str
    text: str
    due_on: date
    to: list[str]
    basis: str = ""
    cost: str = ""
    paper_number: str = ""


class IncomingIn(OpeningIn):
    """`no_secret` says that the paper bears no secrecy mark; others are refused."""

    title: str
    sender: str
    paper_number: str = ""
    dated_on: date | None = None
    due_on: date | None = None
    urgency: str = "usual"
    text: str = ""
    no_secret: bool


def _open(request: Request, kind: str, given: OpeningIn) -> Status[dict[str, Any]]:
    (found, way), now = form_of_kind(kind), timezone.now()
    places = {one.code: one for one in places_to_open(request.actor, found)}
    place = places.get(given.place)
    if place is None:
        raise NotFound()
    form = way.form(_plain(given), choices=way.choices(place, local_day(now)))
    said = form.accepted()
    if isinstance(given, AskedIn) and not given.meant_for_here:
        lead_elsewhere_once("", said["text"], names_post=bool(said.get("about")))
    opened = way.open(place.code, said, tuple(given.files), request.actor, now)
    told = {
        "number": opened[0].held.number,
        "code": opened[0].code if way.has_asker else None,
        "parts": [one.held.number for one in opened[1:]],
    }
    return Status(201, told)


def _plain(given: Schema) -> dict[str, Any]:
    """Values as a form gets them."""
    return {name: "" if value is None else value for name, value in given.dict().items()}


@router.post("/cases/new/petition/", response={201: OpenedOut})
def open_petition(request: Request, given: PetitionIn) -> Status[dict[str, Any]]:
    """Register a petition of a town or the city."""
    return _open(request, "petition", given)


@router.post("/cases/new/visit/", response={201: OpenedOut})
def open_visit(request: Request, given: VisitIn) -> Status[dict[str, Any]]:
    """Note who came to a village with a petition."""
    return _open(request, "visit", given)


@router.post("/cases/new/property_complaint/", response={201: OpenedOut})
def open_complaint(request: Request, given: ComplaintIn) -> Status[dict[str, Any]]:
    """Take an owner's complaint about a property company down."""
    return _open(request, "property_complaint", given)


@router.post("/cases/new/directive/", response={201: OpenedOut})
def open_directive(request: Request, given: DirectiveIn) -> Status[dict[str, Any]]:
    """Hand a task down, to one post or several."""
    return _open(request, "directive", given)


@router.post("/cases/new/incoming/", response={201: OpenedOut})
def open_incoming(request: Request, given: IncomingIn) -> Status[dict[str, Any]]:
    """Register a paper that came in."""
    return _open(request, "incoming", given)


class StepIn(Schema):
    """What comes with a step: transfer (post, text), review (at, text), forward (note), circulate
    (posts, basis), hand-out (post), day (due_on, reason), company (company, company_post, matter, text)."""

    expected_seq: int | None = None
    post: int | None = None
    posts: list[int] = []
    at: str = ""
    text: str = ""
    note: str = ""
    basis: str = ""
    reason: str = ""
    due_on: date | None = None
    company: str = ""
    company_post: int | None = None
    matter: str = ""
    files: list[str] = []


class TakenStepOut(Schema):
    """Where the case stands after it; `opened` is a new case that came of it, with its code."""

    number: str
    state: str
    seq: int
    opened: OpenedOut | None


@router.post("/cases/{number}/steps/{name}", response=TakenStepOut)
def step(request: Request, number: str, name: str, given: StepIn) -> dict[str, Any]:
    """Take a step of a case that needs more than words."""
    spec, case, now = STEPS.get(name), get_case(request.actor, number), timezone.now()
    if spec is None or not spec.fits(case) or not spec.may(request.actor, case):
        raise NotFound()
    form = spec.form(_plain(given), choices=spec.choices(request.actor, case, now))
    said = {**form.accepted(), "files": tuple(given.files)}
    came = spec.make(At(case.pk, given.expected_seq), said, request.actor, now)
    after = get_case(request.actor, number)
    return {
        "number": number,
        "state": after.state,
        "seq": after.seq,
        "opened": _opened(came),
    }


def _opened(came: Any) -> dict[str, Any] | None:
    code = getattr(came, "code", None)
    return {"number": came.held.number, "code": code, "parts": []} if code else None


class PaperOut(Schema):
    code: str
    number: str
    title: str
    issued_at: datetime


class CanIssueOut(Schema):
    key: str
    title: str


class PapersOut(Schema):
    """Papers issued for a case, newest first, and those that may be issued as it stands."""

    issued: list[PaperOut]
    may_issue: list[CanIssueOut]


@router.get("/cases/{number}/papers/", response=PapersOut)
def list_papers(request: Request, number: str) -> dict[str, Any]:
    """The numbered papers of a case."""
    case = get_case(request.actor, number)
    offered = [{"key": key, "title": title} for key, title in papers_to_issue(request.actor, case)]
    return {"issued": issued(request.actor, case), "may_issue": offered}


@router.post("/cases/{number}/papers/{key}", response={201: PaperOut})
def issue(request: Request, number: str, key: str) -> Status[Any]:
    """Number and print a paper of a case."""
    case = get_case(request.actor, number)
    paper = issue_paper(case, key, actor=request.actor, now=timezone.now())
    return Status(201, paper)
