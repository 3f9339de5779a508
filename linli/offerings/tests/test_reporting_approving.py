"""A report goes out when the post that it names approves it; one signed sheet goes back to its village."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from linli.access.models import GivenRight
from linli.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from linli.kernel.testing import TOWN, client_of, post_json
from linli.notify.models import Message
from linli.offerings.desk import due_reports
from linli.offerings.models import ReportingSheet, ReportingTask
from linli.offerings.queries.reporting import approving_posts
from linli.offerings.services import reporting, reporting_sheets
from linli.offerings.services import reporting_approving as approving
from linli.offerings.tests.reporting_samples import (
    ASKER,
    CLERK,
    CODES,
    DUE,
    NOON,
    TODAY,
    approver,
    make_ground,
    make_open,
    make_task,
    sheet_of,
)
from linli.offerings.types.reporting import Said
from linli.orgs.testing import make_holding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
LATER = NOON + timedelta(hours=1)


def asked() -> ReportingTask:
    """Return a report that waits for the head of the town."""
    post = make_ground()
    make_holding(post)
    task = make_task(post)
    return approving.send_report(task, edition=task.edition, actor=ASKER, now=NOON)


def signed(code: str = CODES[0], task: ReportingTask | None = None) -> ReportingSheet:
    """Return a sheet that its village signed off."""
    sheet = sheet_of(task or make_open(), code)
    sheet = reporting_sheets.say_cells(sheet, {3: Said("5")}, edition=sheet.edition, actor=CLERK, now=NOON)  # fmt: skip
    return reporting_sheets.sign_sheet(sheet, edition=sheet.edition, actor=CLERK, now=NOON)


def test_nothing_goes_to_the_villages_before_the_named_post_approves():
    """BU-22: a delegated task is approved by a head, not by whoever types her name."""
    task = asked()

    head = replace(approver(task), grants=())
    assert (task.state, task.sheets.count(), bytes(task.content) != b"") == ("asked", 0, True)
    assert Message.objects.filter(template="offerings.report_asked").exists()
    assert [one.title for one in due_reports(head, TODAY, 9)] == [task.title]
    assert not due_reports(ASKER, TODAY, 9)
    with pytest.raises(NotAllowed):
        reporting.open_report(task, edition=task.edition, actor=ASKER, now=LATER)
    with pytest.raises(Stale):
        reporting.open_report(task, edition=task.edition - 1, actor=head, now=LATER)
    task.refresh_from_db()
    assert (task.state, task.sheets.count()) == ("asked", 0)

    task = reporting.open_report(task, edition=task.edition, actor=head, now=LATER)

    assert (task.state, task.sheets.count(), task.content) == ("open", 2, None)
    assert not due_reports(head, TODAY, 9)


def test_what_is_not_approved_goes_back_with_its_reason_and_may_be_sent_again():
    task = asked()
    head = approver(task)
    with pytest.raises(Invalid):
        approving.refuse_report(task, " ", edition=task.edition, actor=head, now=LATER)
    with pytest.raises(NotAllowed):
        approving.refuse_report(task, "不行", edition=task.edition, actor=ASKER, now=LATER)

    back = approving.refuse_report(task, "先问统计办", edition=task.edition, actor=head, now=LATER)

    assert (back.state, back.why, back.sheets.count()) == ("draft", "先问统计办", 0)
    page = client_of(ASKER).get(f"/en/desk/reports/{task.code}/").content.decode()
    assert "It was not approved" in page and "先问统计办" in page and "Ask for approval" in page
    again = approving.send_report(back, edition=back.edition, actor=ASKER, now=LATER)
    assert (again.state, again.why) == ("asked", "")
    recalled = approving.recall_report(again, edition=again.edition, actor=ASKER, now=LATER)
    assert recalled.state == "draft"
    with pytest.raises(WrongState):
        reporting_sheets_of(recalled, head)


def reporting_sheets_of(task: ReportingTask, head: object) -> None:
    """Refuse once more what is not asked any longer."""
    approving.refuse_report(task, "不行", edition=task.edition, actor=head, now=LATER)  # type: ignore[arg-type]


def test_a_post_that_nobody_holds_is_not_asked():
    task = make_task(make_ground())

    with pytest.raises(Invalid) as fault:
        approving.send_report(task, edition=task.edition, actor=ASKER, now=NOON)

    task.refresh_from_db()
    assert (set(fault.value.fields), task.state) == ({"post"}, "draft")


def test_the_head_approves_on_the_page_and_others_only_see_that_it_waits():
    task = asked()
    where = f"/en/desk/reports/{task.code}/"
    head, office = client_of(replace(approver(task), grants=())), client_of(ASKER)

    waits = office.get(where).content.decode()
    assert "Approve it and send it out" not in waits and "Fetch it back" in waits
    assert "Approve it and send it out" in head.get(where).content.decode()
    sent = {"key": str(uuid4()), "edition": task.edition}
    assert office.post(f"{where}do/approve", sent).status_code == 403
    assert head.post(f"{where}do/approve", {**sent, "key": str(uuid4())}).status_code == 303
    task.refresh_from_db()
    assert (task.state, task.sheets.count()) == ("open", 2)


def test_one_signed_sheet_goes_back_to_its_village_and_the_others_stay():
    task = make_open()
    one = signed(task=task)
    other = replace(CLERK, grants=tuple(replace(g, path=sheet_of(task, CODES[1]).path) for g in CLERK.grants))  # fmt: skip
    second = sheet_of(task, CODES[1])
    said = {number: Said("5") for number in (1, 2, 3)}
    second = reporting_sheets.say_cells(second, said, edition=second.edition, actor=other, now=NOON)
    reporting_sheets.sign_sheet(second, edition=second.edition, actor=other, now=NOON)
    where = f"/en/desk/reports/{task.code}/"
    office, village = client_of(ASKER), client_of(CLERK)
    sent = {"sheet": f"{one.code}.{one.edition}", "why": "多了七人，请核对"}

    assert "Give a signed sheet back" in office.get(where).content.decode()
    office.post(f"{where}do/hand-back", {**sent, "why": "", "key": str(uuid4())})
    village.post(f"{where}do/hand-back", {**sent, "key": str(uuid4())})
    one.refresh_from_db()
    assert one.state == "signed"
    office.post(f"{where}do/hand-back", {**sent, "key": str(uuid4())})

    one.refresh_from_db()
    second.refresh_from_db()
    assert (one.state, one.signed_at, one.cells.count(), second.state) == ("waiting", None, 1, "signed")  # fmt: skip
    page = village.get(f"/en/desk/reports/sheets/{one.code}/").content.decode()
    assert "The office gave this back to you" in page and "多了七人" in page
    again = reporting_sheets.sign_sheet(one, edition=one.edition, actor=CLERK, now=LATER)
    assert (again.state, again.why_back) == ("signed", "")


def test_a_program_asks_approves_and_gives_back():
    task = asked()
    where = f"/api/v1/reporting/tasks/{task.code}/"
    head, office = client_of(approver(task)), client_of(ASKER)

    assert post_json(office, f"{where}approve", {"edition": task.edition}).status_code == 403
    sent = post_json(head, f"{where}approve", {"edition": task.edition}).json()
    assert sent["state"] == "open" and {one["state"] for one in sent["villages"]} == {"waiting"}
    one = signed(task=task)
    given = {"place": CODES[0], "edition": one.edition, "why": "请核对"}
    back = post_json(office, f"{where}hand-back", given).json()

    assert [one["why_back"] for one in back["villages"] if one["place"] == CODES[0]] == ["请核对"]
    assert DUE.isoformat() == back["due_on"]


def test_a_post_that_may_not_ask_itself_is_not_offered_to_approve() -> None:
    """It would have the report on no list of its own."""
    post = make_ground()
    assert [key for key, _name in approving_posts(ASKER, TOWN)] == [str(post.pk)]

    GivenRight.objects.update(revoked_at=NOON)

    assert approving_posts(ASKER, TOWN) == []
