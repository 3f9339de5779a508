"""Issuing a paper: number, PDF, register, seal and log in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.documents import permits
from linli.documents.clients import printing
from linli.documents.clients.printing import Paper
from linli.documents.errors import SealPictureRefused
from linli.documents.events import DocumentIssued
from linli.documents.models import Document, DocumentPrint, ShortCode
from linli.documents.queries import OWNER, printed_address, words_of_paper
from linli.documents.rules import papers as rules
from linli.documents.services.codes import LENGTH
from linli.documents.services.seals import open_seal_use
from linli.documents.types import TEMPLATES, DocumentTemplate, Field, Issue
from linli.files.services import Made, store_made
from linli.files.types import FileKind, Owner
from linli.kernel.clock import add_months
from linli.kernel.errors import Invalid
from linli.kernel.events import publish
from linli.kernel.ids import public_code
from linli.kernel.money import Money
from linli.kernel.permits import Actor, require
from linli.runtime.services import numbers
from linli.trail.services import record
from linli.ui import formats


@transaction.atomic
def issue_document(
    template: str, data: Mapping[str, Any], *, issue: Issue, actor: Actor, now: datetime
) -> Document:
    """Number a paper, set it, keep it, and open the register of seal uses if it needs a seal.

    Refuses with NotAllowed, Invalid, SealPictureRefused, TemplateBroken.
    """
    kind = TEMPLATES.get(template)
    assert kind is not None, f"no template is called {template}"
    level = kind.level if issue.level is None else issue.level
    require(actor, kind.permit or permits.ISSUE, at=issue.place, level=level)
    _check(kind, data, issue)
    with translation.override(issue.language):
        document = _new(kind, issue, level, actor, now)
        paper = printing.set_paper(kind.source, _facts(kind, document), _prepared(kind, data))
    _keep(document, kind, paper, actor, now)
    DocumentPrint.objects.create(
        document=document, at=now, account_id=actor.account_id, label=actor.label,
        copies=issue.copies, reason="",
    )  # fmt: skip
    if kind.needs_seal:
        open_seal_use(document, issue, actor=actor, now=now)
    record(
        "documents.issued",
        on=document,
        actor=actor,
        now=now,
        place=document.place,
        level=document.level,
        template=template,
        number=document.number,
    )
    publish(DocumentIssued(document.pk, template, issue.place))
    return document


def _check(kind: DocumentTemplate, data: Mapping[str, Any], issue: Issue) -> None:
    picture = rules.picture_in(data)
    if picture is not None:
        raise SealPictureRefused(field=picture)
    words = {"missing": _("This is missing."), "unknown": _("The paper has no place for this.")}
    faults = rules.data_faults(kind.schema, kind.optional, data)
    fields = {
        name: [words.get(why, _("This cannot be printed here."))] for name, why in faults.items()
    }
    if issue.mark and not rules.is_mark(issue.mark):
        fields["mark"] = [_("The mark of an office has 2 to 20 Chinese characters.")]
    if not issue.office.strip():
        fields["office"] = [_("Say which office issues the paper.")]
    if fields:
        raise Invalid(fields)


def _new(kind: DocumentTemplate, issue: Issue, level: int, actor: Actor, now: datetime) -> Document:
    _city, town, village = rules.place_parts(issue.place)
    year = localdate(now).year
    if issue.mark:
        # the series of an official number belongs to the office, whatever the template
        value = numbers.next_value("GW", f"{issue.place}{issue.mark}", year, now=now)
        number = rules.official_number(issue.mark, year, value)
    else:
        number = numbers.next_number(kind.series, issue.place, year, now=now)
    document = Document.objects.create(
        code=public_code(LENGTH), number=number, template=kind.key,
        title=issue.title or str(kind.title), language=issue.language, office=issue.office,
        place=issue.place, town_code=town, village_code=village,
        about_kind=issue.about[0] if issue.about else "",
        about_id=issue.about[1] if issue.about else None,
        level=level, needs_seal=kind.needs_seal, is_demo=settings.LINLI_DEMO,
        issued_at=now, account_id=actor.account_id, issued_by=actor.label, print_count=issue.copies,
    )  # fmt: skip
    ShortCode.objects.create(code=document.code, kind=OWNER, target_id=document.pk, made_at=now)
    return document


def _facts(kind: DocumentTemplate, document: Document) -> dict[str, Any]:
    on = localdate(document.issued_at)
    is_english = document.language.startswith("en")
    address = printed_address(document.code)
    return {
        "title": document.title,
        "number": document.number,
        "code": document.code,
        "url": address,
        "qr": printing.qr_image(address),
        "office": document.office,
        "issued_on": [on.year, on.month, on.day],
        "issued_text": formats.day_plain(on),
        "template": document.template,
        "needs_seal": document.needs_seal,
        "is_demo": document.is_demo,
        "lang": "en" if is_english else "zh",
        "region": "gb" if is_english else "cn",
        "words": {**words_of_paper(), **{name: str(words) for name, words in kind.words.items()}},
    }


def _prepared(kind: DocumentTemplate, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return data as templates get them: missing is none, money is written twice."""
    given: dict[str, Any] = {name: data.get(name) for name in kind.schema}
    for name, field in kind.schema.items():
        if field is Field.MONEY and given[name] is not None:
            amount = Money(given[name])
            given[name] = {"text": amount.grouped, "capital": amount.capitals}
    return given


def _keep(
    document: Document, kind: DocumentTemplate, paper: Paper, actor: Actor, now: datetime
) -> None:
    years = kind.keep_years
    until = None if years is None else add_months(localdate(now), 12 * years)
    made = Made(paper.pdf, f"{document.number}.pdf", FileKind.PDF, document.level, until)
    file = store_made(
        made, owner=Owner(OWNER, document.pk), place=document.place, actor=actor, now=now
    )
    document.file, document.sha256, document.unprintable = file, file.sha256, paper.unprintable
    document.save(update_fields=["file", "sha256", "unprintable"])
