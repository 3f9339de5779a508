"""Heads stand of their own will, neighbours choose, and nobody's number is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from linli.access import permits as access
from linli.cases.models import Case, PublicWords
from linli.cases.testing import faults
from linli.grid import permits
from linli.grid.errors import SeatTaken
from linli.grid.models import Headship, HeadVault, Word, WordVault
from linli.grid.queries import heads as queries
from linli.grid.services import heads, words
from linli.grid.testing import NOON, SYSTEM, TODAY
from linli.grid.types import Choice, Standing
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import NOBODY, RESIDENTS
from linli.kernel.testing import VILLAGE, client_of, make_actor, post_json
from linli.notify.models import Message
from linli.orgs.testing import make_holding, make_organisation, make_post
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
PHONE = "+8613800138001"
FACTS = Standing("building", "Building 3", "Auntie Li", PHONE)
OFFICE = make_actor("office", permits.HEADS)
LI = replace(make_actor("li", access.RESIDE, ceiling=RESIDENTS), account_id=77)
CHOSEN = Choice(True, TODAY, 41, 3, "Sheet of 10 August", until=date(2029, 8, 10))


def served(actor=LI) -> Headship:  # type: ignore[no-untyped-def]
    head = heads.stand(make_village(), FACTS, actor=actor, now=NOON)
    return heads.record_choice(head, CHOSEN, actor=OFFICE, now=NOON)


def test_a_resident_stands_is_chosen_and_hands_over() -> None:
    head = served()

    shown = list(queries.serving(VILLAGE, TODAY))
    ended = heads.end_term(head, on=TODAY, handed_over="Keys to Wang.", actor=OFFICE, now=NOON)

    assert [(one.ground, one.public_name, one.votes_for) for one in shown] == [
        ("Building 3", "Auntie Li", 41)
    ]
    assert (ended.state, ended.ended_on) == ("ended", TODAY)
    assert list(queries.serving(VILLAGE, TODAY)) == []
    with scope.acting(SYSTEM):
        assert not HeadVault.objects.exists()


@pytest.mark.parametrize(
    "actor", [NOBODY, make_actor("x"), make_actor("away", access.RESIDE, at="441900/441900006/")]
)
def test_who_neither_lives_there_nor_keeps_heads_enters_nobody(actor) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAllowed):
        heads.stand(make_village(), FACTS, actor=actor, now=NOON)

    assert not Headship.objects.exists()


def test_a_resident_does_not_record_her_own_choice() -> None:
    head = heads.stand(make_village(), FACTS, actor=LI, now=NOON)

    with pytest.raises(NotAllowed):
        heads.record_choice(head, CHOSEN, actor=LI, now=NOON)

    assert Headship.objects.get().state == "stands"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"votes_for": 3, "votes_against": 3}, "votes_for"),
        ({"document": " "}, "document"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"until": TODAY}, "until"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(change, field) -> None:  # type: ignore[no-untyped-def]
    head = heads.stand(make_village(), FACTS, actor=LI, now=NOON)

    with pytest.raises(Invalid) as refusal:
        heads.record_choice(head, replace(CHOSEN, **change), actor=OFFICE, now=NOON)

    assert field in refusal.value.fields
    assert Headship.objects.get().state == "stands"


def test_one_serves_at_a_time_and_who_was_passed_over_is_forgotten() -> None:
    served()
    second = heads.stand(make_village(), replace(FACTS, public_name="Wang"), actor=OFFICE, now=NOON)

    with pytest.raises(SeatTaken):
        heads.record_choice(second, CHOSEN, actor=OFFICE, now=NOON)
    heads.record_choice(second, replace(CHOSEN, is_chosen=False), actor=OFFICE, now=NOON)

    with scope.acting(SYSTEM):
        assert HeadVault.objects.count() == 1
    with pytest.raises(Stale):
        heads.record_choice(second, CHOSEN, edition=1, actor=OFFICE, now=NOON)


def test_who_stands_may_stop_and_a_stranger_cannot_stop_her() -> None:
    head = heads.stand(make_village(), FACTS, actor=LI, now=NOON)

    with pytest.raises(NotAllowed):
        heads.withdraw(head, actor=replace(LI, account_id=78), now=NOON)
    heads.withdraw(head, actor=LI, now=NOON)

    assert Headship.objects.get().public_name == ""
    with pytest.raises(WrongState):
        heads.withdraw(head, actor=LI, now=NOON)


def test_a_neighbour_asks_to_be_called_and_only_this_head_reads_the_number() -> None:
    word, _code = words.say(served(), "call", "", phone=PHONE, actor=NOBODY, now=NOON)

    assert words.read_word(word, actor=LI, now=NOON) == ("", PHONE)
    for other in (OFFICE, NOBODY, replace(LI, account_id=78)):
        with pytest.raises(NotFound):
            words.read_word(word, actor=other, now=NOON)
    with scope.acting(OFFICE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM grid_wordvault")
        assert cursor.fetchone()[0] == 0


@pytest.mark.parametrize(
    ("kind", "text", "phone"),
    [("call", "x", ""), ("ask", " ", ""), ("sing", "x", ""), ("ask", "x" * 1001, "")],
)
def test_a_word_that_says_nothing_is_refused(kind, text, phone) -> None:  # type: ignore[no-untyped-def]
    head = served()

    with pytest.raises(Invalid):
        words.say(head, kind, text, phone=phone, actor=NOBODY, now=NOON)

    assert not Word.objects.exists()


def test_the_head_answers_invites_and_passes_on() -> None:
    head = served()
    ask, _code = words.say(head, "ask", "When is the water off?", actor=NOBODY, now=NOON)
    quarrel, _code = words.say(
        head, "mediate", "Noise at night.", phone=PHONE, actor=NOBODY, now=NOON
    )

    words.do(ask, "answer", "On Monday.", actor=LI, now=NOON)
    words.do(quarrel, "invite", "Sunday at 3 in the yard.", actor=LI, now=NOON)
    words.do(quarrel, "pass_on", "The office takes it.", actor=LI, now=NOON)

    case = Case.objects.get()
    assert Word.objects.get(pk=quarrel.pk).case_id == case.pk
    assert case.kind == "report"
    assert PHONE not in str(list(PublicWords.objects.values_list("said", flat=True)))
    with pytest.raises(WrongState):
        words.do(ask, "answer", "Again.", actor=LI, now=NOON)
    assert faults() == []


def test_what_accuses_an_official_is_told_of_12388_and_passed_on_to_nobody() -> None:
    head = served()
    make_holding(make_post(make_organisation(at=make_village())))
    to, said = f"/zh-hans/heads/{head.pk}/say/", {"kind": "ask", "text": "举报村书记贪污受贿"}

    told = Client().post(to, {**said, "key": str(uuid4())})
    led = Client().post(to, {**said, "to_official": "1", "key": str(uuid4())})

    assert "12388" in told.content.decode() and 'name="meant_for_here"' in told.content.decode()
    assert "12388" in led.content.decode() and not Word.objects.exists()
    sent = Client().post(to, {**said, "meant_for_here": "1", "key": str(uuid4())})
    assert sent.status_code == 303
    words.do(Word.objects.get(), "pass_on", "村里收到了。", actor=LI, now=NOON)
    case = Case.objects.get()
    assert (case.offered_post_id, case.lead_post_id) == (None, None)
    assert faults() == []


def test_after_the_term_her_desk_is_empty() -> None:
    head = served()
    word, _code = words.say(head, "ask", "Who has the key?", actor=NOBODY, now=NOON)
    heads.end_term(head, on=TODAY, handed_over="nothing", actor=OFFICE, now=NOON)

    with pytest.raises(NotFound):
        words.read_word(word, actor=LI, now=NOON)
    with pytest.raises(NotFound):
        words.say(head, "ask", "Hello?", actor=NOBODY, now=NOON)


def test_words_go_thirty_days_after_they_are_over() -> None:
    word, _code = words.say(served(), "ask", "Where?", actor=NOBODY, now=NOON)
    words.do(word, "answer", "There.", actor=LI, now=NOON)

    assert words.let_go(NOON + timedelta(days=30), 10, actor=SYSTEM) == 0
    assert words.let_go(NOON + timedelta(days=31), 10, actor=SYSTEM) == 1
    with scope.acting(SYSTEM):
        assert not WordVault.objects.exists()


def test_the_pages_show_who_it_is_and_never_a_number() -> None:
    head = served()
    nobody, li = client_of(NOBODY), client_of(LI)
    code = make_village().code

    shown = nobody.get(f"/en/places/{code}/heads/").content.decode()
    bad = nobody.post(f"/en/heads/{head.pk}/say/", {"kind": "call", "key": str(uuid4())})
    said = nobody.post(
        f"/en/heads/{head.pk}/say/", {"kind": "call", "phone": "13900139000", "key": str(uuid4())}
    )
    word = Word.objects.get()
    followed = nobody.get(f"/en/heads/words/{word.code}/").content.decode()
    desk = li.get("/en/me/heads/").content.decode()
    opened = li.get(f"/en/me/heads/words/{word.code}/").content.decode()

    assert "Auntie Li" in shown
    assert "138" not in shown
    assert (bad.status_code, said.status_code) == (422, 303)
    assert "13900139000" not in followed
    assert "Please call me" in desk
    assert "139" in opened
    other = client_of(replace(LI, account_id=78))
    assert other.get(f"/en/me/heads/words/{word.code}/").status_code == 404


def test_the_office_works_by_page_and_api() -> None:
    client, place = client_of(OFFICE), make_village()
    said = {"kind": "lane", "ground": "Lane 5", "public_name": "Wang", "phone": "13800138002"}

    entered = client.post(f"/en/places/{place.code}/heads/stand/", {**said, "key": str(uuid4())})
    head = Headship.objects.get()
    day = head.stood_on.isoformat()
    body = {"outcome": "chosen", "decided_on": day, "votes_for": 9, "document": "Sheet"}
    chosen = post_json(client, f"/api/v1/grid/heads/{head.pk}/choice", body)
    listed = client_of(NOBODY).get(f"/api/v1/grid/heads/?place={place.code}").json()
    stranger = make_actor("away", permits.HEADS, at="441900/441900006/")
    away = post_json(
        client_of(stranger), f"/api/v1/grid/heads/{head.pk}/end", {"on": day, "handed_over": "x"}
    )

    assert (entered.status_code, chosen.status_code, away.status_code) == (303, 200, 404)
    assert [(one["ground"], one["name"]) for one in listed["items"]] == [("Lane 5", "Wang")]
    assert not Message.objects.exists()


def test_words_that_wait_lapse_with_the_term_and_are_erased_at_once() -> None:
    head = served()
    word, _code = words.say(head, "call", "", phone=PHONE, actor=NOBODY, now=NOON)
    page = client_of(OFFICE).get(f"/en/grid/heads/{head.pk}/end/").content.decode()
    assert "1 word of a neighbour waits" in page

    heads.end_term(head, on=TODAY, handed_over="nothing", actor=OFFICE, now=NOON)

    word.refresh_from_db()
    assert (word.state, word.closed_at) == ("lapsed", NOON)
    with scope.acting(SYSTEM):
        assert not WordVault.objects.exists()
    told = Client().get(f"/en/heads/words/{word.code}/").content.decode()
    assert "The term ended" in told and PHONE not in told
    assert words.let_go(NOON + timedelta(days=31), 10, actor=SYSTEM) == 1


@pytest.mark.parametrize("move", ["lapse", "end"])
def test_a_head_lets_no_word_lapse_herself(move: str) -> None:
    word, _code = words.say(served(), "ask", "Where?", actor=NOBODY, now=NOON)

    with pytest.raises(Invalid):
        words.do(word, move, "x", actor=LI, now=NOON)

    assert Word.objects.get().state == "open"


def test_past_the_agreed_day_she_reads_nothing_and_the_night_ends_the_term() -> None:
    head = served()
    word, _code = words.say(head, "ask", "Where?", phone=PHONE, actor=NOBODY, now=NOON)
    over = NOON.replace(year=2029)
    before = over - timedelta(days=1)
    assert words.read_word(word, actor=LI, now=before) == ("Where?", PHONE)
    with pytest.raises(NotFound):
        words.read_word(word, actor=LI, now=over)
    with pytest.raises(NotFound):
        words.do(word, "answer", "There.", actor=LI, now=over)
    assert heads.end_lapsed_terms(before, 10, actor=SYSTEM) == 0

    assert heads.end_lapsed_terms(over, 10, actor=SYSTEM) == 1
    assert heads.end_lapsed_terms(over, 10, actor=SYSTEM) == 0

    head.refresh_from_db()
    assert (head.state, head.ended_on, head.handed_over) == ("ended", CHOSEN.until, "")
    with scope.acting(SYSTEM):
        assert not HeadVault.objects.exists() and not WordVault.objects.exists()
    later = over + timedelta(days=2)
    done = heads.end_term(head, on=TODAY, handed_over="Keys.", actor=OFFICE, now=later)
    assert (done.ended_on, done.handed_over) == (CHOSEN.until, "Keys.")
    with pytest.raises(WrongState):
        heads.end_term(done, on=TODAY, handed_over="Other keys.", actor=OFFICE, now=later)


def test_words_that_a_former_head_left_open_go_after_thirty_days_too() -> None:
    head = served()
    words.say(head, "ask", "Where?", actor=NOBODY, now=NOON)
    Headship.objects.update(state="ended", ended_on=TODAY)

    assert words.let_go(NOON + timedelta(days=30), 10, actor=SYSTEM) == 0
    assert words.let_go(NOON + timedelta(days=31), 10, actor=SYSTEM) == 1
    with scope.acting(SYSTEM):
        assert not WordVault.objects.exists()
