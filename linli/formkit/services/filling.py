"""Files of an open form, and what an app does with answers: sealing, opening, taking the files over."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from linli.files import queries as file_queries
from linli.files import services as file_services
from linli.files.services import TooManyUploads
from linli.files.types import Owner, Policy, Upload
from linli.formkit.queries import DRAFT_OWNER, OpenDraft, file_policy, most_files
from linli.formkit.types import Answers, Field, Kind
from linli.kernel import sealing
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all

if TYPE_CHECKING:
    from linli.files.models import StoredFile

OWN = "a part of filling in, for whoever has the draft"


@open_to_all(OWN)
def add_files(
    draft: OpenDraft, one: Field, uploads: Iterable[Upload], *, actor: Actor, now: datetime
) -> list[StoredFile]:
    """Take files in for a field and note them in the draft's body. Refuses with FileRefused.

    They stay as long as their draft, which every step prolongs, and are erased with it. A new signature
    takes the place of the old one, once it has been taken in.
    """
    wanted = list(uploads)
    held = draft.body.files.setdefault(one.key, [])
    most = most_files(one)
    old = list(held) if one.kind is Kind.SIGNATURE and wanted else []
    if len(held) - len(old) + len(wanted) > most:
        raise TooManyUploads(most=most)
    kept = []
    for upload in wanted:
        file = file_services.take_in(
            upload, policy=file_policy(one, is_sealed=one.sealed), owner=Owner(DRAFT_OWNER, draft.row.pk),
            place=draft.version.form.place, actor=actor, now=now,
        )  # fmt: skip
        held.append(file.code)
        kept.append(file)
    for code in old:
        drop_file(draft, one.key, code, actor=actor, now=now)
    return kept


@open_to_all(OWN)
def drop_file(draft: OpenDraft, key: str, code: str, *, actor: Actor, now: datetime) -> None:
    """Erase one file of an open form. Refuses with NotFound for a file of something else.

    One that was taken out already, by two taps or in another tab, stays out: nothing is refused.
    """
    owner = Owner(DRAFT_OWNER, draft.row.pk)
    if code not in draft.body.files.get(key, []) and file_queries.has_let_go(owner, code):
        return
    file = next((one for one in file_queries.files_of(owner) if one.code == code), None)
    if file is None or code not in draft.body.files.get(key, []):
        raise NotFound()
    draft.body.files[key].remove(code)
    file_services.erase_file(file, reason="dropped", actor=actor, now=now)


@open_to_all("the app that takes the answers has required its permit")
def adopt_files(
    draft: OpenDraft,
    answers: Answers,
    *,
    owner: Owner,
    place: str,
    policy: Policy,
    actor: Actor,
    now: datetime,
) -> list[StoredFile]:
    """Hang the files that were answered with on what came of the form, before the draft is dropped."""
    return list(
        file_services.adopt(
            answers.file_codes, owner=owner, place=place, policy=policy, actor=actor, now=now,
            held=Owner(DRAFT_OWNER, draft.row.pk),
        )
    )  # fmt: skip


@open_to_all("only seals: the app that keeps the answers has required its permit")
def seal_answers(
    answers: Answers, *, table: str, column: str, row: int | str, actor: Actor
) -> bytes | None:
    """Return the sealed part for one table, column and row; None if nothing is to be sealed."""
    if not answers.sealed_values:
        return None
    text = json.dumps(dict(answers.sealed_values), ensure_ascii=False, sort_keys=True)
    return sealing.seal(text, table=table, column=column, row=row)


@open_to_all("the app that keeps the answers requires its permit and records the reading")
def open_answers(
    sealed: bytes | None, *, table: str, column: str, row: int | str, actor: Actor
) -> Mapping[str, Any]:
    """Return the sealed part of answers as values. Refuses with KeyMissing, SealBroken."""
    if not sealed:
        return {}
    found = json.loads(sealing.open_sealed(sealed, table=table, column=column, row=row))
    assert isinstance(found, dict), "sealed answers are an object"
    return found


@open_to_all("the page that shows it asked for the draft's code")
def read_file(
    draft: OpenDraft, code: str, *, actor: Actor, now: datetime
) -> tuple[StoredFile, bytes]:
    """Return a file of an open form, of a photo its smaller copy. Refuses with NotFound."""
    held = {one.code: one for one in file_queries.files_of(Owner(DRAFT_OWNER, draft.row.pk))}
    file = held.get(code)
    if file is None:
        raise NotFound()
    side = "480" if file.width else ""
    return file, file_services.read_content(file, side, actor=actor, now=now)
