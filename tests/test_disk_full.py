"""A disk without space: a clear word, nothing half done, and work that goes on when there is room."""

from __future__ import annotations

import errno
import json
import tarfile
from pathlib import Path
from typing import Any

import click
import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from psycopg.errors import DiskFull

from linli.cases.models import Case
from linli.cli import backup
from linli.cli.restored import names_of_keys, refuse_without_keys
from linli.config.env import read_env
from linli.kernel.db.base import DatabaseWrapper
from linli.kernel.errors import is_full
from linli.kernel.sealing import create_keyring
from linli.places.testing import make_town
from linli.portal import services as portal
from linli.runtime.services import running
from linli.runtime.testing import make_long_job
from linli.runtime.types import JOB_KINDS, JobKind, JobRun


def full_database() -> OperationalError:
    """What Django raises when PostgreSQL could not extend a file."""
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull("could not extend file")
    return error


def no_space(*args: Any, **kwargs: Any) -> Any:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_known_by_its_code_however_deep() -> None:
    outer = RuntimeError("page")
    outer.__cause__ = full_database()

    assert is_full(outer)
    assert is_full(OSError(errno.EDQUOT, "quota"))
    assert not is_full(OperationalError("connection refused"))
    assert not is_full(OSError(errno.EACCES, "no"))
    assert not is_full(None)


def raised(*, is_put_away: bool) -> BaseException:
    """An error that was raised while a full disk was being dealt with."""
    try:
        try:
            no_space()
        except OSError:
            if is_put_away:
                raise ValueError("another matter") from None
            raise ValueError("because of it")  # noqa: B904 - the context is what is tested
    except ValueError as error:
        return error


def test_a_full_disk_that_was_dealt_with_is_not_told_again() -> None:
    assert is_full(raised(is_put_away=False))
    assert not is_full(raised(is_put_away=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "word"),
    [("/zh-hans/feedback/", "存储空间已满"), ("/en/feedback/", "No space is left")],
)
@pytest.mark.parametrize("fail", ["database", "file"])
def test_a_page_says_so_in_both_languages_and_keeps_nothing(
    monkeypatch: Any, address: str, word: str, fail: str
) -> None:
    make_town()
    whole = portal.give_feedback

    def half(*args: Any, **kwargs: Any) -> Any:
        whole(*args, **kwargs)
        raise full_database() if fail == "database" else OSError(errno.ENOSPC, "No space")

    monkeypatch.setattr(portal, "give_feedback", half)
    client = Client(raise_request_exception=False)
    form = {"text": "灯坏了", "key": "full-1"}

    answer = client.post(address, form)

    assert answer.status_code == 507
    assert word in answer.content.decode()
    assert not Case.objects.exists()
    monkeypatch.setattr(portal, "give_feedback", whole)
    assert client.post(address, form).status_code in (200, 303)
    assert Case.objects.count() == 1, "the same form, sent again, is taken once"


@pytest.mark.django_db
def test_a_program_is_told_in_the_form_of_the_api(monkeypatch: Any) -> None:
    def refuse(self: DatabaseWrapper) -> None:
        raise full_database()

    monkeypatch.setattr(DatabaseWrapper, "ensure_connection", refuse)
    client = Client(raise_request_exception=False)

    answer = client.get("/api/v1/places/?level=village", headers={"Accept-Language": "en"})

    assert answer.status_code == 507
    assert answer.json()["code"] == "full"
    assert "Nothing was saved" in answer.json()["message"]


@pytest.mark.django_db
def test_a_long_job_says_why_it_stopped_and_keeps_each_step_that_was_whole(
    monkeypatch: Any,
) -> None:
    def work(run: JobRun) -> None:
        run.progress(1, 4, checkpoint={"row": 1})
        raise full_database()

    job = make_long_job(now=timezone.now())
    monkeypatch.setitem(JOB_KINDS._items, job.kind, JobKind(job.kind, "Counting", work))

    with pytest.raises(OperationalError):
        running.run_job(job.pk, job.attempt, clock=timezone.now)

    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "full")
    assert "没有空间" in job.error
    assert (job.done, job.checkpoint) == (1, {"row": 1})


@pytest.fixture
def quiet(monkeypatch: Any, tmp_path: Path) -> Path:
    """A home whose backup would work, without a database behind it."""
    monkeypatch.setattr(backup, "refuse_weak_owner", lambda env: None)
    monkeypatch.setattr(backup, "keep_erasures", lambda *args: None)
    monkeypatch.setattr(
        backup, "run_program",
        lambda env, name, *a, at: Path(a[a.index("-f") + 1]).write_bytes(b"dump"),
    )  # fmt: skip
    (tmp_path / "home" / "files").mkdir(parents=True)
    (tmp_path / "home" / "files" / "one").write_bytes(b"1")
    return tmp_path / "home"


@pytest.mark.parametrize("where", ["dump", "files"])
def test_a_backup_that_does_not_fit_leaves_nothing_and_says_so(
    quiet: Path, tmp_path: Path, monkeypatch: Any, where: str
) -> None:
    if where == "files":
        monkeypatch.setattr(tarfile.TarFile, "add", no_space)
    else:
        monkeypatch.setattr(backup, "run_program", no_space)
    env = read_env({"LINLI_HOME": str(quiet)})

    with pytest.raises(click.ClickException, match="Nothing of it was kept") as told:
        backup.make_backup(env, tmp_path / "b")

    assert "No space left" in told.value.message
    assert told.value.exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert backup.last_made(quiet) is None


@pytest.mark.parametrize("at", ["home/files/one", "elsewhere", ""])
def test_what_cannot_be_read_is_not_blamed_on_the_disk_of_the_backup(
    quiet: Path, tmp_path: Path, monkeypatch: Any, at: str
) -> None:
    def unread(*args: Any, **kwargs: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / at) if at else None)

    monkeypatch.setattr(tarfile.TarFile, "add", unread)
    env = read_env({"LINLI_HOME": str(quiet)})

    with pytest.raises(PermissionError):
        backup.make_backup(env, tmp_path / "backups" / "b")

    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_that_cannot_be_written_to_is_named(
    quiet: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    def unwritten(env: Any, name: str, *given: str, at: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", given[given.index("-f") + 1])

    monkeypatch.setattr(backup, "run_program", unwritten)
    env = read_env({"LINLI_HOME": str(quiet)})

    with pytest.raises(click.ClickException, match="Permission denied"):
        backup.make_backup(env, tmp_path / "b")


def test_a_backup_names_the_keys_without_which_it_cannot_be_read(
    quiet: Path, tmp_path: Path
) -> None:
    create_keyring(quiet, now=timezone.now())
    env = read_env({"LINLI_HOME": str(quiet)})

    manifest = backup.make_backup(env, tmp_path / "b")

    assert manifest["keys"] == names_of_keys(quiet) != []
    assert "material" not in json.dumps(manifest)
    refuse_without_keys(quiet, manifest)


def test_a_restore_without_the_keys_is_refused_before_anything_is_touched(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    create_keyring(old, now=timezone.now())
    manifest = {"keys": names_of_keys(old)}

    with pytest.raises(click.ClickException, match="linli keys import FILE"):
        refuse_without_keys(new, manifest)
    create_keyring(new, now=timezone.now())
    with pytest.raises(click.ClickException, match="take-over"):
        refuse_without_keys(new, manifest)
    refuse_without_keys(new, {})
    refuse_without_keys(old, manifest)
