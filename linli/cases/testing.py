"""Makers of cases for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from linli.cases.models import CaseFile
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.verifying import Fault, verify_cases
from linli.cases.types.filing import Filed, Filing
from linli.cases.types.moves import Done, Given, Wish
from linli.cases.types.shapes import Hand
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import make_actor
from linli.places import queries as places
from linli.places.testing import make_village

VILLAGE = "441900/441900005/441900005001/"
# a Monday noon in Shanghai
NOON = datetime(2026, 8, 10, 4, 0, tzinfo=UTC)
REPORTER = Hand("reporter")


def make_case(
    code: str = "441900005001",
    *,
    kind: str = "report",
    matter: str = "complaint",
    actor: Actor = NOBODY,
    now: datetime = NOON,
    said: str = "The street lamp at the bus stop is dark.",
    **more: Any,
) -> Opened:
    """Open a case of a resident in a village, which is made if there is none."""
    make_village(code)
    given = Given(public={"text": said}, by_reporter=True, waits_for_release=True)
    opening = Opening(
        kind, tuple(places.chain_of(code)), "page", matter=matter, title=said, given=given, **more
    )
    with transaction.atomic():
        return open_case(opening, actor=actor, now=now, hand=REPORTER)


def move(case_id: int, name: str, actor: Actor, *, now: datetime = NOON, **given: Any) -> Done:
    """Make one move in a transaction of its own."""
    with transaction.atomic():
        return perform(Wish(case_id, name, Given(**given)), actor=actor, now=now)


def clerk_of(path: str = VILLAGE, label: str = "clerk") -> Actor:
    """Return somebody who handles cases at a place."""
    from linli.cases import permits

    return make_actor(label, permits.SEE, permits.HANDLE, permits.DISPATCH, at=path)


def faults() -> list[Fault]:
    """Return what is not as the events say, in every case."""
    found = verify_cases(actor=system_actor("test"))
    return [fault for fault in found if isinstance(fault, Fault)]


def read_words(case_id: int, *, seq: int = 1, now: datetime = NOON) -> None:
    """Let everybody read the words of a step, so that their clock is met."""
    from linli.cases.services.releasing import release_words
    from linli.cases.types.moves import At

    with transaction.atomic():
        release_words(At(case_id), seq, actor=system_actor("test"), now=now)


def make_report(text: str = "路灯不亮", *, now: datetime = NOON, **more: Any) -> Filed:
    """File a report of a resident in a village, which is made if there is none."""
    from linli.cases.services.filing import file_report

    make_village("441900005001")
    actor = more.pop("actor", NOBODY)
    filing = Filing(text, more.pop("channel", "page"), place="441900005001", **more)
    return file_report(filing, actor=actor, now=now)


def report_with_photos(count: int = 1) -> tuple[str, list[CaseFile]]:
    """File a report with photos that carry what a camera writes; return its number and the photos."""
    from linli.cases.services.photos import keep_photos
    from linli.files.testing import BytesUpload, photo

    uploads: list[Any] = [
        BytesUpload(photo(120 + n, 90, with_exif=True), f"{n}.jpg") for n in range(count)
    ]
    kept, _refused = keep_photos(uploads, actor=NOBODY, now=NOON)
    filed = make_report(photos=tuple(one.code for one in kept))
    return filed.number, list(CaseFile.objects.order_by("pk").select_related("file"))
