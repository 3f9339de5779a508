"""Files that answer what a category asks: taken in with every try, so that a faulty field loses none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from linli.cases.queries.intake import unsent_files
from linli.cases.queries.questions import questions_of, unsent_policy, version_of
from linli.cases.services.photos import keep_photos
from linli.cases.types.answer_files import NO_FILES, HeldFiles, SentFiles
from linli.files.types import Policy, Upload
from linli.formkit import queries as formkit
from linli.formkit.types import WITH_FILES, Field, Kind
from linli.kernel.permits import Actor, open_to_all

if TYPE_CHECKING:
    from linli.files.models import StoredFile


@open_to_all("anybody may report; what is not sent goes after two days")
def keep_answer_files(
    category_id: int | None, mark: str, sent: SentFiles, *, actor: Actor, now: datetime
) -> HeldFiles:
    """Take in what answers the questions of a category, as its writer saw them; what is asked by none of
    them is left out, and so is what was taken back."""
    if not any(sent.uploads.values()) and not any(sent.kept.values()):
        return NO_FILES
    version, _is_seen = version_of(category_id, mark)
    if version is None:
        return NO_FILES
    under_seal = formkit.sealed_keys(formkit.spec_of(version))
    files: dict[str, Sequence[StoredFile]] = {}
    refused: dict[str, tuple[str, ...]] = {}
    is_fresh = False
    for one in questions_of(version):
        if one.kind in WITH_FILES:
            policy = unsent_policy(one, is_sealed=one.key in under_seal)
            here, uploads = _here(one, policy, sent), _came(one, sent, under_seal)
            if one.kind is Kind.SIGNATURE and uploads:
                here = []
            came, wrong = keep_photos(
                uploads, held=len(here), most=formkit.most_files(one), policy=policy,
                actor=actor, now=now,
            )  # fmt: skip
            files[one.key] = (*here, *came)
            refused |= {one.key: tuple(str(refusal) for refusal in wrong)} if wrong else {}
            is_fresh = is_fresh or bool(came)
    return HeldFiles(files, refused, is_fresh)


def _here(one: Field, policy: Policy, sent: SentFiles) -> list[StoredFile]:
    """Return what came in for a question before and is not taken back."""
    codes = dict.fromkeys(sent.kept.get(one.key, "").split(","))
    held = [code for code in codes if code.isalnum() and sent.drop != f"{one.key}:{code}"]
    return unsent_files(held[: formkit.most_files(one)], policy)


def _came(one: Field, sent: SentFiles, under_seal: frozenset[str]) -> list[Upload]:
    """Return what comes in for a question now; of what is sealed the name of the file is no word either."""
    uploads = [upload for upload in sent.uploads.get(one.key, ()) if upload]
    return [_Unnamed(upload) for upload in uploads] if one.key in under_seal else uploads


class _Unnamed:
    """An upload whose name tells no more than its kind."""

    def __init__(self, upload: Upload) -> None:
        self.name: str | None = f"file{PurePath(upload.name or '').suffix}"
        self._upload = upload

    def chunks(self) -> Iterator[bytes]:
        return self._upload.chunks()
