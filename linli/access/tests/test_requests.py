"""Requests about personal data: due by the rulebook, answered or refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.access import tasks
from linli.access.errors import NotForYourself
from linli.access.models import DataRequest
from linli.access.queries.requests import waits_for_erasure
from linli.access.services import own_data, recounting, requests
from linli.access.testing import actor_for, make_account, make_post, make_right, make_staff
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.own_data import Herself
from linli.kernel.permits import system_actor
from linli.kernel.testing import TOWN, VILLAGE, client_of
from linli.notify.models import Message
from linli.people.models import Person
from linli.people.testing import make_person
from linli.rulebook.services import load_calendar
from linli.rulebook.testing import notice

# Tuesday; fifteen working days later is Tuesday, 15 December
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

SYSTEM = system_actor("test")


def resident():
    return make_account("r-1", kind="resident", phone="+8613800138000", display_name="李月")


def filed(account, **fields) -> DataRequest:
    given = {"kind": "copy", "text": "all of it", "path": VILLAGE, **fields}
    kind, text = given.pop("kind"), given.pop("text")
    return requests.file_request(kind, text, actor=actor_for(account), now=NOON, **given)


@pytest.mark.django_db
def test_a_request_is_numbered_and_due_after_fifteen_working_days() -> None:
    """Rule 13.3; the days come from the rulebook (pi.right_request) and are kept with it."""
    request = filed(resident())

    assert request.number == "GR-2026-0001"
    assert request.due_on == date(2026, 12, 15)
    assert request.due_by_rule["values"][0]["key"] == "pi.right_request"
    assert request.due_by_rule["values"][0]["value"] == 15


@pytest.mark.django_db
def test_what_somebody_filed_for_another_is_not_in_the_copy_of_her_own_data() -> None:
    """PIPL art. 45: the copy holds her data and nobody else's."""
    clerk, her = make_staff("clerk"), make_person("李月")
    own = filed(clerk, text="mine")
    for_her = filed(clerk, text="hers")
    DataRequest.objects.filter(pk=for_her.pk).update(person=her, answer="her number is ...")

    actor = actor_for(clerk)
    told = own_data.requests(Herself(clerk.pk, []), actor=actor, now=NOON)
    of_her = own_data.requests(Herself(None, [her.pk]), actor=actor, now=NOON)

    assert [row["number"] for row in told] == [own.number]
    assert [row["number"] for row in of_her] == [for_her.number]


@pytest.mark.django_db
def test_nobody_answers_about_herself_by_her_key() -> None:
    her = make_person("李月")
    request = filed(resident())
    DataRequest.objects.filter(pk=request.pk).update(person=her)
    request.refresh_from_db()
    clerk = actor_for(make_staff("clerk"))
    key = replace(clerk, person_id=None, is_machine=True, holder_person_id=her.pk)

    with pytest.raises(NotForYourself):
        requests.take_request(request, actor=key, now=NOON)

    request.refresh_from_db()
    assert request.state == "received"
    assert requests.take_request(request, actor=clerk, now=NOON).state != "received"


@pytest.mark.django_db
def test_it_goes_from_received_to_answered() -> None:
    request, clerk = filed(resident()), actor_for(make_staff("clerk"))

    requests.take_request(request, actor=clerk, now=NOON)
    done = requests.answer_request(request, "sent", is_refused=False, actor=clerk, now=NOON)

    assert (done.state, done.answer, done.answered_at) == ("answered", "sent", NOON)


@pytest.mark.django_db
def test_a_refusal_names_its_reason() -> None:
    request, clerk = filed(resident()), actor_for(make_staff("clerk"))
    requests.take_request(request, actor=clerk, now=NOON)

    with pytest.raises(Invalid):
        requests.answer_request(request, " ", is_refused=True, actor=clerk, now=NOON)
    done = requests.answer_request(
        request, "kept by law until 2030", is_refused=True, actor=clerk, now=NOON
    )

    assert done.state == "refused"


@pytest.mark.django_db
def test_it_is_not_answered_before_it_is_taken_nor_twice() -> None:
    request, clerk = filed(resident()), actor_for(make_staff("clerk"))

    with pytest.raises(WrongState):
        requests.answer_request(request, "x", is_refused=False, actor=clerk, now=NOON)
    requests.take_request(request, actor=clerk, now=NOON)
    requests.answer_request(request, "x", is_refused=False, actor=clerk, now=NOON)
    with pytest.raises(WrongState):
        requests.answer_request(request, "y", is_refused=True, actor=clerk, now=NOON)
    assert DataRequest.objects.get().answer == "x"


@pytest.mark.django_db
def test_only_those_who_answer_at_the_place_do() -> None:
    request = filed(resident())

    with pytest.raises(NotAllowed):
        requests.take_request(request, actor=actor_for(make_staff("grid_worker")), now=NOON)
    assert DataRequest.objects.get().state == "received"


@pytest.mark.django_db
def test_whoever_asked_withdraws_and_nobody_else() -> None:
    account = resident()
    request = filed(account)

    with pytest.raises(NotFound):
        requests.withdraw_request(request, actor=actor_for(make_staff("clerk")), now=NOON)
    done = requests.withdraw_request(request, actor=actor_for(account), now=NOON)

    assert done.state == "withdrawn"


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"kind": "x"}, {"text": " "}, {"path": ""}])
def test_what_is_missing_is_told_and_nothing_is_filed(fields) -> None:
    with pytest.raises(Invalid):
        filed(resident(), **fields)
    assert not DataRequest.objects.exists()


@pytest.mark.django_db
def test_it_is_filed_and_answered_on_the_pages() -> None:
    account = resident()
    make_staff("clerk")
    mine = client_of(actor_for(account))
    theirs = client_of(actor_for(make_staff("clerk")))
    form = {"kind": "explain", "text": "why my phone?", "place": "441900005001", "key": "1"}

    sent = mine.post("/en/access/my-data/new/", form)
    address = sent["Location"]
    theirs.post(f"{address}take", {"key": "2"})
    theirs.post(f"{address}answer", {"answer": "to call you back", "outcome": "answer", "key": "3"})
    shown = mine.get(address).content.decode()

    assert sent.status_code == 303
    assert "to call you back" in shown
    assert "go to court (article 50)" in shown


@pytest.mark.django_db
def test_a_place_that_is_not_known_is_told_beside_the_field_and_the_text_stays() -> None:
    answer = client_of(actor_for(resident())).post(
        "/en/access/my-data/new/",
        {"kind": "copy", "text": "all of it", "place": "nowhere", "key": "1"},
    )

    assert answer.status_code == 422
    assert "Choose the village or community." in answer.content.decode()
    assert "all of it" in answer.content.decode()


@pytest.mark.django_db
def test_late_requests_stand_on_the_desk_first() -> None:
    from linli.access import desk

    late, early = filed(resident()), None
    DataRequest.objects.filter(pk=late.pk).update(due_on=date(2026, 11, 20))
    early = filed(make_account("r-2", kind="resident"))
    clerk = actor_for(make_staff("clerk"))

    items = desk.ENTRIES[0].items(clerk, date(2026, 11, 24), 10)

    assert [item.number for item in items] == [late.number, early.number]
    assert desk.ENTRIES[0].count(clerk, date(2026, 11, 24)) == 2


@pytest.mark.django_db
def test_a_day_in_a_year_without_a_calendar_moves_when_its_days_are_published() -> None:
    """TIM-01: 15 working days from 28 December, over a New Year that nobody knew yet."""
    late = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
    request = requests.file_request(
        "copy", "all", path=VILLAGE, actor=actor_for(resident()), now=late
    )
    certain = filed(make_account("r-2", kind="resident"))
    assert request.due_on == date(2027, 1, 18)

    load_calendar(notice(), actor=SYSTEM, now=late)
    assert ProcrastinateJob.objects.get(task_name="access.recount_due").args == {"years": [2027]}
    tasks.recount_due([2027])

    request.refresh_from_db()
    certain.refresh_from_db()
    assert request.due_on == date(2027, 1, 19)
    assert certain.due_on == date(2026, 12, 15)
    with pytest.raises(NotAllowed):
        recounting.recount_due([2027], actor=actor_for(make_staff("clerk")), now=late)


def asked_to_delete(**fields) -> DataRequest:
    person = make_person("李月")
    account = make_account(
        "r-1", kind="resident", phone="+8613800138000", display_name="李月", person=person
    )
    return filed(account, kind="delete", **fields)


@pytest.mark.django_db
def test_a_deletion_is_answered_as_done_only_once_the_person_was_erased() -> None:
    """PIPL 47: what is not deleted is not said to be."""
    request, clerk = asked_to_delete(), actor_for(make_staff("clerk"))
    requests.take_request(request, actor=clerk, now=NOON)

    with pytest.raises(Invalid) as refusal:
        requests.answer_request(request, "已删除", is_refused=False, actor=clerk, now=NOON)
    assert refusal.value.fields.keys() == {"outcome"}
    request.refresh_from_db()
    assert (request.state, request.answer) == ("working", "")

    Person.objects.filter(pk=request.person_id).update(name="")
    done = requests.answer_request(
        DataRequest.objects.get(), "已删除", is_refused=False, actor=clerk, now=NOON
    )
    assert done.state == "answered"


@pytest.mark.django_db
def test_a_deletion_may_be_refused_and_one_for_a_relative_is_answered() -> None:
    clerk = actor_for(make_staff("clerk"))
    for_a_relative = asked_to_delete(for_deceased="李父，父女")
    requests.take_request(for_a_relative, actor=clerk, now=NOON)
    assert not waits_for_erasure(for_a_relative)
    answered = requests.answer_request(
        for_a_relative, "已办", is_refused=False, actor=clerk, now=NOON
    )
    assert answered.state == "answered"


@pytest.mark.django_db
def test_who_takes_a_deletion_reads_who_erases_and_these_are_told() -> None:
    request, clerk = asked_to_delete(), actor_for(make_staff("clerk"))
    office = make_post("town_lead", path=TOWN, title="镇长")
    make_right(template="town_lead", post_id=office.pk, path=TOWN)
    requests.take_request(request, actor=clerk, now=NOON)

    shown = (
        client_of(clerk).get(f"/zh-hans/access/data-requests/{request.number}/").content.decode()
    )
    told = Message.objects.get(template="access.erasure_wanted")

    assert told.post_id == office.pk and request.number in told.body
    assert "镇长" in shown and "/erase/" not in shown


@pytest.mark.django_db
def test_the_day_stands_in_the_language_of_the_message() -> None:
    account = resident()
    with translation.override("en"):
        filed(account)

    body = Message.objects.get(template="access.data_request_received").body
    assert "2026年12月15日" in body and "December" not in body
