"""Numbered papers of cases: issued when somebody asks for one, from what the case says."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.cases.engine.deciding import hand_in
from linli.cases.errors import NoSuchPaper
from linli.cases.models import Case
from linli.cases.models.holding import read_cases
from linli.cases.queries import paper_texts as texts
from linli.cases.queries.papers import last_of, steps_said
from linli.cases.queries.papers_offered import SPECS
from linli.cases.queries.receivers import receivers
from linli.cases.rules.clocks import local_day
from linli.cases.types.filing import OF_CASE
from linli.documents import services as documents
from linli.documents.types import CHINESE, TEMPLATES, Issue
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all, system_actor
from linli.kernel.registries import PLACE_NAMES
from linli.orgs import queries as orgs

if TYPE_CHECKING:
    from linli.documents.models import Document


READER = system_actor("cases.paper")


@open_to_all(
    "the template names its permit, which documents requires at the case's place and level"
)
@transaction.atomic
def issue_paper(
    case: Case, key: str, *, language: str = CHINESE, actor: Actor, now: datetime
) -> Document:
    """Number and print one paper of a case. Refuses with NoSuchPaper, NotAllowed."""
    spec, steps = SPECS.get(key), steps_said(case.pk)
    if spec is None or case.kind not in spec.kinds or last_of(steps, *spec.moves) is None:
        raise NoSuchPaper()
    template = TEMPLATES.get(f"cases.{spec.template}")
    assert template is not None, spec.template
    with translation.override(language):
        data = spec.data(texts.Matter(case, steps, local_day(now)))
        office = _office(case, actor, now)
    issue = Issue(
        place=case.path,
        office=office,
        language=language,
        about=(OF_CASE, case.pk),
        level=max(template.level, case.level),
        purpose=_("Case %(number)s") % {"number": case.number},
    )
    return documents.issue_document(template.key, data, issue=issue, actor=actor, now=now)


def _office(case: Case, actor: Actor, now: datetime) -> str:
    """The body of the post that issues it, else the place."""
    post_id, on = hand_in(actor, read_cases([case.pk])[case.pk]).post_id, local_day(now)
    post = receivers([post_id], on).get(post_id) if post_id else None
    body = _body(post.org_id, on) if post else None
    if body:
        return body
    return PLACE_NAMES.call([case.path]).get(case.path) or case.path


def _body(org_id: int, on: date) -> str:
    try:
        return orgs.name_on(orgs.organisation_by_id(READER, org_id, on=on), on)
    except NotFound:
        return ""
