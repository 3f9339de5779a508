"""Where tests live: loaded by pytest before Django reads its settings (`-p` in pyproject.toml).

A conftest would be too late: the tests would then run against the home that serves.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import sys
from pathlib import Path

import pytest

from linli.cli.embedded import account
from linli.config.env import home_faults
from linli.config.test_clock import has_midnight, later, put_ahead

ROOT = Path(__file__).resolve().parents[2]
MEMORY, ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - its folder is made for this user alone


def _home() -> Path:
    """Return the named home, or one in memory: a clone is thirty times faster there than on disk."""
    if "LINLI_TEST_HOME" in os.environ:
        return Path(os.environ["LINLI_TEST_HOME"]).resolve()
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        return MEMORY / f"linli-test-{os.getuid()}-{checkout}"
    return ROOT / ".linli-test"


HOME = _home()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "solo")
DATABASE = f"test_{os.getppid() if WORKER != 'solo' else os.getpid()}_{WORKER}"


def _refuse_bad_home() -> None:
    faults = home_faults(HOME)
    blocked = account.unreachable(HOME) if WORKER == "solo" and not faults else None
    if blocked:
        faults = [f"the account {account.NAME} cannot pass {blocked}. Run chmod o+x {blocked}"]
    if faults:
        raise pytest.UsageError(
            "The tests cannot keep their database here: "
            + "; ".join(fault.replace("LINLI_HOME", "LINLI_TEST_HOME") for fault in faults)
            + ", or name another place: LINLI_TEST_HOME=/tmp/linli-test"
        )


def _keep_compiled() -> None:
    """Compile each file once, where nothing may be written beside the sources too.

    The tests start more than a hundred processes; each would compile all libraries anew.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(HOME / "compiled")
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        del os.environ["PYTHONDONTWRITEBYTECODE"]


# until all tests are collected (conftest.py) what is loaded stays
gc.disable()
# commands speak one language whatever the terminal has; tests of the other one say so
os.environ["LINLI_LANGUAGE"] = "en"
_refuse_bad_home()
_keep_compiled()
if later() or has_midnight():
    put_ahead(later())
os.environ["LINLI_HOME"] = str(HOME)
os.environ["LINLI_DB_NAME"] = DATABASE
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
