"""What falls due: the right person in the right month, for her sake and with her word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils.timezone import localdate

from linli.cases.models import Case, CaseEvent
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import VAULT, Actor, system_actor
from linli.kernel.testing import make_actor
from linli.notify.models import Message, MessageConsent
from linli.offerings import desk, permits
from linli.offerings.errors import AlreadyApplied
from linli.offerings.models import Application, Benefit
from linli.offerings.queries.benefits import asked_to_stop
from linli.offerings.queries.reminders import list_of, place_of, rows_of
from linli.offerings.services.benefits import add_benefit, ask_stop, decide_benefit, unask_stop
from linli.offerings.services.forgetting import forget_applicant
from linli.offerings.services.reminding import PURPOSE, apply_on_behalf, remind_of_month
from linli.offerings.testing import make_item
from linli.offerings.types.reminders import BenefitFacts
from linli.people import permits as people
from linli.people.models import Person, Residency
from linli.people.services.living import move_out
from linli.people.services.register import record_death
from linli.people.testing import NEIGHBOUR, NOON, VILLAGE, make_person, make_villages, path_of
from linli.places.models import Place

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("offerings.ask_stop")
ALLOWANCE = BenefitFacts("allowance", "高龄津贴", date(2024, 1, 1), date(2026, 11, 30))
NOVEMBER = date(2026, 11, 1)


def clerk_at(village: str, **more: object) -> Actor:
    held = (permits.RECEIVE, permits.SEE, people.VIEW, people.EDIT, people.EXPORT)
    return make_actor("window", *held, at=path_of(village), ceiling=VAULT, account_id=7, **more)


@pytest.fixture
def clerk() -> Actor:
    make_villages()
    return clerk_at(VILLAGE)


def lines(actor: Actor, first: date = NOVEMBER) -> list[tuple[str, str, date]]:
    found = list_of(actor, place_of(actor, VILLAGE), first)
    return [(one.due.name, one.due.occasion.key, one.due.on) for one in found.lines]


def offer(key: str = "very-old-allowance") -> None:
    make_item(Place.objects.get(code="441900"), key=key, questions=[], materials=[])


def test_who_turns_an_age_stands_on_the_list_of_her_month_alone(clerk: Actor) -> None:
    make_person("陈阿婆", born_on=date(1946, 11, 5))
    make_person("邻村人", village=NEIGHBOUR, born_on=date(1946, 11, 5))

    assert lines(clerk) == [("陈阿婆", "turns-very-old", date(2026, 11, 5))]
    assert lines(clerk, date(2026, 10, 1)) == []
    assert lines(clerk, date(2026, 12, 1)) == []


def test_a_leap_day_birthday_falls_due_on_the_first_of_march(clerk: Actor) -> None:
    make_person("闰日生", born_on=date(1944, 2, 29))

    assert lines(clerk, date(2024, 2, 1)) == [("闰日生", "turns-very-old", date(2024, 2, 29))]
    assert lines(clerk, date(2026, 2, 1)) == []
    make_person("闰日人", born_on=date(2008, 2, 29))
    assert lines(clerk, date(2026, 2, 1)) == []
    assert lines(clerk, date(2026, 3, 1)) == [("闰日人", "turns-adult", date(2026, 3, 1))]


def test_who_died_or_moved_away_is_not_on_the_list(clerk: Actor) -> None:
    dead, gone = (make_person(name, born_on=date(1946, 11, 5)) for name in ("已故", "搬走"))

    record_death(dead, date(2026, 11, 2), actor=clerk, now=NOON)
    move_out(Residency.objects.get(person=gone), date(2026, 11, 2), "", actor=clerk, now=NOON)

    assert lines(clerk) == []


def test_what_ends_stands_on_the_list_with_its_item_and_an_open_application(clerk: Actor) -> None:
    offer()
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    add_benefit(person.pk, replace(ALLOWANCE, item="very-old-allowance"), actor=clerk, now=NOON)

    assert lines(clerk) == [("陈阿婆", "allowance-ends", date(2026, 11, 30))]
    applied = apply_on_behalf(
        person.pk, "very-old-allowance", "phone", answers={}, actor=clerk, now=NOON
    )

    found = list_of(clerk, place_of(clerk, VILLAGE), NOVEMBER)
    assert [one.number for one in found.lines[0].items] == [applied.number]
    assert rows_of(found.lines)[1][1] == "陈阿婆"
    with pytest.raises(AlreadyApplied):
        apply_on_behalf(person.pk, "very-old-allowance", "phone", answers={}, actor=clerk, now=NOON)
    assert Application.objects.count() == 1


def test_what_was_applied_for_under_a_joined_entry_is_not_applied_for_again(clerk: Actor) -> None:
    offer()
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    older = make_person("陈阿婆", born_on=date(1930, 1, 5))
    add_benefit(person.pk, replace(ALLOWANCE, item="very-old-allowance"), actor=clerk, now=NOON)
    applied = apply_on_behalf(
        older.pk, "very-old-allowance", "phone", answers={}, actor=clerk, now=NOON
    )
    Person.objects.filter(pk=older.pk).update(merged_into=person)

    found = list_of(clerk, place_of(clerk, VILLAGE), NOVEMBER)
    hers = [one for one in found.lines if one.due.person_id == person.pk]
    assert [one.number for one in hers[0].items] == [applied.number]
    with pytest.raises(AlreadyApplied):
        apply_on_behalf(person.pk, "very-old-allowance", "phone", answers={}, actor=clerk, now=NOON)
    assert Application.objects.count() == 1


def test_how_she_agreed_stays_in_the_first_event(clerk: Actor) -> None:
    offer()
    person = make_person("陈阿婆", born_on=date(1946, 11, 5))

    apply_on_behalf(person.pk, "very-old-allowance", "visit", answers={}, actor=clerk, now=NOON)

    assert CaseEvent.objects.get(seq=1).facts["agreed"] == "visit"
    assert Case.objects.get().channel == "visit"
    assert Application.objects.get().person_id == person.pk


@pytest.mark.parametrize("agreed", ["", "silence", "page"])
def test_without_her_word_nothing_is_applied_for(agreed: str, clerk: Actor) -> None:
    offer()
    person = make_person("陈阿婆", born_on=date(1946, 11, 5))

    with pytest.raises(Invalid):
        apply_on_behalf(person.pk, "very-old-allowance", agreed, answers={}, actor=clerk, now=NOON)
    assert not Case.objects.exists()


def test_a_clerk_of_elsewhere_sees_no_list_and_applies_for_nobody(clerk: Actor) -> None:
    offer()
    person = make_person("陈阿婆", born_on=date(1946, 11, 5))
    stranger = clerk_at(NEIGHBOUR)

    with pytest.raises(NotFound):
        place_of(stranger, VILLAGE)
    with pytest.raises(NotFound):
        apply_on_behalf(
            person.pk, "very-old-allowance", "phone", answers={}, actor=stranger, now=NOON
        )
    with pytest.raises(NotFound):
        add_benefit(person.pk, ALLOWANCE, actor=stranger, now=NOON)
    assert not Case.objects.exists()
    assert not Benefit.objects.exists()


def test_who_sees_no_people_sees_no_list(clerk: Actor) -> None:
    receiver = make_actor("receiver", permits.RECEIVE, at=path_of(VILLAGE))

    with pytest.raises(NotAllowed):
        place_of(receiver, VILLAGE)


def test_a_death_asks_the_post_and_stops_nothing_by_itself(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    row = add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)

    assert ask_stop(person.pk, "", "died", date(2026, 11, 2), actor=SYSTEM, now=NOON) == 1
    assert ask_stop(person.pk, "", "died", date(2026, 11, 2), actor=SYSTEM, now=NOON) == 0

    row.refresh_from_db()
    assert (row.state, row.cause, row.decided_on) == ("asked", "died", None)
    (item,) = desk.asked_stops(clerk, localdate(NOON), 5)
    assert "高龄津贴" in item.title
    assert list(asked_to_stop(clerk_at(NEIGHBOUR))) == []
    decided = decide_benefit(row.pk, "stop", "户口已注销", version=2, actor=clerk, now=NOON)
    assert (decided.state, decided.decided_on) == ("stopped", localdate(NOON))
    assert desk.asked_stops(clerk, localdate(NOON), 5) == []


def test_a_move_asks_only_where_she_lived_and_it_may_go_on(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    row = add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)

    elsewhere = path_of(NEIGHBOUR)
    assert ask_stop(person.pk, elsewhere, "left", date(2026, 11, 2), actor=SYSTEM, now=NOON) == 0
    assert ask_stop(person.pk, row.path, "left", date(2026, 11, 2), actor=SYSTEM, now=NOON) == 1

    assert (
        decide_benefit(row.pk, "go_on", "仍在本市", version=2, actor=clerk, now=NOON).state
        == "running"
    )


def test_a_death_taken_back_leaves_the_question_of_a_move_open(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    row = add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)
    left, died = date(2026, 10, 2), date(2026, 11, 2)
    ask_stop(person.pk, row.path, "left", left, actor=SYSTEM, now=NOON)
    ask_stop(person.pk, "", "died", died, actor=SYSTEM, now=NOON)
    with pytest.raises(NotAllowed):
        unask_stop(person.pk, died, actor=clerk, now=NOON)

    assert unask_stop(person.pk, died, actor=SYSTEM, now=NOON) == 1
    assert unask_stop(person.pk, died, actor=SYSTEM, now=NOON) == 0

    row.refresh_from_db()
    assert (row.state, row.cause, row.cause_on, row.cause_before) == ("asked", "left", left, "")
    decide_benefit(row.pk, "go_on", "仍在本市", version=row.version, actor=clerk, now=NOON)
    ask_stop(person.pk, "", "died", died, actor=SYSTEM, now=NOON)
    unask_stop(person.pk, died, actor=SYSTEM, now=NOON)
    row.refresh_from_db()
    assert (row.state, row.cause) == ("running", "")


def test_an_entry_taken_back_late_leaves_what_the_next_entry_asked(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    row = add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)
    wrong, right = date(2026, 11, 1), date(2026, 11, 2)
    for on in (wrong, right):
        assert ask_stop(person.pk, "", "died", on, actor=SYSTEM, now=NOON) == 1

    assert unask_stop(person.pk, wrong, actor=SYSTEM, now=NOON) == 0

    row.refresh_from_db()
    assert (row.state, row.cause, row.cause_on) == ("asked", "died", right)


def test_two_decide_at_once_and_the_second_is_told(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    row = add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)
    decide_benefit(row.pk, "stop", "已注销", version=1, actor=clerk, now=NOON)

    with pytest.raises(Stale):
        decide_benefit(row.pk, "end", "到期", version=1, actor=clerk, now=NOON)
    with pytest.raises(WrongState):
        decide_benefit(row.pk, "end", "到期", version=2, actor=clerk, now=NOON)
    with pytest.raises(NotFound):
        decide_benefit(row.pk, "ask_stop", "x", version=2, actor=clerk, now=NOON)
    with pytest.raises(NotFound):
        decide_benefit(row.pk, "stop", "x", version=2, actor=clerk_at(NEIGHBOUR), now=NOON)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("stopped", "已注销")


def test_nobody_but_the_job_asks_and_the_erased_leave_nothing(clerk: Actor) -> None:
    person = make_person("陈阿婆", born_on=date(1930, 1, 5))
    add_benefit(person.pk, ALLOWANCE, actor=clerk, now=NOON)

    with pytest.raises(NotAllowed):
        ask_stop(person.pk, "", "died", date(2026, 11, 2), actor=clerk, now=NOON)
    forget_applicant(person.pk, actor=system_actor("offerings.forget"), now=NOON)
    assert not Benefit.objects.exists()


def test_only_who_agreed_is_told_and_the_message_names_nothing(clerk: Actor) -> None:
    agreed, silent, other = (
        make_person(name, born_on=born)
        for name, born in (
            ("同意", date(1946, 11, 5)), ("未同意", date(1946, 11, 6)), ("别月", date(1946, 3, 5)),
        )
    )  # fmt: skip
    for person in (agreed, other):
        MessageConsent.objects.create(
            person_id=person.pk, purpose=PURPOSE, version=1, given_at=NOON
        )

    assert remind_of_month(actor=system_actor("offerings.remind"), now=NOON) == 1

    (told,) = Message.objects.all()
    assert told.person_id == agreed.pk
    assert "80" not in told.body
    assert silent.pk != told.person_id
