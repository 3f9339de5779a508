"""A report comes in: where, what, by whom, with which photos, and what is turned down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from linli.cases import permits
from linli.cases.errors import AlreadyFiled, Missing, NumbersInText, OtherPlace, PhotoGone
from linli.cases.models import Assignment, Case, CaseEvent, CaseFile, PublicWords, Reporter
from linli.cases.queries.following import by_code
from linli.cases.services import assigning
from linli.cases.services.contacts import reveal_sealed
from linli.cases.services.filing import file_report, refer_accusation
from linli.cases.services.photos import keep_photos
from linli.cases.testing import NOON, VILLAGE, clerk_of, faults, make_report
from linli.cases.types.filing import MOST_PHOTOS, Contact, Filing, Naming
from linli.cases.types.moves import At, To
from linli.files.models import StoredFile
from linli.files.testing import BytesUpload, own_home, photo, png_that_claims
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import ACCUSATION, NOBODY, VAULT
from linli.kernel.testing import client_of, make_actor
from linli.notify.models import Delivery, Message
from linli.orgs.testing import make_holding, make_post
from linli.places.testing import make_outline, make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
ELSEWHERE = "441900006001"
PHONE = Contact("陈小姐", "138 0000 1234")


@pytest.fixture
def home(tmp_path: Any, settings: Any) -> Iterator[Any]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def sent(content: bytes, name: str = "a.jpg") -> str:
    kept, refused = keep_photos([BytesUpload(content, name)], actor=NOBODY, now=NOON)
    assert not refused
    return str(kept[0].code)


def test_a_report_without_an_account_has_number_code_and_no_name_anywhere() -> None:
    filed = make_report("巷口路灯不亮", where="榕树巷12号")

    case = Case.objects.get()
    assert (case.number, case.channel, case.matter, case.path) == (
        filed.number, "page", "help", VILLAGE,
    )  # fmt: skip
    assert PublicWords.objects.get().said == {"text": "榕树巷12号\n巷口路灯不亮"}
    assert case.waits_for_release and not case.is_released
    assert by_code(filed.number, filed.code) == case
    reporter = Reporter.objects.get()
    assert (reporter.naming, reporter.contact, reporter.account_id) == ("anonymous", None, None)
    assert CaseEvent.objects.order_by("seq").first().by == "reporter"
    assert faults() == []


def test_a_contact_is_sealed_and_opened_with_a_reason_that_stays() -> None:
    filed = make_report(contact=PHONE, naming=Naming.NAMED)
    case, clerk = Case.objects.get(), make_actor("clerk", permits.CONTACT, ceiling=VAULT)

    reporter = Reporter.objects.get()
    assert reporter.phone_masked == "138****1234"
    assert "1380000" not in str(bytes(reporter.contact)) and filed.code not in str(case.__dict__)
    with pytest.raises(Invalid):
        reveal_sealed(case, " ", actor=clerk, now=NOON)
    with pytest.raises(Missing):
        reveal_sealed(case, "x" * 201, actor=clerk, now=NOON)
    opened = reveal_sealed(case, "ask for the door code", actor=clerk, now=NOON)

    assert opened.contact == Contact("陈小姐", "+8613800001234") and opened.answers == ()
    read = Entry.objects.get(verb="read")
    assert "ask for the door code" in json.dumps(read.details)


@pytest.mark.parametrize(
    "actor",
    [
        NOBODY,
        clerk_of(),
        make_actor("other town", permits.CONTACT, at="441900/441900006/", ceiling=VAULT),
        make_actor("clerk", permits.CONTACT),
    ],
)
def test_a_contact_stays_closed_to_others(actor) -> None:  # type: ignore[no-untyped-def]
    make_report(contact=PHONE, naming=Naming.NAMED)

    with pytest.raises(NotAllowed):
        reveal_sealed(Case.objects.get(), "curious", actor=actor, now=NOON)


def test_a_withheld_name_is_opened_by_a_supervisor_alone() -> None:
    make_report(contact=PHONE, naming=Naming.WITHHELD)
    case = Case.objects.get()
    clerk = make_actor("clerk", permits.CONTACT, ceiling=VAULT)
    chief = make_actor("chief", permits.CONTACT, permits.SUPERVISE, ceiling=VAULT)

    with pytest.raises(NotAllowed):
        reveal_sealed(case, "ask back", actor=clerk, now=NOON)

    assert reveal_sealed(case, "ask back", actor=chief, now=NOON).contact.name == "陈小姐"
    # where who supervises handles it as well, the promise holds: the place above opens it
    assigning.offer(At(case.pk), To("lead", 9, 31), actor=clerk_of(), now=NOON)
    handling = replace(chief, posts=frozenset({31}))
    with pytest.raises(NotAllowed):
        reveal_sealed(case, "ask back", actor=handling, now=NOON)
    assigning.accept(At(case.pk), 1, actor=replace(clerk_of(), posts=frozenset({31})), now=NOON)
    with pytest.raises(NotAllowed):
        reveal_sealed(case, "ask back", actor=handling, now=NOON)


def test_the_reporter_reads_which_post_opened_her_contact_and_why() -> None:
    filed = make_report(contact=PHONE, naming=Naming.NAMED)
    post = make_post(title="主任")
    clerk = make_actor("clerk", permits.CONTACT, ceiling=VAULT)
    clerk = replace(clerk, grants=tuple(replace(one, post_id=post.pk) for one in clerk.grants))
    page = f"/zh-hans/follow/{filed.number}/?code={filed.code}"
    before = client_of(NOBODY).get(page).content.decode()

    reveal_sealed(Case.objects.get(), "约时间上门看灯", actor=clerk, now=NOON)

    after = client_of(NOBODY).get(page).content.decode()
    assert "谁看过您的联系方式" not in before
    assert "约时间上门看灯" in after and "主任" in after


@pytest.mark.parametrize("naming", [Naming.NAMED, Naming.WITHHELD])
def test_of_a_withheld_name_not_even_digits_are_shown(naming: Naming) -> None:
    make_report(contact=PHONE, naming=naming)
    clerk = make_actor("clerk", permits.SEE, permits.HANDLE, permits.CONTACT, ceiling=VAULT)

    sheet = client_of(clerk).get(f"/zh-hans/desk/cases/{Case.objects.get().number}/")

    assert sheet.status_code == 200
    assert ("138****1234" in sheet.content.decode()) == (naming is Naming.NAMED)


def test_an_anonymous_report_has_no_contact_to_open() -> None:
    make_report()
    chief = make_actor("chief", permits.CONTACT, permits.SUPERVISE, ceiling=VAULT)

    with pytest.raises(NotFound):
        reveal_sealed(Case.objects.get(), "who was it", actor=chief, now=NOON)


def test_who_is_signed_in_has_it_among_her_affairs_and_stays_out_of_the_trail() -> None:
    her = make_actor("her", account_id=7, person_id=None)

    filed = make_report(actor=her, is_mine=True, naming=Naming.NAMED)

    assert Reporter.objects.get().account_id == 7
    assert Message.objects.get().subject.endswith(f"{filed.number}") or filed.number in (
        Message.objects.get().subject
    )
    assert not Entry.objects.filter(account_id=7).exists()
    assert not CaseEvent.objects.filter(account_id=7).exists()


def test_a_number_to_call_gets_the_receipt_by_text_message() -> None:
    make_report(contact=PHONE, by_sms=True)

    delivery = Delivery.objects.get()
    assert (delivery.template, delivery.channel) == ("cases.filed", "sms")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"place": ""}, "place"),
        ({"place": "999999999999"}, "place"),
        ({"text": "  "}, "text"),
        ({"text": "x" * 5001}, "text"),
        ({"text": "😡😡😡"}, "text"),
        ({"matter": "murder"}, "matter"),
        ({"category_id": 999_999}, "category"),
        ({"spot": "NOSUCHSPOT"}, "place"),
        ({"contact": Contact(phone="1380000123")}, "phone"),
        ({"place": "", "point": (113.75, 51.5)}, "point"),
        ({"place": "", "point": (1e9, 0.0)}, "point"),
        ({"photos": ("NOSUCHPHOTO123",)}, "photos"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(more, field) -> None:  # type: ignore[no-untyped-def]
    make_village("441900005001")
    given = {"text": "路灯不亮", "channel": "page", "place": "441900005001", **more}

    with pytest.raises(Invalid) as refused:
        file_report(Filing(**given), actor=NOBODY, now=NOON)

    assert set(refused.value.fields) == {field}
    assert Case.objects.count() == Reporter.objects.count() == 0


def test_five_thousand_signs_and_html_are_kept_as_written() -> None:
    text = "<script>alert(1)</script>" + "字" * (5000 - 25)

    make_report(text)

    assert PublicWords.objects.get().said["text"] == text
    assert len(Case.objects.get().title) == 60


def test_numbers_of_others_are_asked_back_once() -> None:
    with pytest.raises(NumbersInText) as refused:
        make_report("找他 13900001234")
    assert "13900001234" not in str(refused.value.fields)
    assert "139******34" in str(refused.value.fields)

    make_report("找他 13900001234", numbers_meant=True)
    make_report("回电 13800001234", contact=PHONE)

    assert Case.objects.count() == 2
    assert "13900001234" not in Case.objects.order_by("pk")[0].title


def test_a_point_finds_its_village_and_two_places_are_asked() -> None:
    make_village("441900005001"), make_village(ELSEWHERE)
    make_outline("441900005001", 113.75, 23.04)
    make_outline(ELSEWHERE, 113.95, 23.04)

    at_point = Filing("路灯不亮", "page", point=(113.75, 23.04))
    filed = file_report(at_point, actor=NOBODY, now=NOON)
    case = Case.objects.get(pk=filed.case_id)
    assert (case.path, case.lon, case.lat) == (VILLAGE, 113_750_000, 23_040_000)

    town = Filing("路灯不亮", "page", place="441900005", point=(113.75, 23.04))
    assert Case.objects.get(pk=file_report(town, actor=NOBODY, now=NOON).case_id).path == VILLAGE

    both = Filing("路灯不亮", "page", place=ELSEWHERE, point=(113.75, 23.04))
    with pytest.raises(OtherPlace) as refused:
        file_report(both, actor=NOBODY, now=NOON)
    assert refused.value.details["nearest"] == "441900005001"
    assert Case.objects.count() == 2


def test_the_same_report_comes_in_once() -> None:
    uuid = uuid4()
    make_report(uuid=uuid)

    with pytest.raises(AlreadyFiled):
        make_report(uuid=uuid)

    assert Case.objects.count() == 1


def test_a_report_is_offered_to_the_office_of_the_place() -> None:
    make_village("441900005001")
    post = make_post()
    make_holding(post)

    make_report()

    part = Assignment.objects.get()
    assert (part.role, part.state, part.post_id) == ("lead", "offered", post.pk)
    assert faults() == []


@pytest.mark.parametrize("channel", ["counter", "phone", "visit", "letter"])
def test_only_the_office_takes_reports_down_for_others(channel: str) -> None:
    clerk = make_actor("clerk", permits.INTAKE)
    with pytest.raises(NotAllowed):
        make_report(channel=channel)
    with pytest.raises(NotAllowed):
        make_report(channel=channel, actor=make_actor("x", permits.INTAKE, at="441900/441900006/"))
    assert not Case.objects.exists()

    make_report(channel=channel, actor=clerk, contact=PHONE, naming=Naming.NAMED)

    reporter = Reporter.objects.get()
    assert (reporter.is_on_behalf, reporter.account_id, reporter.naming) == (True, None, "named")
    assert CaseEvent.objects.order_by("seq").first().by == "person"
    assert Case.objects.get().channel == channel


def test_an_accusation_of_an_official_is_led_on_and_only_that_is_kept() -> None:
    make_village("441900005001")
    given = Filing("村主任收红包", "page", place="441900005001")

    refer_accusation(given, actor=make_actor("her", account_id=7), now=NOON)

    entry = Entry.objects.get(verb="cases.accusation_referred")
    assert (entry.level, entry.account_id, entry.path) == (ACCUSATION, None, VILLAGE)
    assert "红包" not in json.dumps(entry.details)
    assert not Case.objects.exists() and not PublicWords.objects.exists()


def test_photos_lose_their_position_and_hang_on_the_case(home: Any) -> None:
    code = sent(photo(with_exif=True))

    filed = make_report(photos=(code,))

    one = CaseFile.objects.select_related("file", "event").get()
    assert (one.case_id, one.event.seq, one.is_by_reporter, one.released_at) == (
        filed.case_id, 1, True, None,
    )  # fmt: skip
    content = (home / "files" / one.file.storage_name).read_bytes()
    assert b"SecretPhone" not in content and b"Exif" not in content
    assert (one.file.owner_kind, one.file.place) == ("cases.case", VILLAGE)
    assert one.file.retention_until is None


def test_a_broken_photo_and_a_bomb_are_named_and_the_others_stay(home: Any) -> None:
    uploads = [
        BytesUpload(photo(), "good.jpg"),
        BytesUpload(b"\xff\xd8\xff broken", "broken.jpg"),
        BytesUpload(png_that_claims(60_000, 60_000), "bomb.png"),
        BytesUpload(photo(80, 60), "too.jpg"),
    ]

    kept, refused = keep_photos(uploads, actor=NOBODY, now=NOON)

    assert [file.name for file in kept] == ["good.jpg", "too.jpg"]
    assert ["broken.jpg" in str(refused[0]), "bomb.png" in str(refused[1])] == [True, True]


def test_of_twenty_photos_as_many_are_kept_as_a_report_may_have(home: Any) -> None:
    uploads = [BytesUpload(photo(40 + n, 40), f"{n}.jpg") for n in range(20)]

    kept, refused = keep_photos(uploads, actor=NOBODY, now=NOON)

    assert len(kept) == MOST_PHOTOS
    assert [one.code for one in refused] == ["too_many_files"]
    assert StoredFile.objects.count() == MOST_PHOTOS


def test_a_photo_hangs_on_one_report_only(home: Any) -> None:
    code = sent(photo())
    make_report(photos=(code,))

    with pytest.raises(PhotoGone):
        make_report(photos=(code,))

    assert Case.objects.count() == 1


def test_words_are_needed_even_with_a_photo(home: Any) -> None:
    code = sent(photo())
    with pytest.raises(Missing):
        make_report("", photos=(code,))

    make_report("😡", photos=(code,))

    assert Case.objects.count() == 1
