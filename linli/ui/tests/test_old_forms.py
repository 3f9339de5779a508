"""A form that no longer fits the sign-in of its browser comes back to be sent again, to whoever wrote it alone."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/zh-hans/preferences/"
HERE = {"Sec-Fetch-Site": "same-origin"}
WORDS = "村口的路灯 <b>坏了</b> & 三天"


def sent(
    data: dict[str, object], path: str = PAGE, headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """Send a form without the mark that its page would have brought."""
    answer = Client(enforce_csrf_checks=True).post(path, data, headers=headers or {})
    return answer.status_code, answer.content.decode()


def test_what_was_written_comes_back_and_can_be_sent_again() -> None:
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post(PAGE, {"type": "large", "text": WORDS, "key": "old"}, headers=HERE)
    page = refused.content.decode()
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    taken = browser.post(PAGE, {**fields, "text": WORDS}, headers=HERE)

    assert refused.status_code == 403
    assert "还没有提交" in page
    assert "村口的路灯 &lt;b&gt;坏了&lt;/b&gt; &amp; 三天" in page
    assert fields["type"] == "large"
    assert fields["key"] != "old"
    assert taken.status_code == 302
    assert taken.cookies["linli-type"].value == "large"


def test_files_are_said_to_be_chosen_again() -> None:
    _status, page = sent({"text": WORDS, "photos": SimpleUploadedFile("a.jpg", b"x")}, headers=HERE)

    assert "附件没有保留" in page
    assert "a.jpg" not in page


@pytest.mark.parametrize(
    ("headers", "comes_back"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_words_that_another_site_sent_do_not_come_back(
    headers: dict[str, str], comes_back: bool
) -> None:
    status, page = sent({"text": WORDS}, headers=headers)

    assert status == 403
    assert "还没有提交" in page
    assert ("村口的路灯" in page) is comes_back


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/zh-hans/access/sign-in/", {"username": "ye.shaofen", "text": WORDS}),
        (PAGE, {"text": WORDS, "new_password": "horse battery"}),
        (PAGE, {"text": WORDS, "pin": "123456"}),
    ],
)
def test_a_form_with_a_secret_does_not_come_back(path: str, data: dict[str, object]) -> None:
    status, page = sent(data, path, HERE)

    assert status == 403
    assert "村口的路灯" not in page
    assert not any(str(value) in page for value in data.values())
