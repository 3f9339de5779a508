"""Public pages and API of the log: anybody checks, with the answers alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localtime

from linli.places.testing import make_village
from linli.translog import offline, queries, rules, services, tree, views
from linli.translog.testing import JOB, NOON, make_entries, make_head
from linli.ui.formats import moment

pytestmark = pytest.mark.django_db


def text(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def json_of(address: str) -> Any:
    answer = Client().get(f"/api/v1/log/{address}")
    assert answer.status_code == 200, address
    return answer.json()


@pytest.fixture
def whole() -> None:
    """Two heads over 8 entries, one private, one forgotten; one entry is not signed yet."""
    make_head(4)
    services.append("result", b"\7" * 32, actor=JOB, now=NOON)
    services.forget(1, reason="PIPL 47", actor=JOB, now=NOON)
    make_head(2)
    make_entries(1)


def test_an_empty_log_says_what_comes() -> None:
    assert "No entry yet" in text("/en/log/")
    assert "No head yet" in text("/en/log/heads/")
    assert Client().get("/api/v1/log/head/").status_code == 404
    assert Client().get("/api/v1/log/checkpoint/").status_code == 404
    assert json_of("entries/") == {"count": 0, "items": [], "next": None}


def test_the_page_shows_head_keys_entries_and_downloads(whole: None) -> None:
    shown = text("/en/log/")

    head = queries.latest()
    assert head is not None
    assert head.root.hex() in shown
    assert rules.verifier_key(queries.origin(), head.public_key) in shown.replace("&#43;", "+")
    assert "will be signed within a minute" in shown
    assert "content erased" in shown
    assert "/en/log/parts/0/" in shown


def test_older_entries_and_kinds_are_reached_by_links(
    monkeypatch: pytest.MonkeyPatch, whole: None
) -> None:
    monkeypatch.setattr(views, "SHOWN", 3)

    first, second = text("/en/log/"), text("/en/log/?before=6")

    assert "before=6" in first
    assert "/en/log/8/" in first
    assert "/en/log/5/" in second
    assert "/en/log/5/" not in first
    assert "/en/log/4/" in text("/en/log/?kind=result")
    assert Client().get("/en/log/?before=x").status_code == 422


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (0, "This entry is in the log"),
        (1, "erased by law"),
        (4, "shown where it was published"),
        (8, "No signed head covers this entry yet"),
    ],
)
def test_an_entry_shows_what_may_be_shown(whole: None, index: int, words: str) -> None:
    assert words in text(f"/en/log/{index}/")


def test_what_was_entered_is_said_in_words_and_stays_exact_for_who_checks() -> None:
    make_village("441900005001")
    place = "441900/441900005/441900005001/"
    content = {"published_at": "2026-11-30T21:27:00.055850+00:00", "version": 2, "place": place}
    index = services.append("notice", content, actor=JOB, now=NOON)

    shown = text(f"/en/log/{index}/")

    assert "Published at" in shown and "<dt>Version</dt>" in shown
    assert str(moment(localtime(datetime.fromisoformat(content["published_at"])))) in shown
    assert place not in shown and "published_at" not in shown
    assert json_of(f"entries/{index}/")["content"] == content
    assert f'href="/api/v1/log/entries/{index}/"' in shown


def test_what_no_page_can_read_stays_as_it_was_entered() -> None:
    content = {"issued_at": "soon", "place": "", "head": {"size": 4}, "unheard_of": "x"}
    index = services.append("document", content, actor=JOB, now=NOON)

    shown = text(f"/en/log/{index}/")

    assert "soon" in shown and "unheard_of" in shown and "Last known head: entries" in shown


def test_an_entry_that_is_not_there_is_not_found(whole: None) -> None:
    for address in (
        "/en/log/9/",
        "/api/v1/log/entries/9/",
        "/api/v1/log/entries/99/proof/",
        "/en/log/parts/1/",
    ):
        assert Client().get(address).status_code == 404, address
    assert Client().get("/api/v1/log/entries/8/proof/").status_code == 409


def test_anybody_proves_an_entry_with_the_answers_alone(whole: None) -> None:
    entry, proof = json_of("entries/3/"), json_of("entries/3/proof/")

    committed = bytes.fromhex(entry["commitment"])
    path = [bytes.fromhex(step) for step in proof["path"]]
    head = rules.read_note(proof["head"]["note"])
    hashed = rules.content_hash(entry["content"])
    at = rules.moment(queries.get_entry(3).at)
    assert rules.opens(committed, entry["kind"], at, hashed, bytes.fromhex(entry["salt"]))
    assert tree.proves_inclusion(tree.leaf_hash(committed), 3, head.size, path, head.root)
    assert head.is_by(offline._public(proof["head"]["key"], head.origin))


def test_anybody_proves_that_a_newer_head_continues_an_older_one(whole: None) -> None:
    body = json_of("consistency/?old=4&new=8")

    old, new = bytes.fromhex(body["old"]["root"]), bytes.fromhex(body["new"]["root"])
    path = [bytes.fromhex(step) for step in body["path"]]
    assert tree.proves_consistency(4, 8, old, new, path)
    assert "begins with the older one" in text("/en/log/consistency/?old=4&new=8")
    assert Client().get("/api/v1/log/consistency/?old=8&new=4").status_code == 422
    assert Client().get("/en/log/consistency/?old=5").status_code == 404


def test_heads_are_listed_and_kept_as_text(whole: None) -> None:
    body = json_of("heads/?limit=1")

    assert (body["count"], [head["size"] for head in body["items"]]) == (2, [8])
    assert json_of(f"heads/?cursor={body['next']}")["items"][0]["size"] == 4
    assert json_of("head/") == body["items"][0] == json_of("heads/8/")
    note = text("/en/log/heads/8/note")
    assert note == text("/api/v1/log/checkpoint/") == body["items"][0]["note"]
    assert Client().get("/api/v1/log/heads/5/").status_code == 404
    assert ">8<" in text("/en/log/heads/")


def test_entries_of_the_api_are_paged_in_order(whole: None) -> None:
    first = json_of("entries/?limit=5")
    second = json_of(f"entries/?limit=5&cursor={first['next']}")

    assert [e["index"] for e in first["items"] + second["items"]] == list(range(9))
    assert (first["count"], second["next"]) == (9, None)
    assert [e["index"] for e in json_of("entries/?first=7")["items"]] == [7, 8]
    assert [first["items"][4][name] for name in ("salt", "content")] == [None, None]
    assert first["items"][1]["is_forgotten"]


def test_the_downloads_together_hold(monkeypatch: pytest.MonkeyPatch, whole: None) -> None:
    monkeypatch.setattr(views, "PART", 4)
    parts = [b"".join(Client().get(f"/en/log/parts/{n}/").streaming_content) for n in range(3)]

    reader = offline.Reader()
    for part in parts:
        reader.read(part.splitlines())

    found = reader.finish()
    assert found.problems == []
    assert (found.entries, found.signed_size) == (9, 8)


def test_pages_ask_the_database_a_fixed_number_of_times(
    whole: None, django_assert_max_num_queries: Any
) -> None:
    for address, most in (("/en/log/", 9), ("/en/log/0/", 7), ("/en/log/heads/", 4)):
        with django_assert_max_num_queries(most):
            Client().get(address)
    assert timedelta(hours=1) == views.DOWNLOADS.per
