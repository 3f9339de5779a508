"""The keyring on disk, its export, and rotation over real rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from linli.kernel import sealing, sql
from linli.kernel.registries import Registry
from linli.kernel.sealing import erasures, export, files, ring, rotate, rotation
from linli.kernel.sealing.keys import USES, Key, Keyring, new_ring
from linli.kernel.sealing.rotation import SealedColumn

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
NUMBERS = SealedColumn(
    "trial", "number", index="number_index", purpose="trial.number", normal=str.upper
)
WRAPPED = SealedColumn("trial", "wrapped", use="master")


@pytest.fixture
def home(tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    settings.LINLI_HOME = tmp_path / "home"
    monkeypatch.setattr(ring, "LOOK_EVERY", 0.0)
    ring.forget()
    files.create_keyring(tmp_path / "home", now=NOW)
    yield tmp_path / "home"
    ring.forget()


@pytest.fixture
def trial(home: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of 25 sealed numbers, and columns of ours alone."""
    columns: Registry[SealedColumn] = Registry("trial")
    columns.add(NUMBERS)
    columns.add(WRAPPED)
    monkeypatch.setattr(rotation, "SEALED", columns)
    monkeypatch.setattr(rotate, "SEALED", columns)
    monkeypatch.setattr(rotation, "BATCH", 10)
    sql.execute(
        "trial",
        "CREATE TEMP TABLE trial (id bigint PRIMARY KEY, number bytea, number_index bytea UNIQUE, "
        "number_index_next bytea UNIQUE, wrapped bytea) ON COMMIT DROP",
    )
    for n in range(1, 26):
        _insert(n)
    _insert(99, with_value=False)


def _insert(n: int, *, with_value: bool = True) -> None:
    number = sealing.seal(f"a{n}", table="trial", column="number", row=n)
    index = sealing.blind(f"A{n}", purpose="trial.number")
    wrapped = sealing.seal_bytes(b"k", table="trial", column="wrapped", row=n, use="master")
    row = [n, number, index.main, index.next, wrapped] if with_value else [n] + [None] * 4
    sql.execute("trial.add", "INSERT INTO trial VALUES (%s, %s, %s, %s, %s)", row)


def found(value: str) -> list[int]:
    [(column, hash_)] = sealing.blind_lookup("number_index", value, purpose="trial.number").items()
    rows = sql.tuples("trial.find", f"SELECT id FROM trial WHERE {column} = %s", [hash_])
    return [row[0] for row in rows]


def opened() -> dict[int, str]:
    rows = sql.tuples("trial.all", "SELECT id, number FROM trial WHERE number IS NOT NULL")
    return {n: sealing.open_sealed(s, table="trial", column="number", row=n) for n, s in rows}


ALL = {n: f"a{n}" for n in range(1, 26)}


def test_keys_are_made_once_and_only_their_owner_reads_them(home: Path) -> None:
    before = files.ring_path(home).read_bytes()

    assert not files.create_keyring(home, now=NOW)
    assert files.ring_path(home).read_bytes() == before
    assert files.ring_path(home).stat().st_mode & 0o777 == 0o600
    assert files.folder(home).stat().st_mode & 0o777 == 0o700
    assert {key.use for key in files.load(home).keys} == set(USES)
    assert files.open_to_others(home) == []


def test_keys_that_others_can_read_are_named(home: Path) -> None:
    files.ring_path(home).chmod(0o644)

    assert files.open_to_others(home) == [files.ring_path(home)]


def test_missing_keys_are_refused_with_what_to_do(home: Path) -> None:
    files.ring_path(home).unlink()
    ring.forget()

    with pytest.raises(sealing.KeyringMissing) as refusal:
        sealing.seal("x", table="t", column="c", row=1)

    assert "linli keys import" in str(refusal.value)
    assert str(home) in str(refusal.value)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:100],
        lambda text: text.replace('"format": "linli-keys-1"', '"format": "linli-keys-9"'),
        lambda text: text.replace('"material": "', '"material": "A', 1),
        lambda text: text.replace('"suite": "intl"', '"suite": "rot13"', 1),
        lambda _: "[]",
    ],
)
def test_damaged_keys_are_refused(home: Path, spoil: object) -> None:
    path = files.ring_path(home)
    path.write_text(spoil(path.read_text()))  # type: ignore[operator]
    ring.forget()

    with pytest.raises(sealing.KeyringDamaged):
        ring.ring()


def test_a_running_process_sees_a_new_key(home: Path) -> None:
    old = ring.ring().current("seal")
    files.save(home, files.load(home).with_new("seal", made_at="now"))

    sealed = sealing.seal("x", table="t", column="c", row=1)

    assert sealed[1:5] != old.id
    assert ring.ring().get(old.id).state == "old"


@pytest.mark.parametrize("passphrase", ["", "正确 horse"])
def test_an_export_brings_the_keys_to_another_machine(
    home: Path, tmp_path: Path, passphrase: str
) -> None:
    sealed = sealing.seal("x", table="t", column="c", row=1)
    out = tmp_path / "usb" / "keys.json"

    names = export.export_keys(home, out, passphrase=passphrase, now=NOW)

    assert out.stat().st_mode & 0o777 == 0o600
    assert export.not_exported(home) == []
    brought = export.read_export(out, passphrase=passphrase)
    assert export.import_keys(tmp_path / "new", brought) == names
    with ring.using(files.load(tmp_path / "new")):
        assert sealing.open_sealed(sealed, table="t", column="c", row=1) == "x"


def test_a_locked_export_shows_nothing_and_wants_its_passphrase(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "keys.json"
    export.export_keys(home, out, passphrase="right", now=NOW)

    assert "material" not in out.read_text()
    with pytest.raises(sealing.PassphraseWrong):
        export.read_export(out, passphrase="wrong")


def test_the_warning_lasts_until_every_key_was_exported(home: Path, tmp_path: Path) -> None:
    assert len(export.not_exported(home)) == len(USES)
    export.export_keys(home, home / "beside.json", now=NOW)
    assert len(export.not_exported(home)) == len(USES), (
        "an export beside the keys is lost with them"
    )
    export.export_keys(home, tmp_path / "away.json", now=NOW)

    files.save(home, files.load(home).with_new("seal", made_at="now"))

    assert export.not_exported(home) == [files.load(home).current("seal").name]


def test_imported_keys_read_but_do_not_write_unless_they_take_over(home: Path) -> None:
    own, other = files.load(home), new_ring("intl", made_at="then")

    export.import_keys(home, other)
    assert files.load(home).current("seal") == own.current("seal")
    assert files.load(home).get(other.current("seal").id).state == "old"
    with pytest.raises(sealing.KeyMissing):
        files.load(home).get(other.current("index").id)

    export.import_keys(home, other, take_over=True)
    assert files.load(home).current("seal").id == other.current("seal").id
    assert files.load(home).get(own.current("seal").id).state == "old"
    assert files.load(home).current("index") == other.current("index")


def test_a_rotation_writes_every_value_anew(home: Path, trial: None) -> None:
    old = ring.ring().current("seal")

    steps = list(rotate.rotate(home, "seal", now=NOW))

    assert [step.rows for step in steps] == [10, 10, 5]
    assert opened() == ALL
    assert rotation.count_under(old.id) == {}
    assert rotation.count_under(ring.ring().current("seal").id) == {"trial.number": 25}
    rotate.retire(home, old.name)
    assert opened() == ALL


def test_a_rotation_that_was_broken_off_goes_on_with_the_same_key(home: Path, trial: None) -> None:
    begun = rotate.rotate(home, "seal", now=NOW)
    next(begun)
    begun.close()
    key = ring.ring().current("seal")

    steps = list(rotate.rotate(home, "seal", now=NOW))

    assert [step.rows for step in steps] == [10, 5]
    assert ring.ring().current("seal") == key
    assert opened() == ALL


def test_persons_keys_are_wrapped_anew(home: Path, trial: None) -> None:
    list(rotate.rotate(home, "master", now=NOW))

    rows = sql.tuples("trial.keys", "SELECT id, wrapped FROM trial WHERE wrapped IS NOT NULL")
    assert {sealing.open_bytes(w, table="trial", column="wrapped", row=n) for n, w in rows} == {
        b"k"
    }
    assert rotation.count_under(ring.ring().current("master").id) == {"trial.wrapped": 25}


def test_an_index_is_rotated_twice_and_values_stay_found_and_single(
    home: Path, trial: None
) -> None:
    for _ in range(2):
        begun = rotate.rotate(home, "index", now=NOW)
        next(begun)
        assert found("A7") == [7], "while the other column is being filled"
        list(begun)
        assert (found("A7"), found("A25"), found("a7")) == ([7], [25], [])

    filled = sql.tuples(
        "trial.slots", "SELECT count(number_index), count(number_index_next) FROM trial"
    )
    assert filled == [(25, 0)]
    assert len(ring.ring().of("index")) == 1


def test_a_broken_off_index_rotation_goes_on(home: Path, trial: None) -> None:
    begun = rotate.rotate(home, "index", now=NOW)
    next(begun)
    begun.close()
    _insert(50)

    list(rotate.rotate(home, "index", now=NOW))

    assert (found("A3"), found("A50")) == ([3], [50])
    assert [key.state for key in ring.ring().of("index")] == ["current"]


def test_a_key_that_is_needed_cannot_be_retired(home: Path, trial: None) -> None:
    list(rotate.rotate(home, "seal", now=NOW))
    old = next(key for key in ring.ring().of("seal") if key.state == "old")
    with ring.using(_with_current(old)):
        _insert(77)

    with pytest.raises(sealing.KeyInUse, match="trial.number"):
        rotate.retire(home, old.name)
    with pytest.raises(sealing.KeyInUse):
        rotate.retire(home, ring.ring().current("seal").name)


def _with_current(old: Key) -> Keyring:
    """The ring of a server that has not yet seen the new key."""
    others = [key for key in ring.ring().keys if key.use != "seal"]
    return Keyring("intl", [replace(old, state="current"), *others])


def test_keys_of_marks_are_never_retired(home: Path, trial: None) -> None:
    list(rotate.rotate(home, "mark", now=NOW))
    old = next(key for key in ring.ring().of("mark") if key.state == "old")

    with pytest.raises(sealing.KeyInUse):
        rotate.retire(home, old.name)


def test_the_file_says_what_it_is(home: Path) -> None:
    whole = json.loads(files.ring_path(home).read_text())

    assert whole["format"] == "linli-keys-1"
    assert {"id", "use", "suite", "state", "slot", "made_at", "material"} == set(whole["keys"][0])


def test_an_export_brings_the_secret_and_the_erased_to_another_machine(
    home: Path, tmp_path: Path, settings: Any
) -> None:
    settings.SECRET_KEY = "the secret of the first machine, long"
    erasures.note(home, [(7, NOW), (3, NOW)])
    out, new = tmp_path / "away.json", tmp_path / "new"
    export.export_keys(home, out, passphrase="p", now=NOW)
    files.write_private(files.folder(new) / "secret_key", b"made before the keys came")

    export.import_export(new, export.open_export(out, passphrase="p"))

    assert (files.folder(new) / "secret_key").read_text() == settings.SECRET_KEY
    assert erasures.known(new) == {3: files.moment(NOW), 7: files.moment(NOW)}
    assert {p.stat().st_mode & 0o777 for p in files.folder(new).iterdir()} == {0o600}


def test_keys_that_come_in_as_old_ones_leave_the_secret_alone(home: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other", tmp_path / "away.json"
    files.create_keyring(other, now=NOW)
    export.export_keys(other, out, now=NOW)
    files.write_private(files.folder(home) / "secret_key", b"own")

    export.import_export(home, export.open_export(out))
    assert (files.folder(home) / "secret_key").read_text() == "own"
    export.import_export(home, export.open_export(out), take_over=True)
    assert (files.folder(home) / "secret_key").read_text() != "own"


def test_an_export_is_outdated_by_a_new_secret_or_an_erasure(
    home: Path, tmp_path: Path, settings: Any
) -> None:
    assert export.is_outdated(home)
    export.export_keys(home, tmp_path / "away.json", now=NOW)
    assert not export.is_outdated(home)
    assert erasures.note(home, [(3, NOW)]) == 1
    assert erasures.note(home, [(3, NOW)]) == 0
    assert export.is_outdated(home)
    export.export_keys(home, tmp_path / "away.json", now=NOW)
    settings.SECRET_KEY = "another one"
    assert export.is_outdated(home)
