"""The API: the same rules and the same words as the pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.files.testing import photo
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, post_json
from linli.notices.models import Posting
from linli.notices.testing import CHAIR, CLERK, STRANGER, make_draft, make_posting
from linli.places.models import Place

NEW: dict[str, Any] = {
    "place": "441900005001", "category": "service", "title": "停水", "text": "明天停水",
    "contact": "办公室",
}  # fmt: skip


def get(actor: Actor, address: str) -> Any:
    return client_of(actor).get(f"/api/v1{address}")


def post(actor: Actor, address: str, body: object = None, *, key: str = "") -> Any:
    return post_json(client_of(actor), f"/api/v1{address}", body, key=key)


def test_a_notice_is_written_published_and_read_by_everybody(village: Place) -> None:
    made = post(CHAIR, "/notices/", NEW)
    code = made.json()["code"]
    assert made.status_code == 201 and made.json()["phase"] == "draft"
    assert get(NOBODY, f"/notices/{code}/").status_code == 404

    published = post(CHAIR, f"/notices/{code}/publish", {"edition": 1})

    assert published.json()["phase"] == "shown"
    read = get(NOBODY, f"/notices/{code}/").json()
    assert (read["text"], read["version"], read["days"], read["unit"]) == ("明天停水", 1, 7, "days")
    assert "edition" not in read and read["versions"][0]["sha256"]
    listed = get(NOBODY, "/notices/?place=441900005001&phase=shown").json()
    assert (listed["count"], [one["code"] for one in listed["items"]]) == (1, [code])


def test_the_same_key_makes_one_notice(village: Place) -> None:
    first, second = (post(CLERK, "/notices/", NEW, key="k-1") for _ in range(2))

    assert first.json()["code"] == second.json()["code"]
    assert Posting.objects.count() == 1


def test_who_may_not_is_refused_or_finds_nothing(village: Place) -> None:
    draft, posting = make_draft(now=timezone.now()), make_posting(now=timezone.now())

    assert post(STRANGER, "/notices/", NEW).status_code == 403
    assert post(NOBODY, "/notices/", NEW).status_code in (401, 403)
    assert get(STRANGER, f"/desk/notices/{draft.code}/").status_code == 404
    assert get(STRANGER, "/desk/notices/").json()["items"] == []
    moves = {
        "publish": {"edition": 1}, "submit": {"edition": 1}, "drop": {"edition": 1},
        "return": {"edition": 1, "remark": "x"}, "withdraw": {"reason": "x"}, "correct": {},
    }  # fmt: skip
    for move, body in moves.items():
        assert post(STRANGER, f"/notices/{posting.code}/{move}", body).status_code == 404, move
    assert post(CLERK, f"/notices/{draft.code}/publish", {"edition": 1}).status_code == 403
    assert Posting.objects.get(pk=posting.pk).state == "published"


def test_refusals_name_their_fields(village: Place) -> None:
    short = post(CLERK, "/notices/", {**NEW, "category": "resolution", "days": 3, "objection": "x"})
    assert (short.status_code, list(short.json()["fields"])) == (422, ["days"])
    assert post(CLERK, "/notices/", {**NEW, "category": "party"}).status_code == 422
    assert post(CLERK, "/notices/", {**NEW, "place": "1"}).status_code == 422
    assert get(NOBODY, "/notices/?phase=draft").status_code == 422
    assert get(NOBODY, "/notices/?place=999").status_code == 422
    assert not Posting.objects.exists()


def test_what_is_pointed_out_is_told_and_asked_for(village: Place) -> None:
    code = post(CHAIR, "/notices/", {**NEW, "text": "电话13800138000"}).json()["code"]
    read = get(CLERK, f"/desk/notices/{code}/").json()
    assert [one["sign"] for one in read["findings"]] == ["mobile"]

    refused = post(CHAIR, f"/notices/{code}/publish", {"edition": 1})
    assert (refused.status_code, refused.json()["code"]) == (422, "look_first")
    looked = {"edition": 1, "is_looked_at": True}
    assert post(CHAIR, f"/notices/{code}/publish", looked).status_code == 200


def test_a_correction_keeps_what_was_there(village: Place) -> None:
    code = make_posting(now=timezone.now()).code
    begun = post(CLERK, f"/notices/{code}/correct")
    assert begun.status_code == 201
    text = {
        "title": "新题", "text": "新文", "contact": "办公室", "objection": "监督委员会",
        "reason": "改错字", "edition": begun.json()["edition"],
    }  # fmt: skip
    saved = post(CLERK, f"/notices/{code}/save-correction", text)
    stale = post(CLERK, f"/notices/{code}/save-correction", text)
    post(CHAIR, f"/notices/{code}/publish", {"edition": saved.json()["edition"]})

    assert (stale.status_code, stale.json()["code"]) == (409, "saved_meanwhile")
    read = get(NOBODY, f"/notices/{code}/").json()
    assert (read["title"], [one["number"] for one in read["versions"]]) == ("新题", [2, 1])


def test_a_withdrawn_notice_is_told_as_withdrawn(village: Place) -> None:
    code = make_posting(now=timezone.now()).code
    post(CHAIR, f"/notices/{code}/withdraw", {"reason": "写错", "hides_text": True})

    read = get(NOBODY, f"/notices/{code}/").json()
    assert (read["phase"], read["withdrawn_reason"], read["text"], read["title"]) == (
        "withdrawn", "写错", "", "",
    )  # fmt: skip
    assert read["versions"] == []


def test_a_list_goes_on_where_the_page_before_ended(village: Place) -> None:
    codes = [make_posting(now=timezone.now(), title=f"第{n}条").code for n in range(3)]

    first = get(NOBODY, "/notices/?place=441900005001&limit=2").json()
    second = get(NOBODY, f"/notices/?place=441900005001&limit=2&cursor={first['next']}").json()

    found = [one["code"] for page in (first, second) for one in page["items"]]
    assert found == list(reversed(codes)) and second["next"] is None


def test_without_a_place_the_notices_of_the_whole_city_are_listed(village: Place) -> None:
    posting = make_posting()

    body = get(NOBODY, "/notices/").json()

    assert [one["code"] for one in body["items"]] == [posting.code]


def test_papers_photos_and_the_print_of_a_notice(village: Place, home: Any) -> None:
    draft, posting = make_draft(now=timezone.now()), make_posting(now=timezone.now())
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")

    def send(actor: Actor, address: str, file: SimpleUploadedFile) -> Any:
        file.seek(0)
        return client_of(actor).post(
            f"/api/v1/notices/{address}",
            {"files": [file]},
            headers={"Idempotency-Key": str(uuid4())},
        )

    picture = SimpleUploadedFile("a.jpg", photo(640, 480), "image/jpeg")
    broken = SimpleUploadedFile("b.jpg", b"\xff\xd8\xffx", "image/jpeg")
    taken, wrong = (
        send(CLERK, f"{posting.code}/photos", picture),
        send(CLERK, f"{posting.code}/photos", broken),
    )
    away = send(STRANGER, f"{posting.code}/photos", picture)
    early = send(CLERK, f"{draft.code}/photos", picture)
    attached = send(CLERK, f"{draft.code}/papers", paper)

    assert [one.status_code for one in (taken, wrong, away, early)] == [201, 422, 404, 409]
    photos = taken.json()["notice"]["photos"]
    assert len(photos) == 1 and taken.json()["refused"] == []
    assert attached.status_code in (201, 422)
    gone = post(CLERK, f"/notices/{posting.code}/files/{photos[0]['code']}/drop")
    assert gone.json()["photos"] == []
    assert post(STRANGER, f"/notices/{posting.code}/print").status_code == 404
    assert post(CLERK, f"/notices/{posting.code}/print", {"size": "a9"}).status_code == 422
    printed = post(CLERK, f"/notices/{posting.code}/print", {"size": "a3"})
    assert printed.status_code == 201 and printed.json()["number"]
