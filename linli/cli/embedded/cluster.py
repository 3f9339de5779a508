"""One embedded PostgreSQL in a home: init, start, adopt, stop. Several processes may share it."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from linli.cli.embedded import account, conf, programs
from linli.config.env_values import Database
from linli.config.language import words
from linli.config.secrets import EMBEDDED_PORT, ROLES, role_password
from linli.kernel.wholes import whole_number

START_SECONDS = 60
STOP_SECONDS = 30


class Cluster:
    """The database of one home. `durable=False` is for tests only: it may lose data on a crash."""

    def __init__(self, home: Path, *, durable: bool = True, connections: int = 60) -> None:
        self.home, self.durable, self.connections = home, durable, connections
        self.data, self.run, self.log = home / "pg", home / "run", home / "log"
        self.process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let one process at a time make or start the cluster."""
        account.open_home(self.home)
        with open(self.home / "up.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def start(self) -> bool:
        """Make the cluster if there is none and start it. Returns False if it already ran."""
        with self.locked():
            blocked = account.unreachable(self.home)
            if blocked:
                raise click.ClickException(
                    words(
                        f"The database runs as {account.NAME}, which cannot pass {blocked}.\nRun "
                        f"`chmod o+x {blocked}`, or choose another place: LINLI_HOME=/var/lib/linli",
                        f"数据库由账户 {account.NAME} 运行，它进不了 {blocked}。\n请执行 "
                        f"`chmod o+x {blocked}`，或者换一个位置：LINLI_HOME=/var/lib/linli",
                    )
                )
            for folder in (self.run, self.log):
                account.own(folder, 0o755 if folder == self.run else 0o700)
            binaries = programs.find(self.home)
            if not self.data.exists():
                self._make(binaries)
            self._check_version()
            if self._adopt():
                return False
            self._launch_patiently(binaries)
            return True

    def stop(self) -> None:
        """Stop the server, ours or adopted, and wait for it."""
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                return
            if self.process is None and not _alive(pid):
                return
            time.sleep(0.02)
        os.kill(pid, signal.SIGQUIT)

    def is_running(self) -> bool:
        pid = self._pid()
        return pid is not None and self._line(8) == "ready"

    def database(self, role: str, name: str | None = None) -> Database:
        """Return how to reach a database of this cluster as app, owner or super."""
        return Database(
            host=str(self.run),
            port=EMBEDDED_PORT,
            name=name or ("postgres" if role == "super" else "linli"),
            user=ROLES[role],
            password=role_password(self.home, role),
        )

    def _make(self, binaries: Path) -> None:
        # PG_VERSION is written early and proves nothing: make it aside, then rename
        fresh = self.home / "pg.new"
        shutil.rmtree(fresh, ignore_errors=True)
        account.own(fresh, 0o700)
        word = self.run / "super.pw"
        account.write(word, role_password(self.home, "super"))
        try:
            done = subprocess.run(
                [str(binaries / "initdb"), "-D", str(fresh), "-U", ROLES["super"], "-E", "UTF8",
                 "--locale=C", *_locale(binaries), "--auth-local=scram-sha-256",
                 "--auth-host=scram-sha-256", f"--pwfile={word}", "--no-instructions"],
                **account.run_options(), capture_output=True, text=True, check=False,
            )  # fmt: skip
        finally:
            word.unlink()
        if done.returncode != 0:
            raise click.ClickException(
                words("The database could not be made:", "数据库没能建立：")
                + f"\n{done.stderr.strip()}"
            )
        own = (fresh / "postgresql.conf").read_text() + "\ninclude_if_exists = 'linli.conf'\n"
        account.write(fresh / "postgresql.conf", own)
        fresh.rename(self.data)

    def _check_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != programs.MAJOR and not os.environ.get("LINLI_PG_BIN"):
            raise click.ClickException(
                words(
                    f"The data in {self.data} are PostgreSQL {version}, the programs "
                    f"{programs.MAJOR}. See docs/howto/upgrade-postgresql.md.",
                    f"{self.data} 里是 PostgreSQL {version} 的数据，程序是 {programs.MAJOR}。"
                    "请看 docs/howto/upgrade-postgresql.md。",
                )
            )

    def _launch_patiently(self, binaries: Path) -> None:
        """Start again while backends of a killed server still hold its memory."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return self._launch(binaries)
            except click.ClickException as error:
                if "shared memory" not in error.message or time.monotonic() > deadline:
                    raise
            time.sleep(0.5)

    def _launch(self, binaries: Path) -> None:
        told = conf.text(self.run, self.log, self.connections, durable=self.durable)
        account.write(self.data / "linli.conf", told)
        with account.create(self.log / "start.log") as log:
            self.process = subprocess.Popen(
                [str(binaries / "postgres"), "-D", str(self.data)],
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                **account.run_options(),
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.is_running():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise click.ClickException(
            words("The database did not start.", "数据库没有启动。") + f"\n{self._why()}"
        )

    def _why(self) -> str:
        found = [path for path in self.log.glob("*.log") if not path.is_symlink()]
        logs = sorted(found, key=lambda path: path.stat().st_mtime)
        tail = "\n".join(logs[-1].read_text(errors="replace").splitlines()[-8:]) if logs else ""
        if shutil.disk_usage(self.home).free < 64 * 1024 * 1024:
            tail += "\n" + words(
                f"The disk of {self.home} is full. Free some space, then start again.",
                f"{self.home} 所在磁盘已满。请清出空间，再重新启动。",
            )
        return tail

    def _adopt(self) -> bool:
        """Say whether a live server runs already; sweep away what a dead one left."""
        if self._pid() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for lock in self.run.glob(".s.PGSQL.*"):
                lock.unlink(missing_ok=True)
            return False
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._pid() is not None:
            if self.is_running():
                return True
            time.sleep(0.05)
        return False

    def _line(self, number: int) -> str:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return ""
        return lines[number - 1].strip() if len(lines) >= number else ""

    def _pid(self) -> int | None:
        pid = whole_number(self._line(1), least=1)
        return pid if pid is not None and _alive(pid) else None


def _alive(pid: int) -> bool:
    """Say whether this is a live PostgreSQL; a zombie or another program under the pid is not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        name = Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z" and name.startswith("postgres")


def _locale(binaries: Path) -> list[str]:
    shown = subprocess.run(
        [str(binaries / "initdb"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    builtin = int(shown.split()[-1].split(".")[0].split("(")[0]) >= 17
    return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if builtin else []
