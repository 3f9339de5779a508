"""How files go."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.files import queries, services
from linli.files.models import StoredFile
from linli.files.services import letting_go
from linli.files.testing import make_file, own_home
from linli.files.types import Owner
from linli.kernel.errors import NotFound, WrongState
from linli.kernel.permits import VAULT, system_actor
from linli.kernel.testing import make_actor

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = make_actor("clerk", account_id=1)
SYSTEM = system_actor("test")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def lying(home: Path) -> int:
    return len([path for path in (home / "files").rglob("*") if path.is_file()])


@pytest.mark.django_db
def test_an_erased_file_leaves_a_row_and_no_content(
    home: Path, django_capture_on_commit_callbacks
) -> None:
    file = make_file(now=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        services.erase_file(file, reason="asked", actor=CLERK, now=NOON)

    file.refresh_from_db()
    assert (file.state, file.name, file.sha256, file.storage_name) == ("erased", "", "", "")
    assert lying(home) == 0
    with pytest.raises(NotFound):
        queries.get_file(SYSTEM, file.code)
    with pytest.raises(WrongState):
        services.erase_file(file, reason="again", actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_content_that_another_file_shares_stays(
    home: Path, django_capture_on_commit_callbacks
) -> None:
    one, twin = make_file(now=NOON), make_file(now=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        services.erase_file(one, reason="asked", actor=CLERK, now=NOON)

    assert services.read_content(twin, actor=CLERK, now=NOON) == b"a,b\n1,2\n"


@pytest.mark.django_db
def test_without_its_key_an_encrypted_file_is_gone_also_from_backups(home: Path) -> None:
    file = make_file(now=NOON, level=VAULT)
    kept = (home / "files" / file.storage_name).read_bytes()

    services.erase_file(file, reason="law", actor=CLERK, now=NOON)

    file.refresh_from_db()
    assert file.content_key is None
    assert b"a,b" not in kept


@pytest.mark.django_db
def test_files_of_a_thing_go_together(home: Path) -> None:
    for _ in range(3):
        make_file(now=NOON, owner=Owner("test.thing", 5))
    other = make_file(now=NOON, owner=Owner("test.thing", 6))

    assert services.erase_files_of("test.thing", 5, reason="asked", actor=CLERK, now=NOON) == 3
    assert queries.files_of(Owner("test.thing", 6)) == [other]


@pytest.mark.django_db
def test_what_is_due_goes_and_what_is_not_stays(home: Path) -> None:
    due, later, always = make_file(now=NOON), make_file(now=NOON), make_file(now=NOON)
    StoredFile.objects.filter(pk=due.pk).update(retention_until=date(2026, 11, 23))
    StoredFile.objects.filter(pk=later.pk).update(retention_until=date(2026, 11, 24))

    assert queries.count_due(NOON) == 1
    assert services.erase_due(actor=SYSTEM, now=NOON, limit=10) == 1
    assert services.erase_due(actor=SYSTEM, now=NOON, limit=10) == 0

    states = dict(StoredFile.objects.values_list("id", "state"))
    assert states == {due.pk: "erased", later.pk: "kept", always.pk: "kept"}


@pytest.mark.django_db
def test_bytes_without_a_row_are_swept_after_a_day(home: Path) -> None:
    file = make_file(now=NOON)
    orphan = home / "files" / "ab" / "cd" / "abcd"
    orphan.parent.mkdir(parents=True)
    orphan.write_bytes(b"left by a rollback")
    (home / "quarantine").mkdir()
    (home / "quarantine" / "X.part").write_bytes(b"left by a crash")
    made = datetime.fromtimestamp(orphan.stat().st_mtime, UTC)

    assert services.sweep(actor=SYSTEM, now=made + timedelta(hours=1)) == 0
    assert services.sweep(actor=SYSTEM, now=made + timedelta(hours=25)) == 2

    assert not orphan.exists()
    assert services.read_content(file, actor=CLERK, now=NOON) == b"a,b\n1,2\n"


@pytest.mark.django_db
def test_what_is_hung_on_something_while_others_are_erased_stays(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, adopted = make_file(now=NOON), make_file(now=NOON)
    StoredFile.objects.update(retention_until=date(2026, 11, 23))
    erased = []

    def erase(file: StoredFile, **about: object) -> None:
        erased.append(file.pk)
        StoredFile.objects.filter(pk=adopted.pk).update(retention_until=None)

    monkeypatch.setattr(letting_go, "erase_file", erase)

    assert services.erase_due(actor=SYSTEM, now=NOON, limit=10) == 1
    assert erased == [first.pk]
