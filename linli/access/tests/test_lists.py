"""The quarterly list of rights, and staff brought in from a file."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.access.clients.sheets import rows_of
from linli.access.errors import NotForYourself
from linli.access.models import Account, OneTimeLink, RightsList, StaffImport
from linli.access.queries.lists import accounts_without_rights, rights_list
from linli.access.services import imports, lists
from linli.access.testing import (
    TESTER,
    actor_for,
    make_account,
    make_post,
    make_right,
    make_staff,
)
from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.testing import TOWN, VILLAGE, client_of
from linli.places.testing import make_village

CODE = "441900005001"


def now():
    return timezone.now()


@pytest.mark.django_db
def test_the_list_shows_posts_holders_kinds_and_who_holds_rights_by_herself() -> None:
    chair = make_staff("village_chair", display_name="麦润根")
    make_right("clerk", path="441900/", post_kind="grid_worker")
    make_post("grid_worker", title="网格员")
    make_right("supervision", account=make_account(display_name="周美玲"))

    rows = rights_list(actor_for(chair), VILLAGE, now=now())

    assert {(row.holders, row.right) for row in rows} == {
        ("麦润根", "Head of a village or community"),
        ("", "Community clerk"),
        ("周美玲", "Supervision committee"),
    }


@pytest.mark.django_db
def test_only_who_gives_or_reviews_rights_sees_the_list() -> None:
    with pytest.raises(NotAllowed):
        rights_list(actor_for(make_staff("clerk")), VILLAGE, now=now())
    with pytest.raises(NotAllowed):
        rights_list(actor_for(make_staff("village_chair")), TOWN, now=now())


@pytest.mark.django_db
def test_who_left_and_was_forgotten_is_named() -> None:
    make_staff("clerk", display_name="叶少芬")
    make_account(display_name="何伟明")

    assert accounts_without_rights(VILLAGE, now=now()) == ["何伟明"]


@pytest.mark.django_db
def test_a_list_is_frozen_numbered_printed_and_signed_by_another() -> None:
    chair, head = (actor_for(make_staff("village_chair")) for _ in range(2))

    made = lists.make_list(VILLAGE, actor=chair, now=now())
    make_staff("clerk")
    with pytest.raises(NotForYourself):
        lists.note_signed(made, actor=chair, now=now())
    signed = lists.note_signed(made, actor=head, now=now())

    assert made.document_number.startswith("QX-")
    assert len(RightsList.objects.get().rows) == 2
    assert signed.signed_by_id == head.account_id


@pytest.mark.django_db
def test_the_paper_shows_the_list_as_it_was() -> None:
    chair = actor_for(make_staff("village_chair", display_name="麦润根"))
    browser = client_of(chair)

    answer = browser.post("/en/access/rights/lists/make", {"place": VILLAGE, "key": "1"})
    paper = browser.get(answer["Location"]).content.decode()

    assert "麦润根" in paper
    assert "SHA-256" in paper


def office(name: str = "村委会", **fields):
    post = make_post("clerk", title="existing")
    apps.get_model("orgs", "OrganisationVersion").objects.create(
        organisation=post.organisation, name=name, since=None
    )
    make_post("committee_member")
    return post.organisation


def rows(*lines: str):
    head = "姓名,登录名,手机,村社区代码,单位,职务,岗位类别,任职时间"
    return rows_of("\n".join([head, *lines]).encode("gb18030"))


def run_of(**fields) -> StaffImport:
    given = {"is_dry_run": False, **fields}
    return imports.start_import("staff.csv", "441900/", actor=TESTER, now=now(), **given)


@pytest.mark.django_db
def test_a_file_makes_accounts_posts_and_holdings_and_says_why_a_row_is_not_taken() -> None:
    office()
    listed = rows(
        f"叶少芬,,13800138001,{CODE},村委会,妇女主任,committee_member,2024-03-01",
        f"何伟明,he.weiming,,{CODE},村委会,existing,,",
        f"麦润根,,138,{CODE},,,,",
        "周美玲,,,999999999999,,,,",
        f",nobody,,{CODE},,,,",
        f"卢建邦,,,{CODE},没有的单位,主任,,",
    )

    run = imports.bring_in(run_of(), listed, lambda done: None, actor=TESTER, now=now())

    assert (run.made_count, [r["line"] for r in run.rejected]) == (2, [4, 5, 6, 7])
    assert run.rejected[0]["why"] == "This is no mobile number."
    ye = Account.objects.get(display_name="叶少芬")
    assert ye.username == "yeshaofen"
    holding = apps.get_model("orgs", "PostHolding").objects.get(account_id=ye.pk)
    assert (holding.post.title, holding.since.isoformat()) == ("妇女主任", "2024-03-01")
    assert not Account.objects.filter(display_name="卢建邦").exists()


@pytest.mark.django_db
def test_who_may_not_appoint_brings_in_staff_without_posts_and_is_told() -> None:
    office()
    guard = make_account()
    make_right("security", account=guard, path="441900/")
    listed = rows(
        f"叶少芬,,13800138001,{CODE},村委会,existing,,2024-03-01",
        f"何伟明,,,{CODE},村委会,existing,,2026-02-30",
        "周美玲,,,999999999999,,,,",
    )

    run = imports.start_import(
        "staff.csv", "441900/", is_dry_run=False, actor=actor_for(guard), now=now()
    )
    run = imports.bring_in(run, listed, lambda done: None, actor=actor_for(guard), now=now())

    assert (run.made_count, [r["line"] for r in run.rejected]) == (1, [3, 4])
    assert "2026-02-30" in run.rejected[0]["why"]
    assert "999999999999" in run.rejected[1]["why"]
    assert not apps.get_model("orgs", "PostHolding").objects.filter(holder_name="叶少芬").exists()
    pages = client_of(actor_for(guard))
    for address in ("/en/access/import/", f"/en/access/import/{run.pk}/"):
        assert "Posts are left out" in pages.get(address).content.decode()


@pytest.mark.django_db
def test_a_dry_run_finds_the_same_and_keeps_nothing() -> None:
    office()
    listed = rows(
        f"叶少芬,same,,{CODE},村委会,existing,,",
        f"何伟明,same,,{CODE},村委会,existing,,",
    )

    run = imports.bring_in(
        run_of(is_dry_run=True), listed, lambda done: None, actor=TESTER, now=now()
    )

    assert (run.made_count, len(run.rejected)) == (1, 1)
    assert "somebody else's" in run.rejected[0]["why"]
    assert not Account.objects.exists()
    assert StaffImport.objects.get().done_at is not None


@pytest.mark.django_db
def test_a_second_run_of_the_same_file_knows_everybody() -> None:
    office()
    listed = rows(f"叶少芬,ye.shaofen,,{CODE},村委会,existing,,")
    imports.bring_in(run_of(), listed, lambda done: None, actor=TESTER, now=now())

    again = imports.bring_in(run_of(), listed, lambda done: None, actor=TESTER, now=now())

    assert (again.made_count, again.known_count, again.rejected) == (0, 1, [])
    assert apps.get_model("orgs", "PostHolding").objects.count() == 1


@pytest.mark.django_db
def test_two_people_of_one_name_get_two_sign_in_names() -> None:
    make_village(CODE)
    listed = rows(f"李伟,,,{CODE},,,,", f"李伟,,,{CODE},,,,")

    imports.bring_in(run_of(), listed, lambda done: None, actor=TESTER, now=now())

    assert set(Account.objects.values_list("username", flat=True)) == {"liwei", "liwei2"}


@pytest.mark.django_db
def test_first_links_are_made_for_those_who_have_not_begun_and_open() -> None:
    make_village(CODE)
    run = run_of()
    listed = rows(f"李伟,,,{CODE},,,,", f"王芳,,,{CODE},,,,")
    imports.bring_in(run, listed, lambda done: None, actor=TESTER, now=now())
    Account.objects.filter(display_name="王芳").update(state="active")

    pairs = imports.first_links(run, actor=TESTER, now=now())

    assert [account.display_name for account, _ in pairs] == ["李伟"]
    live = OneTimeLink.objects.filter(revoked_at=None, account=pairs[0][0])
    assert live.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "姓名,手机\n李伟,1".encode(), b"PK\x03\x04broken"],
)
def test_what_is_no_list_is_told_in_words(content: bytes) -> None:
    with pytest.raises(Invalid):
        rows_of(content)


def test_lists_are_read_in_any_usual_encoding_and_as_workbook() -> None:
    text = f"姓名;村社区代码\n李伟;{CODE}\n"
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "村社区代码"])
    sheet.write_row(1, 0, ["李伟", int(CODE)])
    book.close()

    found = [rows_of(text.encode(e)) for e in ("utf-8", "utf-8-sig", "utf-16", "gb18030")]

    assert [*found, rows_of(target.getvalue())] == [[(2, {"name": "李伟", "place": CODE})]] * 5


@pytest.mark.django_db
def test_the_page_takes_the_file_and_starts_a_job() -> None:
    make_village(CODE)
    account = make_account(path="441900/")
    make_right("security", path="441900/", account=account)
    file = SimpleUploadedFile("staff.csv", f"姓名,村社区代码\n李伟,{CODE}\n".encode())

    answer = client_of(actor_for(account)).post(
        "/en/access/import/", {"file": file, "place": "441900/", "how": "try", "key": "1"}
    )

    assert answer.status_code == 303
    assert "/jobs/" in answer["Location"]


@pytest.mark.django_db
def test_a_clerk_brings_in_nobody() -> None:
    with pytest.raises(NotAllowed):
        imports.start_import(
            "x", VILLAGE, is_dry_run=False, actor=actor_for(make_staff("clerk")), now=now()
        )


@pytest.mark.django_db
def test_rights_over_the_api_come_page_by_page() -> None:
    chair = make_staff("village_chair")
    for _ in range(3):
        make_staff("clerk")
    browser = client_of(actor_for(chair))
    where = "/api/v1/access/rights/?place=441900005001&limit=3"

    first = browser.get(where).json()
    second = browser.get(f"{where}&cursor={first['next']}").json()

    assert (first["count"], len(first["items"]), len(second["items"])) == (4, 3, 1)
    assert second["next"] is None
    assert browser.get(f"{where}&cursor=nonsense").status_code == 422


@pytest.mark.django_db
def test_a_run_that_broke_off_makes_nobody_without_name_and_number_twice() -> None:
    office()
    listed = rows(*[f"叶少芬,,,{CODE},村委会,existing,,"] * 2)
    run = run_of()
    imports.bring_in(run, listed, lambda done: None, actor=TESTER, now=now())

    again = imports.bring_in(run, listed, lambda done: None, actor=TESTER, now=now())

    assert (again.made_count, again.known_count) == (0, 2)
    assert Account.objects.filter(display_name="叶少芬").count() == 2
