"""The resident's pages: the form without a script, its faults, the receipt, following, limits."""

from __future__ import annotations

import re
from datetime import date, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from linli.access.testing import make_post
from linli.cases import permits
from linli.cases.models import Case, CaseFile, Category, Reporter, ReportSpot, Responsibility
from linli.cases.queries.offering import Alike
from linli.cases.services.spots import NewSpot, add_spots
from linli.cases.testing import NOON, VILLAGE, faults, make_report
from linli.cases.tests.offices import post_at
from linli.cases.tests.report_form import CODE, FORM, given
from linli.cases.types.filing import REPORTS, TRIES, Contact, Naming
from linli.documents.models import ShortCode
from linli.files.testing import photo
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import VAULT
from linli.kernel.testing import client_of, make_actor
from linli.orgs.testing import make_holding
from linli.places.testing import make_outline, make_village
from linli.runtime.models import RateLimit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
BY_RULE, NOBODY_THERE = "按规定应于", "还没有能受理的在岗人员"


def test_from_the_village_in_one_page_to_number_and_code() -> None:
    client = Client()
    page = client.get(f"{FORM}?place={CODE}").content.decode()
    for danger in ("tel:110", "tel:119", "tel:120"):
        assert danger in page
    assert page.index("tel:110") < page.index("<form")
    assert page.index('id="id_photos"') < page.index('id="id_text"')

    sent = client.post(FORM, given())

    case = Case.objects.get()
    receipt = client.get(sent["Location"])
    code = re.search(r"code=(\w+)", sent["Location"])[1]  # type: ignore[index]
    shown = receipt.content.decode()
    assert sent.status_code == 303 and case.number in shown and code[:5] in shown
    assert (
        receipt["Cache-Control"].startswith("max-age=0") or "no-store" in receipt["Cache-Control"]
    )
    paper = client.get(sent["Location"] + "&paper=1").content.decode()
    assert case.number in paper and "data-print" in paper
    followed = client.get(f"/zh-hans/follow/{case.number}/?code={code}").content.decode()
    assert "路灯不亮" in followed


@pytest.mark.parametrize("is_held", [True, False])
def test_page_receipt_and_paper_promise_nothing_where_no_post_is_filled(is_held: bool) -> None:
    client = Client()
    if is_held:
        post_at(VILLAGE, kind="committee_chair")
    to = client.post(FORM, given())["Location"]

    told = [
        client.get(at).content.decode()
        for at in (to, to + "&paper=1", to.replace("report/receipt", "follow"))
    ]

    assert [BY_RULE in page for page in told] == [not is_held] * 3
    assert [NOBODY_THERE in page for page in told] == [not is_held] * 3
    receipt, paper, _page = told
    assert ("答复</b>" in receipt, "答复期限" in paper) == (is_held, is_held)


def test_a_second_click_files_nothing_twice() -> None:
    client, form = Client(), given()

    first, again = client.post(FORM, form), client.post(FORM, form)

    assert first["Location"] == again["Location"]
    assert Case.objects.count() == 1


def test_without_a_place_the_village_is_asked_by_name_or_offered() -> None:
    client = Client()
    assert 'name="text"' not in client.get(FORM).content.decode()

    name = Case._meta.apps.get_model("places", "Place").objects.get(code=CODE).name
    found = client.get(FORM, {"village": name}).content.decode()
    assert f"?place={CODE}" in found

    client.cookies["linli-place"] = CODE
    assert f"?place={CODE}" in client.get(FORM).content.decode()
    assert client.post(FORM, given(place="000")).status_code == 200
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": ""}, "id_text"),
        ({"where": ""}, "id_where"),
        ({"reply": "sms", "phone": ""}, "id_phone"),
        ({"reply": "sms", "phone": "1380000123"}, "id_phone"),
        ({"text": "找 13900001234"}, "id_text"),
        ({"text": "😡"}, "id_text"),
    ],
)
def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(more, field) -> None:  # type: ignore[no-untyped-def]
    sent = Client().post(FORM, given(**more))

    page = sent.content.decode()
    assert sent.status_code == 422
    assert f'href="#{field}"' in page
    kept = given(**more)
    for name in ("text", "where"):
        assert kept[name] in page
    assert not Case.objects.exists()


def test_photos_of_a_faulty_form_stay_and_one_can_be_taken_back() -> None:
    client = Client()
    uploads = [SimpleUploadedFile(f"{n}.jpg", photo(60 + n, 40)) for n in range(2)]
    broken = SimpleUploadedFile("broken.jpg", b"\xff\xd8\xff no")

    faulty = client.post(FORM, given(text="", photos=[*uploads, broken]))

    page = faulty.content.decode()
    assert faulty.status_code == 200 and "broken.jpg" in page
    kept = re.search(r'name="kept" value="([^"]+)"', page)[1]  # type: ignore[index]
    assert len(kept.split(",")) == 2
    less = client.post(FORM, given(text="路灯", kept=kept, drop="1")).content.decode()
    left = re.search(r'name="kept" value="([^"]+)"', less)[1]  # type: ignore[index]
    assert left == kept.split(",")[1] and "路灯" in less
    assert client.post(FORM, given(kept=left)).status_code == 303

    assert CaseFile.objects.get().file.code == left
    assert faults() == []


def test_numbers_of_others_go_through_once_they_are_meant() -> None:
    client, text = Client(), "找 13900001234"
    assert 'name="numbers_meant"' in client.post(FORM, given(text=text)).content.decode()

    assert client.post(FORM, given(text=text, numbers_meant="on")).status_code == 303


def test_html_is_shown_as_it_was_written() -> None:
    client, text = Client(), "<img src=x onerror=alert(1)>"
    sent = client.post(FORM, given(text=text))

    page = client.get(sent["Location"].replace("report/receipt", "follow")).content.decode()

    assert text not in page and "&lt;img src=x" in page


def test_an_accusation_of_an_official_is_led_to_12388() -> None:
    page = Client().post(FORM, given(matter="official", text="收红包")).content.decode()

    assert "tel:12388" in page
    assert not Case.objects.exists() and not Reporter.objects.exists()


@pytest.mark.load
@pytest.mark.parametrize(("fits", "passes"), [(True, REPORTS.burst), (False, TRIES.burst)])
def test_a_machine_meets_a_wall_and_honest_people_behind_it_pass(fits: bool, passes: int) -> None:
    wall = "203.0.113.9"
    flood, statuses = Client(REMOTE_ADDR=wall), []
    for _ in range(250):
        form = given() if fits else {"place": CODE, "key": str(uuid4())}
        statuses.append(flood.post(FORM, form).status_code)

    honest = Client(REMOTE_ADDR="198.51.100.7").post(FORM, given())
    her = client_of(make_actor("her", account_id=77))
    signed = her.post(FORM, given(), REMOTE_ADDR=wall)
    beside = Client(REMOTE_ADDR=wall).post(FORM, given())
    # an hour passes: what was counted lies as far back
    RateLimit.objects.update(arrival=F("arrival") - timedelta(hours=1))
    later = Client(REMOTE_ADDR=wall).post(FORM, given())

    let_in = 303 if fits else 422
    # a machine as slow as this test gets a few more while it runs
    assert passes <= statuses.count(let_in) < passes + 16
    assert set(statuses) == {let_in, 429}
    assert (honest.status_code, signed.status_code) == (303, 303)
    assert (beside.status_code, later.status_code) == (429, 303)
    assert Case.objects.count() == statuses.count(303) + 3


def test_guessed_codes_meet_a_wall_and_the_right_one_still_opens() -> None:
    filed, client = make_report(), Client()
    statuses = [
        client.get(f"/zh-hans/follow/{filed.number}/", {"code": f"GUESS{n:05d}"}).status_code
        for n in range(15)
    ]
    none = client.get("/zh-hans/follow/JB-2026-9998/", {"code": "GUESS00000"})
    wrong = Client().get("/zh-hans/follow/", {"number": filed.number, "code": "X"})
    walled = client.get(f"/zh-hans/follow/{filed.number}/", {"code": "GUESS99999"})
    nothing = Client().get("/zh-hans/follow/", {"number": "JB-2026-7777", "code": "X"})

    assert statuses[0] == none.status_code == 404 and statuses[-1] == 429
    assert (wrong.status_code, nothing.status_code) in ((429, 404), (404, 404))
    assert walled.status_code == 429 and "对的查询码随时能打开" in walled.content.decode()
    opened = client.get(f"/zh-hans/follow/{filed.number}/", {"code": filed.code})
    assert opened.status_code == 200


def test_a_number_without_its_hyphens_opens_the_same_and_its_guesses_count_with_it() -> None:
    filed, client = make_report(), Client()
    bare = filed.number.replace("-", "").lower()

    found = client.get("/zh-hans/follow/", {"number": bare, "code": filed.code})
    page = client.get(f"/zh-hans/follow/{bare}/", {"code": filed.code})
    paper = client.get(f"/follow/{bare}", headers={"Accept-Language": "en"})
    api = client.get(f"/api/v1/reports/{bare}/", headers={"Follow-Code": filed.code})
    papers = [
        client.get(f"/zh-hans/report/receipt/{typed}/", {"code": filed.code, "paper": ""})
        for typed in (filed.number, bare)
    ]
    printed, other = (one.content.decode().partition("<svg")[2] for one in papers)
    walls = [
        client.get(f"/zh-hans/follow/{typed}/", {"code": f"GUESS{n:05d}"}).status_code
        for n, typed in enumerate([filed.number, bare] * 6)
    ]

    assert found.headers["Location"] == f"/zh-hans/follow/{filed.number}/?code={filed.code}"
    assert page.status_code == 200 and filed.number in page.content.decode()
    assert paper.headers["Location"] == f"/en/follow/{filed.number}/"
    assert (api.status_code, api.json()["number"]) == (200, filed.number)
    assert printed and printed.partition("</svg>")[0] == other.partition("</svg>")[0]
    assert walls[9:] == [404, 429, 429]
    guess = client.get(f"/api/v1/reports/{bare}/", headers={"Follow-Code": "WRONG"})
    receipt = client.get(f"/zh-hans/report/receipt/{bare}/", {"code": "WRONG"})
    photo = client.head(f"/zh-hans/follow/{bare}/photos/none/", {"code": "WRONG"})
    assert (guess.status_code, receipt.status_code, photo.status_code) == (429, 429, 429)


def test_paper_leads_to_the_page_in_the_readers_language_and_codes_of_feedback_still_do() -> None:
    filed = make_report()

    to = Client().get(f"/follow/{filed.number}", headers={"Accept-Language": "en"})
    other = Client().get("/follow/ABCDEFGHJK/")

    assert to["Location"] == f"/en/follow/{filed.number}/"
    assert "feedback" in other["Location"]


def test_she_adds_agrees_and_asks_again_on_the_page() -> None:
    filed, client = make_report(), Client()
    act = f"/zh-hans/follow/{filed.number}/"
    key = lambda: {"key": str(uuid4()), "code": filed.code}  # noqa: E731

    added = client.post(
        act + "add", {**key(), "text": "第二盏", "photos": SimpleUploadedFile("a.jpg", photo())}
    )
    empty = client.post(act + "add", {**key(), "text": ""})
    wrong = client.post(act + "withdraw", {"key": str(uuid4()), "code": "WRONG"})
    unknown = client.post(act + "finish", key())
    gone = client.post(act + "withdraw", key())

    assert [r.status_code for r in (added, empty, wrong, unknown, gone)] == [
        303,
        422,
        404,
        404,
        303,
    ]
    assert Case.objects.get().state == "withdrawn"
    file = CaseFile.objects.get().file.code
    seen = client.get(f"{act}photos/{file}/", {"code": filed.code, "side": "480"})
    hidden = client.get(f"{act}photos/{file}/", {"code": "WRONG"})
    assert (seen.status_code, seen["Content-Type"], hidden.status_code) == (200, "image/jpeg", 404)
    assert Client().get(f"/zh-hans/files/{file}/").status_code == 404


def test_my_affairs_show_what_i_reported_and_nothing_of_others() -> None:
    her = make_actor("her", account_id=77)
    filed = make_report("我的灯", actor=her, is_mine=True)
    make_report("别人的灯")

    page = client_of(her).get("/zh-hans/me/reports/").content.decode()

    assert filed.number in page and "别人的灯" not in page
    assert client_of(her).get(f"/zh-hans/follow/{filed.number}/").status_code == 200
    assert Client().get("/zh-hans/me/reports/").status_code in (302, 401, 404)


def test_the_counter_takes_a_report_down_and_prints_the_receipt() -> None:
    clerk = client_of(make_actor("clerk", permits.INTAKE, at=VILLAGE))
    form = {"channel": "phone", "place": CODE, "where": "菜市场", "text": "地滑", "matter": "help",
            "name": "李婆婆", "phone": "13800001234", "key": str(uuid4()), "kept": ""}  # fmt: skip

    assert Client().post("/zh-hans/report/counter/", form).status_code in (302, 401, 404)
    other = client_of(make_actor("x", permits.INTAKE, at="441900/441900006/"))
    assert other.get("/zh-hans/report/counter/").status_code == 404
    faulty = clerk.post("/zh-hans/report/counter/", {**form, "text": ""})
    sent = clerk.post("/zh-hans/report/counter/", {**form, "key": str(uuid4())})

    assert (faulty.status_code, sent.status_code) == (422, 303)
    assert Case.objects.get().channel == "phone"
    assert Case.objects.get().number in clerk.get(sent["Location"]).content.decode()


def test_what_the_counter_takes_down_goes_to_the_post_in_charge_of_its_category() -> None:
    water = make_post("clerk", path=VILLAGE)
    make_holding(water)
    lamp = Category.objects.get(code="street_lamp")
    Responsibility.objects.create(
        category=lamp, path=VILLAGE, duty="responsible", org_id=water.organisation_id,
        post_id=water.pk, since=date(2020, 1, 1),
    )  # fmt: skip
    clerk = client_of(make_actor("clerk", permits.INTAKE, at=VILLAGE))
    form = {"channel": "phone", "place": CODE, "where": "菜市场", "text": "路灯不亮", "matter": "help",
            "name": "", "phone": "", "key": str(uuid4()), "kept": ""}  # fmt: skip

    page = clerk.get("/zh-hans/report/counter/").content.decode()
    odd = clerk.post("/zh-hans/report/counter/", {**form, "category": "999999"})
    sent = clerk.post("/zh-hans/report/counter/", {**form, "category": str(lamp.pk)})

    assert f'value="{lamp.pk}"' in page and "data-suggest" in page
    assert (odd.status_code, sent.status_code) == (422, 303)
    case = Case.objects.get()
    assert (case.category_id, case.offered_post_id) == (lamp.pk, water.pk)


def test_a_lamp_post_knows_where_it_stands() -> None:
    keeper = make_actor("keeper", permits.SPOTS, at=VILLAGE)
    with pytest.raises(NotAllowed):
        add_spots(CODE, [NewSpot("Lamp 12")], actor=make_actor("x", permits.SEE), now=NOON)
    with pytest.raises(Invalid):
        add_spots(CODE, [NewSpot("Lamp 12", point=(0.0, 0.0))], actor=keeper, now=NOON)
    (spot,) = add_spots(CODE, [NewSpot("Lamp 12")], actor=keeper, now=NOON)
    client, code = Client(), ShortCode.objects.get(kind="cases.spot").code

    led = client.get(f"/q/{code}", headers={"Accept-Language": "en"})
    page = client.get(led["Location"]).content.decode()
    sent = client.post(FORM, given(place="", spot=spot.code, where=""))

    assert led["Location"] == f"/en/report/?spot={spot.code}"
    assert "Lamp 12" in page
    assert sent.status_code == 303
    assert (Case.objects.get().channel, Case.objects.get().path) == ("qr", VILLAGE)
    clerk = client_of(keeper)
    assert "/q/" + code not in clerk.get("/zh-hans/report/spots/").content.decode()
    assert "Lamp 12" in clerk.get("/zh-hans/report/spots/print/").content.decode()
    clerk.post(f"/zh-hans/report/spots/{spot.code}/end", {"key": str(uuid4())})
    assert ReportSpot.objects.get().ended_at is not None
    assert 'name="text"' not in client.get(led["Location"]).content.decode()


def test_spots_are_named_one_a_line() -> None:
    keeper = client_of(make_actor("keeper", permits.SPOTS, at=VILLAGE))
    lines = "1号灯杆\n\n电梯, 3栋"

    bad = keeper.post(
        "/zh-hans/report/spots/", {"place": CODE, "spots": "x" * 81, "key": str(uuid4())}
    )
    good = keeper.post(
        "/zh-hans/report/spots/", {"place": CODE, "spots": lines, "key": str(uuid4())}
    )

    assert (bad.status_code, good.status_code) == (422, 303)
    assert sorted(ReportSpot.objects.values_list("title", flat=True)) == ["1号灯杆", "电梯, 3栋"]
    assert client_of(make_actor("x", permits.SEE)).get("/zh-hans/report/spots/").status_code == 404


def test_a_contact_is_asked_for_with_a_reason_on_a_page_of_its_own() -> None:
    filed = make_report(contact=Contact("陈小姐", "13800001234"), naming=Naming.NAMED)
    at = f"/zh-hans/report/contact/{filed.number}/"
    clerk = client_of(make_actor("clerk", permits.SEE, permits.CONTACT, ceiling=VAULT))

    asked, empty = clerk.get(at), clerk.post(at, {"reason": ""})
    shown = clerk.post(at, {"reason": "问门牌"})

    assert "13800001234" not in asked.content.decode() + empty.content.decode()
    assert (empty.status_code, shown.status_code) == (422, 200)
    assert "+8613800001234" in shown.content.decode()
    seer = client_of(make_actor("seer", permits.SEE, ceiling=VAULT))
    assert seer.post(at, {"reason": "问门牌"}).status_code == 404
    assert client_of(make_actor("x")).get(at).status_code == 404


def test_words_suggest_what_it_is_about_and_decide_nothing() -> None:
    client = Client()
    lamp = client.post("/zh-hans/report/suggest", {"text": "巷口的路灯不亮", "place": CODE})
    nothing = client.post("/zh-hans/report/suggest", {"text": "", "place": CODE})

    chosen = re.search(r'name="category" value="(\d+)"', lamp.content.decode())[1]  # type: ignore[index]
    assert "checked" not in lamp.content.decode().split('value=""')[0]
    assert nothing.status_code == 204
    assert client.post(FORM, given(category="999999")).status_code == 422
    assert client.post(FORM, given(text="巷口的路灯不亮")).status_code == 303
    assert client.post(FORM, given(category=chosen)).status_code == 303
    assert list(Case.objects.order_by("pk").values_list("category_id", flat=True)) == [
        None, int(chosen),
    ]  # fmt: skip


def test_what_was_answered_already_is_offered_once_before_sending() -> None:
    client, form = Client(), given(text="公交站的路灯不亮了")
    found = [Alike("公交站的路灯坏了", "已经修好。", (CODE, "JB-2026-0009"), is_open=False)]
    with patch("linli.cases.views.reporting.alike", return_value=found):
        offered = client.post(FORM, form)
        page = offered.content.decode()
        assert not Case.objects.exists()
        again = client.post(FORM, {**form, "seen": "1", "key": str(uuid4())})

    assert offered.status_code == 200 and "已经修好。" in page and 'name="seen" value="1"' in page
    # Back from there would ask whether to send the form again: the form stays open beside it
    link = re.search(rf'<a [^>]*/places/{CODE}/cases/JB-2026-0009/"[^>]*>[^<]*', page)[0]  # type: ignore[index]
    assert 'target="_blank"' in link and "新标签页" in link
    assert again.status_code == 303


def test_a_tap_says_where_it_is_and_the_place_need_not_be_described() -> None:
    make_outline(CODE, 113.75, 23.04)
    client = Client()
    page = client.get(f"{FORM}?place={CODE}").content.decode()
    assert "data-here" in page and "ui/js/here.js" in page

    sent = client.post(FORM, given(where="", lon="113.75", lat="23.04"))
    bare = client.post(FORM, given(where="", text="井盖"))

    case = Case.objects.get()
    assert (sent.status_code, bare.status_code) == (303, 422)
    assert (case.lon, case.lat) == (113_750_000, 23_040_000)
    assert case.path == VILLAGE
    assert faults() == []


def test_a_point_outside_the_city_is_told_and_left_out_of_the_next_try() -> None:
    far = Client().post(FORM, given(lon="116.397", lat="39.909"))

    page = far.content.decode()
    assert far.status_code == 422
    assert 'name="lon" value=""' in page and "榕树巷12号" in page
    assert not Case.objects.exists()


def test_where_the_point_lies_in_another_village_it_is_asked_which_is_meant() -> None:
    client, other = Client(), "441900006001"
    make_village(other)
    make_outline(other, 113.95, 23.04)
    form = given(lon="113.95", lat="23.04")

    asked = client.post(FORM, form)

    page = asked.content.decode()
    assert asked.status_code == 422 and not Case.objects.exists()
    assert f'name="place" value="{other}"' in page and 'name="no_point"' in page
    there = client.post(FORM, {**form, "place": [CODE, other], "key": str(uuid4())})
    here = client.post(FORM, {**form, "text": "井盖", "no_point": "1", "key": str(uuid4())})
    assert (there.status_code, here.status_code) == (303, 303)
    first, second = Case.objects.order_by("pk")
    assert (other in first.path, first.lon is not None) == (True, True)
    assert (second.path, second.lon) == (VILLAGE, None)


def test_the_code_is_sent_without_standing_in_an_address_and_its_browser_knows_it_for_a_while() -> (
    None
):
    filed, other = make_report(), make_report()
    client, page_of = Client(), "/zh-hans/follow/{}/".format

    wrong = client.post("/zh-hans/follow/", {"number": filed.number, "code": other.code})
    walls = [
        client.post(
            "/zh-hans/follow/", {"number": other.number, "code": f"GUESS{n:05d}"}
        ).status_code
        for n in range(12)
    ]
    assert walls[0] == 404 and walls[-1] == 429
    assert wrong.status_code == 404 and not client.cookies.get("linli_opened")
    found = client.post("/zh-hans/follow/", {"number": filed.number.lower(), "code": filed.code})

    assert (found.status_code, found["Location"]) == (303, page_of(filed.number))
    cookie = client.cookies["linli_opened"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 1800
    opened = client.get(page_of(filed.number)).content.decode()
    assert "路灯不亮" in opened and '<meta name="ll-strip" content="code">' in opened
    assert client.get(f"/zh-hans/report/receipt/{filed.number}/").status_code == 200
    assert "路灯不亮" not in client.get(page_of(other.number)).content.decode()
    added = client.post(f"/zh-hans/follow/{filed.number}/withdraw", {"key": str(uuid4())})
    assert (added.status_code, Case.objects.get(pk=filed.case_id).is_open) == (303, False)


@pytest.mark.parametrize("kept", ["", "nonsense", "eyJhIjoxfQ:1:x"])
def test_a_cookie_that_we_did_not_sign_opens_nothing(kept: str) -> None:
    filed = make_report()
    client = Client()
    client.cookies["linli_opened"] = kept

    assert "路灯不亮" not in client.get(f"/zh-hans/follow/{filed.number}/").content.decode()
    assert client.get(f"/zh-hans/report/receipt/{filed.number}/").status_code == 404
