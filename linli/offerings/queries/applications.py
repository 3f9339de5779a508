"""Reads of applications: what was applied for, what was told to be missing, what is paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from linli.cases.queries.following import steps_of
from linli.cases.queries.handling import parts_now
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.fees import open_fee
from linli.kernel.permits import Actor, Permit
from linli.kernel.registries import POST_NAMES
from linli.offerings.models import (
    Application,
    ApplicationPart,
    MaterialState,
    Payment,
    RecordQuestion,
)
from linli.offerings.models.applications import OWN
from linli.offerings.queries.item_forms import lines_of
from linli.offerings.queries.records import questions_of
from linli.offerings.rules.applications import materials_of
from linli.offerings.types.applications import FEE_OVER, ItemAsked, Material, Paper
from linli.offerings.types.helping import RELATION_TITLES
from linli.offerings.types.reminders import AGREED_TITLES

if TYPE_CHECKING:
    from linli.cases.models import Case


def application_of(case_id: int) -> Application:
    """Return what was applied for by a case. Refuses with NotFound."""
    found = Application.objects.filter(pk=case_id).first()
    if found is None:
        raise NotFound()
    return found


def locked_application(case_id: int) -> Application:
    """Return what was applied for by a case, held until the transaction ends. Refuses with NotFound."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("case")
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise NotFound()
    return found


# prepared: each application asks it
SENT_LATELY = """
SELECT c.number, c.opened_at FROM offerings_application a JOIN cases_case c ON c.id = a.case_id
 WHERE a.sent_mark = %s AND c.opened_at >= %s ORDER BY c.opened_at DESC, a.case_id DESC LIMIT 1
"""


def sent_lately(mark: bytes, since: datetime) -> tuple[str, datetime] | None:
    """Return number and time of the newest application of one person for one item that came in since; the mark stands for both."""
    found: list[tuple[str, datetime]] = sql.tuples(
        "applications.sent_lately", SENT_LATELY, [mark, since]
    )
    return found[0] if found else None


def number_of_case(case_id: int) -> str:
    """Return the number under which an application is known; nothing where there is none."""
    found = Application.objects.filter(pk=case_id).values_list("case__number", flat=True)
    return found.first() or ""


def helped_among(case_ids: Collection[int]) -> list[int]:
    """Return of which cases whoever filed them helped somebody else."""
    return list(Application.objects.filter(~OWN, pk__in=case_ids).values_list("pk", flat=True))


def told_missing(case_id: int) -> list[str] | None:
    """Return the keys on the one notice of what is missing, or None while none was given."""
    for step in steps_of(case_id):
        if step.move == "ask_correction":
            return [str(key) for key in step.facts.get("missing", ())]
    return None


def papers_of(case_id: int) -> dict[str, MaterialState]:
    """Return where each material of an application stands, by its key."""
    return {one.key: one for one in MaterialState.objects.filter(application_id=case_id)}


def payments_of(case_id: int) -> list[Payment]:
    """Return what was paid for an application, with what went back, in order."""
    found = Payment.objects.filter(application_id=case_id).order_by("pk")
    return list(found.prefetch_related("refunds"))


def fee_open(application: Application) -> int:
    """Return what is still to be paid, in fen; nothing once it ended without a decision."""
    if application.case.state in FEE_OVER:
        return 0
    rows = payments_of(application.pk)
    refunds = [one for row in rows for one in row.refunds.all()]
    returned = [one.amount_fen for one in refunds]
    waived = [one.amount_fen for one in refunds if one.is_waived] + [application.waived_fen]
    return open_fee(application.fee_fen, [row.amount_fen for row in rows], returned, waived)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A material of the list with where it stands; none for what the office looks up itself.

    `asked` is what a register was asked for it.
    """

    material: Material
    row: MaterialState | None
    asked: RecordQuestion | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A department's part: which post, where it stands (empty before its turn)."""

    part: ApplicationPart
    post: str
    state: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All that pages show of an application besides its case."""

    application: Application
    papers: Sequence[PaperLine]
    parts: Sequence[PartLine]
    payments: Sequence[Payment]
    open_fen: int

    @property
    def item(self) -> ItemAsked:
        return self.application.asked

    @property
    def form_lines(self) -> list[tuple[str, str]]:
        """Questions and open answers of the item's own form, of the version that was filled in."""
        app = self.application
        return lines_of(app.asked, app.form_number, app.form_values)

    @property
    def agreed(self) -> str:
        """How she agreed that the office applies for her; nothing where she applied herself."""
        first = next(iter(steps_of(self.application.pk)), None)
        return str(AGREED_TITLES.get(first.facts.get("agreed", ""), "")) if first else ""

    @property
    def helped(self) -> list[tuple[str, str]]:
        """Whom it is for and who helped her, masked, under their titles; nothing where she applied herself."""
        app = self.application
        if not app.is_helped:
            return []
        relation = RELATION_TITLES.get(app.agent_relation, "")
        return [
            (_("Whom it is for"), " ".join(one for one in (app.name_masked, app.id_masked) if one)),
            (_("Who helped"), " · ".join(str(one) for one in (app.agent_masked, relation) if one)),
        ]

    @property
    def mandate_words(self) -> str:
        """By what a helper stands for the applicant; nothing where nobody helped."""
        app = self.application
        if app.agent_basis:
            return app.agent_basis
        if app.mandate_id:
            return _("with a mandate on record")
        return _("no mandate was shown yet") if app.is_helped else ""

    @property
    def lacking(self) -> list[PaperLine]:
        return [one for one in self.papers if one.row and one.row.state == Paper.LACKING]

    @property
    def answers(self) -> list[tuple[Mapping[str, str], Mapping[str, str]]]:
        """The questions that were asked, each with the words of its answer."""
        said = self.application.answers
        return [
            (one["ask"], next(opt for opt in one["options"] if opt["key"] == said[one["key"]]))
            for one in self.item.questions
            if one["key"] in said
        ]


def overview_of(case_id: int) -> Overview | None:
    """Return what pages show of an application, or None where the case is none."""
    found = Application.objects.filter(pk=case_id).select_related("case").first()
    if found is None:
        return None
    rows = papers_of(case_id)
    asked = questions_of(case_id)
    lines = [
        PaperLine(one, rows.get(one.key), asked.get(one.key))
        for one in materials_of(found.asked, found.answers)
    ]
    return Overview(found, lines, _part_lines(found), payments_of(case_id), fee_open(found))


def _part_lines(application: Application) -> list[PartLine]:
    parts = list(application.parts.order_by("turn", "pk"))
    if not parts:
        return []
    names = POST_NAMES.call({part.post_id for part in parts})
    stand = {one.number: one.state for one in parts_now(application.pk)}
    return [
        PartLine(part, names.get(part.post_id, ""), stand.get(part.number or 0, ""))
        for part in parts
    ]


def payment_named(application: Application, number: str) -> Payment:
    """Return a payment of an application by the number of its receipt. Refuses with NotFound."""
    found = Payment.objects.filter(application=application, number=number).first()
    if found is None:
        raise NotFound()
    return found


def case_for(actor: Actor, number: str, *permits: Permit) -> Case:
    """Return the case of an application to who holds one of the permits there. Refuses with NotFound."""
    found = Application.objects.filter(case__number=number).select_related("case").first()
    if found is None:
        raise NotFound()
    case: Case = found.case
    if not any(actor.may(permit, at=case.path, level=case.level) for permit in permits):
        raise NotFound()
    return case
