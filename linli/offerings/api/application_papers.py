"""Numbered papers of an application over the API: what was issued, what may be, and one more."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.cases.queries.kind_facts import issued
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.queries.applications import application_of, case_for
from linli.offerings.queries.papers_offered import papers_to_issue
from linli.offerings.services import papers

router = Router()


class ApplicationPaperOut(Schema):
    """A numbered paper; its file is had from `/documents/{code}/`."""

    code: str
    number: str
    title: str
    issued_at: datetime


class OfferedPaperOut(Schema):
    """A paper that the caller may issue now: its key and title."""

    key: str
    title: str


class ApplicationPapersOut(Schema):
    """Papers issued for an application, newest first, and those that the caller may issue as it stands."""

    issued: list[ApplicationPaperOut]
    may_issue: list[OfferedPaperOut]


@router.get("/applications/{number}/papers/", response=ApplicationPapersOut)
def list_application_papers(request: Request, number: str) -> dict[str, Any]:
    """The numbered papers of an application, for who received it or decides."""
    case = case_for(request.actor, number, permits.RECEIVE, permits.DECIDE)
    offered = papers_to_issue(request.actor, application_of(case.pk))
    return {
        "issued": issued(request.actor, case),
        "may_issue": [{"key": key, "title": title} for key, title in offered],
    }


@router.post("/applications/{number}/papers/{slug:key}", response={201: ApplicationPaperOut})
def issue_application_paper(request: Request, number: str, key: str) -> Status[Any]:
    """Number and print a paper of an application: accepted, correction, not-accepted, decision, fee."""
    case = case_for(request.actor, number, permits.RECEIVE, permits.DECIDE)
    made = papers.issue_paper(application_of(case.pk), key, actor=request.actor, now=timezone.now())
    return Status(201, made)
