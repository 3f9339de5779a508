"""The story of a case in words: each step with what was told and what was noted."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.models import CaseFile
from linli.cases.queries.bases import told_basis
from linli.cases.queries.telling import clock_title, post_names
from linli.cases.queries.terms import extension_words
from linli.cases.types.kinds import CaseKind
from linli.cases.types.sheet import Line
from linli.cases.types.steps import STEPS, StepWords
from linli.cases.types.words import AssignmentRole, AssignmentState
from linli.kernel import sql

STORY = """
SELECT e.id, e.seq, e.move, e.at, e.state, e.cycle, e.by, e.post_id, e.facts::text AS facts,
       e.public IS NOT NULL AS has_public, e.internal IS NOT NULL AS has_internal,
       p.said::text AS public, coalesce(p.is_by_reporter, false) AS by_reporter, p.waits,
       p.released_at, p.withheld_at, i.said::text AS internal, i.level
  FROM cases_caseevent e
  LEFT JOIN cases_publicwords p ON p.event_id = e.id
  LEFT JOIN cases_internalwords i ON i.event_id = e.id
 WHERE e.case_id = %s AND e.seq > %s ORDER BY e.seq DESC LIMIT %s
"""
MOST_LINES = 400
# facts of the first step of a part: codes of the photos of the whole that belong to it
OF_WHOLE = "photos_of_whole"


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    seq: int
    move: str
    at: datetime
    state: str
    cycle: int
    by: str
    post_id: int | None
    facts: str
    has_public: bool
    has_internal: bool
    public: str | None
    by_reporter: bool
    waits: bool | None
    released_at: datetime | None
    withheld_at: datetime | None
    internal: str | None
    level: int | None


def story_of(
    case_id: int, kind: CaseKind, *, ceiling: int, since: int = 0, limit: int = MOST_LINES
) -> list[Line]:
    """Return the steps of a case after one, newest first; three queries.

    Notes above `ceiling` are left out; the caller has found that the case may be seen.
    """
    rows = sql.rows("cases.story", STORY, [case_id, since, limit], _Row)
    told = [json.loads(row.facts) for row in rows]
    names = post_names(_posts(rows, told))
    files = _files(case_id)
    _add_of_whole(files, rows, told)
    return [
        _line(row, facts, kind, names, files.get(row.id, {}), ceiling)
        for row, facts in zip(rows, told, strict=True)
    ]


def _posts(rows: Sequence[_Row], told: Sequence[Mapping[str, Any]]) -> Iterator[int | None]:
    for row, facts in zip(rows, told, strict=True):
        yield row.post_id
        for part in facts.get("parts", ()):
            yield part["post"]


def _files(case_id: int) -> dict[int, dict[str, list[Any]]]:
    """Return the files of each step by the question that they answer; those that answer none under ""."""
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in CaseFile.objects.filter(case_id=case_id).select_related("file").order_by("id"):
        if row.file.state == "kept":
            found[row.event_id][row.asked].append(row.file)
    return found


def _add_of_whole(
    files: dict[int, dict[str, list[Any]]], rows: Sequence[_Row], told: Sequence[Mapping[str, Any]]
) -> None:
    """Add the photos of the whole to the first step of a part that got them; no query where none did."""
    for row, facts in zip(rows, told, strict=True):
        codes = facts.get(OF_WHOLE, ())
        if codes:
            found = CaseFile.objects.filter(file__code__in=codes, file__state="kept")
            files[row.id][""] += [one.file for one in found.select_related("file").order_by("id")]


def _line(
    row: _Row,
    facts: Mapping[str, Any],
    kind: CaseKind,
    names: Mapping[int, str],
    files: Mapping[str, Sequence[Any]],
    ceiling: int,
) -> Line:
    words, public = _words(kind, row.move, facts), _said(row.public)
    sees_note = row.internal is not None and (row.level or 0) <= ceiling
    return Line(
        seq=row.seq,
        move=row.move,
        title=str(words.title),
        icon=words.icon,
        tone="late" if facts.get("overdue") else "done" if words.tone == "done" else "",
        at=row.at,
        who=_who(row, kind, names),
        public=public.get("text"),
        basis=told_basis(public, facts, localdate(row.at)),
        by_reporter=row.by_reporter,
        standing=_standing(row),
        internal=_internal(row) if sees_note else None,
        details=list(_details(facts, kind, names)),
        is_erased=(row.has_public and row.public is None)
        or (row.has_internal and row.internal is None),
        files=files.get("", ()),
        answers=[(asked, several) for asked, several in files.items() if asked],
    )


def _words(kind: CaseKind, name: str, facts: Mapping[str, Any]) -> StepWords:
    if facts.get("correction"):
        return StepWords(name, _("The reporter set something right"), "pencil")
    if name in kind.machine.moves:
        move = kind.move(name)
        stage = kind.stage(str(move.target))
        tone = "done" if stage in ("solved", "refused") else ""
        return StepWords(name, move.title, "circle-check" if tone else "arrow-right", tone)
    return STEPS.get(name) or StepWords(name, _("Something else was noted"), "info-circle")


def _said(text: str | None) -> dict[str, Any]:
    said = json.loads(text) if text else {}
    return said if isinstance(said, dict) else {}


def _internal(row: _Row) -> str:
    said = _said(row.internal)
    return "\n".join(str(said[key]) for key in sorted(said, reverse=True) if said[key])


def _standing(row: _Row) -> str:
    """Where the reporter's words stand with the public."""
    if not row.by_reporter or row.public is None:
        return ""
    if row.released_at:
        return _("shown to everybody")
    if row.withheld_at:
        return _("kept from the public")
    return _("waits to be released") if row.waits else ""


def _who(row: _Row, kind: CaseKind, names: Mapping[int, str]) -> str:
    if row.by == "reporter":
        return str(kind.words.she)
    if row.by == "job":
        return _("by itself")
    return names.get(row.post_id or 0, _("staff"))


def _details(facts: Mapping[str, Any], kind: CaseKind, names: Mapping[int, str]) -> Iterator[str]:
    """What of the facts a reader wants in words: whose part, which clock, how much longer."""
    yield from _parts(facts.get("parts", ()), names)
    for key in (*facts.get("overdue", ()), *facts.get("warned", ())):
        late = key in facts.get("overdue", ())
        words = _("too late: %(clock)s") if late else _("soon due: %(clock)s")
        yield words % {"clock": clock_title(kind, key)}
    for key in facts.get("over", ()):
        yield _("over: %(clock)s") % {"clock": clock_title(kind, key)}
    if "by_amount" in facts:
        told = {"clock": clock_title(kind, str(facts.get("clock"))), "more": extension_words(facts)}
        yield _("%(clock)s: %(more)s more") % told


def _parts(parts: Sequence[Mapping[str, Any]], names: Mapping[int, str]) -> Iterator[str]:
    """Whose part began or ended; where the lead goes on to another post, who had it and who has it."""
    leads = [part.get("state") for part in parts if part["role"] == AssignmentRole.LEAD]
    goes_on = AssignmentState.DONE in leads and AssignmentState.ACCEPTED in leads
    for part in parts:
        state, role = part.get("state"), part["role"]
        told = {"post": names.get(part["post"], _("a post")), "role": role_words(role)}
        if state == AssignmentState.REVOKED:
            yield _("no longer asked: %(post)s") % told
        elif goes_on and role == AssignmentRole.LEAD and state == AssignmentState.DONE:
            yield _("lead until now: %(post)s") % told
        else:
            yield _("%(role)s: %(post)s") % told


def role_words(role: str) -> str:
    """Return what a post has to do with a case, in words."""
    return {
        AssignmentRole.LEAD: _("Lead"),
        AssignmentRole.JOINT: _("Joint work"),
        AssignmentRole.SUPERVISE: _("Supervision"),
        AssignmentRole.CONSULT: _("Advice"),
    }.get(AssignmentRole(role), role)
