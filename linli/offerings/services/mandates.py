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
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.identity import tidy_id
from linli.kernel.permits import PERSONAL, Actor, open_to_all, require
from linli.kernel.registries import PLACE_NAMES
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.offerings import permits
from linli.offerings.clients.agents import agent_opened, giver_opened, mandate_row
from linli.offerings.errors import GiverDied, NoMandate
from linli.offerings.models import AgentMandate
from linli.offerings.queries.applicants import known_person, village_of
from linli.offerings.queries.checked_mandates import checked_agent
from linli.offerings.queries.items import versions_named
from linli.offerings.queries.mandates import died_on, get_mandate, holding, is_giver, kept_at
from linli.offerings.queries.outside_mandates import holds, outside
from linli.offerings.states import AGENCY
from linli.offerings.types.applications import Applicant, Applying
from linli.offerings.types.mandates import BY_GIVER, OWNER, SCAN, Agent, MandateFacts
from linli.places import queries as places
from linli.trail.services import record
from linli.ui.formats import day_plain
from linli.ui.masks import mask_id

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
    agent, faults = checked_agent(facts, path, today)
    if faults:
        raise Invalid(faults)
    row = mandate_row(path, agent, facts)
    row.person_id = person.person_id
    number = next(iter(person.documents), "")
    return print_mandate(row, (person.name, number), agent, facts, actor=actor, now=now)


@open_to_all("part of preparing a mandate, whose service asked for its permit")
def print_mandate(
    row: AgentMandate, giver: tuple[str, str], agent: Agent, facts: MandateFacts, *, actor: Actor,
    now: datetime,
) -> AgentMandate:  # fmt: skip
    """Save a mandate and print it to be signed; `giver` is her name and her masked number."""
    row.save()
    issue = Issue(
        place=row.path, office=(PLACE_NAMES.call([row.path]).get(row.path) or row.path),
        language=CHINESE, about=(OWNER, row.pk), level=PERSONAL,
    )  # fmt: skip
    data = _data(giver, agent, facts, localdate(now))
    paper = documents.issue_document("offerings.mandate", data, issue=issue, actor=actor, now=now)
    row.document_code = paper.code
    row.save(update_fields=["document_code"])
    record("offerings.mandate_prepared", on=row, actor=actor, now=now, place=row.path,
           person_id=row.person_id)  # fmt: skip
    return row


def _refuse_of_dead(person_id: int | None) -> None:
    died = died_on(person_id)
    if died is not None:
        raise GiverDied(day=day_plain(died))


def _data(giver: tuple[str, str], agent: Agent, facts: MandateFacts, today: date) -> dict[str, Any]:
    names = versions_named([facts.item], today) if facts.item else {}
    return {
        "principal": giver[0], "principal_id": giver[1],
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


@open_to_all("who gave it may end it, else it takes offerings.receive where it is kept")
@transaction.atomic
def end_agency(mandate_id: int, *, actor: Actor, now: datetime) -> AgentMandate:
    """End a mandate at once; what was applied for under it stays. Refuses with NotFound, WrongState."""
    row = AgentMandate.objects.select_for_update().get(pk=get_mandate(actor, mandate_id).pk)
    place = kept_at(actor, row)
    by = BY_GIVER if is_giver(actor, row) else actor.label[:120]
    if by != BY_GIVER:
        require(actor, permits.RECEIVE, at=place, level=PERSONAL)
    row.state, row.ended_on = AGENCY.after(row.state, "end").value, localdate(now)
    row.ended_by = by
    row.save(update_fields=["state", "ended_on", "ended_by"])
    record("offerings.mandate_ended", on=row, actor=actor, now=now, place=place,
           person_id=row.person_id)  # fmt: skip
    return row


@open_to_all("applying at the window, which required offerings.receive")
def with_agent(applying: Applying, *, actor: Actor, now: datetime) -> Applying:
    """Return an application with the agent of its mandate on paper, and with who gave it if no register has her.

    Refuses with NoMandate for one that was not signed, ended, is over, or is for something or somebody else.
    """
    asked = applying.agent_mandate_id
    if asked is None:
        return applying
    row = _asked_for(asked, applying, actor, localdate(now))
    if row is None:
        raise NoMandate({"mandate": [str(NoMandate.message)]})
    agent = agent_opened(bytes(row.sealed), row.code)
    who = replace(
        applying.applicant,
        agent_name=agent.name, agent_id=agent.id_number, agent_phone=agent.phone,
    )  # fmt: skip
    if row.person_id is None:
        who = _with_giver(who, row)
    return replace(applying, applicant=who, agent_basis=_("Mandate %(code)s") % {"code": row.code})


def _asked_for(asked: int, applying: Applying, actor: Actor, today: date) -> AgentMandate | None:
    """Return the mandate by which an agent comes today: that of the person, or of somebody of no register."""
    if applying.person_id is not None:
        found = holding(applying.person_id, applying.item, today)
        return next((one for one in found if one.pk == asked), None)
    row = outside(actor).filter(pk=asked).first()
    return row if row is not None and holds(row, applying.item, today) else None


def _with_giver(who: Applicant, row: AgentMandate) -> Applicant:
    """Return the applicant as her mandate names her. Refuses with NoMandate where somebody else was typed."""
    giver = giver_opened(bytes(row.giver_sealed or b""), bytes(row.giver_number or b""), row.code)
    typed = (who.name.strip(), tidy_id(who.id_number) if who.id_number.strip() else "")
    if typed[0] not in ("", giver.name) or typed[1] not in ("", giver.id_number):
        raise NoMandate({"mandate": [_("This mandate was given by somebody else.")]})
    # hers first: she is told there that it was used, whatever number the agent names
    phone = giver.phone or who.phone
    return replace(who, name=giver.name, id_number=giver.id_number, phone=phone)


@open_to_all("part of applying, which was asked for its mandate")
def tell_giver(
    applying: Applying, told: dict[str, str], path: str, *, actor: Actor, now: datetime
) -> None:
    """Tell who gave a mandate that it was used: by whom (agent), for what (item), under which number.

    Whom no register has is told by the telephone that she gave for it.
    """
    person_id, phone = applying.person_id, applying.applicant.phone
    if person_id is None and not phone:
        return
    to = To(person_id=person_id) if person_id is not None else To(phone=phone)
    about = About(path, Link("cases:follow", (told["number"],)))
    notify.send(USED, to, told, actor=actor, now=now, about=about)
