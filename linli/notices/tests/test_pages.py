"""The pages: what everybody reads, what the office does, the faces, the feed, the paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.documents.models import Document
from linli.files.services import read_content
from linli.files.testing import photo
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import client_of
from linli.notices import queries, services
from linli.notices.models import Posting
from linli.notices.testing import CHAIR, CLERK, STRANGER, make_draft, make_posting
from linli.notices.types import Category, Size
from linli.places.models import Place

AT = "/zh-hans/places/441900005001/notices/"
ATOM = "{http://www.w3.org/2005/Atom}"


def get(actor: Actor, address: str) -> Any:
    return client_of(actor).get(address)


def text_of(actor: Actor, address: str) -> str:
    return str(get(actor, address).content.decode())


def post(actor: Actor, address: str, **data: Any) -> Any:
    return client_of(actor).post(f"/zh-hans/{address}", {"key": str(uuid4()), **data})


def now_posted(**changes: Any) -> Posting:
    return make_posting(now=timezone.now(), **changes)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_can_be_read(village: Place, home: Path, language: str) -> None:
    posting, draft = now_posted(), make_draft(now=timezone.now())
    pages: dict[str, Actor] = {
        "places/441900005001/notices/": NOBODY,
        "places/441900005/notices/?wide=on&phase=shown&category=publicity&q=美丽": NOBODY,
        "places/441900005001/notices/touch/": NOBODY,
        f"places/441900005001/notices/touch/{posting.code}/": NOBODY,
        "places/441900005001/notices/screen/": NOBODY,
        f"notices/{posting.code}/": NOBODY,
        f"notices/{posting.code.lower()}/?version=1": NOBODY,
        "notices/": CLERK,
        "notices/?phase=draft&since=2026-01-01": CHAIR,
        "notices/new/": CLERK,
        f"notices/{posting.code}/manage/": CHAIR,
        f"notices/{draft.code}/manage/": CLERK,
        f"notices/{draft.code}/edit/": CLERK,
    }
    for page, actor in pages.items():
        assert get(actor, f"/{language}/{page}").status_code == 200, page


def test_who_has_nothing_to_do_with_it_finds_nothing(village: Place) -> None:
    draft, posting = make_draft(now=timezone.now()), now_posted()

    for actor in (NOBODY, STRANGER):
        for address in (
            f"notices/{draft.code}/", f"notices/{draft.code}/manage/",
            f"notices/{draft.code}/edit/", f"notices/{posting.code}/manage/",
        ):  # fmt: skip
            assert get(actor, f"/zh-hans/{address}").status_code == 404, address
    assert get(NOBODY, "/zh-hans/notices/").status_code == 404
    assert post(STRANGER, f"notices/{posting.code}/withdraw", reason="x").status_code == 404
    assert posting.code not in text_of(STRANGER, "/zh-hans/notices/")


def test_a_notice_is_written_looked_at_and_published_on_the_pages(village: Place) -> None:
    sent = post(
        CHAIR, "notices/new/", category="service", title="停水通知", body="明天停水\n- 一组\n- 二组",
        contact="0769-5550 0123", reach="below",
    )  # fmt: skip
    posting = Posting.objects.get()
    manage = text_of(CHAIR, sent["Location"])
    published = post(CHAIR, f"notices/{posting.code}/publish", edition=1)

    assert "停水通知" in manage and "7天" in re.sub(r"\s", "", manage)
    assert published.status_code == 303
    page = text_of(NOBODY, f"/zh-hans/notices/{posting.code}/")
    assert "<li>一组</li>" in page and "TZ-" in page
    assert "停水通知" in text_of(NOBODY, AT)
    assert "停水通知" in text_of(NOBODY, "/zh-hans/places/441900005001/")


def test_what_was_typed_stays_when_it_is_refused(village: Place) -> None:
    sent = post(
        CLERK, "notices/new/", category="resolution", title="决议", body="内容", contact="办公室",
        days="3", unit="days",
    )  # fmt: skip

    page = sent.content.decode()
    assert sent.status_code == 422
    assert 'value="决议"' in page and "15" in page
    assert not Posting.objects.exists()


def test_the_second_editor_is_told_and_keeps_what_she_typed(village: Place) -> None:
    posting = make_draft(now=timezone.now())
    given = {"category": "service", "title": "甲", "body": "乙", "contact": "丙", "edition": "1"}
    assert post(CLERK, f"notices/{posting.code}/edit/", **given).status_code == 303

    second = post(CHAIR, f"notices/{posting.code}/edit/", **{**given, "title": "丁"})

    page = second.content.decode()
    assert second.status_code == 422 and 'value="丁"' in page and CLERK.label in page
    assert 'name="edition" value="2"' in page
    assert Posting.objects.get().open.title == "甲"  # type: ignore[union-attr]


def test_what_is_pointed_out_has_to_be_ticked(village: Place) -> None:
    posting = make_draft(now=timezone.now(), body="电话13800138000")
    refused = post(CHAIR, f"notices/{posting.code}/publish", edition=1)
    assert refused.status_code == 422 and "13800138000" in refused.content.decode()

    assert (
        post(CHAIR, f"notices/{posting.code}/publish", edition=1, is_looked_at="on").status_code
        == 303
    )


def test_markup_of_others_stays_words(village: Place) -> None:
    posting = now_posted(title="<script>x</script>", body="<img src=x onerror=y>\n[a](b)")

    for address in (f"notices/{posting.code}/", "places/441900005001/notices/screen/"):
        page = text_of(NOBODY, f"/zh-hans/{address}")
        assert "<script>x" not in page and "<img src=x" not in page
        assert "&lt;img" in page


def test_a_withdrawn_notice_says_so_everywhere_and_leaves_the_lists_of_now(village: Place) -> None:
    posting = now_posted()
    services.withdraw_posting(
        posting, reason="评定要重新进行", hides_text=False, actor=CHAIR, now=timezone.now()
    )

    answer = get(NOBODY, f"/zh-hans/notices/{posting.code}/")
    page = answer.content.decode()
    assert "评定要重新进行" in page and "拟评定15户" in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert posting.code in text_of(NOBODY, f"{AT}?phase=withdrawn")
    assert posting.code not in text_of(NOBODY, f"{AT}?phase=shown")
    assert posting.code not in text_of(NOBODY, f"{AT}touch/")
    assert "拟评定15户" not in text_of(NOBODY, f"{AT}screen/")


def test_a_text_that_had_to_go_is_nowhere_any_more(village: Place, home: Path) -> None:
    posting = make_draft(now=timezone.now(), title="某户公示")
    paper = SimpleUploadedFile("名单.txt", "名单".encode())
    post(CLERK, f"notices/{posting.code}/papers", papers=paper)
    services.publish_version(posting, edition=2, is_looked_at=True, actor=CHAIR, now=timezone.now())
    file = queries.files_of(Posting.objects.get().current)[0]  # type: ignore[arg-type]
    assert get(NOBODY, f"/zh-hans/files/{file.code}/").status_code == 200
    services.withdraw_posting(
        posting, reason="有个人信息", hides_text=True, actor=CHAIR, now=timezone.now()
    )

    for address in (
        f"/zh-hans/notices/{posting.code}/", AT, "/feeds/notices/441900005001.atom",
        f"/zh-hans/places/441900005001/notices/touch/{posting.code}/",
        f"/api/v1/notices/{posting.code}/", "/api/v1/notices/?place=441900005001",
    ):  # fmt: skip
        page = text_of(NOBODY, address)
        assert "某户公示" not in page and "拟评定15户" not in page, address
    assert get(NOBODY, f"/zh-hans/notices/{posting.code}/?version=1").status_code == 404
    assert get(NOBODY, f"/zh-hans/files/{file.code}/").status_code == 404


def test_a_photo_is_never_asked_for_and_may_be_taken_away(village: Place, home: Path) -> None:
    posting = now_posted()
    picture = SimpleUploadedFile("board.jpg", photo(with_exif=True), "image/jpeg")
    assert post(CLERK, f"notices/{posting.code}/photos", photo=picture).status_code == 303
    file = queries.photos_of(posting)[0]
    assert file.code in text_of(NOBODY, f"/zh-hans/notices/{posting.code}/")

    assert post(CLERK, f"notices/{posting.code}/photos").status_code == 422
    post(CLERK, f"notices/{posting.code}/files/{file.code}/drop")

    assert queries.photos_of(posting) == []


def test_an_attachment_of_a_draft_is_for_those_who_work_on_it(village: Place, home: Path) -> None:
    posting = make_draft(now=timezone.now())
    post(CLERK, f"notices/{posting.code}/papers", papers=SimpleUploadedFile("a.txt", b"abc"))
    refused = post(
        CLERK, f"notices/{posting.code}/papers", papers=SimpleUploadedFile("a.html", b"<html>x")
    )
    file = queries.files_of(Posting.objects.get().open)[0]  # type: ignore[arg-type]

    assert refused.status_code == 422
    assert get(NOBODY, f"/zh-hans/files/{file.code}/").status_code == 404
    assert get(STRANGER, f"/zh-hans/files/{file.code}/").status_code == 404
    assert get(CLERK, f"/zh-hans/files/{file.code}/").status_code == 200


def test_a_correction_keeps_the_attachments_that_are_ticked(village: Place, home: Path) -> None:
    posting = make_draft(now=timezone.now())
    for name in ("a.txt", "b.txt"):
        post(
            CLERK, f"notices/{posting.code}/papers", papers=SimpleUploadedFile(name, name.encode())
        )
    post(CHAIR, f"notices/{posting.code}/publish", edition=3)
    post(CLERK, f"notices/{posting.code}/correct")
    keep = Posting.objects.get().open.files[1]  # type: ignore[union-attr]
    post(
        CLERK, f"notices/{posting.code}/edit/", title="新", body="新", contact="新", objection="新",
        reason="换附件", kept=keep, edition=1,
    )  # fmt: skip
    post(CHAIR, f"notices/{posting.code}/publish", edition=2)

    now, before = queries.published_versions(Posting.objects.get())
    assert [file.name for file in queries.files_of(now)] == ["b.txt"]
    assert [file.name for file in queries.files_of(before)] == ["a.txt", "b.txt"]


def test_the_feed_tells_new_corrected_and_withdrawn_notices(village: Place) -> None:
    posting = now_posted(title="甲 & 乙")
    gone = now_posted(title="撤了")
    services.withdraw_posting(
        gone, reason="写错了", hides_text=False, actor=CHAIR, now=timezone.now()
    )

    answer = get(NOBODY, "/feeds/notices/441900005001.atom")
    feed = ElementTree.fromstring(answer.content)

    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["[已撤回] 撤了", "甲 & 乙"]
    assert entries[0].findtext(f"{ATOM}summary") == "写错了"
    link = entries[1].find(f"{ATOM}link")
    assert link is not None and link.attrib["href"].endswith(f"/zh-hans/notices/{posting.code}/")
    assert get(NOBODY, "/feeds/notices/999999999999.atom").status_code == 404


@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("category", [Category.PUBLICITY, Category.SERVICE])
def test_a_notice_is_printed_on_each_size_with_its_code(
    village: Place, home: Path, size: Size, category: Category
) -> None:
    posting = now_posted(category=category)

    sent = post(CLERK, f"notices/{posting.code}/print", size=size.value)

    paper = Document.objects.get()
    assert sent.status_code == 303 and paper.code in sent["Location"]
    assert paper.needs_seal is (category is Category.PUBLICITY)
    assert (paper.about_kind, paper.about_id, paper.unprintable) == (
        "notices.posting", posting.pk, "",
    )  # fmt: skip
    assert posting.current is not None and paper.title == posting.current.title
    assert get(NOBODY, f"/zh-hans/check/{paper.code}/").status_code == 200


def test_the_code_on_the_paper_leads_to_the_notice_and_says_when_it_was_withdrawn(
    village: Place, home: Path
) -> None:
    posting = now_posted()
    post(CLERK, f"notices/{posting.code}/print", size="a4")
    paper = Document.objects.get()
    check = f"/zh-hans/check/{paper.code}/"
    assert f"/zh-hans/notices/{posting.code}/" in text_of(NOBODY, check)

    services.withdraw_posting(
        posting, reason="写错了", hides_text=False, actor=CHAIR, now=timezone.now()
    )
    follower = system_actor("notices.withdraw_papers")
    assert services.withdraw_papers(posting.pk, actor=follower, now=timezone.now()) == 1
    assert "写错了" in text_of(NOBODY, check)
    with pytest.raises(NotAllowed):
        services.withdraw_papers(posting.pk, actor=CHAIR, now=timezone.now())


def test_the_two_sheets_of_a_large_notice_come_in_pairs(village: Place, home: Path) -> None:
    for body in ("短", "一段文字。" * 300):
        posting = now_posted(body=body)
        post(CLERK, f"notices/{posting.code}/print", size="tiled")
        file = Document.objects.order_by("-pk")[0].file
        assert file is not None
        content = read_content(file, "", actor=CLERK, now=timezone.now())
        sheets = re.findall(rb"/Type\s*/Page[^s]", content)
        crosswise = re.findall(rb"/MediaBox\s*\[\s*0 0 841", content)
        assert len(sheets) >= 2 and len(sheets) % 2 == 0
        assert len(crosswise) == len(sheets)


def test_the_list_comes_as_a_file_and_keeps_its_filters(village: Place) -> None:
    now_posted(title="=公式")
    make_draft(now=timezone.now(), title="草稿一")

    whole = get(CLERK, "/zh-hans/notices/?format=csv").content.decode("utf-8-sig")
    drafts = get(CLERK, "/zh-hans/notices/?format=csv&phase=draft").content.decode("utf-8-sig")

    assert "草稿一" in whole and "'=公式" in whole
    assert "草稿一" in drafts and "=公式" not in drafts


def test_the_wall_shows_one_after_the_other_and_says_when_there_is_nothing(village: Place) -> None:
    assert "ll-screen-none" in text_of(NOBODY, f"{AT}screen/")
    now_posted()
    assert "1 / 1" in text_of(NOBODY, f"{AT}screen/")


def test_the_touch_screen_of_the_hall_leads_to_the_notices(village: Place) -> None:
    posting = now_posted()
    start = text_of(NOBODY, "/zh-hans/places/441900005001/touch/")

    assert f"{AT}touch/" in start
    assert f"/zh-hans/places/441900005001/notices/touch/{posting.code}/" in text_of(
        NOBODY, f"{AT}touch/"
    )


def test_the_touch_screen_pages_and_the_wall_turns_through_all(
    village: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.notices.views.faces.MOST", 1)
    for _n in range(2):
        make_posting(now=timezone.now())

    first = text_of(NOBODY, f"{AT}touch/")

    assert 'rel="next"' in first
    assert "/ 2" in text_of(NOBODY, f"{AT}screen/")


def test_what_is_being_corrected_can_still_be_printed_and_withdrawn(village: Place) -> None:
    posting = now_posted()
    assert post(CLERK, f"notices/{posting.code}/correct").status_code == 303

    html = text_of(CHAIR, f"/zh-hans/notices/{posting.code}/manage/")

    assert f"notices/{posting.code}/withdraw" in html and "正在写的更正" in html
    sent = post(CHAIR, f"notices/{posting.code}/withdraw", reason="写错了")
    assert sent.status_code == 303
    posting.refresh_from_db()
    assert (posting.state, posting.open) == ("withdrawn", None)
