"""Makes the city: official places and bodies for everybody, invented ones for the demo only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from linli.access.errors import DemoOnly
from linli.cli.embedded import roles
from linli.config import secrets
from linli.config.env import read_env
from linli.config.language import words
from linli.kernel import scope
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import system_actor
from linli.orgs.services import seeding as orgs
from linli.people.models import Person
from linli.people.services.synthetic import generate_people
from linli.places import services as places
from linli.plan import imports as plan

Say = Callable[[str], None]
DEMO_PEOPLE, DEMO_SEED = 3000, 990
DEMO_TOWN_PATH = "441900/441900990/"


def _know_the_rows() -> None:
    """Let the planner know what has just come; a database of others knows by itself a little later."""
    env = read_env()
    if env.is_embedded:
        roles.analyze(secrets.database(env, "owner"))


def make_city(say: Say) -> None:
    """Make what a real city starts with. A second run changes nothing."""
    actor = system_actor("make city")
    with scope.acting(actor):
        if places.seed_official(actor=actor, now=timezone.now()):
            say(
                words(
                    "Dongguan is there: 1 city, 36 towns, 609 villages and communities.",
                    "东莞已建好：1 市、36 镇街（园区）、609 村（社区）。",
                )
            )
        made = orgs.seed_official(actor=actor, now=timezone.now())
        if made:
            say(
                words(
                    f"{made:,} working bodies and departments, all posts vacant.",
                    f"{made:,} 个机构和部门，岗位都空着。",
                )
            )
            _know_the_rows()
        plan.dongguan_2016(actor=actor, now=timezone.now())
        _give_usual_rights()


def _give_usual_rights() -> None:
    from linli.access.services import operators

    operators.seed_kind_rights(CITY_PATH, actor=system_actor("make city"), now=timezone.now())


def is_real() -> bool:
    """Say whether this home serves a real city: it was started with --empty, or restored as one."""
    return bool((settings.LINLI_HOME / "real").exists())


def mark_real() -> None:
    """From now on no demo can be made in this home."""
    (settings.LINLI_HOME / "real").touch(mode=0o600)


def refuse_real() -> None:
    """Refuse with DemoOnly in a home that serves a real city, before anything is touched."""
    if is_real():
        raise DemoOnly(move="make", state="real")


def make_demo(say: Say) -> list[dict[str, Any]]:
    """Make the city and the invented town with its people; return the sign-ins.

    A second run changes nothing and returns the same.
    """
    from linli.demo import booklets, life, offers, party, staff, work

    refuse_real()
    (settings.LINLI_HOME / "demo").touch(mode=0o600)
    settings.LINLI_DEMO = True
    make_city(say)
    actor = system_actor("make demo")
    # what its people are told stands in the language that most of them read
    with scope.acting(actor), translation.override("zh-hans"):
        if places.seed_invented(actor=actor, now=timezone.now()):
            say(
                words(
                    "An invented town with three villages, for trying things out.",
                    "一个虚构的镇和三个村，供试用。",
                )
            )
        orgs.seed_invented(actor=actor, now=timezone.now())
        is_new = not Person.objects.exists()
        if is_new:
            say(
                words(
                    f"{DEMO_PEOPLE:,} synthetic residents …",
                    f"正在生成 {DEMO_PEOPLE:,} 名虚构居民…",
                )
            )
            generate_people(
                DEMO_PEOPLE, DEMO_SEED, below=DEMO_TOWN_PATH, actor=actor, now=timezone.now()
            )
        staff.fill_posts(actor=actor, now=timezone.now())
        offers.make(actor=actor, now=timezone.now())
        life.make(actor=actor, now=timezone.now())
        rows = staff.sign_ins(actor=actor, now=timezone.now())
        work.make(actor=actor, now=timezone.now())
        booklets.make(actor=actor, now=timezone.now())
        life.measure(actor=actor, now=timezone.now())
        if is_new:
            _know_the_rows()
        return party.told_with_rights(rows)
