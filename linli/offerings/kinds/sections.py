"""What an application adds to the sheet of its case, and to the page on which it is followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.cases.queries.kind_facts import issued
from linli.cases.queries.promising import own_day
from linli.cases.types.rating import GRADE_WORDS, WHY_WORDS, Why
from linli.cases.types.sections import FOLLOW_SECTIONS, SHEET_SECTIONS, CaseHead, Section
from linli.documents.queries import title_of_template
from linli.exchange.queries.connections import is_connected
from linli.exchange.types.connection_titles import fault_words
from linli.exchange.types.connections import System
from linli.kernel.permits import VAULT, Actor
from linli.offerings import permits
from linli.offerings.queries.applications import Overview, overview_of
from linli.offerings.queries.fees import fee_shown, waivers_of
from linli.offerings.queries.papers_offered import papers_to_issue
from linli.offerings.queries.rating_reviews import rating_of_case
from linli.offerings.queries.sealed_papers import sealed_of
from linli.offerings.types.applications import KIND, UNDECIDED
from linli.ui.formats import listed

KINDS, TASKS = frozenset({KIND}), frozenset({"directive"})


def _overview(case: CaseHead) -> Overview | None:
    return overview_of(case.pk)


def sheet(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return what was applied for, its papers, parts, fees and prints."""
    found = _overview(case)
    if found is None:
        return None
    may_receive = actor.may(permits.RECEIVE, at=case.path, level=case.level)
    return {
        "it": found,
        "may_receive": may_receive,
        "may_open": found.application.sealed is not None
        and actor.may(permits.RECEIVE, at=case.path, level=max(case.level, VAULT)),
        "may_ask": may_receive
        and found.application.case.state in UNDECIDED
        and is_connected(System.BASE_DATA),
        "fault_words": fault_words,
        "fee": fee_shown(found),
        "waivers": waivers_of(case.pk) if found.application.fee_fen else (),
        "may_order": may_receive,
        "issued": issued(actor, case),
        "offered": papers_to_issue(actor, found.application),
    }


def follow(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return what the applicant reads of her papers, and what she may still send."""
    found = _overview(case)
    if found is None:
        return None
    return {
        "it": found,
        "fee": fee_shown(found),
        "sealed": sealed_of(case.pk),
        "titled": title_of_template,
        "may_supply": case.state == "correction",
        "supply_by": own_day(case.pk, "supply") if case.state == "correction" else None,
    }


def bad_rating(actor: Actor, case: CaseHead) -> Mapping[str, Any] | None:
    """Return the bad rating that a task came from, for who calls back or reviews there."""
    found = rating_of_case(actor, case.pk)
    if found is None:
        return None
    said = listed(WHY_WORDS[Why(key)] for key in found.why)
    return {"rating": found, "grades": GRADE_WORDS, "said": said}


def register() -> None:
    """Tell the sheet and the page on which it is followed. Called at start."""
    SHEET_SECTIONS.add(
        Section("offerings.application", 10, "offerings/applications/_sheet.html", sheet, KINDS)
    )
    SHEET_SECTIONS.add(
        Section("offerings.bad_rating", 20, "offerings/ratings/_of_case.html", bad_rating, TASKS)
    )
    FOLLOW_SECTIONS.add(
        Section("offerings.application", 10, "offerings/applications/_follow.html", follow, KINDS)
    )
