"""The test database: an embedded cluster of its own, one clone of a migrated template per worker.

Runs that go on at the same time share the cluster; the last one stops it. Tests connect as
linli_app, as the service does; `admin_db` gives a superuser's connection to break things on purpose.
"""

from __future__ import annotations

import gc
import hashlib
import sys
from collections.abc import Generator, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from linli.config.room import with_room
from linli.config.test_clock import SETTING as LATER
from linli.config.test_clock import has_midnight, later, pass_midnight
from linli.config.test_home import DATABASE, HOME, WORKER

ROOT = Path(__file__).parent
SERVERS = ROOT / "tests" / "running"
# thousands of tests are collected and stay: looking through them for garbage all the time takes long
gc.set_threshold(20_000, 20, 50)
_with_room = with_room(runtestprotocol)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tell what a failure is repeated with; quiet runs, as all here, show no header of pytest's."""
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal:
        terminal.write_line(_what_decides())


def _what_decides() -> str:
    """Say whose turn it is and how far the clock is ahead."""
    from tests.turns import SETTING, day_of_run

    told = f"turn of the day: {SETTING}={day_of_run()}"
    return told + (f", the clock is ahead: {LATER}={later() / timedelta(1):g}" if later() else "")


def pytest_configure(config: pytest.Config) -> None:
    from tests.turns import day_of_run

    day_of_run()  # before there are workers, which take it over
    from hypothesis import HealthCheck
    from hypothesis import settings as trying

    # a busy machine is no fault of the code: no deadline for one example
    trying.register_profile("linli", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    trying.load_profile("linli")
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.LINLI_DEMO = False
    from django.utils import timezone

    from linli.kernel.sealing import create_keyring
    from linli.ui import words

    create_keyring(HOME, now=timezone.now())
    # empty, as no page of these tests asks for it; without it each client would warn
    (HOME / "static").mkdir(exist_ok=True)
    words.compile_stale()
    _keep_compiled_pages()


def _keep_compiled_pages() -> None:
    """Compile each template once for all workers and runs: four hundred take ten seconds."""
    from django.template import engines
    from jinja2 import FileSystemBytecodeCache

    from linli.ui import jinja

    # what a template becomes depends on the environment, too
    made_by = hashlib.sha256(Path(jinja.__file__).read_bytes()).hexdigest()[:12]
    kept = HOME / "compiled" / f"pages-{made_by}"
    kept.mkdir(parents=True, exist_ok=True)
    engines["jinja2"].env.bytecode_cache = FileSystemBytecodeCache(str(kept))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """Leave what takes long out of the fast tests; begin with what takes longest."""
    from tests.shares import rank
    from tests.slow import is_slow

    for item in items:
        if _needs_much(item) or is_slow(item.nodeid):
            item.add_marker(pytest.mark.load)
    yield
    if WORKER != "solo":
        items.sort(key=lambda item: rank(item.nodeid))


def _needs_much(item: pytest.Item) -> bool:
    """Say whether a test needs the whole demo city, a database of its own or servers."""
    fixtures = getattr(item, "fixturenames", ())
    return "inhabited" in fixtures or _commits(item) or SERVERS in item.path.parents


def _commits(item: Any) -> bool:
    """Say whether what a test does is really committed, into a fresh database."""
    from pytest_django.fixtures import validate_django_db

    marker = item.get_closest_marker("django_db")
    asked = bool(marker and validate_django_db(marker)[0])
    return asked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test as pytest does, with room for the calls of what it asks."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    _with_room(item, nextitem=nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give tests that share something to one worker."""
    from tests.shares import Shares

    return Shares(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_collection_finish() -> None:
    """Spare the collector of garbage sixteen thousand tests, which stay till the end."""
    if has_midnight():
        pass_midnight()
    # what is garbage already stays, too: to look for it takes a second
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    from linli.rulebook.queries import cache
    from tests import databases

    # nobody else writes here: a look that asks again in between is a query too many for tests that count
    cache.RECHECK_SECONDS = 3600.0
    with ExitStack() as stack:
        stack.enter_context(databases.clone(HOME, DATABASE))
        yield
        from django.db import connections

        connections.close_all()


@pytest.fixture
def _django_db_helper(request, django_db_setup, django_db_blocker):  # type: ignore[no-untyped-def]
    """Savepoints for most tests; a fresh clone instead of a flush for those that commit.

    linli_app may not truncate tables, and some of them refuse deletion on purpose.
    """
    from tests import databases

    # the places of the test before are not those of this one
    databases.forget_what_was()
    with django_db_blocker.unblock():
        if _commits(request.node):
            with databases.fresh(HOME, DATABASE):
                yield
        else:
            with databases.rolled_back():
                yield


@pytest.fixture(autouse=True)
def _language_of_its_own() -> None:
    """Let no test read the language in which a page of the test before was answered."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def _forms_declare_fields_made_later() -> None:
    """Judge fields that a form made for itself, which the start-up check cannot see."""
    from linli.kernel.form_checks import faults_of_fields, is_for_workers
    from linli.ui.forms import Form

    clean = Form.full_clean

    def judged(self: Form) -> None:
        kind = type(self)
        if is_for_workers(kind) and ".tests." not in kind.__module__:
            faults = list(faults_of_fields(kind, self.fields))
            assert faults == [], f"{kind.__name__} asks undeclared (docs/howto/ask-something.md)"
        clean(self)

    Form.full_clean = judged  # type: ignore[method-assign]


@pytest.fixture
def admin_db(django_db_setup):  # type: ignore[no-untyped-def]
    """A superuser's psycopg connection to this test's database, autocommit."""
    from django.conf import settings

    from linli.cli.embedded.cluster import Cluster
    from linli.cli.embedded.roles import connect

    name = settings.DATABASES["default"]["NAME"]
    with connect(Cluster(HOME, durable=False).database("super", name)) as link:
        yield link


sys.path.insert(0, str(ROOT))
