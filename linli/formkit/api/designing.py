"""Building forms over the API: a draft saved whole, its tests, and the end of a version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from ninja import Query, Schema, Status

from linli.formkit import queries, services
from linli.formkit.api.forms import FormVersionOut, router, version_out
from linli.formkit.queries.testing_forms import Outcome
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request


class FormSaveIn(Schema):
    """The whole draft; refused if somebody saved it after `edition`."""

    edition: int
    form: dict[str, Any]


class FormTestIn(Schema):
    """Answers as the schema describes them, of invented people; what comes of them now must come later."""

    name: str
    answers: dict[str, Any]


class FormDifferenceOut(Schema):
    path: str
    wanted: Any
    came: Any


class FormTestOut(Schema):
    """A saved test and how it goes now: `faults` are what must be refused, by path."""

    id: int
    name: str
    on: date
    faults: dict[str, str]
    has_passed: bool
    differences: list[FormDifferenceOut]


class FormTestsOut(Schema):
    count: int
    items: list[FormTestOut]
    next: str | None


@router.post("/forms/{key}/save", response=FormVersionOut)
def save_draft(request: Request, key: str, given: FormSaveIn) -> dict[str, Any]:
    """Save the draft of a form whole; each save is one to which a designer can return."""
    version = queries.get_draft_version(request.actor, key)
    return version_out(
        services.save_whole_draft(
            version, given.form, edition=given.edition, actor=request.actor, now=timezone.now()
        )
    )


@router.post("/forms/{key}/retire", response=FormVersionOut)
def retire(request: Request, key: str) -> dict[str, Any]:
    """Take the version in use out of use; nobody can begin it any more."""
    version = queries.get_form(request.actor, key).versions.filter(state="published").first()
    if version is None:
        raise NotFound(key=key)
    return version_out(services.retire_version(version, actor=request.actor, now=timezone.now()))


@router.get("/forms/{key}/tests/", response=FormTestsOut)
def list_tests(request: Request, key: str, asked: Query[PagedIn]) -> dict[str, Any]:
    """The saved tests of a form, each run against the draft, or without one against what is in use."""
    version = queries.version_to_try(request.actor, key)
    page = page_of_rows(
        queries.run_tests(version), lambda one: str(one.test.pk), cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, _outcome)


def _outcome(one: Outcome) -> dict[str, Any]:
    told = [
        {"path": path, "wanted": wanted, "came": came} for path, wanted, came in one.differences
    ]
    return {
        **plain(one.test, "id", "name", "on", "faults"), "has_passed": one.has_passed,
        "differences": told,
    }  # fmt: skip


@router.post("/forms/{key}/tests/", response={201: FormTestOut})
def save_test(request: Request, key: str, given: FormTestIn) -> Status[dict[str, Any]]:
    """Keep answers as a test under a name, in place of one that had it."""
    version = queries.version_to_try(request.actor, key)
    spec = queries.spec_of(version)
    known = {name: value for name, value in given.answers.items() if name in spec.fields}
    typed, _files = queries.typed_of(spec, known)
    made = services.keep_test(
        version, given.name, typed, actor=request.actor, now=timezone.now()
    )  # fmt: skip
    return Status(201, _outcome(Outcome(made, queries.differences(version, made))))


@router.post("/forms/{key}/tests/{int:test_id}/drop", response={204: None})
def drop_test(request: Request, key: str, test_id: int) -> Status[None]:
    """Throw a test away."""
    form = queries.get_form(request.actor, key)
    services.drop_test(form, test_id, actor=request.actor, now=timezone.now())
    return Status(204, None)
