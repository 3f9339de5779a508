"""Reading what is kept; whoever opens an encrypted file leaves a trace."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any

from django.core.files.storage import default_storage

from linli.files.clients import store
from linli.files.models import StoredFile
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.sealing import open_bytes
from linli.trail.services import record_read


@open_to_all("queries.get_file gives a file only to whom its owner shows it")
def read_content(file: StoredFile, side: str = "", *, actor: Actor, now: datetime) -> bytes:
    """Return the content of a file or of its smaller copy; an encrypted one leaves a trace.

    Refuses with NotFound if it was erased or never had that copy.
    """
    name = _name_of(file, side)
    try:
        content = store.get(name)
    except FileNotFoundError as error:
        raise NotFound() from error
    if file.content_key is None:
        return content
    record_read(
        on=file,
        fields=["content"],
        actor=actor,
        now=now,
        place=file.place or actor.place,
        level=file.level,
    )
    key = open_bytes(
        bytes(file.content_key), table="files_storedfile", column="content_key", row=file.code
    )
    return store.decrypt(key, content, name)


@open_to_all("queries.get_file gives a file only to whom its owner shows it")
def open_content(file: StoredFile, side: str = "", *, actor: Actor) -> IO[Any]:
    """Return an open file of what is not encrypted, to be handed on piece by piece.

    Refuses with NotFound if it was erased or never had that copy.
    """
    assert file.content_key is None, "an encrypted file is read whole"
    try:
        return default_storage.open(_name_of(file, side), "rb")
    except FileNotFoundError as error:
        raise NotFound() from error


def _name_of(file: StoredFile, side: str) -> str:
    """Return where a file or its smaller copy lies. Refuses with NotFound."""
    name = file.storage_name
    if side:
        name = (
            file.derivatives.filter(side=side).values_list("storage_name", flat=True).first() or ""
        )
    if not name:
        raise NotFound()
    return name
