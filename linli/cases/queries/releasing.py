"""What waits to be read before everybody reads it, for the post that releases it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from linli.cases import permits
from linli.cases.errors import NeverPublic
from linli.cases.models import Case, CaseClock, CaseFile, PublicWords
from linli.cases.queries.ground import term_end
from linli.cases.queries.public import NEVER_SHOWN, TAKEN_BACK, category_name
from linli.cases.queries.reading import not_about
from linli.cases.queries.telling import due_tone, due_words
from linli.cases.rules.beside import PREFIX
from linli.cases.rules.clocks import last_day
from linli.cases.rules.shown import naming
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import Held
from linli.cases.types.words import ClockState
from linli.kernel.errors import NotFound
from linli.kernel.paging import COUNT_LIMIT, DEFAULT_LIMIT, Keyset, Page, page_of
from linli.kernel.permits import PUBLIC, Actor
from linli.kernel.reach import in_reach
from linli.kernel.registries import PLACE_NAMES

# its own clock beside those of the case: it runs from the words on, whatever becomes of the case
TERM = "report.release"
FIRST_DUE = Keyset("read_by", ("read_by", "pk"))
CLOCKS = CaseClock.objects.filter(key__startswith=PREFIX, state=ClockState.RUNNING)


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

    def due_words(self, now: datetime) -> tuple[str, str]:
        """How far off that day is, and how it stands with it: late, soon or run."""
        return due_words(self.due_at, now), due_tone(self.due_at, now)


@dataclass(frozen=True, slots=True)
class Besides:
    """How the rest of a case stands: whether any of it is shown, and the steps that still wait."""

    is_shown: bool
    waiting: frozenset[int]


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

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has released it or kept it from everybody."""
        return self.released_at is None and self.withheld_at is None


def to_release(actor: Actor) -> QuerySet[Case]:
    """Cases whose words or photos wait for one of the actor's posts."""
    return _releasable(actor).filter(waits_for_release=True)


def _with_due(actor: Actor) -> QuerySet[Case]:
    """The same with `read_by`, when they are to be read at the latest.

    What came before there was a clock for it counts as the oldest.
    """
    due = CLOCKS.filter(case=OuterRef("pk")).order_by("due_at").values("due_at")[:1]
    return to_release(actor).annotate(read_by=Coalesce(Subquery(due), F("opened_at")))


def _releasable(actor: Actor) -> QuerySet[Case]:
    found = Case.objects.filter(level=PUBLIC).exclude(matter__in=NEVER_SHOWN)
    found = found.exclude(state=TAKEN_BACK)
    if actor.is_system:
        return found
    return found.filter(in_reach(actor, permits.RELEASE)).filter(not_about(actor))


def queue(
    actor: Actor, narrowed: Q = Q(), *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page[Waiting]:
    """Return a page of what waits, what is late first. Refuses with Invalid."""
    page = page_of(waiting_cases(actor, narrowed), FIRST_DUE, cursor=cursor, limit=limit)
    return Page(
        told_waiting(page.items), page.next, page.previous, page.count, page.has_more_than_count
    )


def waiting_cases(actor: Actor, narrowed: Q = Q()) -> QuerySet[Case]:
    """Cases with what waits to be read, what is late first."""
    found = _with_due(actor).filter(narrowed).select_related("category")
    return found.order_by(*FIRST_DUE.columns)


def told_waiting(cases: Sequence[Case]) -> list[Waiting]:
    """Return what waits of each case, and until when."""
    ids = [case.pk for case in cases]
    texts: dict[int, str] = {}
    since: dict[int, datetime] = {}
    rows = PublicWords.objects.filter(case_id__in=ids, waits=True).order_by("event_id")
    for case_id, said, at in rows.values_list("case_id", "said", "event__at"):
        texts.setdefault(case_id, str((said or {}).get("text", "")))
        since.setdefault(case_id, at)
    due = dict(CLOCKS.filter(case__in=ids).order_by("-due_at").values_list("case_id", "due_at"))
    names = PLACE_NAMES.call(case.path for case in cases)
    return [
        _row(case, texts.get(case.pk, ""), since.get(case.pk, case.opened_at), due, names)
        for case in cases
    ]


def _row(
    case: Case, text: str, since: datetime, due: Mapping[int, datetime], names: dict[str, str]
) -> Waiting:
    # what came before there was a clock for it has none
    due_at = due.get(case.pk) or term_end(TERM, case.path, since)
    return Waiting(
        case, case.number, category_name(case.category), names.get(case.path, ""), text, since,
        due_at,
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
    matter, state = held.standing.columns.get("matter"), held.standing.state
    is_kept = matter in NEVER_SHOWN or state == TAKEN_BACK
    if not kind.may_be_released or held.level != PUBLIC or is_kept:
        raise NeverPublic()


def standing_besides(case_id: int, *, words: int = 0, photos: Sequence[int] = ()) -> Besides:
    """Return how everything else of a case stands with the public."""
    others = [photo for photo in photos_of_case(case_id) if photo.pk not in photos]
    return _standing(PublicWords.objects.filter(case_id=case_id).exclude(pk=words), others)


def standing_without_reporter(case_id: int) -> Besides:
    """Return how a case stands with the public once nothing of its reporter is left."""
    others = [photo for photo in photos_of_case(case_id) if not photo.is_by_reporter]
    return _standing(PublicWords.objects.filter(case_id=case_id, is_by_reporter=False), others)


def _standing(said: QuerySet[PublicWords], photos: Sequence[CaseFile]) -> Besides:
    words = said.filter(Q(released_at__isnull=False) | Q(waits=True))
    told = list(words.values_list("event__seq", "waits", "released_at"))
    waiting = [seq for seq, waits, _released in told if waits]
    return Besides(
        any(released for _seq, _waits, released in told)
        or any(photo.released_at is not None for photo in photos),
        frozenset([*waiting, *(photo.event.seq for photo in photos if photo_waits(photo))]),
    )


def count_waiting(actor: Actor, on: date) -> int:
    """Return how many cases wait, up to the limit of counting."""
    return to_release(actor)[: COUNT_LIMIT + 1].count()


def waiting_due(actor: Actor, limit: int) -> list[Waiting]:
    """Return what is to be read first, for the desk."""
    cases = _with_due(actor).select_related("category").order_by(*FIRST_DUE.columns)[:limit]
    return told_waiting(list(cases))


def next_number(actor: Actor, after: Case) -> str:
    """Return the number of the case that is to be read first besides one, or nothing."""
    found = _with_due(actor).exclude(pk=after.pk).order_by(*FIRST_DUE.columns).first()
    return found.number if found else ""
