"""What applicants do at the service hall after applying: missing papers come in, an application is withdrawn.

The steps about one application are taken in the order in which they were made there. What comes before
its application waits for it; what cannot be done waits for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from linli.cases.services.photos import keep_photos
from linli.cases.types.filing import UNSENT_PAPER
from linli.cases.types.moves import At
from linli.exchange.queries import hall_changes as theirs
from linli.exchange.services import hall_applications, hall_changes
from linli.exchange.types.hall import Answer, Change, ChangeKind, SentFile
from linli.kernel.errors import Refusal, WrongState
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.offerings.queries.applications import application_of, papers_of
from linli.offerings.rules.applications import materials_of
from linli.offerings.rules.hall_changes import keys_of, still_missing
from linli.offerings.services.checking import supply, withdraw_application
from linli.offerings.types.applications import Paper

if TYPE_CHECKING:
    from linli.exchange.models import HallApplication, HallChange

BY_JOB = "run by its job alone"
WITHDRAWN, CORRECTION = "withdrawn", "correction"
LATER = "later"


@open_to_all(BY_JOB)
def take_changes(application: str, *, actor: Actor, now: datetime) -> None:
    """Take the steps about an application of the hall that wait, one after the other. Safe to run again."""
    for row in theirs.waiting_of(application):
        fault = _take(row, actor, now)
        if fault == LATER:
            fault = _out_of_patience(row, now)
        if fault:
            hall_changes.hold_back(row, fault, actor=actor, now=now)


def _out_of_patience(row: HallChange, now: datetime) -> str:
    if not theirs.is_out_of_patience(row, now):
        return ""
    return "no_file" if theirs.sent_in_named(row.application) else "unknown_application"


def _take(row: HallChange, actor: Actor, now: datetime) -> str:
    """Do what a step asks for; return why it waits for a person, *later*, or nothing."""
    parent = theirs.sent_in_named(row.application)
    if parent is None:
        return LATER
    if row.kind == ChangeKind.WITHDRAWAL:
        return _withdraw(row, parent, actor, now)
    if parent.state == "waiting":
        # its papers lie at the hall until somebody decided on the application itself
        return ""
    return _supply(row, parent, actor, now)


@transaction.atomic
def _withdraw(row: HallChange, parent: HallApplication, actor: Actor, now: datetime) -> str:
    held = hall_changes.hold_changes([row.pk], actor=actor, now=now)
    if not held:
        return ""
    if parent.state == "waiting":
        hall_applications.recall(parent, actor=actor, now=now)
        answer = Answer.TAKEN
    elif parent.case is None or parent.case.state == WITHDRAWN:
        answer = Answer.MOOT
    else:
        try:
            with transaction.atomic():
                withdraw_application(At(parent.case.pk), actor=NOBODY, now=now)
        except WrongState:
            return "decided"
        answer = Answer.TAKEN
    hall_changes.settle(held[0], answer, parent.case_id, parent.path, actor=actor, now=now)
    return ""


def _supply(row: HallChange, parent: HallApplication, actor: Actor, now: datetime) -> str:
    case = parent.case
    if case is None or case.state == WITHDRAWN:
        return _moot(row, parent, actor, now)
    if case.state != CORRECTION:
        return "not_asked"
    rows = [one for one in theirs.waiting_of(row.application) if one.kind == ChangeKind.SUPPLEMENT]
    changes = [theirs.change_in(one) for one in rows]
    known = _names_of(case.pk)
    keys = keys_of((file.material for one in changes for file in one.files), known)
    if keys is None:
        return "unknown_material"
    lacking = [key for key, one in papers_of(case.pk).items() if one.state == Paper.LACKING]
    if still_missing(lacking, keys.values()):
        return "incomplete"
    return _brought(rows, changes, keys, parent, actor, now)


def _names_of(case_id: int) -> dict[str, str]:
    """Return the papers that are hers: key → the name by which the hall was told."""
    application, here = application_of(case_id), papers_of(case_id)
    found = materials_of(application.asked, application.answers)
    return {one.key: one.words["zh"] for one in found if one.key in here}


def _brought(
    rows: Sequence[HallChange], changes: Sequence[Change], keys: Mapping[str, str],
    parent: HallApplication, actor: Actor, now: datetime,
) -> str:  # fmt: skip
    codes: dict[str, list[str]] = defaultdict(list)
    for file in (file for one in changes for file in one.files):
        code, fault = _kept(file, actor, now)
        if fault:
            return fault
        codes[keys[file.material]].append(code)
    return _supplied(rows, codes, parent, actor, now)


def _kept(file: SentFile, actor: Actor, now: datetime) -> tuple[str, str]:
    """Take a file in as a draft; return its code, or why not. Outside any transaction: the hall is asked."""
    found = hall_changes.fetch_file(file, UNSENT_PAPER.max_bytes, actor=actor, now=now)
    if not found.content:
        return "", found.fault or LATER
    upload = SimpleUploadedFile(file.name, found.content)
    kept, _refused = keep_photos([upload], policy=UNSENT_PAPER, actor=NOBODY, now=now)
    return (kept[0].code, "") if kept else ("", "file_refused")


@transaction.atomic
def _supplied(
    rows: Sequence[HallChange], codes: Mapping[str, Sequence[str]], parent: HallApplication,
    actor: Actor, now: datetime,
) -> str:  # fmt: skip
    held = hall_changes.hold_changes([one.pk for one in rows], actor=actor, now=now)
    if len(held) < len(rows) or parent.case_id is None:
        # somebody was quicker; what is left is looked at again
        return ""
    try:
        with transaction.atomic():
            supply(At(parent.case_id), codes, actor=NOBODY, now=now)
    except WrongState:
        return "not_asked"
    except Refusal:
        return "file_refused"
    for one in held:
        hall_changes.settle(one, Answer.TAKEN, parent.case_id, parent.path, actor=actor, now=now)
    return ""


@transaction.atomic
def _moot(row: HallChange, parent: HallApplication, actor: Actor, now: datetime) -> str:
    for held in hall_changes.hold_changes([row.pk], actor=actor, now=now):
        hall_changes.settle(held, Answer.MOOT, parent.case_id, parent.path, actor=actor, now=now)
    return ""
