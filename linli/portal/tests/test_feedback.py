"""BU-17: a complaint and suggestion entry on every page, answered in time, asked back."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from linli.kernel.errors import NotAllowed, Stale, WrongState
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
