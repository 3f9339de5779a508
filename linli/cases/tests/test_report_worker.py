"""The script that sends waiting reports holds nobody's data, and what it uses is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from linli.cases.tests.report_form import CODE, FORM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
WORKER = "/zh-hans/report/worker.js"


def test_the_script_is_the_same_for_everybody_and_read_anew() -> None:
    known = Client()
    known.get(f"{FORM}?place={CODE}")

    got, nobodys = known.get(WORKER), Client().get(WORKER)

    assert got["Content-Type"].startswith("text/javascript")
    assert got["Cache-Control"] == "no-cache"
    assert got.content == nobodys.content
    assert "csrf" not in got.content.decode().lower()
    assert known.post(WORKER).status_code in (400, 405)


def test_it_answers_no_request_and_uses_the_queue_of_the_page() -> None:
    text = Client().get(WORKER).content.decode()

    assert "fetch" not in re.findall(r'addEventListener\("(\w+)"', text)
    used = re.findall(r'from "/static/([^"]+)"', text)
    assert used == ["cases/queue.js"]
    page = finders.find("cases/report.js")
    assert isinstance(page, str) and 'from "./queue.js"' in Path(page).read_text()
    assert finders.find(used[0]) is not None


def test_the_form_names_its_worker_in_its_language() -> None:
    page = Client().get(f"{FORM}?place={CODE}").content.decode()

    assert f'data-worker="{FORM}worker.js"' in page
