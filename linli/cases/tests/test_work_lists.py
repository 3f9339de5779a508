"""Lists of those who read, call, decide and review: narrowed by place, category, number; as a file."""

from __future__ import annotations

from typing import Any

import pytest

from linli.cases import permits
from linli.cases.models import Case, Category
from linli.cases.testing import make_report
from linli.cases.tests.rating_samples import ask_reopening, bad_call, done_case, rate
from linli.kernel.testing import TOWN, client_of, make_actor

pytestmark = pytest.mark.django_db
ALL = make_actor(
    "all", permits.RELEASE, permits.CALL_BACK, permits.SUPERVISE, permits.REVIEW_RATINGS,
    at="441900/", account_id=9,
)  # fmt: skip


def _released() -> str:
    return make_report().number


def _reopened() -> str:
    opened = done_case()
    ask_reopening(opened)
    return opened.held.number


def _called() -> str:
    return bad_call().case.number


def _rated() -> str:
    opened = done_case()
    rate(opened, 1)
    return opened.held.number


LISTS = {"release/": _released, "reopening/": _reopened, "calls/": _called, "ratings/": _rated}


@pytest.mark.parametrize("address", LISTS)
def test_a_list_of_work_is_narrowed_and_comes_as_a_file(address: str) -> None:
    number = LISTS[address]()
    lamps = Category.objects.create(code="t-lamps", title="路灯测试", title_en="Lamps tested")
    Case.objects.filter(number=number).update(category=lamps)
    client: Any = client_of(ALL)

    def shows(query: str) -> bool:
        page = client.get(f"/en/{address}?{query}")
        assert page.status_code == 200, query
        return number in page.content.decode()

    village = Case.objects.get(number=number).path.rstrip("/").split("/")[2]
    assert shows("") and shows(f"place={village}") and shows("category=t-lamps")
    assert shows(f"q={number[-4:]}") and not shows("q=NOSUCH")
    other = Category.objects.create(code="t-noise", title="噪声测试", title_en="Noise tested")
    assert not shows(f"category={other.code}")
    file = client.get(f"/en/{address}?format=csv&category=t-lamps").content.decode("utf-8-sig")
    assert number in file and "Lamps tested" in file
    assert number not in client.get(f"/en/{address}?format=csv&q=NOSUCH").content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_a_file_of_a_list_is_for_whoever_has_the_list(address: str) -> None:
    stranger = make_actor("stranger", permits.SEE, at=TOWN)

    assert client_of(stranger).get(f"/en/{address}?format=csv").status_code == 404


def test_what_residents_wrote_and_nobody_read_stands_in_no_file() -> None:
    make_report("路灯不亮，找张三")

    assert "张三" not in client_of(ALL).get("/en/release/?format=csv").content.decode()
