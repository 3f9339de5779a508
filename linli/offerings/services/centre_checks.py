"""The six norms are checked: begun, answered norm by norm with evidence, filed; what is not met becomes a task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.services.directives import open_directive
from linli.cases.types.openings import Directing
from linli.files import queries as files_of
from linli.files import services as files
from linli.files.types import ATTACHMENT, Owner
from linli.kernel.errors import Invalid, NotFound, Stale, WrongState
from linli.kernel.locks import hold
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require, system_actor
from linli.kernel.texts import clean_text
from linli.offerings.models import CentreCheck, CentrePoint
from linli.offerings.permits import CENTRES, VISIT_CENTRES
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.queries.norms import norms, platform_source, points
from linli.offerings.rules.centres import faults_of_point, tally_of
from linli.offerings.types.centres import (
    MOST_FILES,
    MOST_WORDS,
    OF_POINT,
    CheckBy,
    CheckState,
    Met,
    Said,
)
from linli.trail.services import record

# whoever checks need not hand down tasks: they go out in the office's name, the town strikes them off
ASKER = system_actor("offerings.centre_checks")
PERMITS = {CheckBy.SELF: CENTRES, CheckBy.THIRD: VISIT_CENTRES}
CHINESE = "zh-hans"


@transaction.atomic
def begin_check(
    centre: Any, by: str, on: date, body: str = "", *, actor: Actor, now: datetime
) -> CentreCheck:
    """Begin a check of the six norms; `body` is the organisation that visits.

    Refuses with NotAllowed, WrongState while one is being filled in, Invalid.
    """
    if by not in set(CheckBy):
        raise Invalid({"by": [_("Choose one of the list.")]})
    require(actor, PERMITS[CheckBy(by)], at=centre.path)
    hold("offerings.centre", centre.pk)
    words = clean_text(body).strip()[:80]
    if by == CheckBy.THIRD and not words:
        raise Invalid({"body": [_("Name the organisation that visits.")]})
    if on > localdate(now):
        raise Invalid({"on": [_("Write it down on the day, or after it.")]})
    drafts = CentreCheck.objects.filter(centre_id=centre.pk, by=by, state=CheckState.DRAFT)
    if drafts.exists():
        raise WrongState(move="begin", state=CheckState.DRAFT)
    made = CentreCheck.objects.create(
        centre_id=centre.pk, path=centre.path, by=by, body=words, on=on, begun_at=now
    )
    record("offerings.check_begun", on=made, actor=actor, now=now, place=made.path, by=by)
    return made


@transaction.atomic
def answer_norm(
    check: CentreCheck, norm: str, said: Mapping[str, Said], *, edition: int | None = None,
    actor: Actor, now: datetime,
) -> CentreCheck:  # fmt: skip
    """Write down what was found of points of one norm, with evidence; points that are left out stay.

    Refuses with NotAllowed, NotFound, WrongState, Stale, FileRefused; with Invalid by `point-<key>`.
    """
    check = _held(check, edition, actor)
    known = {point.key for one in norms() if one.key == norm for point in one.points}
    if not known or not known.issuperset(said):
        raise NotFound(key=norm)
    faults = {
        f"{field}-{key}": [words]
        for key, one in said.items()
        for field, words in _faults(one, localdate(now))
    }
    if faults:
        raise Invalid(faults)
    for key, one in said.items():
        point, _made = CentrePoint.objects.update_or_create(
            check_of=check, key=key,
            defaults={
                "met": one.met, "words": clean_text(one.words).strip()[:MOST_WORDS],
                "due_on": one.due_on if one.met is Met.NO else None,
            },
        )  # fmt: skip
        _keep_evidence(check, point, one, actor, now)
    check.edition += 1
    check.save(update_fields=["edition"])
    record("offerings.norm_answered", on=check, actor=actor, now=now, place=check.path, norm=norm)
    return check


def _faults(said: Said, today: date) -> list[tuple[str, str]]:
    told = {
        "words": ("words", _("Say what was found.")),
        "due": ("due", _("Say by when it is mended.")),
        "past": ("due", _("This day is past.")),
    }
    fault = faults_of_point(said, today)
    return [told[fault]] if fault else []


def _keep_evidence(
    check: CentreCheck, point: CentrePoint, said: Said, actor: Actor, now: datetime
) -> None:
    if not said.uploads:
        return
    owner = Owner(OF_POINT, point.pk)
    if len(files_of.files_of(owner)) + len(said.uploads) > MOST_FILES:
        most = _("At most %(most)s files for a point.") % {"most": MOST_FILES}
        raise Invalid({f"files-{point.key}": [most]})
    for upload in said.uploads:
        try:
            files.take_in(
                upload, policy=ATTACHMENT, owner=owner, place=check.path, actor=actor, now=now
            )
        except files.FileRefused as refusal:
            raise Invalid({f"files-{point.key}": [str(refusal)]}) from None


@transaction.atomic
def file_check(
    check: CentreCheck, summary: str = "", *, edition: int | None = None, actor: Actor, now: datetime
) -> CentreCheck:  # fmt: skip
    """File a check that is whole: it stays as it is, and every point not met becomes a task with its day.

    A point whose task is still open keeps that task.

    Refuses with NotAllowed, WrongState, Stale, Missing where nobody holds the office; with Invalid while
    a point has no answer, or a third party gave no report.
    """
    check = _held(check, edition, actor)
    said = held_checks.said_of(check)
    tallies = tally_of(norms(), {key: one.met for key, one in said.items()})
    open_norms = [one.name for one in norms() if not tallies[one.key].is_answered]
    words = clean_text(summary).strip()[:1000]
    if open_norms:
        raise Invalid({"summary": [_("Some norms have points without an answer yet.")]})
    if check.by == CheckBy.THIRD and not words:
        raise Invalid({"summary": [_("A visit ends with a report in a few sentences.")]})
    # what a check before this one found and nobody has mended yet is not handed down twice
    known = held_checks.open_tasks(ASKER, check.centre_id)
    for one in said.values():
        if one.met == Met.NO:
            one.case_number = known.get(one.key) or _task(check, one, now)
            one.save(update_fields=["case_number"])
    check.state, check.filed_at, check.summary = CheckState.FILED, now, words
    check.edition += 1
    check.save(update_fields=["state", "filed_at", "summary", "edition"])
    record("offerings.check_filed", on=check, actor=actor, now=now, place=check.path,
           tasks=sum(bool(one.case_number) for one in said.values()))  # fmt: skip
    return check


def _task(check: CentreCheck, point: CentrePoint, now: datetime) -> str:
    """Hand down what is to be mended to the office of the centre's place; return the number of the case."""
    known = points()[point.key]
    assert point.due_on is not None, "a point that is not met has a day"
    with translation.override(CHINESE):
        title = _("Centre: %(point)s") % {"point": known.zh}
    task = Directing(
        place=code_of(check.path), title=title, text=point.words,
        due_on=max(point.due_on, localdate(now)), places=(code_of(check.path),),
        basis=f"{platform_source()}；{known.source}",
    )  # fmt: skip
    return open_directive(task, actor=ASKER, now=now)[0].held.number


@transaction.atomic
def drop_check(
    check: CentreCheck, *, edition: int | None = None, actor: Actor, now: datetime
) -> CentreCheck:
    """Put away a check that was begun by mistake. Refuses with NotAllowed, WrongState, Stale."""
    check = _held(check, edition, actor)
    check.state, check.edition = CheckState.DROPPED, check.edition + 1
    check.save(update_fields=["state", "edition"])
    record("offerings.check_dropped", on=check, actor=actor, now=now, place=check.path)
    return check


def _held(check: CentreCheck, edition: int | None, actor: Actor) -> CentreCheck:
    check = CentreCheck.objects.select_for_update().get(pk=check.pk)
    require(actor, PERMITS[CheckBy(check.by)], at=check.path)
    if check.state != CheckState.DRAFT:
        raise WrongState(move="save", state=check.state)
    if edition is not None and edition != check.edition:
        raise Stale(move="save", state="")
    return check
