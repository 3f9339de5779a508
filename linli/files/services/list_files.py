"""A list as a file, whatever app it is of: ordered from its page, written by a job, kept a week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.files.services.keeping import Made, store_made
from linli.files.types import FileKind, Owner
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.list_files import LIST_FILES, ListFile
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.registries import PATH_OF
from linli.kernel.sheets import as_csv, as_xlsx
from linli.runtime.services.long_jobs import start_job
from linli.trail.services import record
from linli.ui.downloads import MOST, file_note

if TYPE_CHECKING:
    from linli.runtime.models import LongJob

KIND = OWNER = "files.list"
KEPT = timedelta(days=7)
STEP, LONGEST = 500, 4000
BY_SIGHT = "who sees a list may keep it; what is in it is read with their rights, as the page does"


@open_to_all(BY_SIGHT)
@transaction.atomic
def order_list_file(
    name: str, query: str, form: str, *, place: str = "", actor: Actor, now: datetime
) -> LongJob:
    """Queue a file of a list by the filters of its address; `place` is a code that stands in it.

    Refuses with NotFound for who does not see the list, or is not signed in; with Invalid.
    """
    known, at = _known(name, actor), (PATH_OF.call(place) or "") if place else ""
    if place and not at:
        raise NotFound()
    if len(query) > LONGEST:
        raise Invalid({"query": [_("These are too many filters for one file. Take some away.")]})
    held = [path for permit in known.permits for path in actor.paths(permit)]
    params: dict[str, Any] = {
        "list": name, "query": query, "form": "csv" if form == "csv" else "xlsx",
        "place": place, "language": get_language(),
    }  # fmt: skip
    return start_job(
        KIND, params=params, place=at or min(held, key=len, default=CITY_PATH), actor=actor, now=now,
        title=str(known.title),
    )  # fmt: skip


@open_to_all(BY_SIGHT)
def write_list_file(
    params: dict[str, Any], job_id: int, *,
    place: str, actor: Actor, now: datetime, say: Callable[[int], None],
) -> str:  # fmt: skip
    """Keep the file of a list and return its code; who exported how many is recorded.

    Refuses with NotFound for who does not see the list any more.
    """
    known, form = _known(str(params["list"]), actor), str(params["form"])
    asked = dict(parse_qsl(str(params["query"])))
    if params["place"]:
        asked["place"] = str(params["place"])
    rows: list[Any] = []
    for row in islice(known.rows(actor, asked, now), MOST + 2):
        rows.append(row)
        if len(rows) % STEP == 0:
            say(len(rows))
    note, count = file_note(len(rows) - 1, MOST), min(len(rows) - 1, MOST)
    kind = FileKind.CSV if form == "csv" else FileKind.XLSX
    name = f"{known.key.replace('.', '-')}-{localdate(now):%Y%m%d}.{form}"
    made = Made(
        _content(rows[: MOST + 1], form, note), name, kind, known.level, localdate(now + KEPT)
    )
    with transaction.atomic():
        file = store_made(made, owner=Owner(OWNER, job_id), place=place, actor=actor, now=now)
        record(
            "files.list_written", on=("job", job_id), actor=actor, now=now, place=place,
            level=known.level, list=known.key, count=count,
        )  # fmt: skip
    return str(file.code)


def _known(name: str, actor: Actor) -> ListFile:
    known = LIST_FILES.get(name)
    if known is None or actor.account_id is None:
        raise NotFound()
    if known.permits and not actor.holds(*known.permits):
        raise NotFound()
    return known


def _content(whole: list[Any], form: str, note: str) -> bytes:
    if form == "csv":
        return as_csv([[note], *whole] if note else whole)
    return as_xlsx(whole, note=note)
