"""Opening a list that was handed in: the kept copy for as long as it is read, or the file itself."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings

from linli.files import queries as stored
from linli.files import services as files
from linli.kernel.permits import Actor
from linli.people.clients.sheets import Sheet, open_sheet
from linli.people.errors import FileGone
from linli.people.models import ImportRun


@contextmanager
def opened(
    run: ImportRun, path: Path | None = None, *, actor: Actor, now: datetime
) -> Iterator[Sheet]:
    """Open the list of a run; an encrypted copy lies open for its owner alone and only meanwhile.

    Refuses with FileGone, FileUnreadable.
    """
    if path is not None:
        with open_sheet(path) as sheet:
            yield sheet
        return
    if not run.file_code:
        raise FileGone()
    content = files.read_content(stored.get_file(actor, run.file_code), actor=actor, now=now)
    folder = Path(settings.LINLI_HOME) / "tmp"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        file.write(content)
        file.flush()
        with open_sheet(Path(file.name)) as sheet:
            yield sheet
