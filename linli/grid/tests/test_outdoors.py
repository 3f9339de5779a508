"""The page of the day outdoors holds nobody's data; its script reaches no further than the page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from linli.grid.tests.queues import ground, seen
from linli.grid.views.outdoors import FILES, MODULES
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of

pytestmark = pytest.mark.django_db
OUTDOORS = "/en/grid/outdoors/"


def bare(html: str) -> str:
    """Return a page without what changes with each request."""
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", html)


def test_the_page_is_the_same_for_everybody() -> None:
    place, worker, _post = ground()
    seen(place, worker)

    hers = client_of(worker).get(OUTDOORS).content.decode()
    nobodys = client_of(NOBODY).get(OUTDOORS).content.decode()

    assert bare(hers) == bare(nobodys)
    assert "csrfmiddlewaretoken" not in hers


def test_the_script_keeps_the_page_and_files_that_are_there_and_nothing_of_the_api() -> None:
    got = client_of(NOBODY).get(f"{OUTDOORS}worker.js")
    text = got.content.decode()

    assert got["Content-Type"].startswith("text/javascript")
    assert got["Cache-Control"] == "no-cache"
    kept = json.loads(re.search(r"const FILES = (.*);", text)[1])  # type: ignore[index]
    assert json.loads(re.search(r"const SHELL = (.*);", text)[1]) == OUTDOORS  # type: ignore[index]
    assert all(address.startswith("/static/") for address in kept)
    assert [name for name in (*FILES, *MODULES) if finders.find(name) is None] == []
    assert 'credentials: "omit"' in text


def test_what_the_page_imports_is_kept_too() -> None:
    known = {f"/static/{name}" for name in (*FILES, *MODULES)}

    for name in ("app", "queue", "sheets", "store", "day"):
        path = finders.find(f"grid/outdoors/{name}.js")
        assert isinstance(path, str)
        for other in re.findall(r'from "(.*)"', Path(path).read_text()):
            base = ["grid", "outdoors"] if other.startswith("./") else []
            steps = [step for step in other.split("/") if step not in (".", "..")]
            assert "/static/" + "/".join([*base, *steps]) in known


def test_the_manifest_reaches_the_page_alone() -> None:
    told = json.loads(client_of(NOBODY).get(f"{OUTDOORS}app.webmanifest").content)

    assert told["start_url"] == told["scope"] == OUTDOORS
    assert told["display"] == "standalone"
