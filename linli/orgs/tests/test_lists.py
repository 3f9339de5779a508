"""Lists of posts and staff: checked without a trace, taken once, every row left out is named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.access.testing import make_right
from linli.kernel.errors import NotAllowed, Refusal, WrongState
from linli.kernel.permits import PERSONAL
from linli.kernel.testing import OTHER_TOWN, TOWN, VILLAGE, make_actor
from linli.orgs import permits
from linli.orgs.errors import ColumnsMissing
from linli.orgs.models import Post, PostHolding, PostKind, StaffList
from linli.orgs.services.intake import (
    check_staff_list,
    drop_staff_list,
    receive_staff_list,
    start_taking,
    take_staff_list,
)
from linli.orgs.testing import NOON, make_holding, make_organisation, make_post, place_at
from linli.places.testing import make_village

CODE = "441900005001"
IMPORTER = make_actor("importer", permits.IMPORT, at=TOWN, ceiling=PERSONAL)
FAR = make_actor("far", permits.IMPORT, at=OTHER_TOWN, ceiling=PERSONAL)
HEADS = "地区代码,单位,职务,姓名,任职日期,产生方式,办公电话,是否公开"
GOOD = f"{CODE},示范一村村民委员会,文员,叶少芬,2026年3月1日,公开招聘,0769-5550 0123,否"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.fixture
def committee(db: None):  # type: ignore[no-untyped-def]
    return make_organisation(at=place_at(), name="示范一村村民委员会")


def hand_in(text: str | bytes, name: str = "list.csv") -> StaffList:
    content = text.encode() if isinstance(text, str) else text
    upload = SimpleUploadedFile(name, content)
    staff_list = receive_staff_list(upload, place=TOWN, actor=IMPORTER, now=NOON)
    return check_staff_list(staff_list, actor=IMPORTER, now=NOON)


def taken(staff_list: StaffList) -> StaffList:
    staff_list = start_taking(staff_list, actor=IMPORTER, now=NOON)
    return take_staff_list(staff_list, actor=IMPORTER, now=NOON)


def workbook(rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_the_check_changes_nothing(committee) -> None:  # type: ignore[no-untyped-def]
    found = hand_in(f"{HEADS}\n{GOOD}\n")

    assert (found.state, found.rows, found.right, found.faults) == ("checked", 1, 1, [])
    assert not Post.objects.exists()
    assert not PostHolding.objects.exists()


def test_taking_makes_missing_posts_and_records_holders(committee) -> None:  # type: ignore[no-untyped-def]
    done = taken(hand_in(f"{HEADS}\n{GOOD}\n"))

    holding = PostHolding.objects.select_related("post").get()
    assert (done.state, done.taken, done.known) == ("taken", 1, 0)
    assert (holding.holder_name, holding.came_by, holding.post.title) == (
        "叶少芬",
        "recruited",
        "文员",
    )
    assert holding.post.office_phone == "0769-5550 0123"
    assert holding.path == VILLAGE


def test_the_same_list_again_takes_nothing_twice(committee) -> None:  # type: ignore[no-untyped-def]
    taken(hand_in(f"{HEADS}\n{GOOD}\n"))

    again = taken(hand_in(f"{HEADS}\n{GOOD}\n"))

    assert (again.taken, again.known) == (0, 1)
    assert PostHolding.objects.count() == 1


def test_every_row_left_out_is_named_with_its_reason(committee) -> None:  # type: ignore[no-untyped-def]
    make_village("441900006001")
    make_holding(make_post(committee, title="主任"), name="何伟明")
    rows = [
        GOOD,
        "441900005999,示范一村村民委员会,文员,甲,2026-03-01,选举,,",
        "441900006001,示范一村村民委员会,文员,甲,2026-03-01,选举,,",
        f"{CODE},没有的单位,文员,甲,2026-03-01,选举,,",
        f"{CODE},示范一村村民委员会,主任,乙,2026-03-01,选举,,",
        f"{CODE},示范一村村民委员会,文员,丙,三月,选举,,",
        f"{CODE},示范一村村民委员会,文员,丁,2026-03-01,抽签,,",
        f"{CODE},示范一村村民委员会,,戊,2026-03-01,选举,,",
        f"{CODE},示范一村村民委员会,文员,己,2026-03-01,选举,,也许",
    ]

    found = hand_in("\n".join([HEADS, *rows]))

    assert (found.rows, found.right) == (9, 1)
    assert [(f[0], f[1], f[2]) for f in found.faults] == [
        (3, "place", "unknown"),
        (4, "place", "elsewhere"),
        (5, "organisation", "unknown"),
        (6, "post", "taken"),
        (7, "since", "no_date"),
        (8, "came_by", "unknown"),
        (9, "post", "missing"),
        (10, "public", "not_yes_or_no"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADS}\n{GOOD}\n".encode("gb18030"),
        f"{HEADS}\n{GOOD}\n".encode("utf-8-sig"),
        f"{HEADS}\n{GOOD}\n".replace(",", "\t").encode(),
    ],
    ids=["gb18030", "bom", "tabs"],
)
def test_csv_of_any_habit_is_read(committee, content: bytes) -> None:  # type: ignore[no-untyped-def]
    assert hand_in(content).right == 1


def test_a_workbook_is_read(committee) -> None:  # type: ignore[no-untyped-def]
    rows = [HEADS.split(","), [int(CODE), *GOOD.split(",")[1:]]]

    assert hand_in(workbook(rows), "list.xlsx").right == 1


def test_missing_columns_and_other_files_are_refused(committee) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ColumnsMissing) as refusal:
        hand_in("姓名,任职日期\n叶少芬,2026-03-01\n")
    assert "地区代码" in str(refusal.value)
    with pytest.raises(Refusal):
        hand_in(b"\x89PNG\r\n\x1a\n not a table")
    assert not PostHolding.objects.exists()


@pytest.mark.django_db
def test_who_may_not_import_hands_in_nothing() -> None:
    place_at()
    with pytest.raises(NotAllowed):
        receive_staff_list(SimpleUploadedFile("a.csv", b"x"), place=TOWN, actor=FAR, now=NOON)

    assert not StaffList.objects.exists()


def test_a_dropped_list_is_erased(committee) -> None:  # type: ignore[no-untyped-def]
    from linli.files.models import StoredFile

    staff_list = drop_staff_list(hand_in(f"{HEADS}\n{GOOD}\n"), actor=IMPORTER, now=NOON)

    assert staff_list.state == "dropped"
    assert list(StoredFile.objects.values_list("state", flat=True)) == ["erased"]
    with pytest.raises(WrongState):
        start_taking(staff_list, actor=IMPORTER, now=NOON)


@pytest.mark.load
def test_ten_thousand_rows_are_checked_and_taken(committee) -> None:  # type: ignore[no-untyped-def]
    rows = [
        f"{CODE},示范一村村民委员会,网格员,网格员{n},2026-03-01,公开招聘,," for n in range(10_000)
    ]

    done = taken(hand_in("\n".join([HEADS, *rows])))

    assert (done.rows, done.right, done.taken) == (10_000, 10_000, 10_000)


def test_a_list_makes_no_post_that_checks_others(committee) -> None:  # type: ignore[no-untyped-def]
    """GB/T 22239-2019: rights hang on the kind, so who takes lists makes no auditor."""
    PostKind.objects.create(code="auditor", name="审计人员", name_en="Auditor", rank=210)
    there = make_post(committee, title="老审计", kind="auditor", seats=None)
    make_right("auditor", post_kind="auditor", path="441900/")
    rows = [
        f"{CODE},示范一村村民委员会,审计,审计人员,甲,2026-03-01,选举",
        f"{CODE},示范一村村民委员会,老审计,审计人员,乙,2026-03-01,选举",
    ]
    heads = "地区代码,单位,职务,岗位类别,姓名,任职日期,产生方式"

    done = taken(hand_in("\n".join([heads, *rows])))

    assert [(f[0], f[1], f[2]) for f in done.faults] == [(2, "kind", "rights")]
    assert Post.objects.get() == there
    assert PostHolding.objects.get().holder_name == "乙"
