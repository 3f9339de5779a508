"""The system account that runs the embedded database when we are root.

PostgreSQL refuses to run as root. Without root everything runs as the present user.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import IO, Any

import click

from linli.config.language import words
from linli.config.wrong import listed, said

NAME = "linli-db"
MAKE = f"useradd --system --no-create-home --shell /usr/sbin/nologin {NAME}"


def is_root() -> bool:
    return os.geteuid() == 0


def ensure() -> pwd.struct_passwd | None:
    """Return the account, made if needed; None when we are not root."""
    if not is_root():
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return _make()


def _make() -> pwd.struct_passwd:
    tool = shutil.which("useradd") or "/usr/sbin/useradd"
    done = subprocess.run(
        [tool, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        return pwd.getpwnam(NAME)  # another start may have made it meanwhile
    except KeyError:
        raise click.ClickException(
            words(
                f"The system account {NAME} could not be made: {done.stderr.strip()}\nRun: {MAKE}",
                f"系统账户 {NAME} 没能建立：{done.stderr.strip()}\n请执行：{MAKE}",
            )
        ) from None


def run_options() -> dict[str, Any]:
    """Return what subprocess needs to run a program as the database's account."""
    account = ensure()
    if account is None:
        return {"cwd": "/"}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "cwd": "/"}


def own(path: Path, mode: int) -> None:
    """Make a folder that belongs to the database's account."""
    path.mkdir(parents=True, exist_ok=True)
    account = ensure()
    if account is not None and path.stat().st_uid != account.pw_uid:
        os.chown(path, account.pw_uid, account.pw_gid)
    if path.stat().st_mode & 0o777 != mode:
        path.chmod(mode)


def create(path: Path) -> IO[bytes]:
    """Open a new file that belongs to the database's account and that nobody else reads.

    The folder may belong to that account: a link it laid there is replaced, never followed.
    """
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    account = ensure()
    if account is not None:
        os.fchown(handle, account.pw_uid, account.pw_gid)
    return os.fdopen(handle, "wb")


def write(path: Path, text: str) -> None:
    """Put a text into a file of the database's account."""
    with create(path) as file:
        file.write(text.encode())


def open_home(home: Path) -> None:
    """Make a home that the database's account can pass, whatever the umask says."""
    if not home.exists():
        try:
            home.mkdir(parents=True)
            home.chmod(0o711)
        except OSError as error:
            raise unusable(home, error.strerror or str(error)) from None
    if not os.access(home, os.W_OK | os.X_OK):
        raise unusable(home, words("it may not be written to", "没有写入权限"))


def unusable(home: Path, why: str) -> click.ClickException:
    """Return the refusal of a home, with its mend."""
    fault = said("no_use", home=home, why=why)
    return click.ClickException(listed([said("in_home", fault=fault)]))


# the first that it cannot pass, of all in one go: a process for each took longer than the start around it
PASSING = 'for one; do test -x "$one" || { printf %s "$one"; exit 1; }; done'


def unreachable(path: Path) -> Path | None:
    """Return the first folder on the way to `path` that the account cannot pass, if any."""
    if not is_root():
        return None
    whole = path.resolve()
    there = [str(one) for one in [*reversed(whole.parents), whole] if one.exists()]
    tried = subprocess.run(
        ["/bin/sh", "-c", PASSING, "sh", *there], **run_options(), check=False, capture_output=True
    )
    return Path(os.fsdecode(tried.stdout)) if tried.returncode else None
