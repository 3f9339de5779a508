"""The same words sent again after going back, how often one address may report, and the last day told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from linli.cases.errors import Missing
from linli.cases.models import Case, CaseClock
from linli.cases.queries.following import followed, open_followed
from linli.cases.queries.promising import promised
from linli.cases.queries.telling import row_of, told_rows
from linli.cases.rules.clocks import last_day
from linli.cases.services.words import tell_reporter
from linli.cases.testing import NOON, VILLAGE, clerk_of, make_report
from linli.cases.tests.offices import post_at
from linli.cases.tests.report_form import CODE, FORM, given
from linli.cases.types.moves import At
from linli.files.testing import photo
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor
from linli.ui.formats import day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def browser() -> Client:
    """Return a browser that has opened the form, and so has a secret of its own."""
    client = Client()
    client.get(f"{FORM}?place={CODE}")
    return client


def test_going_back_and_sending_the_same_words_leads_to_the_first_receipt() -> None:
    client = browser()
    first = client.post(FORM, given(category=""))

    # a fresh form has a key of its own, and may have lost what was chosen
    again = client.post(FORM, given(matter="help"))

    case = Case.objects.get()
    assert again.status_code == 303
    assert again["Location"] == f"{first['Location']}&again=1"
    shown = client.get(again["Location"]).content.decode()
    assert f"您刚才已提交过 {case.number}" in shown
    assert "刚才已提交" not in client.get(first["Location"]).content.decode()


@pytest.mark.parametrize(
    "more",
    [{"text": "路灯又不亮了"}, {"where": "榕树巷13号"}, {"reply": "sms", "phone": "13800001234"}],
)
def test_other_words_or_another_number_are_another_report(more: dict[str, str]) -> None:
    client = browser()
    client.post(FORM, given(seen="1"))

    assert client.post(FORM, given(seen="1", **more)).status_code == 303
    assert Case.objects.count() == 2


def test_the_same_words_of_somebody_else_are_her_own_report() -> None:
    for client in (browser(), browser(), client_of(make_actor("her", account_id=77))):
        assert "again" not in client.post(FORM, given(seen="1"))["Location"]

    assert Case.objects.count() == 3


def test_words_that_were_refused_with_a_fresh_photo_can_be_sent_once_they_are_right() -> None:
    client = browser()
    numbers = {"text": "找 13900001234"}
    faulty = client.post(
        FORM, given(photos=[SimpleUploadedFile("1.jpg", photo(60, 40))], **numbers)
    )

    sent = client.post(FORM, given(numbers_meant="on", **numbers))

    assert (faulty.status_code, sent.status_code) == (200, 303)
    assert "again" not in sent["Location"] and Case.objects.count() == 1


def test_a_village_behind_one_address_reports_a_dozen_matters_and_a_machine_meets_a_wall() -> None:
    sent = [Client().post(FORM, given(text=f"第{n}盏路灯不亮", seen="1")) for n in range(40)]

    taken = [one.status_code for one in sent].count(303)
    assert [one.status_code for one in sent[:20]] == [303] * 20
    assert taken < 40 and Case.objects.count() == taken
    assert sent[-1].status_code == 429


def test_faults_use_up_nothing_of_what_an_address_may_report() -> None:
    client = Client()
    faulty = [client.post(FORM, given(text="")).status_code for _ in range(12)]

    sent = [client.post(FORM, given(text=f"第{n}处积水", seen="1")).status_code for n in range(12)]

    assert faulty == [422] * 12 and sent == [303] * 12


def test_the_page_of_too_many_leads_back_to_the_form_that_was_sent() -> None:
    before = f"{FORM}?place={CODE}"
    for _ in range(40):
        answer = Client().post(
            FORM, given(text=""), headers={"Referer": f"http://testserver{before}"}
        )
    bare = Client().post(FORM, given(text=""))
    foreign = Client().post(FORM, given(text=""), headers={"Referer": "https://evil.example/x"})

    page = answer.content.decode()
    assert answer.status_code == 429
    assert f'href="{before}"' in page and "写好的内容还在" in page
    for other in (bare, foreign):
        assert f'<li><a href="{FORM}"><span><b>再试一次' in other.content.decode()


def test_what_is_due_at_midnight_is_due_on_the_day_that_ends() -> None:
    midnight = datetime(2026, 12, 4, 16, tzinfo=UTC)

    assert last_day(midnight) == date(2026, 12, 4)
    assert last_day(midnight - timedelta(hours=1)) == date(2026, 12, 4)
    assert last_day(midnight + timedelta(microseconds=1)) == date(2026, 12, 5)


def test_reporter_and_staff_are_told_the_same_last_day() -> None:
    # somebody is there who can keep it
    post_at(VILLAGE, kind="committee_chair")
    client = browser()
    ahead = promised(VILLAGE, timezone.now())
    form = client.get(f"{FORM}?place={CODE}").content.decode()
    receipt = client.post(FORM, given())["Location"]

    case, clerk = Case.objects.get(), clerk_of()
    code = receipt.partition("code=")[2]
    solve = CaseClock.objects.get(case=case, key="solve")
    told = told_rows(clerk, [row_of(case)], timezone.now())[0]
    with translation.override("zh-hans"):
        last = day(last_day(solve.due_at))
    assert solve.last_day == ahead["solve"]
    assert followed(case, timezone.now()).promise.last_day == solve.last_day
    assert told.due_on in {one.last_day for one in CaseClock.objects.filter(case=case)}
    pages = [form] + [
        client.get(at).content.decode()
        for at in (receipt, f"{receipt}&paper=1", f"/zh-hans/follow/{case.number}/?code={code}")
    ]
    for page in pages:
        assert last in page
    assert f"最迟{last}办结" in form and f"最迟{last}办结" in pages[1]
    called = client.get(f"/api/v1/reports/{case.number}/", headers={"Follow-Code": code}).json()
    assert called["settle_on"] == solve.last_day.isoformat()


def test_a_word_to_the_reporter_is_short() -> None:
    filed, clerk = make_report(), clerk_of()
    for text in ("好" * 501, "好" * 6800):
        with pytest.raises(Missing):
            tell_reporter(At(filed.case_id), text, actor=clerk, now=NOON)

    assert [one.move for one in followed(Case.objects.get(), NOON).story].count("tell") == 0
    tell_reporter(At(filed.case_id), "好" * 500, actor=clerk, now=NOON)
    assert open_followed(NOBODY, filed.number, filed.code).seq > 1
