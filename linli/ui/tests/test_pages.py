"""The frame's own pages: preferences, style page, errors."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from linli.ui import kit
from linli.ui.views import server_error


@pytest.mark.django_db
def test_large_type_is_switched_by_one_tap_and_remembered(client: Client) -> None:
    answer = client.get("/en/preferences/?type=large&set=1&next=/en/preferences/")

    assert answer.status_code == 302
    assert client.cookies["linli-type"].value == "large"
    assert b'data-type="large"' in client.get("/en/preferences/").content


@pytest.mark.django_db
def test_preferences_are_saved_without_a_script(client: Client) -> None:
    chosen = {"type": "", "contrast": "high", "next": "/en/preferences/", "key": str(uuid4())}

    client.post("/en/preferences/", chosen)

    html = client.get("/en/preferences/").content
    assert b'data-contrast="high"' in html
    assert b'data-type="large"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_switch_never_leads_to_another_site(client: Client, to: str) -> None:
    answer = client.get("/en/preferences/", {"type": "large", "set": "1", "next": to})

    assert answer.headers["Location"].startswith("/")
    assert not answer.headers["Location"].startswith("//")


@pytest.mark.django_db
def test_an_unknown_choice_changes_nothing(client: Client) -> None:
    client.get("/en/preferences/?type=giant&set=1")

    assert "linli-type" not in client.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("face", ["", *(f"{face}/" for face in kit.FACES)])
def test_the_style_page_is_there_in_the_demo_only(
    client: Client, settings: object, language: str, face: str
) -> None:
    assert client.get(f"/{language}/_kit/{face}").status_code == 404

    settings.LINLI_DEMO = True  # type: ignore[attr-defined]
    assert client.get(f"/{language}/_kit/{face}").status_code == 200


@pytest.mark.django_db
def test_the_demo_mark_is_on_every_face(client: Client, settings: object) -> None:
    settings.LINLI_DEMO = True  # type: ignore[attr-defined]

    for face in kit.FACES:
        html = client.get(f"/zh-hans/_kit/{face}/").content.decode()
        assert html.count("演示数据，与真实单位无关") == 1


@pytest.mark.django_db
def test_a_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/zh-hans/no/such/page/")

    html = answer.content.decode()
    assert answer.status_code == 404
    assert "没有这一页" in html
    assert "拨打 12345" in html


@pytest.mark.django_db
def test_a_broken_page_says_so_without_details() -> None:
    with translation.override("zh-hans"):
        answer = server_error(RequestFactory().get("/zh-hans/"))

    assert answer.status_code == 500
    assert "系统出错了" in answer.content.decode()


@pytest.mark.django_db
def test_pages_carry_a_strict_policy(client: Client) -> None:
    policy = client.get("/en/preferences/").headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db
def test_the_other_language_leads_to_the_same_page(client: Client) -> None:
    html = client.get("/en/preferences/?next=/en/").content.decode()

    assert 'href="/zh-hans/preferences/?next=/en/"' in html


@pytest.mark.django_db
def test_a_refused_part_goes_into_the_notice_area(client: Client) -> None:
    answer = client.get("/en/_kit/", headers={"HX-Request": "true"})

    assert answer.status_code == 404
    assert answer.headers["HX-Retarget"] == "#notice"
    assert b"<html" not in answer.content


@pytest.mark.django_db
def test_the_foot_names_who_answers_and_leads_to_both_filings(client: Client, settings) -> None:
    settings.LINLI_FOOTER = {
        "sponsor": "示范市民政局",
        "operator": "示范市数据中心",
        "icp_number": "粤ICP备00000000号",
        "police_number": "粤公网安备 44190002000001号",
    }

    html = client.get("/zh-hans/preferences/").content.decode()

    assert "主办：示范市民政局" in html
    assert "承办：示范市数据中心" in html
    assert 'href="https://beian.miit.gov.cn/" rel="noreferrer">粤ICP备00000000号' in html
    police = "https://beian.mps.gov.cn/#/query/webSearch?code=44190002000001"
    assert f'href="{police}" rel="noreferrer">粤公网安备 44190002000001号' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/zh-hans/desk/cases/JB-2026-0001/answer", "/zh-hans/desk/cases/JB-2026-0001/"),
        ("/en/desk/cases/JB-2026-0001/answer", "/en/desk/cases/JB-2026-0001/"),
    ],
)
def test_the_address_of_a_move_that_is_opened_leads_back_to_its_page(
    client: Client, sent_to: str, page: str
) -> None:
    answer = client.get(sent_to)

    assert answer.status_code == 405
    assert f'href="{page}"' in answer.content.decode()
