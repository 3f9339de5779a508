"""Bench `handbook`: the handbook of a village, from the register to the kept file, against bare Typst.

Typst remembers what it has set, so a second run of the same pages would measure its memory: each run,
ours as well as bare, is the first one of a process of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar
from unittest.mock import patch

import typst
from django.db import connection
from django.utils import timezone, translation
from django.utils.timezone import localdate

from linli.bench.measure import Result, judge, machine, paired, timed
from linli.bench.writers import FORK
from linli.demo import city
from linli.documents.clients import printing
from linli.kernel import scope
from linli.kernel.permits import system_actor
from linli.offerings.queries.handbooks import handbook_of
from linli.offerings.services.handbooks import make_handbook
from linli.offerings.types.handbooks import EDITIONS, Edition
from linli.places import queries as places

PLACE, MOST = "441900990201", 2.0
T = TypeVar("T")
Given = tuple[str, dict[str, str]]


def run(say: Callable[[str], None]) -> Result:
    """Ours: read, write every guide, set, keep. Floor: the same template and input, set alone."""
    apart(lambda: bool(city.make_demo(say)))
    parts = []
    for edition in EDITIONS:
        given = apart(partial(_given, edition))
        name = f"{edition.size} {edition.language}"
        say(f"{name}: {apart(partial(_pages, given))} pages …")
        mine, bare = paired(
            partial(apart, partial(_make, edition)), partial(apart, partial(_set, given))
        )
        parts.append(judge(name, mine, bare, target=MOST, bound="at most"))
    return Result("handbook", "every guide of a village in four editions", tuple(parts), machine())


def apart(work: Callable[[], T]) -> T:
    """Return what work returns in a process of its own."""
    connection.close()
    here, there = FORK.Pipe(duplex=False)
    child = FORK.Process(target=lambda: there.send(work()))
    child.start()
    there.close()
    found: T = here.recv()
    child.join()
    assert child.exitcode == 0
    return found


def _make(edition: Edition) -> float:
    """Return the seconds of the whole, in a worker that has its connection, catalogues and fonts."""
    place, actor = places.get_place(PLACE), system_actor("bench handbook")
    printing.fonts()
    with scope.acting(actor):
        with translation.override(edition.language):
            handbook_of(place, localdate())
        return timed(lambda: make_handbook(place, edition, actor=actor, now=timezone.now()))


def _given(edition: Edition) -> Given:
    """Return what Typst is given for an edition: the template and its input."""
    kept: list[Given] = []
    set_paper = printing.set_paper

    def keep(source: str, doc: Mapping[str, Any], data: Mapping[str, Any]) -> printing.Paper:
        inputs = {"doc": json.dumps(doc), "data": json.dumps(printing.plain(data))}
        kept.append((source, inputs))
        return set_paper(source, doc, data)

    with patch.object(printing, "set_paper", keep):
        _make(edition)
    return kept[-1]


def _set(given: Given) -> float:
    """Return the seconds of Typst alone."""
    printing.fonts()
    return timed(lambda: _compiler(given).compile(format="pdf", pdf_standards=printing.STANDARDS))


def _pages(given: Given) -> int:
    made = _compiler(given).compile(format="svg")
    return len(made) if isinstance(made, list) else 1


def _compiler(given: Given) -> typst.Compiler:
    source, inputs = given
    return typst.Compiler(
        printing.PACKAGE / source, root=printing.PACKAGE, font_paths=printing.fonts(),
        ignore_system_fonts=True, sys_inputs=inputs,
    )  # fmt: skip
