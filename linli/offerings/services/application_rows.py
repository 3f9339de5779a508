"""The rows of an application beside its case: what was applied for, its papers, and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.cases.services.opening import Opened
from linli.cases.services.photos import Step, hang_papers
from linli.kernel import sql
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.offerings.clients.applicants import sealed, sealed_form
from linli.offerings.models import Application, MaterialState
from linli.offerings.rules.applications import materials_of
from linli.offerings.types.applications import Applicant, Applying, FormAnswers, ItemAsked, Paper
from linli.ui.masks import mask_id, mask_name, mask_phone

BY_APPLYING = "part of applying, which was asked for its permit"


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, checked: who applies, the answers, those to the item's form, the mandate,
    and what stands for her with this item."""

    applicant: Applicant
    answers: Mapping[str, str]
    form: FormAnswers | None
    mandate_id: int | None
    mark: bytes | None = None


@open_to_all(BY_APPLYING)
def keep_rows(
    case_id: int, item: ItemAsked, applying: Applying, said: Said, *, actor: Actor, now: datetime
) -> None:
    """Keep what was applied for, and where each paper of its list stands."""
    applicant = said.applicant
    sql.insert_later([
        Application(
            case_id=case_id, item_key=item.key, item_version=item.version,
            item=dict(item.content), answers=dict(said.answers), sealed=sealed(applicant, case_id),
            id_masked=mask_id(applicant.id_number) if applicant.id_number else "",
            person_id=applying.person_id, mandate_id=said.mandate_id,
            agent_mandate_id=applying.agent_mandate_id,
            agent_basis=applying.agent_basis.strip()[:200], delivery=applying.delivery,
            fee_fen=item.fee_fen, sent_mark=said.mark, **_form_columns(said.form, case_id), **_helped(applying, applicant),
        )
    ])  # fmt: skip
    rows = [
        MaterialState(
            application_id=case_id, key=one.key, changed_at=now,
            state=Paper.GIVEN if _is_given(one.key, applying) else Paper.OPEN,
            files=list(applying.photos.get(one.key, ())),
        )
        for one in materials_of(item, said.answers)
        if one.is_hers
    ]  # fmt: skip
    if rows:
        sql.insert_later(rows)


def _helped(applying: Applying, one: Applicant) -> dict[str, str]:
    """Return what everybody who works on it sees of a helper and of whom she helps."""
    if not one.agent_name:
        return {}
    phone = mask_phone(one.agent_phone.removeprefix("+86")) if one.agent_phone else ""
    return {
        "agent_relation": applying.agent_relation, "name_masked": mask_name(one.name),
        "agent_masked": f"{mask_name(one.agent_name)} {phone}".strip(),
    }  # fmt: skip


def _form_columns(form: FormAnswers | None, case_id: int) -> dict[str, Any]:
    if form is None:
        return {}
    return {
        "form_number": form.number, "form_values": dict(form.values),
        "form_sealed": sealed_form(form.sealed, case_id),
    }  # fmt: skip


def _is_given(key: str, applying: Applying) -> bool:
    return key in applying.brought or bool(applying.photos.get(key))


@open_to_all(BY_APPLYING)
def hang_all(opened: Opened, applying: Applying, *, actor: Actor, now: datetime) -> None:
    """Hang the files of each paper on the first step."""
    held = opened.held
    for codes in applying.photos.values():
        hang_papers(codes, Step(held.id, 1, held.path), actor=NOBODY, now=now)
