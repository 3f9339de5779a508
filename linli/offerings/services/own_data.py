"""What offerings keep about a person: applications, what she receives, mandates on paper."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from linli.cases.queries.intake import cases_of_account
from linli.kernel.own_data import Gathered, Herself
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.clients.agents import agent_opened
from linli.offerings.clients.applicants import opened, opened_form
from linli.offerings.models import AgentMandate, Application, Benefit
from linli.offerings.models.applications import OWN

HERS = (
    "everybody may have a copy of their own data; people asks who they are, and records the reading"
)


@open_to_all(HERS)
def applications(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return what she applied for, with particulars and answers in full."""
    mine = Q(person_id__in=herself.person_ids)
    if herself.account_id is not None:
        # what she filed for somebody else tells about that person
        mine |= OWN & Q(pk__in=cases_of_account(herself.account_id, herself.person_ids))
    found = Application.objects.filter(mine).select_related("case").order_by("-pk")
    found = found.prefetch_related("waivers")
    return [
        {
            "number": one.case.number, "item": one.item_key, "state": one.case.state,
            "applied_at": one.case.opened_at, "applicant": asdict(opened(one.sealed, one.pk)),
            "answers": one.answers,
            "let_off": [
                {"fen": row.amount_fen, "why": row.reason, "at": row.waived_at, "is_back": row.takes_back_id is not None}
                for row in one.waivers.all()
            ],
            "form": {**one.form_values, **opened_form(one.form_sealed, one.pk)},
        }
        for one in found
    ]  # fmt: skip


@open_to_all(HERS)
def benefits(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return what she receives or received."""
    names = ("kind", "name", "since", "until", "state", "reason", "decided_on")
    found = Benefit.objects.filter(person_id__in=herself.person_ids).order_by("-pk")
    return list(found.values(*names))


@open_to_all(HERS)
def mandates(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return the mandates on paper that she gave."""
    found = AgentMandate.objects.filter(person_id__in=herself.person_ids).order_by("-pk")
    return [
        {
            "code": one.code, "item": one.item_key, "state": one.state, "since": one.since,
            "until": one.ended_on or one.until, "agent": asdict(agent_opened(bytes(one.sealed), one.code)),
        }
        for one in found
    ]  # fmt: skip
