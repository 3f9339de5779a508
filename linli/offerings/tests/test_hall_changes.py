"""Supplements and withdrawals made at the hall: taken once each, in whatever order they come; what is stuck waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from linli.cases.models import Case, CaseFile
from linli.cases.services.perform import perform
from linli.cases.testing import NOON
from linli.cases.types.moves import At, Given, Wish
from linli.exchange import permits as exchange
from linli.exchange.clients.hall_simulator import CHANGE, put
from linli.exchange.models import (  # fmt: skip
    Comparison,
    Connection,
    HallApplication,
    HallChange,
    HallItem,
    Letter,
    Simulated,
)
from linli.exchange.queries import connections
from linli.exchange.queries.hall_changes import applications_waiting
from linli.exchange.rules.letters import PAUSES
from linli.exchange.services import comparing, hall_applications, hall_changes
from linli.exchange.services.hall_lists import settle_item
from linli.files.testing import own_home, photo
from linli.kernel.errors import Invalid, NotAllowed, WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings.models import MaterialState
from linli.offerings.services import checking, hall
from linli.offerings.services import hall_changes as changing
from linli.offerings.testing import PERMIT, as_offered, bring_papers
from linli.offerings.tests.hall_samples import (
    LINKS,
    VILLAGE,
    hall_has,
    hall_lists_item,
    listed,
    pulled,
    sent,
    step_there,
    stepped,
)
from linli.offerings.types.applications import Checked
from linli.places.testing import make_village
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
CITY = make_actor("city", exchange.CONNECT, at="441900/")
OTHER = make_actor("other", exchange.CONNECT, at="441900/441900006/")
DOER = system_actor("test")
LATER = NOON + timedelta(hours=1)
PHOTO = photo(120, 90)


@pytest.fixture(autouse=True)
def city(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    settings.LINLI_DEMO = True
    make_village(VILLAGE)
    as_offered(monkeypatch, PERMIT)
    with own_home(tmp_path, settings, NOON):
        hall_lists_item(listed())
        pulled()
        item = HallItem.objects.get()
        settle_item(item, "residence-permit", "同一事项", digest=item.digest, actor=CITY, now=NOON)
        yield


def taken(number: str = "YS1", *lacking: str) -> Case:
    """Let somebody apply at the hall and the window tell what is missing."""
    hall_has(number)
    pulled()
    case = HallApplication.objects.get(number=number).case
    assert case is not None
    if lacking:
        told = Checked(dict.fromkeys(lacking, ""))
        checking.ask_correction(At(case.pk), told, actor=DOER, now=NOON)
        hall.tell_hall(case.pk, actor=LINKS, now=NOON)
        case.refresh_from_db()
    return case


def papers(*keys: str, file: str = "F") -> dict[str, tuple[str, bytes]]:
    return {key: (f"{file}{n}8888", PHOTO) for n, key in enumerate(keys)}


def states() -> list[tuple[str, str]]:
    return list(HallChange.objects.order_by("made_at", "pk").values_list("state", "fault"))


def test_what_is_missing_comes_from_the_hall_once_however_often_it_is_said() -> None:
    case = taken("YS1", "lease")
    step_there("BZ0003", "YS1", papers=papers("租房合同"))

    stepped()
    Connection.objects.update(marks={})
    stepped()
    changing.take_changes("YS1", actor=LINKS, now=NOON)

    case.refresh_from_db()
    assert states() == [("taken", "")] and case.state == "submitted"
    lease = MaterialState.objects.get(application_id=case.pk, key="lease")
    assert (lease.state, len(lease.files)) == ("given", 1)
    assert CaseFile.objects.filter(case=case).count() == 1
    # what it said lies with the case alone
    assert HallChange.objects.get().row is None
    hall.tell_hall(case.pk, actor=LINKS, now=NOON)
    sent()
    told = [one.body for one in Simulated.objects.filter(kind="state").order_by("pk")]
    assert [one["state"] for one in told] == ["received", "correction", "received"]
    assert told[1]["lacking"] == ["lease"] and told[1]["until"] and told[2]["supplied"] == ["lease"]
    answer = Simulated.objects.get(kind="answer")
    assert (answer.key, answer.body["result"]) == ("BZ0003", "taken")


def test_papers_that_come_in_pieces_and_in_any_order_go_together() -> None:
    case = taken("YS1", "id-card", "lease")
    step_there("BZ2", "YS1", papers=papers("lease", file="G"), now=LATER)

    stepped()
    assert states() == [("waiting", "incomplete")] and connections.count_waiting(CITY) == 1
    step_there("BZ1", "YS1", papers=papers("id-card"))
    stepped()
    case.refresh_from_db()
    assert states() == [("taken", ""), ("taken", "")] and case.state == "submitted"


def test_what_comes_before_its_application_waits_for_it_and_after_a_day_for_a_person() -> None:
    step_there("CH1", "YS1")
    assert [(row.state, row.fault) for row in stepped()] == [("waiting", "")]

    case = taken("YS1")
    assert [row.state for row in stepped()] == ["taken"]
    case.refresh_from_db()
    assert case.state == "withdrawn"
    step_there("CH2", "YS9")
    stepped()
    assert states()[1] == ("waiting", "")
    stepped(NOON + timedelta(days=1))
    assert states()[1] == ("waiting", "unknown_application")


def test_an_application_that_was_not_taken_in_yet_is_withdrawn_and_opens_nothing() -> None:
    hall_has("YS1", place="")
    pulled()
    step_there("CH1", "YS1")

    assert [row.state for row in stepped()] == ["taken"]
    row = HallApplication.objects.get()
    assert (row.state, row.fault, row.row) == ("recalled", "", None) and not Case.objects.exists()
    sent()
    told = Simulated.objects.get(kind="state")
    assert (told.key, told.body["state"]) == ("YS1", "withdrawn")
    # said a second time under another number there is nothing left to do
    step_there("CH2", "YS1")
    assert [row.state for row in stepped()] == ["taken", "moot"]


def test_papers_for_what_was_sent_back_are_moot() -> None:
    hall_has("YS1", place="")
    row = pulled()[0]
    step_there("BZ1", "YS1", papers=papers("lease"))
    assert [(one.state, one.fault) for one in stepped()] == [("waiting", "")]

    hall_applications.return_to_hall(row, "不在受理范围", actor=CITY, now=NOON)

    assert [one.state for one in stepped()] == ["moot"] and not CaseFile.objects.exists()


def test_withdrawn_here_and_there_is_withdrawn_once() -> None:
    case = taken("YS1", "lease")
    checking.withdraw_application(At(case.pk), actor=NOBODY, now=NOON)
    step_there("CH1", "YS1")
    step_there("BZ1", "YS1", papers=papers("lease"), now=LATER)

    assert [row.state for row in stepped()] == ["moot", "moot"]
    hall.tell_hall(case.pk, actor=LINKS, now=NOON)
    sent()
    told = [one.body["state"] for one in Simulated.objects.filter(kind="state").order_by("pk")]
    assert told[-1] == "withdrawn" and told.count("withdrawn") == 1


def test_what_cannot_be_done_waits_for_a_person_who_sends_it_back_or_did_it_by_hand() -> None:
    case = taken("YS1")
    bring_papers(case.pk)
    for move, given in (("accept", Given()), ("grant", Given(public={"text": "准予"}))):
        perform(Wish(case.pk, move, given), actor=DOER, now=NOON)
    step_there("CH1", "YS1")
    step_there("BZ1", "YS1", papers=papers("lease"), now=LATER)

    stepped()
    assert states() == [("waiting", "decided"), ("waiting", "not_asked")]
    one, two = HallChange.objects.order_by("made_at")
    for actor in (OTHER, make_actor("nobody", at="441900/")):
        with pytest.raises(NotAllowed):
            hall_changes.return_change(one, "已办结", actor=actor, now=NOON)
    with pytest.raises(Invalid):
        hall_changes.return_change(one, " ", actor=CITY, now=NOON)
    hall_changes.return_change(one, "已办结，不能撤回", actor=CITY, now=NOON)
    with pytest.raises(WrongState):
        hall_changes.note_done(one, "x", actor=CITY, now=NOON)
    hall_changes.note_done(two, "材料已存入卷宗", actor=CITY, now=NOON)
    sent()
    told = {row.key: row.body for row in Simulated.objects.filter(kind="answer")}
    assert (told["CH1"]["result"], told["CH1"]["why"]) == ("returned", "已办结，不能撤回")
    assert told["BZ1"]["result"] == "taken" and "卷宗" not in str(told["BZ1"])
    case.refresh_from_db()
    assert case.state == "granted"


@pytest.mark.parametrize(
    ("file", "fault"),
    [("F0008", "file_spoilt"), ("F0009", "no_file"), ("F8888", "file_refused")],
)
def test_a_file_that_is_not_what_it_should_be_changes_nothing(file: str, fault: str) -> None:
    case = taken("YS1", "lease")
    content = b"this is no picture" if fault == "file_refused" else PHOTO
    step_there("BZ1", "YS1", papers={"lease": (file, content)})

    stepped()
    case.refresh_from_db()
    assert states() == [("waiting", fault)] and case.state == "correction"
    hall_changes.try_change_again(HallChange.objects.get(), actor=CITY, now=NOON)
    assert applications_waiting(9) == ["YS1"]


@pytest.mark.parametrize("file", ["F0004", "F0005"])
def test_a_file_that_does_not_come_is_asked_for_again(file: str) -> None:
    case = taken("YS1", "lease")
    step_there("BZ1", "YS1", papers={"lease": (file, PHOTO)})

    assert [(row.state, row.fault) for row in stepped()] == [("waiting", "")]
    # half of it stays half: after a day somebody looks
    last = stepped(NOON + timedelta(days=1))[0]
    case.refresh_from_db()
    assert (last.state, last.fault, case.state) == (
        ("taken", "", "submitted") if file == "F0004" else ("waiting", "no_file", "correction")
    )


def test_what_cannot_be_read_waits_and_the_rows_behind_it_are_read() -> None:
    case = taken("YS1")
    step_there("CH0007", "YS1")
    step_there("CH1", "YS1")
    put(
        CHANGE,
        [{"number": "BZ2", "application": "YS1", "kind": "gift", "at": NOON.isoformat()}],
        NOON,
    )

    stepped()
    case.refresh_from_db()
    found = dict(HallChange.objects.values_list("number", "fault"))
    assert found == {"CH0007": "unreadable", "CH1": "", "BZ2": "unreadable"}
    assert case.state == "withdrawn"
    with pytest.raises(WrongState):
        hall_changes.try_change_again(HallChange.objects.get(number="BZ2"), actor=CITY, now=NOON)
    hall_changes.return_change(HallChange.objects.get(number="BZ2"), "看不懂", actor=CITY, now=NOON)


def test_the_same_number_with_other_content_is_looked_at_once_it_was_taken() -> None:
    case = taken("YS1", "lease")
    step_there("BZ1", "YS1", papers=papers("nosuch"))
    assert [(row.state, row.fault) for row in stepped()] == [("waiting", "unknown_material")]
    step_there("BZ1", "YS1", papers=papers("lease", file="G"))
    assert [row.state for row in stepped()] == ["taken"]
    step_there("BZ1", "YS1", papers=papers("lease", file="H"))

    row = stepped()[0]
    assert (row.state, row.fault) == ("taken", "changed_after")
    hall_changes.look_at_change(row, actor=CITY, now=NOON)
    with pytest.raises(WrongState):
        hall_changes.look_at_change(row, actor=CITY, now=NOON)
    assert CaseFile.objects.filter(case=case).count() == 1


def test_steps_are_compared_with_the_day_and_an_answer_that_is_lost_is_sent_again() -> None:
    taken("YS1")
    step_there("CH0004", "YS1")
    stepped()
    sent()
    next_day = NOON + timedelta(days=1)
    put(CHANGE, [{"number": "CH9", "at": NOON.isoformat()}], NOON)

    for at in (NOON + PAUSES[0], NOON + PAUSES[0] + PAUSES[1]):
        sent(at)
    comparing.compare_hall(actor=LINKS, now=next_day)
    found = Comparison.objects.get(on=localdate(NOON))
    assert found.differences[0] == ["CH9", "not_here", "", ""]
    assert Simulated.objects.filter(kind="answer").count() == 1
    assert Letter.objects.get(ref="CH0004").state == "sent"


def test_a_person_decides_at_the_desk_and_programs_read_the_letters() -> None:
    taken("YS1")
    step_there("BZ1", "YS1", papers=papers("lease"))
    row, root = stepped()[0], "/en/connections/changes/"
    desk, other = client_of(CITY), client_of(OTHER)

    def post(who: Any, **said: str) -> int:
        where = f"{root}{row.pk}/"
        return int(who.post(where, {"key": str(uuid4()), **said}).status_code)

    assert "nothing is missing at the moment" in desk.get(f"{root}?view=look").content.decode()
    assert desk.get(f"{root}?view=nosuch").status_code == 422
    assert "BZ1" in desk.get(f"{root}?format=csv").content.decode("utf-8-sig")
    assert "lease.jpg" not in desk.get(f"{root}{row.pk}/").content.decode()
    assert other.get(f"{root}{row.pk}/").status_code == 404 and post(other, move="again") == 404
    assert post(desk, move="return", why="") == 422 and post(desk, move="nosuch", why="x") == 404
    assert post(desk, move="again") == 303 and stepped()[0].fault == "not_asked"
    assert (
        post(desk, move="return", why="目前不缺材料") == 303
        and post(desk, move="done", why="x") == 422
    )

    api = "/api/v1/connections/"
    assert other.get(f"{api}letters/").json()["items"] == []
    assert client_of(NOBODY).get(api).status_code == 404
    letter = desk.get(f"{api}letters/?q=BZ1").json()["items"][0]
    assert (letter["kind"], letter["body"]["result"]) == ("answer", "returned")
    assert desk.get(f"{api}letters/?state=nosuch").status_code == 422
    Letter.objects.filter(pk=letter["id"]).update(state="dead", fault="no_answer")
    assert desk.get(api).json()["stuck"] == 1
    where = f"{api}letters/{letter['id']}/"
    assert post_json(other, f"{where}again").status_code == 404
    assert post_json(desk, f"{where}drop", {"why": " "}).status_code == 422
    assert post_json(desk, f"{where}again").json()["state"] == "waiting"
    assert post_json(desk, f"{where}drop", {"why": "x"}).status_code == 409
    comparing.compare_hall(actor=LINKS, now=NOON + timedelta(days=1))
    assert other.get(f"{api}days/").status_code == 404
    days = desk.get(f"{api}days/").json()["items"]
    one = desk.get(f"{api}days/hall/{days[0]['on']}/").json()
    assert len(one["rows"]) == days[0]["differences"]


@pytest.mark.django_db(transaction=True)
def test_taken_by_two_jobs_at_once_papers_hang_there_once() -> None:
    case = taken("YS1", "lease")
    step_there("BZ1", "YS1", papers=papers("lease"))
    hall_changes.pull_changes(actor=LINKS, now=NOON)

    told = at_once(*[lambda: changing.take_changes("YS1", actor=LINKS, now=NOON)] * 2)

    case.refresh_from_db()
    assert told == ["", ""] and states() == [("taken", "")] and case.state == "submitted"
    assert CaseFile.objects.filter(case=case).count() == 1
    assert Letter.objects.filter(kind="answer").count() == 1
