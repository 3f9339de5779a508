"""What waits to be read before everybody reads it, for the post that releases it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from linli.cases import permits
from linli.cases.errors import NeverPublic
from linli.cases.models import Case, CaseFile, PublicWords
from linli.cases.queries.ground import term_end
from linli.cases.queries.public import NEVER_SHOWN, category_name
from linli.cases.queries.reading import not_about
from linli.cases.rules.clocks import last_day
from linli.cases.rules.shown import naming
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import Held
from linli.kernel.errors import NotFound
from linli.kernel.paging import COUNT_LIMIT, DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import PUBLIC, Actor
from linli.kernel.registries import PLACE_NAMES

# its own clock beside those of the case: it runs from the words on, whatever becomes of the case
TERM = "report.release"
OLDEST = Keyset("oldest", ("opened_at", "pk"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case with words or photos that wait, and until when they are to be read."""

    case: Case
    number: str
    category: str
    place: str
    text: str
    since: datetime
    due_at: datetime

    @property
    def due_on(self) -> date:
        """The last day: what is due at 24:00 is due on the day that ends."""
        return last_day(self.due_at)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one step: what was said, what is shown of it, and what in it names somebody."""

    seq: int
    at: datetime
    text: str
    shown: str | None
    is_by_reporter: bool
    released_at: datetime | None
    withheld_at: datetime | None
    waits: bool
    names: Sequence[str] = field(default_factory=tuple)


def to_release(actor: Actor) -> QuerySet[Case]:
    """Cases whose words or photos wait for one of the actor's posts."""
    return _releasable(actor).filter(waits_for_release=True)


def _releasable(actor: Actor) -> QuerySet[Case]:
    found = Case.objects.filter(level=PUBLIC).exclude(matter__in=NEVER_SHOWN)
    if actor.is_system:
        return found
    places_of = Q(pk__in=[])
    for path in actor.paths(permits.RELEASE):
        places_of |= Q(path__startswith=path)
    return found.filter(places_of).filter(not_about(actor))


def queue(actor: Actor, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page[Waiting]:
    """Return a page of what waits, the oldest first. Refuses with Invalid."""
    found = to_release(actor).select_related("category")
    page = page_of(found, OLDEST, cursor=cursor, limit=limit)
    return Page(
        _waiting(page.items), page.next, page.previous, page.count, page.has_more_than_count
    )


def _waiting(cases: Sequence[Case]) -> list[Waiting]:
    ids = [case.pk for case in cases]
    texts: dict[int, str] = {}
    since: dict[int, datetime] = {}
    rows = PublicWords.objects.filter(case_id__in=ids, waits=True).order_by("event_id")
    for case_id, said, at in rows.values_list("case_id", "said", "event__at"):
        texts.setdefault(case_id, str((said or {}).get("text", "")))
        since.setdefault(case_id, at)
    names = PLACE_NAMES.call(case.path for case in cases)
    return [
        _row(case, texts.get(case.pk, ""), since.get(case.pk, case.opened_at), names)
        for case in cases
    ]


def _row(case: Case, text: str, since: datetime, names: dict[str, str]) -> Waiting:
    return Waiting(
        case, case.number, category_name(case.category), names.get(case.path, ""), text,
        since, term_end(TERM, case.path, since),
    )  # fmt: skip


def get_for_release(actor: Actor, number: str) -> Case:
    """Return a case whose words the actor may release. Refuses with NotFound."""
    found = _releasable(actor).filter(number=number).select_related("category").first()
    if found is None:
        raise NotFound()
    return found


def pieces_of(case: Case) -> list[Piece]:
    """Return all words of a case that could be shown, in their order."""
    rows = (
        PublicWords.objects.filter(case_id=case.pk)
        .exclude(event__move__in=("withhold", "withhold_photo"))
        .select_related("event")
        .order_by("event__seq")
    )
    return [_piece(row) for row in rows if str((row.said or {}).get("text", "")).strip()]


def _piece(row: PublicWords) -> Piece:
    text = str(row.said["text"]).strip()
    return Piece(
        row.event.seq, row.event.at, text, row.shown, row.is_by_reporter, row.released_at,
        row.withheld_at, row.waits, naming(text),
    )  # fmt: skip


def photos_of_case(case_id: int) -> list[CaseFile]:
    """Return the photos of a case that are kept, in the order in which they came."""
    found = CaseFile.objects.filter(case_id=case_id, file__state="kept", file__width__isnull=False)
    return list(found.select_related("file", "shown", "event").order_by("pk"))


def photo_waits(photo: CaseFile) -> bool:
    """Say whether nobody has decided yet on a resident's photo."""
    return photo.is_by_reporter and photo.released_at is None and photo.withheld_at is None


def check_releasable(held: Held, kind: CaseKind) -> None:
    """Refuse with NeverPublic a case of which nothing is ever shown to everybody."""
    columns = held.standing.columns
    if not kind.may_be_released or held.level != PUBLIC or columns.get("matter") in NEVER_SHOWN:
        raise NeverPublic()


def standing_besides(
    case_id: int, *, words: int = 0, photos: Sequence[int] = ()
) -> tuple[bool, bool]:
    """Say whether anything else of a case is shown, and whether anything else of it waits."""
    said = PublicWords.objects.filter(case_id=case_id).exclude(pk=words)
    others = [photo for photo in photos_of_case(case_id) if photo.pk not in photos]
    is_shown = any(photo.released_at is not None for photo in others)
    waits = any(photo_waits(photo) for photo in others)
    return (
        is_shown or said.filter(released_at__isnull=False).exists(),
        waits or said.filter(waits=True).exists(),
    )


def count_waiting(actor: Actor, on: date) -> int:
    """Return how many cases wait, up to the limit of counting."""
    return to_release(actor)[: COUNT_LIMIT + 1].count()


def waiting_due(actor: Actor, limit: int) -> list[Waiting]:
    """Return what waits longest, for the desk."""
    cases = to_release(actor).select_related("category").order_by("opened_at", "pk")[:limit]
    return _waiting(list(cases))


def next_number(actor: Actor, after: Case) -> str:
    """Return the number of the case that waits longest besides one, or nothing."""
    found = to_release(actor).exclude(pk=after.pk).order_by("opened_at", "pk").first()
    return found.number if found else ""
