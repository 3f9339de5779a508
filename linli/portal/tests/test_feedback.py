"""BU-17: a complaint and suggestion entry on every page, answered in time, asked back."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from linli.kernel.errors import NotAllowed, Stale, WrongState
from linli.kernel.permits import RESIDENTS
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village
from linli.portal import permits, queries, services
from linli.portal.models import Feedback
from linli.portal.states import FEEDBACK, FeedbackState
from linli.portal.testing import NOON, VILLAGE, make_feedback

pytestmark = pytest.mark.django_db
CLERK = make_actor("clerk", permits.ANSWER, at=VILLAGE)
STRANGER = make_actor("clerk of another town", permits.ANSWER, at="441900/441900006/")
POSSIBLE = {
    (FeedbackState.RECEIVED, "answer"): FeedbackState.ANSWERED,
    (FeedbackState.ANSWERED, "reopen"): FeedbackState.RECEIVED,
    (FeedbackState.ANSWERED, "confirm"): FeedbackState.CONFIRMED,
}


@pytest.mark.parametrize("state", list(FeedbackState))
@pytest.mark.parametrize("move", list(FEEDBACK.moves))
def test_every_state_and_move(state: FeedbackState, move: str) -> None:
    if (state, move) in POSSIBLE:
        assert FEEDBACK.after(state, move) == POSSIBLE[state, move]
    else:
        with pytest.raises(WrongState):
            FEEDBACK.after(state, move)


def test_feedback_of_a_tuesday_is_due_five_working_days_later() -> None:
    feedback = make_feedback()

    assert feedback.due_on == date(2026, 12, 1)
    assert "feedback.answer" in str(feedback.law)


def test_nobody_gives_feedback_from_a_village_page_and_follows_it_by_code() -> None:
    make_village()
    client = Client()

    sent = client.post(
        "/zh-hans/feedback/",
        {"text": "字太小", "page": "/zh-hans/places/441900005001/", "key": str(uuid4())},
    )

    feedback = Feedback.objects.get()
    assert sent["Location"] == f"/zh-hans/feedback/{feedback.code}/"
    assert feedback.path == VILLAGE
    assert "字太小" in client.get(sent["Location"]).content.decode()


@pytest.mark.parametrize("text", ["", " ", "x" * 2001])
def test_feedback_without_words_or_with_too_many_is_refused_beside_the_field(text: str) -> None:
    answer = Client().post("/zh-hans/feedback/", {"text": text, "key": str(uuid4())})

    assert answer.status_code == 422
    assert not Feedback.objects.exists()


def test_an_answer_is_given_once_and_the_second_clerk_is_told() -> None:
    feedback = make_feedback()
    services.answer_feedback(feedback, text="Mended.", version=1, actor=CLERK, now=NOON)

    with pytest.raises(Stale):
        services.answer_feedback(feedback, text="Other.", version=1, actor=CLERK, now=NOON)

    feedback.refresh_from_db()
    assert feedback.answer == "Mended."


def test_a_stranger_neither_sees_nor_answers() -> None:
    feedback = make_feedback()

    with pytest.raises(NotAllowed):
        services.answer_feedback(feedback, text="x", version=1, actor=STRANGER, now=NOON)

    assert not queries.visible_feedback(STRANGER).exists()
    assert client_of(STRANGER).get(f"/zh-hans/feedback/inbox/{feedback.code}/").status_code == 404


def test_an_answer_that_did_not_help_runs_anew() -> None:
    feedback = make_feedback()
    services.answer_feedback(feedback, text="Mended.", version=1, actor=CLERK, now=NOON)

    done = Client().post(
        f"/zh-hans/feedback/{feedback.code}/helped", {"helped": "no", "key": str(uuid4())}
    )

    feedback.refresh_from_db()
    assert done.status_code == 303
    assert feedback.state == FeedbackState.RECEIVED


def test_waiting_feedback_is_work_on_the_desk_of_who_answers() -> None:
    feedback = make_feedback()

    mine = queries.due_work(CLERK, date(2026, 11, 24))

    assert [item.number for item in mine] == [feedback.code]
    assert feedback.text in client_of(CLERK).get("/zh-hans/desk/").content.decode()
    assert queries.due_work(STRANGER, date(2026, 11, 24)) == []


def test_the_desk_is_not_there_for_nobody_and_exports_for_a_clerk() -> None:
    make_feedback("=1+1")

    file = client_of(CLERK).get("/zh-hans/desk/?format=csv").content.decode("utf-8-sig")

    assert Client().get("/zh-hans/desk/").status_code == 404
    assert "'=1+1" in file


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_feedback_is_found_by_its_code_as_people_type_it(language: str) -> None:
    feedback = make_feedback()
    spelled = f" {feedback.code[:5].lower()} {feedback.code[5:].lower()} "
    client = Client(headers={"Accept-Language": language})

    form = client.get("/follow/", follow=True)
    found = client.get(f"/{language}/feedback/follow/", {"code": spelled})

    assert form.redirect_chain == [(f"/{language}/feedback/follow/", 302)]
    assert found["Location"] == f"/{language}/feedback/{feedback.code}/"


def test_a_wrong_code_tells_nothing_and_cannot_be_tried_for_long() -> None:
    feedback = make_feedback("the writer's own words")
    wrong = {"code": feedback.code[:-1] + "?"}

    first = Client().get("/en/feedback/follow/", wrong)
    tries = [Client().get("/en/feedback/follow/", wrong).status_code for _ in range(60)]

    assert first.status_code == 404
    assert feedback.text not in first.content.decode()
    assert tries[-1] == 429
    assert Client().get(f"/en/feedback/{feedback.code}/").status_code == 429


def test_the_second_clerk_keeps_what_she_typed_beside_the_answer_that_was_faster() -> None:
    feedback = make_feedback()
    services.answer_feedback(feedback, text="Mended.", version=1, actor=CLERK, now=NOON)
    form = {"text": "My own words.", "version": 1, "key": str(uuid4())}

    answer = client_of(CLERK).post(f"/en/feedback/inbox/{feedback.code}/", form)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Mended." in html
    assert "My own words." in html


def test_a_form_that_is_old_comes_back_with_its_text_and_the_new_version() -> None:
    feedback = make_feedback()
    services.answer_feedback(feedback, text="Mended.", version=1, actor=CLERK, now=NOON)
    services.reopen_feedback(feedback, actor=CLERK, now=NOON)
    form = {"text": "My own words.", "version": 1, "key": str(uuid4())}

    html = client_of(CLERK).post(f"/en/feedback/inbox/{feedback.code}/", form).content.decode()

    assert "My own words.</textarea>" in html
    assert 'name="version" value="3"' in html


def test_a_residents_own_rights_make_her_no_staff() -> None:
    make_village()
    resident = make_actor("resident", permits.ANSWER, at=VILLAGE, ceiling=RESIDENTS)

    given = services.give_feedback(
        "x", page="/", path=VILLAGE, language="en", actor=resident, now=NOON
    )
    page = client_of(resident).get("/en/me/").content.decode()

    assert not given.is_staff
    assert client_of(resident).get("/en/desk/").status_code == 404
    assert "/en/desk/" not in page


@pytest.mark.parametrize("start", ["²", "-1", "9" * 400, "٣", "x", ""])
def test_odd_starts_of_the_desks_list_show_its_beginning(start: str) -> None:
    feedback = make_feedback()

    answer = client_of(CLERK).get("/en/desk/", {"from": start})

    assert answer.status_code == 200
    assert feedback.code in answer.content.decode()


def test_my_affairs_lead_to_what_the_register_knows() -> None:
    herself = make_actor("resident", account_id=5, person_id=7)
    helper = make_actor("clerk", permits.ANSWER, account_id=5, person_id=8, acting_for=7)
    agent = make_actor("son", account_id=5, person_id=8, acting_for=7)

    assert "/en/me/data/" in client_of(herself).get("/en/me/").content.decode()
    assert "/en/people/7/" in client_of(helper).get("/en/me/").content.decode()
    assert "/en/me/data/" not in client_of(agent).get("/en/me/").content.decode()
