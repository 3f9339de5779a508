"""What neighbours say reaches somebody, stays theirs when it is passed on, and goes with the head."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from linli.access.testing import make_account, make_holding, make_post, make_right
from linli.cases.models import Case, Reporter
from linli.cases.queries.following import by_code
from linli.cases.queries.sampling import may_be_called
from linli.cases.testing import faults
from linli.grid import listeners, permits, tasks
from linli.grid.errors import HeadHasNoPage
from linli.grid.models import Headship, Word
from linli.grid.queries import heads as queries
from linli.grid.services import leaving, words
from linli.grid.testing import NOON, TODAY
from linli.grid.tests.test_heads import LI, OFFICE, PHONE, served
from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import VILLAGE, client_of, make_actor, post_json
from linli.notify.models import Message
from linli.people.events import PersonDied, PersonLeft
from linli.people.testing import make_person
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
JOB = tasks.HEADS


def test_nothing_is_said_to_a_head_who_would_not_read_it() -> None:
    head = served(OFFICE)

    with pytest.raises(HeadHasNoPage), transaction.atomic():
        words.say(head, "ask", "When?", actor=NOBODY, now=NOON)

    assert not Word.objects.exists() and not Message.objects.exists()


def test_page_and_api_lead_to_the_office_instead() -> None:
    head, nobody = served(OFFICE), client_of(NOBODY)
    where, said = f"/en/heads/{head.pk}/say/", {"kind": "ask", "text": "When?"}

    page = nobody.get(where).content.decode()
    sent = nobody.post(where, {**said, "key": str(uuid4())})
    told = post_json(nobody, f"/api/v1/grid/heads/{head.pk}/say", said)

    listed = nobody.get(f"/en/places/{make_village().code}/heads/").content.decode()
    row = nobody.get("/api/v1/grid/heads/").json()["items"][0]
    assert "Say something or ask to be called" not in listed and "Write to the office" in listed
    assert row["reads_messages"] is False
    assert f"/report/?place={make_village().code}" in page and "<textarea" not in page
    assert (sent.status_code, told.status_code) == (422, 409)
    assert not Word.objects.exists()


def passed_on() -> tuple[Word, Case, str]:
    said, now = "The hydrant leaks.", NOON
    word, own = words.say(served(), "tell", said, phone=PHONE, actor=NOBODY, now=now)
    words.do(word, "pass_on", "I told the office.", actor=LI, now=NOON)
    word.refresh_from_db()
    return word, Case.objects.get(), own


def test_whoever_said_it_follows_the_case_with_her_own_code_and_the_head_does_not() -> None:
    word, case, own_code = passed_on()

    assert by_code(case.number, own_code) == case
    assert by_code(case.number, word.code) is None
    row = Reporter.objects.get(case=case)
    assert (row.naming, row.contact, row.is_on_behalf) == ("anonymous", None, False)
    # the telephone stayed with the head, so nobody is asked to call it
    assert not may_be_called(case.pk)
    assert faults() == []


def test_the_page_of_a_word_leads_to_the_case_by_the_own_code_alone() -> None:
    word, case, own_code = passed_on()
    nobody = client_of(NOBODY)

    own = nobody.get(f"/en/heads/words/{own_code.lower()}/").content.decode()
    heads_view = nobody.get(f"/en/heads/words/{word.code}/").content.decode()
    follow = nobody.get(f"/en/follow/{case.number}/?code={own_code}")

    assert f"{case.number}/?code={own_code}" in own and own_code in own and word.code not in own
    assert "?code=" not in heads_view and own_code not in heads_view
    assert follow.status_code == 200 and "hydrant" in follow.content.decode()
    with pytest.raises(NotFound):
        queries.word_by_code("ABCDEFGH24")


def test_page_and_api_give_the_own_code() -> None:
    head, nobody = served(), client_of(NOBODY)
    said = {"kind": "ask", "text": "When?"}

    sent = nobody.post(f"/en/heads/{head.pk}/say/", {**said, "key": str(uuid4())})
    told = post_json(nobody, f"/api/v1/grid/heads/{head.pk}/say", said).json()["code"]

    page_word, api_word = Word.objects.order_by("pk")
    typed = sent["Location"].rstrip("/").rpartition("/")[2]
    assert queries.is_own_code(page_word, typed) and queries.is_own_code(api_word, told)
    assert {typed, told}.isdisjoint(Word.objects.values_list("code", flat=True))
    assert nobody.get(f"/api/v1/grid/heads/words/{told}/").json()["code"] == told


def of_person() -> tuple[Headship, int]:
    person = make_person()
    account = make_account(kind="resident", person_id=person.pk)
    head = served()
    Headship.objects.filter(pk=head.pk).update(account_id=account.pk)
    head.refresh_from_db()
    return head, person.pk


def test_a_death_ends_the_term_and_the_office_notes_the_hand_over_later() -> None:
    head, person = of_person()

    died = TODAY - timedelta(days=3)
    assert leaving.end_of_dead(person, died, actor=JOB, now=NOON + timedelta(days=1)) == 1
    assert leaving.end_of_dead(person, died, actor=JOB, now=NOON) == 0

    head.refresh_from_db()
    # not before it began
    assert (head.state, head.ended_on) == ("ended", TODAY)
    assert queries.lacks_hand_over(head)


def test_of_a_head_who_moved_away_the_office_hears_and_she_serves_on() -> None:
    head, person = of_person()
    post = make_post("clerk")
    make_holding(post, make_account())
    make_right(permit=permits.HEADS.name, path=VILLAGE, post_id=post.pk)

    told = leaving.tell_of_moved(person, f"{VILLAGE}441900005001a/", actor=JOB, now=NOON)
    away = leaving.tell_of_moved(person, "441900/441900006/441900006001/", actor=JOB, now=NOON)

    head.refresh_from_db()
    assert (told, away, head.state) == (1, 0, "serving")
    assert Message.objects.get(template="grid.head_moved").post_id == post.pk


def test_only_the_jobs_do_so_and_each_event_queues_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    head, person = of_person()
    staff = make_actor("x", permits.HEADS)
    for act in (
        lambda: leaving.end_of_dead(person, TODAY, actor=staff, now=NOON),
        lambda: leaving.tell_of_moved(person, VILLAGE, actor=staff, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()
    head.refresh_from_db()
    assert (head.state, head.public_name) == ("serving", "Auntie Li")

    asked: list[str] = []
    for name in ("end_of_dead", "tell_of_moved"):
        monkeypatch.setattr(
            getattr(tasks, name), "defer", lambda name=name, **_: asked.append(name)
        )
    listeners.on_person_died(PersonDied(person, TODAY))
    listeners.on_person_left(PersonLeft(person, VILLAGE, TODAY))
    assert asked == ["end_of_dead", "tell_of_moved"]


def test_the_number_that_one_keeps_opens_the_answer_from_a_page_and_stands_on_paper_with_its_code() -> (
    None
):
    word, own_code = words.say(served(), "ask", "When?", actor=NOBODY, now=NOON)
    nobody, url = client_of(NOBODY), "/en/heads/words/"

    page = nobody.get(f"{url}{own_code}/").content.decode()
    paper = nobody.get(f"{url}{own_code}/?format=print").content.decode()
    heads = nobody.get(f"/en/places/{make_village().code}/heads/").content.decode()
    find = nobody.get("/en/follow/").content.decode()
    lost = nobody.post(url, {"code": "AAAAAAAAAA", "key": "1"})
    found = nobody.post(url, {"code": f"{own_code[:5]} {own_code[5:].lower()}", "key": "2"})

    assert "<svg" in page and "format=print" in page and f'href="{url}"' in page
    assert own_code in paper and "ll-qr" in paper
    assert f'href="{url}"' in heads and f'href="{url}"' in find
    assert lost.status_code == 404 and found["Location"] == f"{url}{own_code}/"
    assert word.code != own_code
