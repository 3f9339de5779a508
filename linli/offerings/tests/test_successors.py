"""A department that ended: what it had of applications goes on at the one that took over its work."""

from __future__ import annotations

import pytest
from django.utils.timezone import localdate

from linli.cases import permits as cases
from linli.cases.queries.handling import parts_now
from linli.cases.services import assigning
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.offices import person
from linli.cases.types.moves import At, To
from linli.kernel.permits import system_actor
from linli.offerings import permits
from linli.offerings.models import ApplicationPart
from linli.offerings.services import checking
from linli.offerings.services.parts import distribute, follow_parts
from linli.offerings.services.successors import follow_successors
from linli.offerings.testing import make_application
from linli.offerings.types.applications import PartWish
from linli.orgs.models import Organisation, Post
from linli.orgs.queries import hanging_on, hanging_on_post
from linli.orgs.services.relations import ChangeFacts, reorganise
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.orgs.types import Change
from linli.places.models import Place

pytestmark = pytest.mark.django_db
DESK = (cases.SEE, cases.HANDLE, cases.DISPATCH)
CLERK = person(VILLAGE, permits.SEE, permits.RECEIVE, *DESK, account_id=7)


def test_what_a_department_that_ended_had_goes_on_at_its_successor() -> None:
    """From the notice of its end to the next turn: nothing stays with a post that nobody holds."""
    case_id = make_application().held.id
    town = Place.objects.get(code="441900005")
    bodies = [make_organisation("town_office", at=town, name=f"所{number}") for number in range(4)]
    lead, first, later, after = (make_post(one, kind="head") for one in bodies)
    make_holding(after)
    checking.tick_papers(case_id, ("id-card", "lease"), actor=CLERK, now=NOON)
    checking.accept_application(At(case_id), actor=CLERK, now=NOON)
    wishes = [
        PartWish(bodies[1].pk, first.pk, "核对合同", 1),
        PartWish(bodies[2].pk, later.pk, "核对住址", 2),
    ]
    distribute(At(case_id), To("lead", bodies[0].pk, lead.pk), wishes, actor=CLERK, now=NOON)
    today, system = localdate(NOON), system_actor("test")

    # a post that ends alone leaves what it had to another of its body
    spare = make_holding(make_post(bodies[0], kind="official")).post
    told = hanging_on_post(system, lead)
    Post.objects.filter(pk=lead.pk).update(closed_on=today)
    falls = next(one for one in told if one.key == "offerings.parts_of_post").falls
    assert [(one.rule, one.post_id, len(one.seen)) for one in falls] == [("body", spare.pk, 1)]
    assert follow_successors(actor=system, now=NOON) == 1
    assert lead.pk not in {one.post_id for one in parts_now(case_id) if one.state == "offered"}
    assert spare.pk in {one.post_id for one in parts_now(case_id) if one.state == "offered"}

    # nothing took over: it stays where it is
    for successor, rule, post_id in ((None, "nobody", None), (bodies[3].pk, "successor", after.pk)):
        told = hanging_on(system, bodies[0], successor)
        falls = next(one for one in told if one.key == "offerings.parts").falls
        assert [(one.rule, one.post_id) for one in falls] == [(rule, post_id)]
    Organisation.objects.filter(pk=bodies[0].pk).update(closed_on=today)
    assert follow_successors(actor=system, now=NOON) == 0
    facts = ChangeFacts(Change.MERGED, today)
    for old in bodies[:3]:
        reorganise(old, bodies[3], facts, actor=system, now=NOON)
    Organisation.objects.filter(pk=bodies[2].pk).update(closed_on=today)
    assert follow_successors(actor=system, now=NOON) == 1
    assert follow_successors(actor=system, now=NOON) == 0
    parts = {(one.role, one.post_id) for one in parts_now(case_id) if one.state == "offered"}
    assert parts == {("lead", after.pk), ("joint", first.pk)}

    # its turn comes when its body is gone: a second post of the successor has it
    second = make_holding(make_post(bodies[3], kind="official"), "李工").post
    worker = person("441900/441900005/", cases.HANDLE, posts=(first.pk,), account_id=8)
    one = ApplicationPart.objects.get(turn=1)
    assigning.accept(At(case_id), one.number or 0, actor=worker, now=NOON)
    assigning.finish_part(At(case_id), one.number or 0, note="", actor=worker, now=NOON)
    assert follow_parts(case_id, actor=system, now=NOON) == 1
    assert ApplicationPart.objects.get(turn=2).post_id == second.pk
    assert faults() == []
