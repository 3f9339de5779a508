"""An applicant is forgotten, or her number is read for a reason that stays on record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from linli.cases.queries.calling import called_at
from linli.cases.queries.intake import reporter_of
from linli.cases.services.keeping import let_papers_go
from linli.cases.types.sections import CaseHead
from linli.documents.queries import OWNER as PAPER
from linli.documents.queries import papers_about
from linli.files.services import erase_files_of
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import VAULT, Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.clients.applicants import opened, sealed
from linli.offerings.errors import ReasonNeeded
from linli.offerings.models import AgentMandate, Application, Benefit, RecordQuestion, Waiver
from linli.offerings.models.applications import OWN
from linli.offerings.queries.applications import application_of
from linli.offerings.queries.keeping import papers_over
from linli.offerings.types.applications import Applicant
from linli.offerings.types.mandates import OWNER as MANDATE
from linli.trail.services import record, record_read

FORGOTTEN = (
    "sealed", "id_masked", "answers", "agent_basis", "agent_relation", "agent_masked", "name_masked",
    "form_sealed", "form_values", "sent_mark", "forgotten_at",
)  # fmt: skip
# each has several papers, and each paper its bytes
AT_ONCE = 200
SHORTEST_REASON, LONGEST_REASON = 2, 200


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_applicant(person_id: int, *, actor: Actor, now: datetime) -> int:
    """Forget somebody in every application of hers, her mandates and what she received.

    Returns how many applications.

    A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    count = _forget(Q(person_id=person_id), actor, now)
    Benefit.objects.filter(person_id=person_id).delete()
    _forget_mandates(person_id, actor=actor, now=now)
    return count


@open_to_all("the job that follows an erasure alone calls it")
@transaction.atomic
def forget_applications(case_ids: Sequence[int], *, actor: Actor, now: datetime) -> int:
    """Forget whose account was erased in the applications among these cases; return in how many.

    Where she helped somebody else, the application stays that person's: what names her as the helper
    goes out of it. A second run changes nothing. Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    among = Q(pk__in=case_ids)
    return _forget(among & OWN, actor, now) + _forget_helper(among & ~OWN, actor, now)


@open_to_all("the nightly job alone calls it")
@transaction.atomic
def let_papers_of_applicants_go(limit: int, *, actor: Actor, now: datetime) -> int:
    """Let go what was sent with applications over their term; return of how many. Refuses with NotAllowed."""
    found = list(papers_over(now).values_list("pk", flat=True)[: min(limit, AT_ONCE)])
    let_papers_go(found, actor=actor, now=now)
    return len(found)


def _forget(hers: Q, actor: Actor, now: datetime) -> int:
    found = Application.objects.select_for_update(of=("self",)).filter(hers, forgotten_at=None)
    rows = list(found.order_by("pk"))
    for row in rows:
        row.sealed, row.id_masked, row.answers, row.agent_basis = None, "", {}, ""
        row.sent_mark = None
        row.agent_relation = row.agent_masked = row.name_masked = ""
        row.form_sealed, row.form_values, row.forgotten_at = None, {}, now
        row.save(update_fields=list(FORGOTTEN))
        RecordQuestion.objects.filter(application=row).delete()
        Waiver.objects.filter(application=row).update(reason="")
        record(
            "offerings.applicant_forgotten", on=("cases.case", row.pk), actor=actor, now=now,
            person_id=row.person_id,
        )  # fmt: skip
    return len(rows)


def _forget_helper(helped: Q, actor: Actor, now: datetime) -> int:
    """Take whoever helped out of applications; how she stands to whom it is for names nobody and stays."""
    found = Application.objects.select_for_update(of=("self",)).filter(helped, forgotten_at=None)
    rows = list(found.exclude(agent_masked="").order_by("pk"))
    for row in rows:
        alone = replace(opened(row.sealed, row.pk), agent_name="", agent_id="", agent_phone="")
        row.sealed, row.agent_masked = sealed(alone, row.pk), ""
        row.save(update_fields=["sealed", "agent_masked"])
        record("offerings.helper_forgotten", on=("cases.case", row.pk), actor=actor, now=now)
    return len(rows)


def _forget_mandates(person_id: int, *, actor: Actor, now: datetime) -> None:
    """Delete what names the agents of somebody, with the scans and the papers that were printed to be signed."""
    rows = AgentMandate.objects.select_for_update().filter(person_id=person_id).order_by("pk")
    for row in rows:
        erase_files_of(MANDATE, row.pk, reason="erasure", actor=actor, now=now)
        for paper in papers_about(actor, MANDATE, row.pk):
            erase_files_of(PAPER, paper.pk, reason="erasure", actor=actor, now=now)
    rows.delete()


@transaction.atomic
def reveal_applicant(case_id: int, reason: str, *, actor: Actor, now: datetime) -> Applicant:
    """Return the particulars of an applicant; the reading and its reason are recorded.

    Refuses with NotAllowed, NotFound, ReasonNeeded.
    """
    application = application_of(case_id)
    case = application.case
    require(actor, permits.RECEIVE, at=case.path, level=max(case.level, VAULT))
    if application.sealed is None:
        raise NotFound()
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonNeeded({"reason": [str(ReasonNeeded.message)]})
    record_read(
        on=("cases.case", case.pk), fields=["id_number", "address", "form"], actor=actor, now=now,
        place=case.path, reason=reason.strip()[:LONGEST_REASON], person_id=application.person_id,
        level=VAULT,
    )  # fmt: skip
    return _with_number(opened(application.sealed, case_id), case)


def _with_number(found: Applicant, case: CaseHead) -> Applicant:
    """Return an applicant with the number at which the office calls her, or who helps her, where none was given."""
    reporter = reporter_of(case.pk)
    if reporter is None:
        return found
    called = called_at(case, reporter)
    if found.agent_name and called.name == found.agent_name:
        return replace(found, agent_phone=found.agent_phone or called.phone)
    return replace(found, phone=found.phone or called.phone)
