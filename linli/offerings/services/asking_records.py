"""The office looks up what a register has instead of asking for it (PS-02): recorded, once, for one purpose."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.exchange.services.base_data import ask_base_data
from linli.exchange.types.base_data import AskedOn, Question
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.events import publish
from linli.kernel.permits import Actor, open_to_all, require
from linli.offerings import permits
from linli.offerings.clients.applicants import opened
from linli.offerings.clients.record_numbers import id_number_of
from linli.offerings.events import RecordAsked
from linli.offerings.models import Application, RecordQuestion
from linli.offerings.queries.records import sharing_material
from linli.offerings.states import QUESTION, QuestionState
from linli.offerings.types.applications import UNDECIDED
from linli.trail.services import record_read

MOST_BASIS = 200


@transaction.atomic
def ask_record(
    case_id: int, key: str, ground: str, basis: str, *, actor: Actor, now: datetime
) -> RecordQuestion:
    """Ask a register for a material that the office looks up itself; the answer comes by a job.

    What was answered, or is being asked, is not asked again. The person reads in her list who asked,
    when, and for which matter. Refuses with NotAllowed, NotFound for what is no such material, WrongState
    once it is decided or has ended, Invalid without a ground or where nobody's number is known.
    """
    found = Application.objects.select_for_update(of=("self",)).select_related("case")
    application = found.filter(pk=case_id).first()
    if application is None:
        raise NotFound()
    case = application.case
    require(actor, permits.RECEIVE, at=case.path, level=case.level)
    material = sharing_material(application, key)
    known = RecordQuestion.objects.filter(application=application, key=key).first()
    if known is not None and known.state != QuestionState.FAILED:
        return known
    if case.state not in UNDECIDED:
        raise WrongState(move="ask", state=case.state)
    _check(application, ground, basis)
    row = known or RecordQuestion(application=application, key=key, tries=0)
    row.source, row.ground, row.basis = material.source, ground, basis.strip()[:MOST_BASIS]
    row.state = QUESTION.after(row.state, "again") if known else QUESTION.start
    row.tries, row.fault, row.asked_at, row.asked_by = row.tries + 1, "", now, actor.label[:120]
    row.save()
    record_read(
        on=("cases.case", case.pk), fields=[material.name], actor=actor, now=now, place=case.path,
        reason=f"{application.item['name']['zh']}：{row.basis}", person_id=application.person_id,
    )  # fmt: skip
    publish(RecordAsked(row.pk))
    return row


def _check(application: Application, ground: str, basis: str) -> None:
    if ground not in set(AskedOn):
        raise Invalid({"ground": [_("Say on which ground it is asked for.")]})
    if not basis.strip():
        raise Invalid({"basis": [_("Name the rule, or how they agreed.")]})
    if not id_number_of(application):
        words = _("Their identity card number is not known here. Take it down first.")
        raise Invalid({"basis": [words]})


@open_to_all("run by its job alone: who asked held offerings.receive, and the reading is recorded")
def fetch_answer(question_id: int, *, actor: Actor, now: datetime) -> str:
    """Ask the register and keep what it says; return where the question stands. Safe to run again."""
    row = RecordQuestion.objects.select_related("application").filter(pk=question_id).first()
    if row is None or row.state != QuestionState.ASKED:
        return "" if row is None else str(row.state)
    found, fault = ask_base_data(_question(row), name=str(row.uuid), actor=actor, now=now)
    with transaction.atomic():
        row = RecordQuestion.objects.select_for_update().get(pk=question_id)
        if row.state == QuestionState.ASKED:
            row.state = QUESTION.after(row.state, "answer" if found else "fail")
            row.answer, row.as_of = (found.answer, found.as_of) if found else ("", None)
            row.fault, row.answered_at = fault[:60], now
            row.save()
    return str(row.state)


def _question(row: RecordQuestion) -> Question:
    application = row.application
    material = sharing_material(application, row.key)
    who = opened(application.sealed, application.pk)
    return Question(
        row.source, {"key": row.key, "name": material.name}, id_number_of(application), who.name,
        row.ground, row.basis, application.item["name"]["zh"],
    )  # fmt: skip
