"""Questions answered by files, points, places and by computing: asked everywhere, kept as the others are."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.access.testing import make_post
from linli.cases import permits
from linli.cases.models import (
    Case,
    CaseEvent,
    CaseFile,
    Category,
    PublicWords,
    Reporter,
    RoutingRule,
    RuleSet,
)
from linli.cases.services.forgetting import forget_reporter
from linli.cases.services.keeping import let_contacts_go
from linli.cases.testing import NOON, VILLAGE, faults
from linli.cases.tests.report_form import CODE, FORM, given
from linli.cases.types.filing import UNDER_SEAL
from linli.files.models import StoredFile
from linli.files.testing import photo
from linli.formkit import permits as form_permits
from linli.formkit.testing import field, make_published, make_spec
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import VAULT, system_actor
from linli.kernel.testing import client_of, make_actor, post_json
from linli.orgs.testing import make_holding
from linli.places.testing import make_outline
from linli.trail.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
DESIGNER = make_actor("designer", form_permits.DESIGN, at=CITY_PATH, account_id=11)
CLERK = make_actor("clerk", permits.CONTACT, permits.INTAKE, permits.SEE, at=VILLAGE, ceiling=VAULT)
JOB = system_actor("cases.keep")
FIELDS: dict[str, Any] = {
    "heap": field("photos", "垃圾堆照片", required=True, max_files=2),
    "slip": field("files", "运单"),
    "at": field("point", "堆在哪里"),
    "from": field("place", "哪里运来", root="441900/"),
    "loads": field("whole", "几车"),
    "each": field("whole", "每车几方"),
    "whole": field("computed", "一共几方", result="whole"),
    "plate": field("photos", "车牌照片", sealed=True),
}
COMPUTE = {"whole": {"op": "product", "of": [{"field": "loads"}, {"field": "each"}]}}
TYPED = {
    "asked": "waste-dumping.1", "answer-at": ["113.75", "23.04"], "answer-from": "441900005",
    "answer-loads": "3", "answer-each": "4",
}  # fmt: skip
SAID = "榕树巷12号\n路灯不亮\n垃圾堆照片：1 个文件\n运单：1 个文件\n堆在哪里：113.750000, 23.040000（441900005001）"
REPORTS, PHOTOS = "/api/v1/reports/", "/api/v1/reports/photos"


@pytest.fixture
def waste() -> Category:
    make_outline("441900005001", 113.75, 23.04)
    spec = make_spec(FIELDS, compute=COMPUTE)
    make_published(spec, now=NOON, actor=DESIGNER, key="report-waste-dumping", place=CITY_PATH)
    return Category.objects.get(code="waste_dumping")


def jpeg(name: str = "heap.jpg", width: int = 64) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(width, 48, with_exif=True), "image/jpeg")


def slip() -> SimpleUploadedFile:
    return SimpleUploadedFile("运单.csv", "车次,方数\n1,4\n".encode(), "text/csv")


def kept_in(page: str, key: str) -> str:
    found = re.search(rf'name="answer-{key}-kept" value="([^"]*)"', page)
    assert found is not None, key
    return found[1]


@pytest.mark.parametrize("channel", ["page", "counter", "phone"])
def test_each_is_asked_and_kept_with_the_report_what_is_sealed_apart(
    waste: Category, channel: str
) -> None:
    client = Client() if channel == "page" else client_of(CLERK)
    to = FORM if channel == "page" else "/zh-hans/report/counter/"
    typed = given(category=waste.pk, **({} if channel == "page" else {"channel": channel}))
    files = {"answer-heap": jpeg(), "answer-slip": slip(), "answer-plate": jpeg("粤S冼生.jpg", 72)}

    asked = client.post(to, typed).content.decode()
    sent = client.post(to, {**typed, "key": "k2", **TYPED, **files})

    assert 'type="file" id="id_answer-heap" name="answer-heap"' in asked
    assert 'data-computed="whole"' in asked and 'value="441900005"' in asked
    assert sent.status_code == 303
    said = PublicWords.objects.get().said["text"]
    assert said.startswith(SAID) and "一共几方：12" in said and "车牌" not in said
    hung = {one.asked: one.file for one in CaseFile.objects.select_related("file")}
    assert {asked: file.kind for asked, file in hung.items()} == {
        "垃圾堆照片": "jpeg",
        "运单": "csv",
    }
    plate = StoredFile.objects.get(owner_kind=UNDER_SEAL)
    assert (plate.owner_id, plate.level, plate.name) == (Case.objects.get().pk, VAULT, "file.jpg")
    assert plate.content_key is not None and plate.retention_until is None
    assert faults() == []


def test_files_stay_while_an_answer_is_put_right_and_are_taken_back_one_by_one(
    waste: Category,
) -> None:
    client, typed = Client(), given(category=waste.pk, **TYPED)
    wrong = {**typed, "answer-loads": "many"}
    two = {"answer-heap": [jpeg("a.jpg"), jpeg("b.jpg", 72)], "answer-plate": jpeg()}

    first = client.post(FORM, {**wrong, **two}).content.decode()
    held = {f"answer-{key}-kept": kept_in(first, key) for key in ("heap", "plate")}
    codes = held["answer-heap-kept"].split(",")
    less = client.post(FORM, {**wrong, **held, "drop_answer": f"heap:{codes[0]}", "key": "k2"})
    left = {**held, "answer-heap-kept": kept_in(less.content.decode(), "heap")}
    sent = client.post(FORM, {**typed, **left, "key": "k3"})

    assert 'href="#id_answer-loads"' in first and len(codes) == 2
    assert "data-faults" not in less.content.decode(), "nobody is judged for taking a file back"
    assert sent.status_code == 303
    assert [one.file.code for one in CaseFile.objects.select_related("file")] == codes[1:]
    assert StoredFile.objects.filter(owner_kind=UNDER_SEAL).count() == 1


def test_a_file_that_is_refused_is_told_beside_its_question_and_the_others_stay(
    waste: Category,
) -> None:
    bad = SimpleUploadedFile("a.jpg", b"no photo at all", "image/jpeg")
    typed = given(category=waste.pk, **TYPED)

    page = Client().post(FORM, {**typed, "answer-heap": bad, "answer-slip": slip()})
    many = Client().post(FORM, {**typed, "answer-heap": [jpeg() for _n in range(3)], "key": "k2"})
    none = Client().post(FORM, {**typed, "key": "k3"})

    text = page.content.decode()
    assert page.status_code == 200 and text.count('href="#id_answer-heap"') == 1
    assert kept_in(text, "heap") == "" and kept_in(text, "slip")
    assert 'href="#id_answer-heap"' in many.content.decode()
    assert len(kept_in(many.content.decode(), "heap").split(",")) == 2
    assert none.status_code == 422 and 'href="#id_answer-heap"' in none.content.decode()
    assert not Case.objects.exists()


def filed(waste: Category) -> str:
    """File a report with files; return its code."""
    sent = {"answer-heap": jpeg(), "answer-plate": jpeg("p.jpg", 72), "answer-slip": slip()}
    answer = Client().post(FORM, given(category=waste.pk, **TYPED, **sent))
    assert answer.status_code == 303
    return str(answer["Location"].partition("code=")[2])


def test_a_sealed_file_is_opened_with_a_reason_on_record_by_who_may_and_by_nobody_else(
    waste: Category,
) -> None:
    filed(waste)
    number = Case.objects.get().number
    address = f"/zh-hans/report/contact/{number}/"
    plate = StoredFile.objects.get(owner_kind=UNDER_SEAL)
    why = {"reason": "find the truck", "file": plate.code}
    handler = client_of(make_actor("handler", permits.HANDLE, permits.SEE, at=VILLAGE))
    heap = CaseFile.objects.get(asked="垃圾堆照片").file.code

    shown = client_of(CLERK).post(address, {"reason": "find the truck"}).content.decode()
    content = client_of(CLERK).post(address, why)
    other = client_of(CLERK).post(address, {**why, "file": heap})
    unsaid = client_of(CLERK).post(address, {**why, "reason": " "})

    assert "车牌照片" in shown and f'value="{plate.code}"' in shown
    assert content.status_code == 200 and b"".join(content)[:2] == b"\xff\xd8"
    told = (
        client_of(CLERK)
        .post(
            f"/api/v1/cases/{number}/contact",
            {"reason": "by a program"},
            content_type="application/json",
        )
        .json()
    )
    assert {one["code"] for one in told["files"]} >= {plate.code}
    handed = client_of(CLERK).post(
        f"/api/v1/cases/{number}/contact", {"reason": "by a program", "file": plate.code},
        content_type="application/json",
    )  # fmt: skip
    assert handed["Content-Type"] == "image/jpeg" and handed.content[:2] == b"\xff\xd8"
    assert "no-store" in content["Cache-Control"]
    assert (
        Entry.objects.filter(verb="read", details__contains={"reason": "find the truck"}).count()
        == 2
    )
    assert other.status_code == 404 and unsaid.status_code == 422
    assert handler.post(address, why).status_code == 404
    for one in (handler, client_of(CLERK)):
        assert one.get(reverse("files:download", args=[heap])).status_code == 200
        assert one.get(reverse("files:download", args=[plate.code])).status_code == 404


def test_the_sheet_shows_files_beside_their_question_and_prints_them(waste: Category) -> None:
    code, client = filed(waste), client_of(CLERK)
    number = Case.objects.get().number

    sheet = client.get(f"/zh-hans/desk/cases/{number}/").content.decode()
    paper = client.get(f"/zh-hans/desk/cases/{number}/print/").content.decode()
    told = client.get(f"/api/v1/cases/{number}/").json()["story"][-1]
    hers = Client().get(f"/zh-hans/follow/{number}/?code={code}").content.decode()

    for words in ("垃圾堆照片", "运单.csv"):
        assert words in sheet
    assert "车牌照片" not in sheet
    assert "运单.csv" in paper and "运单.csv" in hers and "照片和文件" in hers
    assert {one["asked"]: len(one["files"]) for one in told["answers"]} == {
        "垃圾堆照片": 1,
        "运单": 1,
    }


def test_files_under_seal_go_with_the_contact_and_with_an_erasure(waste: Category) -> None:
    filed(waste)
    case, late = Case.objects.get(), NOON + timedelta(days=800)

    assert let_contacts_go(10, actor=JOB, now=late) == 0, "it is still open"
    Case.objects.update(is_open=False, closed_at=NOON, changed_at=NOON, state="closed")
    assert let_contacts_go(10, actor=JOB, now=NOON + timedelta(days=300)) == 0
    assert StoredFile.objects.get(owner_kind=UNDER_SEAL).state == "kept"
    assert let_contacts_go(10, actor=JOB, now=late) == 1
    assert StoredFile.objects.get(owner_kind=UNDER_SEAL).state == "erased"
    assert Reporter.objects.get().answers is None
    assert CaseFile.objects.filter(file__state="kept").count() == 2
    assert let_contacts_go(10, actor=JOB, now=late) == 0
    forget_reporter(case.pk, actor=JOB, now=late)
    assert not StoredFile.objects.filter(state="kept").exists()


def test_a_rule_sends_by_the_town_of_a_place_and_of_a_point(waste: Category) -> None:
    post = make_post()
    make_holding(post)
    rules = RuleSet.objects.create(
        path=VILLAGE, title="r", state="in_force", since=date(2020, 1, 1), made_at=NOON, made_by="x",
    )  # fmt: skip
    rule = RoutingRule.objects.create(
        rule_set=rules, order=1, title="r", org_id=post.organisation_id, post_id=post.pk,
        answers={"at": ["441900005001"], "from": ["441900005", "441900006"]},
    )  # fmt: skip

    filed(waste)

    route = CaseEvent.objects.get(move="offer").facts["route"]
    assert route["rule"] == rule.pk
    assert route["answers"] == {"at": VILLAGE.rstrip("/"), "from": "441900/441900005"}


def taken_in(file: SimpleUploadedFile, **more: str) -> str:
    query = "&".join(f"{key}={value}" for key, value in more.items())
    answer = Client().post(
        f"{PHOTOS}?{query}", {"photos": file}, headers={"Idempotency-Key": str(uuid4())}
    )
    assert answer.status_code == 201, answer.content
    return str(answer.json()["kept"][0]["code"])


def test_a_program_sends_files_by_their_codes_a_point_and_a_place(waste: Category) -> None:
    answers: dict[str, Any] = {
        "heap": [taken_in(jpeg())], "slip": [taken_in(slip(), for_question="open")],
        "plate": [taken_in(jpeg("p.jpg", 72), for_question="sealed")], "at": "113.75,23.04",
        "from": "441900005", "loads": "3", "each": "4",
    }  # fmt: skip
    body = {"text": "路灯不亮", "where": "榕树巷12号", "place": CODE, "category": waste.pk}

    answer = post_json(Client(), REPORTS, {**body, "answers": answers})

    assert answer.status_code == 201, answer.content
    said = PublicWords.objects.get().said["text"]
    assert said.startswith(SAID) and "一共几方：12" in said
    assert CaseFile.objects.count() == 2
    assert StoredFile.objects.get(owner_kind=UNDER_SEAL).level == VAULT


def test_a_program_is_told_which_file_or_answer_is_wrong_and_nothing_is_kept(
    waste: Category,
) -> None:
    body = {"text": "路灯不亮", "place": CODE, "category": waste.pk}
    heap = taken_in(jpeg())
    for wrong, named in (
        ({"heap": ["nosuch"]}, "answers.heap"),
        ({"heap": [{"a": "b"}]}, "answers.heap"),
        ({"heap": [heap], "plate": [heap]}, "answers.plate"),
        ({"heap": [taken_in(slip(), for_question="open")]}, "answers.heap"),
        ({"heap": [heap], "whole": "12"}, "answers.whole"),
        ({"heap": [heap], "at": "113.75"}, "answers.at"),
        ({"heap": [heap], "from": "441900999"}, "answers.from"),
        ({}, "answers.heap"),
    ):
        answer = post_json(Client(), REPORTS, {**body, "answers": wrong})
        assert answer.status_code == 422 and named in answer.json()["fields"], wrong
    assert not Case.objects.exists() and not CaseFile.objects.exists()
