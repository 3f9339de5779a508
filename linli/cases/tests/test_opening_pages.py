"""Pages and API by which staff open cases, take their steps and print their papers."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases import permits
from linli.cases.forms.steps import TransferForm
from linli.cases.models import Case, CaseFile, Reporter
from linli.cases.testing import clerk_of
from linli.cases.tests.offices import (
    CITY,
    TOWN,
    VILLAGE,
    person,
    petition_office,
    post_at,
)
from linli.documents.models import Document
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, post_json
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db
NEW, API = "/en/cases/new/", "/api/v1/cases/new/"
PETITION = {
    "matter": "appeal", "channel": "visit", "visitors": "2", "text": "My field was never paid.",
    "name": "陈大文", "phone": "13800001234", "about": "", "same_as": "",
}  # fmt: skip


def town_clerk(*posts: int) -> Actor:
    return petition_office(*posts)


def mayor(*posts: int) -> Actor:
    held = (permits.SEE, permits.HANDLE, permits.DIRECT, permits.PAPERS, permits.DISPATCH)
    return person(TOWN, *held, posts=posts)


def sent(actor: Actor, where: str, said: dict[str, Any] | None = None, **more: Any) -> Any:
    """Send a form as a page does, with the key that makes it happen once."""
    return client_of(actor).post(where, {"key": str(uuid4()), **(said or {}), **more})


def send(actor: Actor, kind: str, said: dict[str, Any], **more: Any) -> Any:
    return sent(actor, f"{NEW}{kind}/", said, **more)


def test_each_sees_what_she_may_open() -> None:
    make_village("441900005001")
    clerk = person(VILLAGE, permits.VISITS, permits.HANDLE, permits.SEE)

    village = client_of(clerk).get(NEW).content.decode()
    town = client_of(town_clerk()).get(NEW).content.decode()

    assert f"{NEW}visit/" in village and f"{NEW}property_complaint/" in village
    assert f"{NEW}petition/" not in village and f"{NEW}directive/" not in village
    assert f"{NEW}petition/" in town and f"{NEW}visit/" not in town
    for address in (NEW, f"{NEW}petition/", f"{NEW}nonsense/"):
        assert client_of(NOBODY).get(address).status_code in (302, 404)
    assert client_of(clerk).get(f"{NEW}petition/").status_code == 404
    assert client_of(clerk).get(f"{NEW}visit/?place=441900006001").status_code == 404


def test_a_petition_is_registered_and_its_receipt_has_the_code() -> None:
    make_village("441900005001")

    got = send(town_clerk(), "petition", PETITION)

    case = Case.objects.get()
    assert got.status_code == 303
    assert f"/report/receipt/{case.number}/?code=" in got["Location"]
    receipt = client_of(town_clerk()).get(got["Location"])
    assert receipt.status_code == 200
    assert case.number in receipt.content.decode()
    assert Reporter.objects.get().phone_masked == "138****1234"


@pytest.mark.parametrize("is_taken", [False, True])
def test_who_registers_what_nobody_may_take_up_is_told_so(
    is_taken: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_village("441900005001")
    if is_taken:
        found = "linli.cases.views.openings.somebody_may_take"
        monkeypatch.setattr(found, lambda case_id, now: True)
    client = client_of(town_clerk())

    got = client.post(f"{NEW}petition/", {"key": str(uuid4()), **PETITION})

    told = "it is on nobody&#39;s desk" in client.get(got["Location"]).content.decode()
    assert told is not is_taken


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": ""}, "id_text"),
        ({"visitors": "6"}, "At most 5 representatives"),
        ({"same_as": "XF-2019-0001"}, "no petition of this number"),
        ({"phone": "12"}, "id_phone"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(
    change: dict[str, str], words: str
) -> None:
    make_village("441900005001")

    got = send(town_clerk(), "petition", {**PETITION, **change})

    told = got.content.decode()
    assert got.status_code == 422
    assert words in told and "陈大文" in told
    assert not Case.objects.exists()


def test_an_accusation_is_referred_and_nothing_of_it_is_kept() -> None:
    make_village("441900005001")

    got = send(town_clerk(), "petition", {**PETITION, "matter": "accusation"})

    assert got.status_code == 303
    assert "12388" in client_of(town_clerk()).get(got["Location"]).content.decode()
    assert not Case.objects.exists() and not Reporter.objects.exists()
    entry = Entry.objects.get(verb="cases.accusation_referred")
    assert entry.level == 7
    assert "never paid" not in str(vars(entry))


def pdf(name: str = "letter.pdf") -> SimpleUploadedFile:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(stream, "PDF")
    return SimpleUploadedFile(name, stream.getvalue(), "application/pdf")


def test_a_paper_stays_through_a_mistake_and_hangs_on_the_case() -> None:
    make_village("441900005001")
    wrong = send(town_clerk(), "petition", {**PETITION, "text": ""}, papers=pdf())
    told = wrong.content.decode()
    assert "letter.pdf" in told
    kept = told.split('name="kept" value="')[1].split('"')[0]

    got = send(town_clerk(), "petition", PETITION, kept=kept)

    assert got.status_code == 303
    row = CaseFile.objects.get()
    assert (row.file.name, row.case_id) == ("letter.pdf", Case.objects.get().pk)
    assert row.file.owner_kind == "cases.case"


def test_a_broken_paper_is_told_and_the_rest_of_the_form_stays() -> None:
    make_village("441900005001")
    broken = SimpleUploadedFile("x.pdf", b"no pdf at all", "application/pdf")

    got = send(town_clerk(), "petition", PETITION, papers=broken)

    assert got.status_code == 422
    assert "My field was never paid." in got.content.decode()
    assert not Case.objects.exists()


def test_a_paper_that_was_kept_is_taken_out_again() -> None:
    make_village("441900005001")
    told = send(town_clerk(), "petition", {**PETITION, "text": ""}, papers=pdf()).content.decode()
    assert "letter.pdf" in told
    kept = told.split('name="kept" value="')[1].split('"')[0]

    got = send(town_clerk(), "petition", PETITION, kept=kept, drop="1").content.decode()

    assert "letter.pdf" not in got
    assert not Case.objects.exists()


def test_a_task_goes_to_the_posts_and_offices_that_were_ticked() -> None:
    head, village = post_at(TOWN), post_at(VILLAGE)
    actor = mayor(head)
    page = client_of(actor).get(f"{NEW}directive/?place=441900005").content.decode()
    assert f'value="post:{head}"' in page and 'value="place:441900005001"' in page
    said = {
        "title": "Drains", "text": "Clear them.", "due_on": "2099-01-01",
        "to": [f"post:{head}", "place:441900005001"], "basis": "", "cost": "", "paper_number": "",
    }  # fmt: skip

    far = sent(actor, f"{NEW}directive/?place=441900005", said)
    assert far.status_code == 422
    from django.utils.timezone import localdate

    said["due_on"] = localdate().isoformat()
    lacks = sent(actor, f"{NEW}directive/?place=441900005", said)
    assert "names this" in lacks.content.decode()
    got = sent(
        actor, f"{NEW}directive/?place=441900005", {**said, "basis": "VCL art. 43", "cost": "town"}
    )

    assert got.status_code == 303
    assert sorted(Case.objects.values_list("kind", flat=True)) == [
        "directive", "directive", "directive_round",
    ]  # fmt: skip
    assert Case.objects.get(path=VILLAGE).lead_post_id == village
    sheet = client_of(actor).get(got["Location"]).content.decode()
    assert "VCL art. 43" in sheet and "/steps/day/" in sheet


def test_a_secret_paper_never_comes_in() -> None:
    make_village("441900005001")
    said = {"sender": "City", "title": "Notice", "urgency": "usual"}

    refused = sent(mayor(), f"{NEW}incoming/?place=441900005", said)
    got = sent(mayor(), f"{NEW}incoming/?place=441900005", {**said, "no_secret": "on"})

    assert (refused.status_code, got.status_code) == (422, 303)
    assert Case.objects.get().kind == "incoming"


def registered() -> str:
    make_village("441900005001")
    send(town_clerk(), "petition", PETITION)
    return Case.objects.get(kind="petition").number


def test_a_petition_is_passed_on_by_its_form_and_only_by_who_works_on_petitions() -> None:
    number, post = registered(), post_at(TOWN)
    where = f"/en/cases/{number}/steps/transfer/"
    sheet = client_of(town_clerk()).get(f"/en/desk/cases/{number}/").content.decode()
    assert where in sheet
    for other in (NOBODY, clerk_of(TOWN), person(TOWN, permits.PETITIONS)):
        assert client_of(other).get(where).status_code in (302, 404)

    wrong = sent(town_clerk(), where, {"post": "", "text": ""})
    got = sent(town_clerk(), where, {"post": post, "text": "The land office has it."})

    assert (wrong.status_code, got.status_code) == (422, 303)
    assert Case.objects.get().lead_post_id == post
    assert client_of(town_clerk()).get(where).status_code == 404


def test_a_step_that_somebody_else_took_is_told_with_where_it_stands_and_the_words_come_back() -> (
    None
):
    number, post = registered(), post_at(TOWN)
    where = f"/en/cases/{number}/steps/transfer/"
    assert sent(town_clerk(), where, {"post": post, "text": "first"}).status_code == 303

    late = sent(town_clerk(), where, {"post": post, "text": "My long reasons."})

    html = late.content.decode()
    assert late.status_code == 409 and "decided meanwhile" in html and "My long reasons." in html
    other = sent(person(TOWN, permits.SEE), where, {"post": post, "text": "My long reasons."})
    assert other.status_code == 404


def test_a_step_on_an_older_sight_is_refused_with_words_on_the_form() -> None:
    number, post = registered(), post_at(TOWN)

    got = sent(
        town_clerk(),
        f"/en/cases/{number}/steps/transfer/",
        {"post": post, "text": "x", "expected_seq": "7"},
    )

    assert got.status_code == 422
    assert "moved meanwhile" in got.content.decode()
    assert Case.objects.get().state == "registered"


def test_numbered_papers_are_printed_for_the_state_and_by_who_may() -> None:
    number = registered()
    sheet = client_of(town_clerk()).get(f"/en/desk/cases/{number}/").content.decode()
    assert f"/cases/{number}/papers/sheet" in sheet
    assert f"/cases/{number}/papers/accepted" not in sheet

    got = sent(town_clerk(), f"/en/cases/{number}/papers/sheet")
    early = sent(town_clerk(), f"/en/cases/{number}/papers/accepted")
    reader = sent(person(TOWN, permits.PETITIONS), f"/en/cases/{number}/papers/sheet")
    stranger = sent(clerk_of(TOWN), f"/en/cases/{number}/papers/sheet")

    assert (got.status_code, early.status_code, reader.status_code) == (303, 409, 403)
    assert stranger.status_code == 404
    paper = Document.objects.get()
    assert (paper.template, paper.level, paper.about_id) == (
        "cases.petition_sheet", 5, Case.objects.get().pk,
    )  # fmt: skip
    assert paper.number.startswith("XD")


@pytest.mark.parametrize(
    ("key", "move", "said"),
    [
        ("accepted", "accept", {"text": "We look at it."}),
        (
            "not-accepted",
            "not_accept",
            {"text": "A court has it.", "basis": "Petition regulation, art. 19"},
        ),
        ("no-more", "no_more", {"text": "Final.", "basis": "Petition regulation, art. 36"}),
    ],
)
def test_the_petitioner_is_told_in_writing(key: str, move: str, said: dict[str, str]) -> None:
    number = registered()
    done = post_json(client_of(town_clerk()), f"/api/v1/cases/{number}/{move}", said)
    assert done.status_code == 200, done.content

    got = post_json(client_of(town_clerk()), f"/api/v1/cases/{number}/papers/{key}")

    assert got.status_code == 201
    assert Document.objects.get().needs_seal


def test_programs_open_and_step_as_the_pages_do() -> None:
    post = post_at(TOWN)
    town = client_of(town_clerk(post))
    body = {"place": "441900005", "text": "My field was never paid.", "visitors": 2}

    made = post_json(town, f"{API}petition/", body)
    assert made.status_code == 201, made.content
    number = made.json()["number"]
    assert made.json()["code"]
    six = post_json(town, f"{API}petition/", {**body, "visitors": 6})
    accused = post_json(town, f"{API}petition/", {**body, "matter": "accusation"})
    elsewhere = post_json(town, f"{API}petition/", {**body, "place": "441900"})
    assert (six.status_code, six.json()["fields"].keys()) == (422, {"visitors"})
    assert (accused.status_code, accused.json()["code"]) == (409, "only_referred")
    assert elsewhere.status_code == 404

    passed = post_json(
        town, f"/api/v1/cases/{number}/steps/transfer", {"post": post, "text": "The land office."}
    )
    assert (passed.status_code, passed.json()["state"]) == (200, "transferred")
    again = post_json(
        town, f"/api/v1/cases/{number}/steps/transfer", {"post": post, "text": "Again."}
    )
    assert again.status_code == 404
    papers = town.get(f"/api/v1/cases/{number}/papers/").json()
    assert [one["key"] for one in papers["may_issue"]] == ["sheet", "transfer"]


def test_programs_without_the_right_find_nothing() -> None:
    number = registered()
    stranger = client_of(clerk_of(TOWN))

    opened = post_json(stranger, f"{API}petition/", {"place": "441900005", "text": "x"})
    papers = stranger.get(f"/api/v1/cases/{number}/papers/")
    step = post_json(stranger, f"/api/v1/cases/{number}/steps/transfer", {"post": 1, "text": "x"})

    assert {opened.status_code, papers.status_code, step.status_code} == {404}
    assert Case.objects.count() == 1


def test_a_city_office_reviews_what_a_town_answered() -> None:
    number = registered()
    town, city = client_of(town_clerk()), client_of(petition_office(path=CITY))
    for move, text in (("accept", "Yes."), ("reply", "It was paid.")):
        post_json(town, f"/api/v1/cases/{number}/{move}", {"text": text})
    page = city.get(f"/en/cases/{number}/steps/review/").content.decode()
    assert 'value="441900"' in page

    got = sent(
        petition_office(path=CITY),
        f"/en/cases/{number}/steps/review/",
        {"at": "441900", "text": "Not paid."},
    )

    review = Case.objects.get(kind="petition_review")
    assert got.status_code == 303 and review.number in got["Location"]
    assert review.path == CITY
    assert Case.objects.get(number=number).state == "in_review"


def test_where_several_offices_could_have_it_none_is_chosen_beforehand() -> None:
    offices = [("3", "Office of petitions"), ("4", "Office of works")]
    told = {"text": "It goes to the office in charge."}

    several = TransferForm({**told, "post": ""}, choices={"post": offices})
    only = TransferForm({**told, "post": "3"}, choices={"post": offices[:1]})

    assert several.fields["post"].choices[0] == ("", "—")
    assert list(several.errors) == ["post"]
    assert only.fields["post"].choices == offices[:1]
    assert only.is_valid()
