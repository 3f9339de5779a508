"""The window looks at the papers: accepted, or told once everything that is missing; and what then comes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.services.perform import perform
from linli.cases.services.photos import Step, hang_papers
from linli.cases.types.moves import At, Done, Given
from linli.cases.types.shapes import Hand
from linli.kernel.permits import NOBODY, Actor, open_to_all
from linli.offerings.errors import Incomplete
from linli.offerings.models import Application, MaterialState
from linli.offerings.queries.applications import application_of, papers_of
from linli.offerings.rules.applications import after_check, materials_of
from linli.offerings.types.applications import Checked, Paper

REPORTER = Hand("reporter")
BY_MOVE = "the move names its permit, which the engine requires at the place and level"
HERS = "whoever has the follow code, or applied when signed in, is the applicant"
MOST_NOTE = 300


@open_to_all(BY_MOVE)
@transaction.atomic
def accept_application(at: At, words: str = "", *, actor: Actor, now: datetime) -> Done:
    """Accept an application, with a word to the applicant if there is one: its papers are complete.

    Refuses with NotAllowed, WrongState, Incomplete.
    """
    application = application_of(at.case_id)
    given = Given(public={"text": words.strip()} if words.strip() else None)
    done = perform(replace(at.wish("accept"), given=given), actor=actor, now=now)
    if not done.is_repeated:
        _mark(application, {}, now)
    return done


@open_to_all(BY_MOVE)
@transaction.atomic
def ask_correction(at: At, checked: Checked, *, actor: Actor, now: datetime) -> Done:
    """Tell once, and completely, what is missing; time stands still until it comes (PS, art. 32).

    Refuses with NotAllowed, WrongState, AskedBefore for what was not on the first notice, Incomplete,
    also for a paper that is not on its list: what a slip leaves out could never be asked for again.
    """
    application = application_of(at.case_id)
    _refuse_unknown(checked.lacking, papers_of(at.case_id))
    lacking = {key: note.strip()[:MOST_NOTE] for key, note in checked.lacking.items()}
    given = Given(
        public={"text": _notice_text(application, lacking, checked.words)},
        facts={"missing": sorted(lacking)},
    )
    done = perform(replace(at.wish("ask_correction"), given=given), actor=actor, now=now)
    if not done.is_repeated:
        _mark(application, lacking, now)
    return done


def _notice_text(application: Application, lacking: Mapping[str, str], words: str) -> str:
    """Return the notice as the applicant reads it: each thing on its line, with what is wrong."""
    named = {
        one.key: one.words["zh"] for one in materials_of(application.asked, application.answers)
    }
    lines = [
        f"{number}. {named.get(key, key)}" + (f"：{note}" if note else "")
        for number, (key, note) in enumerate(lacking.items(), start=1)
    ]
    return "\n".join([*lines, *([words.strip()] if words.strip() else [])])


def _mark(application: Application, lacking: Mapping[str, str], now: datetime) -> None:
    rows = list(papers_of(application.pk).values())
    after = after_check((row.key for row in rows), lacking)
    for row in rows:
        row.state, row.note, row.changed_at = after[row.key], lacking.get(row.key, ""), now
    MaterialState.objects.bulk_update(rows, ["state", "note", "changed_at"])


@open_to_all(BY_MOVE)
@transaction.atomic
def tick_papers(case_id: int, brought: Iterable[str], *, actor: Actor, now: datetime) -> None:
    """Note which papers lie on the table. The move that follows asks for its permit. Refuses with Incomplete."""
    keys = list(brought)
    _refuse_unknown(keys, papers_of(case_id))
    found = MaterialState.objects.filter(
        application_id=case_id, key__in=keys, state__in=(Paper.OPEN, Paper.LACKING)
    )
    found.update(state=Paper.GIVEN, changed_at=now)


@open_to_all(BY_MOVE)
@transaction.atomic
def take_supply(at: At, brought: Sequence[str], *, actor: Actor, now: datetime) -> Done:
    """Take in at the window what was missing. Refuses with NotAllowed, WrongState, Incomplete."""
    _still_lacking(at.case_id, brought)
    given = Given(facts={"supplied": sorted(brought)})
    done = perform(replace(at.wish("take_supply"), given=given), actor=actor, now=now)
    tick_papers(at.case_id, brought, actor=actor, now=now)
    return done


@open_to_all(HERS)
@transaction.atomic
def supply(at: At, photos: Mapping[str, Sequence[str]], *, actor: Actor, now: datetime) -> Done:
    """Take what the applicant sends from her phone; it goes back to the window once all is there.

    Refuses with WrongState, Incomplete while something that was told is not there or for a paper that is not
    on its list, PhotoGone.
    """
    brought = [key for key, codes in photos.items() if codes]
    _still_lacking(at.case_id, brought)
    given = Given(facts={"supplied": sorted(brought)}, by_reporter=True)
    wish = replace(at.wish("supply"), given=given)
    done = perform(wish, actor=NOBODY, now=now, hand=REPORTER)
    if done.is_repeated:
        return done
    rows = papers_of(at.case_id)
    for key in brought:
        codes, row = list(photos[key]), rows[key]
        step = Step(at.case_id, done.seq, done.held.path)
        hang_papers(codes, step, actor=NOBODY, now=now)
        row.state, row.changed_at, row.files = Paper.GIVEN, now, [*row.files, *codes]
        row.save(update_fields=["state", "changed_at", "files"])
    return done


def _refuse_unknown(named: Iterable[str], known: Container[str]) -> None:
    if unknown := [key for key in named if key not in known]:
        raise Incomplete({f"paper_{key}": [_("This list has no such paper.")] for key in unknown})


def _still_lacking(case_id: int, brought: Sequence[str]) -> None:
    rows = papers_of(case_id)
    _refuse_unknown(brought, rows)
    open_ones = [
        key for key, row in rows.items() if row.state == Paper.LACKING and key not in brought
    ]
    if open_ones:
        raise Incomplete({f"paper_{key}": [_("This is still missing.")] for key in open_ones})


@open_to_all(HERS)
@transaction.atomic
def withdraw_application(at: At, *, actor: Actor, now: datetime) -> Done:
    """Take an application back. Refuses with WrongState."""
    return perform(at.wish("withdraw"), actor=NOBODY, now=now, hand=REPORTER)
