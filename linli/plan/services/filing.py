"""A town's plan: filed with its six contents, returned once with all reasons, accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import events, locks
from linli.kernel.errors import Invalid, Stale
from linli.kernel.permits import Actor, require
from linli.plan import permits, queries
from linli.plan.errors import (
    AlreadyFiled,
    LackingContents,
    NotCalled,
    ReturnedAlready,
)
from linli.plan.events import TownPlanAccepted, TownPlanReturned
from linli.plan.models import PlanDocument, TownPlan
from linli.plan.rules.contents import KEYS, lacking
from linli.plan.states import FILING
from linli.plan.types import CONTENTS, CallKind
from linli.trail.services import record
from linli.ui.formats import listed


@transaction.atomic
def file_town_plan(
    document: PlanDocument,
    place: Any,
    facts: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> TownPlan:
    """File a town's own plan. `facts` are title, document_number and the six contents.

    A plan may be filed with a content missing: the city returns it with the reason.
    Refuses with NotAllowed, NotCalled, AlreadyFiled.
    """
    locks.hold("plan.town_plan", document.pk, place.pk)
    require(actor, permits.FILE, at=place.path)
    call = queries.call_for(document, CallKind.TOWN_PLAN, place.path)
    if call is None:
        raise NotCalled(at=place.path)
    if TownPlan.objects.filter(document=document, place_id=place.pk).exists():
        raise AlreadyFiled(at=place.path)
    filed = TownPlan.objects.create(
        document=document, **queries.located(place), title=facts["title"],
        document_number=facts.get("document_number", ""), contents=_contents(facts),
        due_on=call.due_on, filed_at=now, filed_by=actor.label,
    )  # fmt: skip
    record("plan.town_plan_filed", on=filed, actor=actor, now=now, place=place.path)
    return filed


@transaction.atomic
def refile_town_plan(
    filed: TownPlan, facts: Mapping[str, str], *, version: int, actor: Actor, now: datetime
) -> TownPlan:
    """File a returned plan again, now with all of its contents: it is not returned twice.

    Refuses with NotAllowed, WrongState, Stale, Invalid.
    """
    filed = TownPlan.objects.select_for_update().get(pk=filed.pk)
    require(actor, permits.FILE, at=filed.path)
    _fresh(filed, version)
    filed.state = FILING.after(filed.state, "refile")
    filed.title, filed.contents = facts["title"], _contents(facts)
    if empty := lacking(filed.contents):
        raise Invalid({key: [_("A plan that was returned needs this.")] for key in empty})
    filed.document_number = facts.get("document_number", "")
    filed.filed_at, filed.filed_by, filed.version = now, actor.label, filed.version + 1
    filed.save()
    record("plan.town_plan_refiled", on=filed, actor=actor, now=now, place=filed.path)
    return filed


@transaction.atomic
def check_town_plan(
    filed: TownPlan, reasons: Mapping[str, str], *, version: int, actor: Actor, now: datetime
) -> TownPlan:
    """Accept a plan, or with reasons return it: once, and with everything that it lacks.

    `reasons` maps a content to what it lacks. Refuses with NotAllowed, WrongState, Stale,
    ReturnedAlready, NothingLacking, LackingContents.
    """
    filed = TownPlan.objects.select_for_update().get(pk=filed.pk)
    require(actor, permits.CHECK, at=filed.path)
    _fresh(filed, version)
    named = {key: reasons[key].strip() for key in KEYS if reasons.get(key, "").strip()}
    _decide(filed, named)
    filed.lacking, filed.version = named, filed.version + 1
    filed.checked_at, filed.checked_by = now, actor.label
    filed.save()
    verb = "plan.town_plan_returned" if named else "plan.town_plan_accepted"
    record(verb, on=filed, actor=actor, now=now, place=filed.path, lacking=sorted(named))
    told = TownPlanReturned if named else TownPlanAccepted
    events.publish(told(filed.pk, filed.path))
    return filed


def _decide(filed: TownPlan, named: dict[str, str]) -> None:
    if not named:
        filed.state = FILING.after(filed.state, "accept")
        if empty := lacking(filed.contents):
            raise LackingContents(contents=listed(CONTENTS[key] for key in empty))
        return
    filed.state = FILING.after(filed.state, "return")
    # one that was filed again with a content empty, before that was refused, may go back once more
    if filed.return_count and not lacking(filed.contents):
        raise ReturnedAlready(state=filed.state, move="return")
    filed.return_count = 1


def _contents(facts: Mapping[str, str]) -> dict[str, str]:
    return {key: facts.get(key, "").strip() for key in KEYS}


def _fresh(filed: TownPlan, version: int) -> None:
    if filed.version != version:
        raise Stale(id=filed.pk)
