"""Items come out of a spreadsheet, row by row, and go into the directory of services."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from linli.kernel.errors import Invalid
from linli.kernel.sheets import as_csv, as_xlsx
from linli.offerings.clients.item_files import read_items
from linli.offerings.queries.item_lists import check_items
from linli.offerings.rules.item_data import read_item
from linli.offerings.rules.item_sheets import row_data
from linli.offerings.testing import make_item, refused_data
from linli.places.testing import make_village

HEADS = [
    "标识",
    "事项类型",
    "事项名称",
    "说明",
    "法律依据",
    "法定期限",
    "法定期限出处",
    "承诺期限",
    "收费",
    "材料",
    "决定单位",
    "办理结果",
    "俗称",
]
GOOD = [
    "residence-permit", "行政权力事项", "居住证申领", "住满半年的人领取。", "《居住证暂行条例》|国务院令第663号|第九条", "15个工作日",
    "居住证暂行条例", "10", "不收费", "近照|原件\n身份证信息|电子证照|人口信息库", "公安派出所", "居住证", "暂住证、绿卡",
]  # fmt: skip


def test_a_row_becomes_an_item() -> None:
    columns = {
        name: at
        for at, name in enumerate(
            ("key", "kind", "name", "says", "basis", "statutory", "source", "promised", "fee", "materials", "office", "result", "synonyms")
        )
    }  # fmt: skip
    facts, faults = read_item(row_data(GOOD, columns))

    assert faults == []
    assert (facts.kind, facts.statutory and facts.statutory.days, facts.fee.fen) == ("administrative", 15, 0)  # fmt: skip
    assert [(one.words.zh, one.by, one.source) for one in facts.materials] == [
        ("近照", "applicant", ""), ("身份证信息", "sharing", "人口信息库")
    ]  # fmt: skip
    assert facts.synonyms == ("暂住证", "绿卡") and facts.basis[0].article == "第九条"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_file_is_read_and_its_wrong_rows_are_told(form: str, tmp_path: Path) -> None:
    bad = [*GOOD[:7], "20天", "随便", *GOOD[9:]]
    bad[0], bad[1] = "another", "什么"
    file = tmp_path / f"items.{form}"
    rows = [HEADS, GOOD, bad]
    file.write_bytes(as_xlsx(rows) if form == "xlsx" else as_csv(rows))

    read = read_items(file)
    found = check_items(make_village(), [row.data for row in read])

    # a csv counts the lines inside cells too, as editors show them
    assert [row.line for row in read] == ([2, 3] if form == "xlsx" else [3, 5])
    assert found.fates == {0: "made", 1: "refused"}
    assert {one.where for one in found.faults[1]} >= {"kind", "fee"}


def test_what_is_no_list_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("a.xlsx", b"PK\x03\x04broken"),
        ("b.csv", b""),
        ("c.csv", "甲,乙\n1,2".encode()),
        ("d.yaml", b"{"),
    ):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(Invalid):
            read_items(file)


@pytest.mark.django_db
def test_the_directory_speaks_the_standard(client: Client) -> None:
    """HSDS 3: pages with contents, lasting ids, refused proofs are no services."""
    place = make_village()
    make_item(place)
    make_item(place, **refused_data())

    page = client.get("/api/v1/hsds/services/?per_page=1").json()
    one = client.get(f"/api/v1/hsds/services/{page['contents'][0]['id']}/").json()

    assert (page["total_items"], page["first_page"], page["last_page"]) == (1, True, True)
    assert one["name"] == "居住证申领" and one["status"] == "active"
    assert [paper["document"] for paper in one["required_documents"]] == ["近照", "租房合同"]
    assert client.get("/api/v1/hsds/services/?page=9").json()["empty"] is True
    assert client.get("/api/v1/hsds/").json()["version"].startswith("3.")
    for name in ("organizations", "locations", "service_at_locations"):
        assert client.get(f"/api/v1/hsds/{name}/").status_code == 200, name
    assert client.get("/api/v1/hsds/services/nobody/").status_code == 404
