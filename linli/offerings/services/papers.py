"""Numbered papers of applications: issued when they are asked for, from what the application says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.documents import services as documents
from linli.documents.types import CHINESE, TEMPLATES, Issue
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.registries import PLACE_NAMES
from linli.offerings.models import Application
from linli.offerings.queries import paper_texts as texts
from linli.offerings.queries.papers_offered import FEE, SPECS, PaperSpec
from linli.offerings.queries.sealed_papers import OF_CASE

if TYPE_CHECKING:
    from linli.documents.models import Document


@open_to_all("the template names its permit, which documents requires at the place and level")
@transaction.atomic
def issue_paper(
    application: Application, key: str, *, language: str = CHINESE, actor: Actor, now: datetime
) -> Document:
    """Number and print one paper of an application. Refuses with NotFound, NotAllowed."""
    matter, case = texts.matter_of(application), application.case
    spec = PaperSpec(FEE, (), texts.fee) if key == FEE else SPECS.get(key)
    is_there = application.payments.exists() if key == FEE else spec and matter.last(*spec.moves)
    if spec is None or not is_there:
        raise NotFound()
    template = TEMPLATES.get(f"offerings.{spec.template}")
    assert template is not None, spec.template
    with translation.override(language):
        data = spec.data(matter)
    office = PLACE_NAMES.call([case.path]).get(case.path) or case.path
    issue = Issue(
        place=case.path, office=office, language=language, about=(OF_CASE, case.pk),
        level=max(template.level, case.level), purpose=_("Case %(number)s") % {"number": case.number},
    )  # fmt: skip
    return documents.issue_document(template.key, data, issue=issue, actor=actor, now=now)
