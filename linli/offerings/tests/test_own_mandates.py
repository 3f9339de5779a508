"""Who gave a mandate on paper sees and ends it, wherever she lives; it ends with her death."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from linli.cases.models import Case
from linli.documents.models import Document
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, post_json
from linli.notify.models import Message
from linli.offerings.errors import GiverDied, NoMandate
from linli.offerings.models import AgentMandate
from linli.offerings.queries.mandates import holding, mandates_of, own_mandates
from linli.offerings.services.mandates import end_agency, sign_mandate
from linli.offerings.services.window import take_in
from linli.offerings.tests.mandate_samples import clerk_at, paper
from linli.offerings.tests.test_mandates import prepared, wish
from linli.people.models import Person, Residency
from linli.people.testing import NEIGHBOUR, NOON, make_person, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home", "noon")]
MINE = "/zh-hans/me/mandates/"


@pytest.fixture
def held(mother: Person) -> AgentMandate:
    row = prepared(mother)
    return sign_mandate(row.pk, paper(), actor=clerk_at(), now=NOON)


def herself(mother: Person) -> Actor:
    return Actor(41, mother.pk, "陈阿婆")


def test_who_gave_it_sees_it_on_her_page_and_ends_it_and_nobody_else_does(
    mother: Person, held: AgentMandate
) -> None:
    stranger = make_person("别人", born_on=date(1950, 1, 1))
    agent = Actor(42, None, "agent", (), acting_for=mother.pk)
    for other in (Actor(43, stranger.pk, "别人"), agent):
        assert own_mandates(other) == []
        with pytest.raises((NotFound, NotAllowed)):
            end_agency(held.pk, actor=other, now=NOON)
    held.refresh_from_db()
    assert held.state == "held"
    client = client_of(herself(mother))
    assert held.agent_masked in client.get(MINE).content.decode()
    assert held.agent_masked in client.get("/zh-hans/me/").content.decode()

    ended = client.post(f"{MINE}{held.pk}/end", {"key": str(uuid4())})

    assert ended.status_code == 303
    assert holding(mother.pk, "residence-permit", NOON.date()) == []
    assert own_mandates(herself(mother)) == []


def test_programs_of_hers_list_and_end_it(mother: Person, held: AgentMandate) -> None:
    client = client_of(herself(mother))
    assert [one["id"] for one in client.get("/api/v1/mandates/mine/").json()] == [held.pk]
    assert post_json(client, f"/api/v1/mandates/{held.pk}/end").json()["state"] == "ended"


def test_she_is_told_each_time_that_it_is_used(mother: Person, held: AgentMandate) -> None:
    take_in(wish(mother, agent_mandate_id=held.pk), actor=clerk_at(), now=NOON)

    told = Message.objects.get(template="offerings.applied_for_you")
    assert told.person_id == mother.pk
    assert "陈小文" in told.body and Case.objects.get().number in told.body


def test_after_a_move_the_window_where_she_lives_now_keeps_it(
    mother: Person, held: AgentMandate
) -> None:
    Residency.objects.filter(person=mother).update(
        village_id=path_id(NEIGHBOUR), path=path_of(NEIGHBOUR)
    )

    assert mandates_of(clerk_at(NEIGHBOUR), mother.pk) == [held]
    assert end_agency(held.pk, actor=clerk_at(NEIGHBOUR), now=NOON).state == "ended"


def path_id(code: str) -> int:
    from linli.places.models import Place

    return Place.objects.get(code=code).pk


def test_it_ends_with_the_death_of_who_gave_it(mother: Person, held: AgentMandate) -> None:
    """Civil Code art. 173: the authority of an agent ends with the principal's death."""
    waiting = prepared(mother)
    printed = Document.objects.count()
    Person.objects.filter(pk=mother.pk).update(died_on=date(2026, 11, 20))

    assert holding(mother.pk, "residence-permit", NOON.date()) == []
    with pytest.raises(NoMandate):
        take_in(wish(mother, agent_mandate_id=held.pk), actor=clerk_at(), now=NOON)
    with pytest.raises(GiverDied):
        sign_mandate(waiting.pk, paper(), actor=clerk_at(), now=NOON)
    with pytest.raises(GiverDied):
        prepared(mother)
    waiting.refresh_from_db()
    assert (waiting.state, Document.objects.count()) == ("prepared", printed)
    assert not Case.objects.exists()
    client = client_of(clerk_at())
    for page in (f"/zh-hans/window/mandates/{mother.pk}/", f"/zh-hans/window/?person={mother.pk}"):
        assert "2026年11月20日去世" in client.get(page).content.decode()
    (told,) = (
        one
        for one in client.get(f"/api/v1/mandates/?person={mother.pk}").json()
        if one["id"] == held.pk
    )
    assert told["holds"] is False


def test_who_is_not_signed_in_is_told_to_sign_in_and_sees_none(held: AgentMandate) -> None:
    page = client_of(NOBODY).get(MINE)
    told = client_of(NOBODY).get("/api/v1/mandates/mine/")
    assert page.status_code == told.status_code == 404
    shown = page.content.decode()
    assert "<h1>请先登录</h1>" in shown and f"/sign-in/?next={MINE}" in shown
    assert held.agent_masked not in shown + told.content.decode()
