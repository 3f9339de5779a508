"""A mandate on paper: printed, signed and scanned back, ended at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.documents import services as documents
from linli.documents.types import CHINESE, Issue
from linli.files import services as files
from linli.files.types import Owner
from linli.kernel.clock import add_months
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.identity import tidy_id, told_of_id
from linli.kernel.ids import public_code
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.registries import PLACE_NAMES
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.agents import agent_opened, sealed_agent
from linli.offerings.errors import GiverDied, NoMandate
from linli.offerings.models import AgentMandate
from linli.offerings.queries.applicants import Known, known_person, village_of
from linli.offerings.queries.items import versions_named
from linli.offerings.queries.mandates import died_on, get_mandate, holding, is_giver, kept_at
from linli.offerings.states import AGENCY
from linli.offerings.types.applications import Applying
from linli.offerings.types.mandates import OWNER, SCAN, Agent, MandateFacts
from linli.places import queries as places
from linli.rulebook import queries as rulebook
from linli.trail.services import record
from linli.ui.formats import day_plain
from linli.ui.masks import mask_id, mask_name

MOST = "application.mandate_most"
USED = "offerings.applied_for_you"


@transaction.atomic
def prepare_mandate(
    person_id: int, facts: MandateFacts, *, actor: Actor, now: datetime
) -> AgentMandate:
    """Print a mandate for somebody to sign. It holds once the signed paper came back.

    Refuses with NotFound, NotAllowed, GiverDied, Invalid (name, id_number, until, item).
    """
    person = known_person(actor, person_id)
    village = village_of(actor, person) if person else ""
    if person is None or not village:
        raise NotFound()
    path, today = places.chain_of(village)[-1].path, localdate(now)
    require(actor, permits.RECEIVE, at=path, level=PERSONAL)
    _refuse_of_dead(person.person_id)
    agent = _checked(facts, path, today)
    code = public_code(10)
    row = AgentMandate(
        person_id=person.person_id, path=path, item_key=facts.item, code=code, until=facts.until,
        sealed=sealed_agent(agent, code),
        agent_masked=f"{mask_name(agent.name)} {mask_id(agent.id_number)}",
    )  # fmt: skip
    row.save()
    issue = Issue(
        place=path, office=str(PLACE_NAMES.call([path]).get(path) or path), language=CHINESE,
        about=(OWNER, row.pk), level=PERSONAL,
    )  # fmt: skip
    paper = documents.issue_document(
        "offerings.mandate", _data(person, agent, facts, today), issue=issue, actor=actor, now=now
    )
    row.document_code = paper.code
    row.save(update_fields=["document_code"])
    record("offerings.mandate_prepared", on=row, actor=actor, now=now, place=path,
           person_id=row.person_id)  # fmt: skip
    return row


def _refuse_of_dead(person_id: int) -> None:
    died = died_on(person_id)
    if died is not None:
        raise GiverDied(day=day_plain(died))


def _checked(facts: MandateFacts, path: str, today: date) -> Agent:
    """Return the agent tidy; a mandate that is too long or names nobody is refused."""
    faults, number = dict[str, list[str]](), tidy_id(facts.agent.id_number)
    if not facts.agent.name.strip():
        faults["name"] = [_("Write the name as it stands on the identity card.")]
    if fault := told_of_id(number):
        faults["id_number"] = [fault]
    last = add_months(today, rulebook.lookup(MOST, path, today).number)
    if not today <= facts.until <= last:
        faults["until"] = [_("It may hold until %(day)s at most.") % {"day": day_plain(last)}]
    if facts.item and facts.item not in versions_named([facts.item], today):
        faults["item"] = [_("This cannot be applied for here. The guide says where to go.")]
    if faults:
        raise Invalid(faults)
    return Agent(facts.agent.name.strip(), number, facts.agent.phone.strip())


def _data(person: Known, agent: Agent, facts: MandateFacts, today: date) -> dict[str, Any]:
    names = versions_named([facts.item], today) if facts.item else {}
    return {
        "principal": person.name, "principal_id": next(iter(person.documents), ""),
        "agent": agent.name, "agent_id": mask_id(agent.id_number), "agent_phone": agent.phone,
        "matter": names[facts.item].name if facts.item else "在窗口申请和领取的各项服务",
        "until": day_plain(facts.until),
    }  # fmt: skip


@transaction.atomic
def sign_mandate(mandate_id: int, upload: Any, *, actor: Actor, now: datetime) -> AgentMandate:
    """Keep the scan of the signed paper; from today on the mandate holds.

    Refuses with NotFound, WrongState, GiverDied, Invalid without a paper or after its last day, FileRefused.
    """
    row = AgentMandate.objects.select_for_update().get(pk=get_mandate(actor, mandate_id).pk)
    place = kept_at(actor, row)
    require(actor, permits.RECEIVE, at=place, level=PERSONAL)
    after, today = AGENCY.after(row.state, "sign"), localdate(now)
    _refuse_of_dead(row.person_id)
    if upload is None:
        raise Invalid({"paper": [_("Scan or photograph the signed paper.")]})
    if row.until < today:
        raise Invalid({"paper": [_("Its last day is over. Print a new one.")]})
    kept = files.take_in(
        upload, policy=SCAN, owner=Owner(OWNER, row.pk), place=place, actor=actor, now=now
    )
    row.state, row.since, row.file_code = after.value, today, kept.code
    row.save(update_fields=["state", "since", "file_code"])
    record("offerings.mandate_signed", on=row, actor=actor, now=now, place=place,
           person_id=row.person_id)  # fmt: skip
    return row


@open_to_all("who gave it ends it herself, else it takes offerings.receive where it is kept")
@transaction.atomic
def end_agency(mandate_id: int, *, actor: Actor, now: datetime) -> AgentMandate:
    """End a mandate at once; what was applied for under it stays. Refuses with NotFound, WrongState."""
    row = AgentMandate.objects.select_for_update().get(pk=get_mandate(actor, mandate_id).pk)
    place = kept_at(actor, row)
    if not is_giver(actor, row):
        require(actor, permits.RECEIVE, at=place, level=PERSONAL)
    row.state, row.ended_on = AGENCY.after(row.state, "end").value, localdate(now)
    row.save(update_fields=["state", "ended_on"])
    record("offerings.mandate_ended", on=row, actor=actor, now=now, place=place,
           person_id=row.person_id)  # fmt: skip
    return row


@open_to_all("applying at the window, which required offerings.receive")
def with_agent(applying: Applying, *, actor: Actor, now: datetime) -> Applying:
    """Return an application with the agent of its mandate on paper.

    Refuses with NoMandate for one that was not signed, ended, is over, or is for something else.
    """
    asked = applying.agent_mandate_id
    if asked is None:
        return applying
    found = holding(applying.person_id or 0, applying.item, localdate(now))
    row = next((one for one in found if one.pk == asked), None)
    if row is None:
        raise NoMandate({"mandate": [str(NoMandate.message)]})
    agent = agent_opened(bytes(row.sealed), row.code)
    who = replace(
        applying.applicant,
        agent_name=agent.name, agent_id=agent.id_number, agent_phone=agent.phone,
    )  # fmt: skip
    return replace(applying, applicant=who, agent_basis=_("Mandate %(code)s") % {"code": row.code})


@open_to_all("part of applying, which was asked for its mandate")
def tell_giver(
    person_id: int, told: dict[str, str], path: str, *, actor: Actor, now: datetime
) -> None:
    """Tell who gave a mandate that it was used: by whom (agent), for what (item), under which number."""
    about = About(path, Link("cases:follow", (told["number"],)))
    notify.send(USED, To(person_id=person_id), told, actor=actor, now=now, about=about)
