"""One step of filling in a form: what a page sent is kept, then somebody goes on, back, or stays.

Whatever is sent is kept first, with its faults, so that nothing typed is ever lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localdate

from linli.files.services import FileRefused
from linli.files.types import Upload
from linli.formkit.queries import Body, OpenDraft, read_answers, spec_of
from linli.formkit.rules.pages import after, before, merged
from linli.formkit.rules.pasting import MOST_PASTED, Pasted, paste
from linli.formkit.rules.reading import blank_rows, known_names, rows_in
from linli.formkit.rules.rows import with_rows, without_row
from linli.formkit.services.drafts import keep_draft
from linli.formkit.services.filling import add_files, drop_file
from linli.formkit.types import WITH_FILES, Page, Spec
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.wholes import whole_number

CHECK = "check"
# what a script keeps while somebody types: nothing that the page tells goes by it
KEEP = "keep"
# longer text that was pasted is not shown once more: it would not fit into what is kept
MOST_SHOWN = 500_000


@dataclass(frozen=True)
class Sent:
    """What a page sent: the step, texts by name, and files by field.

    Steps: next, back, stay, keep, row+:table, row-:table:number, paste:table, unpaste:table,
    file-:field:code.
    """

    page: str
    step: str
    typed: Mapping[str, Sequence[str]]
    uploads: Mapping[str, Sequence[Upload]] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Where one comes to: a page of the form or the check at its end, and whether faults are told."""

    draft: OpenDraft
    page: str
    has_faults: bool = False
    at: str = ""


@open_to_all("only whoever has the draft's code, or its account, comes here with it")
def take_step(
    draft: OpenDraft, sent: Sent, *, actor: Actor, now: datetime, edition: int | None = None
) -> Step:
    """Keep what a page sent and say where to go. Refuses with NotFound, SavedMeanwhile."""
    spec = spec_of(draft.version)
    page = spec.page(sent.page)
    if page is None:
        raise NotFound()
    move, _colon, target = sent.step.partition(":")

    def change(body: Body) -> None:
        _keep_page(spec, page, body, sent)
        body.page = page.key
        opened = OpenDraft(draft.row, body)
        _take_files(spec, page, opened, sent, actor, now)
        if move == "file-":
            key, _colon, code = target.partition(":")
            drop_file(opened, key, code, actor=actor, now=now)
        else:
            _change_rows(spec, body, sent, move, target)

    kept = keep_draft(draft, change, actor=actor, now=now, edition=edition)
    return _goal(spec, page, kept, move, target, now)


def _keep_page(spec: Spec, page: Page, body: Body, sent: Sent) -> None:
    """Put what the page sent in place of what was typed there before."""
    body.typed = merged(spec, page, body.typed, known_names(spec, sent.typed))
    body.blanks = {key: n for key, n in body.blanks.items() if key not in page.items}
    body.blanks |= blank_rows(spec, sent.typed)
    if sent.step == KEEP:
        return
    body.notes = {}
    if not sent.step.startswith("unpaste"):
        body.pasted = {}


def _take_files(
    spec: Spec, page: Page, draft: OpenDraft, sent: Sent, actor: Actor, now: datetime
) -> None:
    for key in page.items:
        one, uploads = spec.fields.get(key), list(sent.uploads.get(key, ()))
        if one is None or one.kind not in WITH_FILES or not uploads:
            continue
        for upload in uploads:
            try:
                add_files(draft, one, [upload], actor=actor, now=now)
            except FileRefused as refusal:
                draft.body.notes.setdefault(key, []).append(str(refusal))


def _change_rows(spec: Spec, body: Body, sent: Sent, move: str, target: str) -> None:
    key, _colon, number = target.partition(":")
    table = spec.fields.get(key)
    if table is None or not table.columns:
        return
    if move == "row+":
        body.blanks[key] = min(body.blanks.get(key, 0) + 1, table.max_rows)
    elif move == "row-" and (row := whole_number(number, most=10**6)) is not None:
        # counted as on the page, where blank rows stand between others
        left = without_row(key, sent.typed, row)
        body.typed = merged(spec, Page("", spec.title, ()), body.typed, {}, only=key)
        body.typed |= {n: t for n, t in known_names(spec, left).items() if n.startswith(f"{key}-")}
        body.blanks |= {key: blank_rows(spec, left).get(key, 0)}
    elif move == "unpaste" and key in body.pasted:
        body.typed = merged(spec, Page("", spec.title, ()), body.typed, {}, only=key)
        body.typed |= body.pasted.pop(key)["before"]
    elif move == "paste":
        _paste(spec, body, sent, key)


def _paste(spec: Spec, body: Body, sent: Sent, key: str) -> None:
    table = spec.fields[key]
    text = (list(sent.typed.get(f"{key}-paste", ())) or [""])[-1]
    start = (list(sent.typed.get(f"{key}-start", ())) or [""])[-1]
    if not text.strip():
        return
    mine = {name: list(t) for name, t in body.typed.items() if name.startswith(f"{key}-")}
    if len(text) > MOST_PASTED:
        found = Pasted((), (), (), too_many=len(text))
    else:
        found = paste(table, text, there=rows_in(body.typed, key), start=start)
    body.typed = with_rows(key, body.typed, found.rows)
    body.blanks.pop(key, None)
    labels = {column.key: [column.label.zh, column.label.en] for column in table.columns}
    body.pasted = {
        key: {
            "before": mine,
            "count": len(found.rows),
            "bound": [[name, *labels[column]] for name, column in found.bound],
            "unbound": list(found.unbound),
            "too_many": found.too_many,
            "text": text if len(text) <= MOST_SHOWN and (found.too_many or found.unbound) else "",
        }
    }


def _goal(spec: Spec, page: Page, draft: OpenDraft, move: str, target: str, now: datetime) -> Step:
    if draft.body.notes:
        return Step(draft, page.key, has_faults=True)
    if move == "back":
        return Step(draft, before(spec, page))
    if move != "next":
        return Step(draft, page.key, at=target.partition(":")[0])
    reading = read_answers(
        draft.version, draft.body.typed, draft.body.files, today=localdate(now), only=page.items
    )
    if reading.faults:
        return Step(draft, page.key, has_faults=True)
    return Step(draft, after(spec, page) or CHECK)
