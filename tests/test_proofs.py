"""`linli verify`, `linli keys` and `linli export translog` as scripts use them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.cli.proofs import export, verify
from linli.cli.sealing_keys import keys
from linli.kernel.sealing import files, ring
from linli.trail.testing import make_entry, seal
from linli.translog import queries, services
from linli.translog.testing import JOB, NOON, make_head


def run(command: Any, *arguments: object, text: str = "") -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], input=text)


@pytest.mark.django_db(transaction=True)
def test_verify_trail_says_that_all_is_well() -> None:
    make_entry()
    seal()
    services.enter_trail_head(actor=JOB, now=NOON)
    late = make_entry()

    done = run(verify, "trail", "--json")
    told = run(verify, "trail")

    body = json.loads(done.stdout)
    assert done.exit_code == told.exit_code == 0
    assert (body["ok"], body["sealed"], body["heads_compared"]) == (True, 1, 1)
    assert body["unsealed"]["entries"] == [late]
    assert "The trail is as it was written." in told.stdout
    assert f"1 entries are not sealed yet: {late}" in told.stdout


@pytest.mark.django_db(transaction=True)
def test_verify_trail_names_what_was_tampered_with(admin_db: Any) -> None:
    entry = make_entry()
    make_entry()
    seal()
    admin_db.execute("SET session_replication_role = replica")
    admin_db.execute("DELETE FROM trail_entry WHERE id = %s", [entry])

    done = run(verify, "trail", "--json")
    told = run(verify, "trail")

    body = json.loads(done.stdout)
    assert done.exit_code == told.exit_code == 1
    assert [(p["kind"], p["entry_id"]) for p in body["problems"]] == [("missing", entry)]
    assert f"WRONG: entry {entry} is missing" in told.stdout


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["log.jsonl", "log.jsonl.gz"])
def test_an_exported_log_is_verified_without_a_database(tmp_path: Path, name: str) -> None:
    import gzip

    head = make_head(7)
    out = tmp_path / "log.jsonl"
    kept = tmp_path / "head"
    kept.write_text(head.note, encoding="utf-8")
    assert run(export, "translog", out).exit_code == 0
    if name.endswith(".gz"):
        (tmp_path / name).write_bytes(gzip.compress(out.read_bytes()))

    done = run(verify, "translog", tmp_path / name, "--known", kept, "--json")

    assert done.exit_code == 0, done.output
    body = json.loads(done.stdout)
    assert (body["ok"], body["entries"], body["signed_size"]) == (True, 7, 7)
    assert body["origin"] == queries.origin()


@pytest.mark.django_db
def test_a_changed_export_ends_with_status_1(tmp_path: Path) -> None:
    make_head(3)
    out = tmp_path / "log.jsonl"
    run(export, "translog", out)
    out.write_text(out.read_text().replace("公示", "公告", 1))

    done = run(verify, "translog", out)

    assert done.exit_code == 1
    assert "WRONG: line 2: the content of entry 0 is not what was entered" in done.stdout


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.LINLI_HOME = tmp_path / "home"
    monkeypatch.setenv("LINLI_HOME", str(tmp_path / "home"))
    ring.forget()
    files.create_keyring(tmp_path / "home", now=NOON)
    yield tmp_path / "home"
    ring.forget()


def test_keys_go_out_under_a_passphrase_and_come_back(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "keys.json"

    assert run(keys, "export", out, "--passphrase", text="word\nword\n").exit_code == 0
    assert run(keys, "export", out).exit_code == 1, "a file that exists is not written over"
    before = files.ring_path(home).read_text()
    files.ring_path(home).unlink()
    assert run(keys, "import", out, text="word\n").exit_code == 0

    assert files.ring_path(home).read_text() == before


def test_status_tells_what_was_not_exported(home: Path, tmp_path: Path) -> None:
    told = run(keys, "status")
    assert "NOT exported" in told.stdout, told.stderr
    run(keys, "export", tmp_path / "keys.json")

    body = json.loads(run(keys, "status", "--json").stdout)

    assert body["not_exported"] == []
    assert {key["use"] for key in body["keys"]} == {"seal", "master", "index", "mark", "log"}
    assert "material" not in json.dumps(body)
