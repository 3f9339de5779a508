"""JSON API of forms: what is published, answers checked against it, and building for designers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from linli.formkit import queries, services
from linli.formkit.services import Head
from linli.formkit.types import Audience, Words
from linli.kernel.addresses import address_of
from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.registries import PATH_OF
from linli.kernel.web import Request
from linli.runtime.types import Rate, client_address, limited

router = Router(tags=["forms"])
CHECKS = Rate(300, timedelta(minutes=10))


class FormWordsOut(Schema):
    zh: str
    en: str


class FormOut(Schema):
    """A form with the version that is in use; `page` leads residents to where they fill it in."""

    key: str
    title: FormWordsOut
    audience: str
    place: str
    version: int
    checksum: str
    basis: str
    published_at: datetime
    page: str | None


class FormsOut(Schema):
    count: int
    items: list[FormOut]
    next: str | None


class FormVersionOut(Schema):
    """A version whole: `schema` is JSON Schema 2020-12 for its answers."""

    key: str
    version: int
    state: str
    edition: int
    checksum: str
    published_at: datetime | None
    form: dict[str, Any]


class FormListIn(PagedIn):
    audience: str = ""


class FormAnswersIn(Schema):
    """Answers as the schema describes them; nothing is kept."""

    answers: dict[str, Any]
    version: int | None = None


class FormFaultOut(Schema):
    path: str
    code: str
    message: str


class FormCheckOut(Schema):
    """`values` are the answers as they would be kept: without what is not asked, with what is computed."""

    is_valid: bool
    version: int
    faults: list[FormFaultOut]
    values: dict[str, Any]


class FormIn(Schema):
    key: str
    title: str
    title_en: str
    place: str
    audience: str
    form: dict[str, Any]


class FormPublishIn(Schema):
    edition: int
    basis: str = ""


def _form_out(version: Any) -> dict[str, Any]:
    form = version.form
    return {
        "key": form.key, "title": {"zh": form.title, "en": form.title_en},
        "audience": form.audience, "place": form.place.rstrip("/").rpartition("/")[2],
        "version": version.number, "checksum": version.checksum, "basis": version.basis,
        "published_at": version.published_at,
        "page": address_of("formkit:ask", form.key) if form.audience == Audience.RESIDENTS else None,
    }  # fmt: skip


def version_out(version: Any) -> dict[str, Any]:
    """Return a version as the API tells it."""
    return {
        "key": version.form.key, "version": version.number, "state": version.state,
        "edition": version.edition, "checksum": version.checksum,
        "published_at": version.published_at, "form": version.spec,
    }  # fmt: skip


@router.get("/forms/", response=FormsOut)
def list_forms(request: Request, asked: Query[FormListIn]) -> dict[str, Any]:
    """Forms that are in use, in the order of their keys."""
    if asked.audience not in ("", *Audience):
        raise Invalid({"audience": [", ".join(Audience)]})
    found = queries.published_forms(request.actor)
    if asked.audience:
        found = found.filter(form__audience=asked.audience)
    page = page_of(found, queries.BY_FORM, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, _form_out)


@router.get("/forms/{key}/", response=FormVersionOut)
def get_form(request: Request, key: str) -> dict[str, Any]:
    """The version that is in use: schema, layout and logic."""
    return version_out(queries.get_published(request.actor, key))


@router.get("/forms/{key}/versions/{int:number}/", response=FormVersionOut)
def get_version(request: Request, key: str, number: int) -> dict[str, Any]:
    """One version, also one that was replaced; drafts for whoever designs."""
    return version_out(queries.get_version(request.actor, key, number))


@router.post("/forms/{key}/check/", response=FormCheckOut)
@limited("formkit.check", CHECKS, client_address)
def check_answers(request: Request, key: str, given: FormAnswersIn) -> dict[str, Any]:
    """Check answers by the form's own rules and by its schema, and keep nothing."""
    version = (
        queries.get_published(request.actor, key)
        if given.version is None
        else queries.get_version(request.actor, key, given.version)
    )
    faults, values = queries.check_values(version, given.answers, today=localdate())
    return {"is_valid": not faults, "version": version.number, "faults": faults, "values": values}


@router.post("/forms/", response={201: FormVersionOut})
def create_form(request: Request, given: FormIn) -> Status[dict[str, Any]]:
    """Begin a form from its JSON, as a draft."""
    path = PATH_OF.call(given.place)
    if not path:
        raise Invalid({"place": [given.place]})
    if given.audience not in set(Audience):
        raise Invalid({"audience": [", ".join(Audience)]})
    title = Words(given.title, given.title_en)
    head = Head(given.key, title, str(path), Audience(given.audience))
    form = services.import_form(head, given.form, actor=request.actor, now=timezone.now())
    return Status(201, version_out(queries.get_draft_version(request.actor, form.key)))


@router.post("/forms/{key}/begin", response={201: FormVersionOut})
def begin_version(request: Request, key: str) -> Status[dict[str, Any]]:
    """Begin a new version from the last."""
    form = queries.get_form(request.actor, key)
    begun = services.new_version(form, actor=request.actor, now=timezone.now())
    return Status(201, version_out(begun))


@router.post("/forms/{key}/publish", response=FormVersionOut)
def publish(request: Request, key: str, given: FormPublishIn) -> dict[str, Any]:
    """Put the draft into use, if the lint and all saved tests find nothing wrong."""
    version = queries.get_draft_version(request.actor, key)
    return version_out(
        services.publish_version(
            version, edition=given.edition, basis=given.basis, actor=request.actor,
            now=timezone.now(),
        )
    )  # fmt: skip
